"""multiprocessing.Pool: ten million integers from an iterator, read more slowly than they could come."""

import multiprocessing
import time

import bench_peer
from bench_peer import WORKERS, check, report, square
from bench_process import MemoryPeaks

ITEMS_PER_SECOND = 500_000
STRETCH = 25_000
CHUNK = 256

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for case in bench_peer.cases():
            count = max(STRETCH, bench_peer.count_of(10_000_000))
            with MemoryPeaks() as memory:
                start = time.perf_counter()
                came = 0
                for value in pool.imap(square, iter(range(count)), chunksize=CHUNK):
                    check(value == came * came, f"the square of {came}")
                    came += 1
                    if came % STRETCH == 0:
                        time.sleep(max(0, came / ITEMS_PER_SECOND - (time.perf_counter() - start)))
                check(came == count, f"{came} of {count} squares")
            report(case, "client B", memory.most)
            report(case, "client growth times", memory.growth)
