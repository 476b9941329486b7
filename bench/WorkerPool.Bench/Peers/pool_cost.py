"""multiprocessing.Pool: processor time that a million squares take, by process."""

import multiprocessing

import bench_peer
from bench_peer import ORDER, WORKERS, check, report, square, sum_of_squares
from bench_process import processor_seconds

MILLION = 1_000_000

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        workers = [process.pid for process in multiprocessing.active_children()]

        def run(count, chunk):
            check(sum(pool.imap(square, range(count), chunksize=chunk)) == sum_of_squares(count), "sum of squares")

        def read():
            return processor_seconds(), sum(processor_seconds(worker) for worker in workers)

        for case in bench_peer.cases():
            run(max(1, int(MILLION * ORDER["warmUpSeconds"])), int(case))
            count = max(1, int(2 * MILLION * ORDER["seconds"]))
            client, working = read()
            run(count, int(case))
            client, working = (late - early for late, early in zip(read(), (client, working)))
            report(case, "client s", client * MILLION / count)
            report(case, "workers s", working * MILLION / count)
