"""multiprocessing.Pool, with workers by fork."""

import multiprocessing

import bench_peer
from bench_peer import ORDER, WORKERS, check, check_order, items_per_second, report, square, sum_of_squares


def chunk_size(case):
    """Its default is 1."""
    return {} if case == "default" else {"chunksize": int(case)}


def imap(pool, is_ordered):
    method = pool.imap if is_ordered else pool.imap_unordered
    for case in bench_peer.cases():
        options = chunk_size(case)

        def run(count):
            check(sum(method(square, range(count), **options)) == sum_of_squares(count), f"sum of {count} squares")

        check_order(method(square, range(1000), **options), is_ordered)
        report(case, "items/s", items_per_second(run))


WORK = {
    "imap": lambda pool: imap(pool, True),
    "imap_unordered": lambda pool: imap(pool, False),
}

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        WORK[ORDER["work"]](pool)
