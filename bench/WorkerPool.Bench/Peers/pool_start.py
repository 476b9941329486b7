"""multiprocessing.Pool: from its start to its first result, by the start method that is ordered."""

import multiprocessing
import time

import bench_peer
from bench_peer import ORDER, WORKERS, check, report, square

if __name__ == "__main__":
    for case in bench_peer.cases():
        start = time.perf_counter()
        with multiprocessing.get_context(ORDER["work"]).Pool(WORKERS) as pool:
            value = next(pool.imap(square, [12]))
            took = time.perf_counter() - start
        check(value == 144, "the square of 12")
        report(case, "first result s", took)
