"""What an outside service thinks of the comment, on sites that ask one.

It sees more spam than any blog does, and knows neither this blog nor its people. So it counts like one strong
sign: spam is held if nothing speaks for the comment, and never more than held on the service's word alone.
Its praise weighs little, because a spammer tries a text on it until it passes.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History, Opinion
from comments.spam.verdict import Finding

HAM_POINTS = -0.5
SPAM_POINTS = 3.0
DISCARD_POINTS = 3.5

_FINDINGS = {
    Opinion.HAM: Finding("service_says", HAM_POINTS, "An outside service takes it for an honest comment"),
    Opinion.SPAM: Finding("service_says", SPAM_POINTS, "An outside service takes it for spam"),
    Opinion.DISCARD: Finding("service_says", DISCARD_POINTS, "An outside service is certain that it is spam"),
}


def check_service(_candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports the opinion of an outside service, if one was asked and answered."""
    if history.service_says:
        yield _FINDINGS[history.service_says]
