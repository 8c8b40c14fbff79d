"""How many comments came from one network in the last ten minutes.

The hard limit, where a further comment is refused, is the caller's; this rule only asks for a moderator's
eye. Schools, offices and mobile networks share one address, so a few comments in a row mean little.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

SEVERAL = 3
SEVERAL_POINTS = 0.6

# More than this are held, even those of a known commenter.
MOST_IN_TEN_MINUTES = 5
TOO_MANY_POINTS = 4.2


def check_rate(_candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a network that sends several comments within ten minutes, or too many."""
    count = history.recent_from_network
    words = f"{count} comments came from the same network in the ten minutes before"
    if count > MOST_IN_TEN_MINUTES:
        yield Finding("rate_high", TOO_MANY_POINTS, words, "many comments from one network at once")
    elif count >= SEVERAL:
        yield Finding("rate_raised", SEVERAL_POINTS, words)
