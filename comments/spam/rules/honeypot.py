"""The field that people cannot see: whoever fills it in read the page's code and not the page."""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

# Enough for spam by itself. A browser that fills in forms may stumble too, so the points stay within reach of
# a known commenter's reputation, which turns spam into hold.
POINTS = 8.0


def check_honeypot(candidate: Candidate, _history: History) -> Iterator[Finding]:
    """Reports a filled hidden field. White space counts: a person cannot type even that."""
    if candidate.honeypot:
        yield Finding("honeypot", POINTS, "The hidden field was filled in")
