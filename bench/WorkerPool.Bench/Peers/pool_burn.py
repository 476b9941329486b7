"""multiprocessing.Pool: items that each use a processor for 10 ms."""

import multiprocessing
import time

import bench_peer
from bench_peer import ORDER, WORKERS, check, report
from bench_waiting import burn

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:

        def run(seconds):
            count = max(WORKERS, int(seconds * WORKERS / 0.01))
            start = time.perf_counter()
            burnt = list(pool.imap(burn, [0.01] * count))
            took = time.perf_counter() - start
            check(len(burnt) == count and min(burnt) >= 0.01, "an item did not run for its time")
            return sum(burnt) / (WORKERS * took)

        run(ORDER["warmUpSeconds"])
        for case in bench_peer.cases():
            report(case, "of ideal %", 100 * run(ORDER["seconds"] * 3))
