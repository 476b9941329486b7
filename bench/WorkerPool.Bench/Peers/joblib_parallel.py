"""joblib.Parallel, with its own processes and its own choice of batches, kept from one call to the next."""

import bench_peer
import joblib
from bench_peer import WORKERS, check, check_order, items_per_second, report, square, sum_of_squares

if __name__ == "__main__":
    with joblib.Parallel(n_jobs=WORKERS) as parallel:

        def run(count):
            values = parallel(joblib.delayed(square)(i) for i in range(count))
            check(sum(values) == sum_of_squares(count), f"sum of {count} squares")

        for case in bench_peer.cases():
            check_order(parallel(joblib.delayed(square)(i) for i in range(1000)))
            report(case, "items/s", items_per_second(run))
