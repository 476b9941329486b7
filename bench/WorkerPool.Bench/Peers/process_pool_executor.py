"""concurrent.futures.ProcessPoolExecutor, with workers by fork."""

import concurrent.futures
import multiprocessing

import bench_peer
from bench_peer import WORKERS, check, check_order, items_per_second, report, square, sum_of_squares

if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork")) as executor:
        for case in bench_peer.cases():
            # Its default is 1.
            options = {} if case == "default" else {"chunksize": int(case)}

            def run(count):
                check(sum(executor.map(square, range(count), **options)) == sum_of_squares(count), f"sum of {count} squares")

            check_order(executor.map(square, range(1000), **options))
            report(case, "items/s", items_per_second(run))
