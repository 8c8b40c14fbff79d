"""What moderators have put on the blocklist themselves.

The words of a finding name the entry, so that a moderator sees at once which one did it. Mail addresses and
networks are not named: beside a comment that would tell everybody at the desk what address its writer gave.
"""

from collections.abc import Iterator, Sequence

from comments.spam.blocklist import blocked_by
from comments.spam.candidate import Blocked, BlockedEntry, Candidate, History, Strength
from comments.spam.verdict import Finding

# Holds what the most trusted person writes as well, and never makes spam by itself.
HOLD_POINTS = 4.6
# A moderator has said so, and all the trust there is (-2) does not outweigh it.
SPAM_POINTS = 10.0

# Of entries named in one finding; notes can be long.
_NAMED = 3
_LENGTH_NAMED = 60

_CALLED = {Blocked.WORD: "word", Blocked.DOMAIN: "domain", Blocked.PATTERN: "pattern"}
_NOT_NAMED = {Blocked.ADDRESS: "a mail address", Blocked.NETWORK: "a network"}


def check_blocklist(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports the entries that the comment matches; the stronger ones only, if there are such."""
    matched = blocked_by(candidate, history.blocked, history.patterns_matched)
    if spam := [entry for entry in matched if entry.strength is Strength.SPAM]:
        yield Finding("blocked_spam", SPAM_POINTS, _in_words(spam))
    elif matched:
        # Whoever is meant themselves is told nothing: they would come from elsewhere.
        is_of_words = any(entry.kind in _CALLED for entry in matched)
        told = "something that a moderator always looks at here" if is_of_words else None
        yield Finding("blocked_hold", HOLD_POINTS, _in_words(matched), told)


def _in_words(entries: Sequence[BlockedEntry]) -> str:
    named = ", ".join(_name(entry) for entry in entries[:_NAMED])
    hidden = len(entries) - _NAMED
    return f"On the blocklist: {named}" + (f" and {hidden} more" if hidden > 0 else "")


def _name(entry: BlockedEntry) -> str:
    called = _CALLED.get(entry.kind)
    name = f"the {called} “{_shortened(entry.value)}”" if called else _NOT_NAMED[entry.kind]
    return f"{name} ({_shortened(entry.note)})" if entry.note else name


def _shortened(words: str) -> str:
    return words if len(words) <= _LENGTH_NAMED else words[:_LENGTH_NAMED] + "…"
