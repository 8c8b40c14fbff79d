"""Nearly the same text as one that waits or was refused: a template with another name, link or number in it.

Only such texts are compared. Whoever quotes what somebody else was allowed to say is no spammer. An exact
repeat has a rule of its own (`duplicate`), and what that one has seen is not counted again here.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

# Holds by itself, known commenters too.
REJECTED_POINTS = 4.2
REJECTED_OFTEN_POINTS = 4.6

# The other one has not been looked at. Perhaps somebody mended a slip and sent it again: it waits with the
# first one. Several of them are a campaign that nobody has noticed yet.
HELD_POINTS = 2.8
HELD_OFTEN_POINTS = 3.2
OFTEN = 3


def check_near_duplicate(_candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports the graver of the two: near a refused text, or near one that waits."""
    if history.recent_same_text:
        return
    if count := history.near_rejected:
        words = f"Nearly the same text as {_comments(count)} in spam or trash"
        points = REJECTED_POINTS if count == 1 else REJECTED_OFTEN_POINTS
        yield Finding("near_rejected", points, words)
    elif count := history.near_held:
        words = f"Nearly the same text as {_comments(count)} waiting for a moderator"
        points = HELD_POINTS if count < OFTEN else HELD_OFTEN_POINTS
        yield Finding("near_held", points, words, "a text much like another one that is waiting")


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"
