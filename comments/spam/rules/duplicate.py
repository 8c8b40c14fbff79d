"""The same text once more: under this post (perhaps sent twice by mistake) or under others (a campaign).

Short phrases come back honestly. "Thank you so much!" by the third reader in a month is no campaign, so a
short text weighs little.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.text import normalise_for_comparison
from comments.spam.verdict import Finding

# Characters of normalised text below which a repeat may be chance.
SHORT_TEXT = 25
SHORT_POINTS = 0.6

HERE_POINTS = 4.2
ELSEWHERE_ONCE_POINTS = 4.2
ELSEWHERE_OFTEN_POINTS = 8.0


def check_duplicate(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a text that stands in other comments of the last 30 days."""
    if not (history.same_text_here or history.same_text_elsewhere):
        return
    if len(normalise_for_comparison(candidate.text)) < SHORT_TEXT:
        words = "The same few words were sent before, which may be chance"
        yield Finding("same_short_text", SHORT_POINTS, words)
    else:
        yield from _check_here(history)
        yield from _check_elsewhere(history)


def _check_here(history: History) -> Iterator[Finding]:
    if history.same_text_here:
        words = "The same text was already sent under this post"
        yield Finding("same_text_here", HERE_POINTS, words, "the same text already sent under this post")


def _check_elsewhere(history: History) -> Iterator[Finding]:
    count = history.same_text_elsewhere
    if count == 1:
        words = "The same text was sent under another post"
        yield Finding("same_text_elsewhere", ELSEWHERE_ONCE_POINTS, words)
    elif count > 1:
        words = f"The same text was sent {count} times under other posts"
        yield Finding("same_text_often", ELSEWHERE_OFTEN_POINTS, words)
