"""How long something takes, on a machine that has other things to do.

A limit in milliseconds means a machine of its own. Time is therefore counted as this thread's share of the
processor, the best of several runs, and a machine that is slow at the moment, which a fixed piece of work
shows, gets as much more time.
"""

import time
from collections.abc import Callable

RUNS = 3
# Of the fixed piece of work, on the machine that the limits were set on.
USUAL_SECONDS = 0.008


def seconds_for(work: Callable[[], object]) -> float:
    """Seconds of processor time that the work takes at best, as the usual machine would count them."""
    slowness = max(1.0, _best(_fixed_work) / USUAL_SECONDS)
    return _best(work) / slowness


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return min(times)


def _fixed_work() -> int:
    """Of the kind the filter does: characters looked up one by one."""
    counts: dict[str, int] = {}
    for char in "the quick brown fox jumps " * 3_000:
        counts[char] = counts.get(char, 0) + 1
    return len(counts)
