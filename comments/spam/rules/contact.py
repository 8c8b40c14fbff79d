"""A way to reach somebody outside the site: a mail address, a telephone number, a messenger.

Who offers loans, spells or lost money found asks to be written to, often without any link. Honest people give
such things too, to a friend or by mistake; they are held all the same, because strangers' addresses should
not stand on a public page before a person has looked.
"""

import re
from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

# The text model counts such things too, so this only adds to it.
POINTS = 1.6

_MAIL = re.compile(r"[\w+-]@[\w-]{2,63}+\.[a-z]{2,10}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)[1-9]?[0-9 ()./-]{8,20}[0-9](?!\w)")
_MESSENGER = re.compile(r"\b(?:whats ?app|telegram|wechat|viber|signal me|t\.me/)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[(?:email|phone)\]")


def check_contact(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a stranger's text that says where to reach somebody."""
    if history.is_first_comment and _gives_contact(candidate.text):
        words = "Says where to reach somebody: a mail address, a telephone number or a messenger"
        yield Finding("contact", POINTS, words, "a mail address or a telephone number in the text")


def _gives_contact(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_MAIL, _PHONE, _MESSENGER, _PLACEHOLDER))
