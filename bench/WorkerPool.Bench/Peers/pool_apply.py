"""multiprocessing.Pool: single calls, one after another."""

import multiprocessing

import bench_latency
import bench_peer
from bench_peer import WORKERS, check, report, square

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for case in bench_peer.cases():
            median, p99 = bench_latency.measure(
                lambda number: check(pool.apply(square, (number,)) == number * number, f"the square of {number}")
            )
            report(case, "median s", median)
            report(case, "p99 s", p99)
