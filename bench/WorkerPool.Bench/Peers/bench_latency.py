"""How long single calls take, one after another."""

import time

from bench_peer import ORDER


def measure(call):
    """Median and what 99 % are below, in seconds."""
    _run(call, ORDER["warmUpSeconds"])
    took = sorted(_run(call, ORDER["seconds"] * 2))
    return took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.99))]


def _run(call, seconds):
    took = []
    begin = time.perf_counter()
    number = 0
    while number == 0 or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        call(number)
        took.append(time.perf_counter() - start)
        number += 1
    return took
