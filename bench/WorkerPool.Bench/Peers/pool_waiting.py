"""multiprocessing.Pool: items that sleep for 10 ms, one a chunk, on several numbers of workers."""

import multiprocessing
import time

import bench_peer
from bench_peer import ORDER, check, report
from bench_waiting import sleep

if __name__ == "__main__":
    for case in bench_peer.cases():
        workers = int(case)
        with multiprocessing.get_context("fork").Pool(workers) as pool:

            def run(seconds):
                count = workers * max(1, int(seconds / 0.01))
                start = time.perf_counter()
                slept = pool.map(sleep, [0.01] * count, chunksize=1)
                took = time.perf_counter() - start
                check(len(slept) == count and min(slept) >= 0.0099, "an item did not sleep")
                return sum(slept) / (workers * took)

            run(ORDER["warmUpSeconds"])
            report(case, "of linear %", 100 * run(ORDER["seconds"] * 2))
