"""multiprocessing.Pool: items of very different times, which sleep; by imap, one a chunk, and by map, in chunks of its choice."""

import multiprocessing
import time

import bench_peer
from bench_peer import ORDER, WORKERS, check, report
from bench_waiting import list_schedule, sleep, stragglers

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for case in bench_peer.cases():
            items = stragglers(case)
            start = time.perf_counter()
            slept = list(pool.imap(sleep, items)) if ORDER["work"] == "imap" else pool.map(sleep, items)
            took = time.perf_counter() - start
            check(len(slept) == len(items) and all(s >= i * 0.99 for s, i in zip(slept, items)), "an item did not sleep")
            report(case, "makespan times", took / list_schedule(slept))
