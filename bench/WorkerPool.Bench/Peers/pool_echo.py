"""multiprocessing.Pool: byte items there and back, in order, in chunks of 64 KiB."""

import multiprocessing
import random

import bench_peer
from bench_peer import WORKERS, check, items_per_second, report

SIZES = {"1 KiB": 1 << 10, "64 KiB": 64 << 10, "1 MiB": 1 << 20}
CHUNK_BYTES = 64 << 10


def echo(item):
    return item


def distinct(size):
    """Distinct items, taken in turns, so that making them is not what is measured."""
    count = min(256, max(1, (64 << 20) // size))
    return [number.to_bytes(8, "little") + random.Random(number).randbytes(size - 8) for number in range(count)]


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for case in bench_peer.cases():
            size = SIZES[case]
            items = distinct(size)
            chunk = max(1, CHUNK_BYTES // size)

            def run(count):
                came = 0
                for value in pool.imap(echo, (items[i % len(items)] for i in range(count)), chunksize=chunk):
                    item = items[came % len(items)]
                    check(len(value) == size and value[:8] == item[:8] and value[-8:] == item[-8:], f"item {came}")
                    came += 1
                check(came == count, f"{came} of {count} items")

            check(list(pool.imap(echo, items)) == items, "items")
            report(case, "B/s", items_per_second(run) * size)
