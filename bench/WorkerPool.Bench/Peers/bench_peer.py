"""What all peers in Python share: the order they are given, and how items a second are measured.

The last argument is the order, as JSON; each reading is printed as a line of JSON. Wrong results end the process.
"""

import collections
import json
import sys
import time

ORDER = json.loads(sys.argv[-1]) if len(sys.argv) > 1 else {}
WORKERS = 2
FIRST = 64
MOST = 50_000_000


def square(x):
    return x * x


def cases():
    """The cases to be measured."""
    return ORDER["cases"]


def count_of(full):
    """A fixed number of items, as far as the order goes."""
    return max(1, int(full * ORDER["scale"]))


def report(case, metric, value):
    print(json.dumps({"case": case, "metric": metric, "value": value}), flush=True)


def check(holds, otherwise):
    if not holds:
        sys.exit("wrong result: " + otherwise)


def sum_of_squares(count):
    return (count - 1) * count * (2 * count - 1) // 6


def timed(run, count):
    start = time.perf_counter()
    run(count)
    return time.perf_counter() - start


def items_per_second(run, first=FIRST):
    """Runs get longer until one takes a quarter of what is to be measured and the warm-up is over; then one is measured."""
    count, warm_up = first, 0.0
    while True:
        took = timed(run, count)
        warm_up += took
        is_long = took >= ORDER["seconds"] / 4
        if is_long and warm_up >= ORDER["warmUpSeconds"]:
            count = int(min(MOST, max(1, count * ORDER["seconds"] / took)))
            return count / timed(run, count)
        count = count if is_long else count * 2


def check_order(results, is_ordered=True):
    """Looks at each result; not in what is measured, where a sum costs less."""
    values = list(results)
    expected = [square(i) for i in range(len(values))]
    check(values == expected if is_ordered else collections.Counter(values) == collections.Counter(expected), "squares")
