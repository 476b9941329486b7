"""Work that takes time: functions that workers run, and items of very different times. Ours has the same."""

import math
import time

from bench_peer import ORDER, WORKERS


def burn(seconds):
    """Uses a processor for a time, counted as the thread's own, and returns that time."""
    start = time.thread_time()
    now = start
    while now - start < seconds:
        now = time.thread_time()
    return now - start


def sleep(seconds):
    """Sleeps, and returns how long it slept."""
    start = time.perf_counter()
    time.sleep(seconds)
    return time.perf_counter() - start


def list_schedule(times, workers=WORKERS):
    """The time of the schedule that gives the next item in order to the next free worker, in no time."""
    free = [0.0] * workers
    for taken in times:
        free[free.index(min(free))] += taken
    return max(free)


def stragglers(case):
    """The items of a case, in seconds."""
    scale = ORDER["scale"]
    if case == "200 lognormal":
        return [_lognormal(i) for i in range(max(1, int(200 * scale)))]
    items = [0.001] * max(1, int(2000 * scale))
    place = {"2 s first": 0, "2 s after a quarter": 0.25, "2 s in the middle": 0.5, "2 s last": 1}[case]
    items.insert(int(place * len(items)), 2 * scale)
    return items


def _lognormal(index):
    radius, angle = (((index * step) % 200 + 0.5) / 200 for step in (73, 31))
    return math.ceil(10 * math.exp(math.sqrt(-2 * math.log(radius)) * math.cos(2 * math.pi * angle))) / 1000
