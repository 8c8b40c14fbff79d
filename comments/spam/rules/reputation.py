"""What moderators decided before about this person, and about comments from the same network.

Points grow with the logarithm of the count (the second verdict says less than the first) and are bounded, so
that no past, good or bad, decides alone: trust once earned cannot buy out the honeypot, and nobody is spam
for former sins.
"""

import math
from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

APPROVED_POINTS = -1.0
APPROVED_LIMIT = -2.0

REJECTED_POINTS = 2.4
REJECTED_LIMIT = 4.0

# Networks are shared by strangers: less than a person's own past.
NETWORK_POINTS = 0.8
NETWORK_LIMIT = 2.6


def check_reputation(_candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports earlier verdicts of moderators, for the person and against the person or the network."""
    if count := history.approved_before:
        points = _grown(count, first=APPROVED_POINTS, limit=APPROVED_LIMIT)
        yield Finding("approved_before", points, f"{_comments(count)} by this person approved before")
    if count := history.rejected_before:
        points = _grown(count, first=REJECTED_POINTS, limit=REJECTED_LIMIT)
        yield Finding("rejected_before", points, f"{_comments(count)} by this person rejected before")
    if count := history.network_rejected:
        points = _grown(count, first=NETWORK_POINTS, limit=NETWORK_LIMIT)
        yield Finding("network_rejected", points, f"{_comments(count)} from this network rejected before")


def _grown(count: int, *, first: float, limit: float) -> float:
    """`first` for one verdict, as much again for each doubling of one more than the count, up to `limit`.

    Rounded to one decimal, so that the points a moderator reads are the points that were added.
    """
    grown = first * math.log2(1 + count)
    return round(math.copysign(min(abs(grown), abs(limit)), first), 1)


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"
