"""What became of other comments that led to the same domains.

Names, networks and words of an advertisement change from one comment to the next; the shop stays. Only what
people decided counts: the filter's own verdicts would feed on themselves. A domain that was approved before
speaks for a link a little, so that a stranger who names the physio everybody names need not wait for ever;
one rejection and it no longer does. Known commenters may link freely as it is.
"""

import math
from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.domains import promoted_domains
from comments.spam.verdict import Finding

# One rejection and a stranger's link waits, and it is spam soon after. Never spam by itself: a competitor's
# address can be promoted to death.
REJECTED_POINTS = 1.6
REJECTED_LIMIT = 3.0

# A little only: what the text says about the link counts for more.
APPROVED_POINTS = -0.4
APPROVED_LIMIT = -1.0

_DOMAINS_SHOWN = 3


def check_promoted_domain(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports domains known from comments that were rejected, or else from approved ones."""
    if count := history.domain_rejected:
        words = f"{_comments(count)} with a link to {_named(candidate)} rejected in the last 30 days"
        yield Finding("domain_rejected", _grown(count, first=REJECTED_POINTS, limit=REJECTED_LIMIT), words)
    elif history.is_first_comment and (count := history.domain_approved):
        words = f"{_comments(count)} with a link to {_named(candidate)} approved before"
        yield Finding("domain_approved", _grown(count, first=APPROVED_POINTS, limit=APPROVED_LIMIT), words)


def _grown(count: int, *, first: float, limit: float) -> float:
    """`first` for one comment, as much again for each doubling of one more than the count, up to `limit`."""
    grown = first * math.log2(1 + count)
    return round(math.copysign(min(abs(grown), abs(limit)), first), 1)


def _named(candidate: Candidate) -> str:
    domains = promoted_domains(candidate.text, candidate.name, candidate.website)
    return " or ".join(domains[:_DOMAINS_SHOWN]) or "the same domain"


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"
