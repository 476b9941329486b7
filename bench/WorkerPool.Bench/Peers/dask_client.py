"""Dask's distributed client, with worker processes of one thread."""

import logging

import bench_peer
from bench_peer import WORKERS, check, check_order, items_per_second, report, square, sum_of_squares
from dask.distributed import Client, LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.ERROR
    ) as cluster, Client(cluster) as client:

        def run(count):
            values = client.gather(client.map(square, range(count), pure=False))
            check(sum(values) == sum_of_squares(count), f"sum of {count} squares")

        for case in bench_peer.cases():
            check_order(client.gather(client.map(square, range(1000), pure=False)))
            report(case, "items/s", items_per_second(run))
