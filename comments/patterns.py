"""Patterns on the blocklist: regular expressions that take bounded time, whatever a moderator types.

They are matched by RE2, which reads a text once and never goes back, so it knows no look-around and no
back-references. Two limits bound the rest: the memory of a pattern, and the steps that its repeats are
written out to (docs/decisions/0023 has the figures). A pattern sees name, text and website, each by itself,
in whatever case. All this stands outside of `comments.spam`, which knows the standard library only and is
told which patterns matched.
"""

import logging
from collections.abc import Iterable
from functools import lru_cache

import re2

from comments.spam.candidate import Blocked, BlockedEntry

logger = logging.getLogger(__name__)

MAX_PATTERN = 200
# In force at one time: each comment is compared with all of them.
MOST_PATTERNS = 100

# RE2's own measure of a pattern: instructions for bytes. "." is eight of them, a letter one.
_MOST_STEPS = 250
# With more, RE2 tries its fast way for longer before it gives up on a bad text, and loses more than it saves.
_MEMORY = 256 * 1024
# All that are in force, and some that are tried: with fewer, each comment would have all of them made anew.
_REMEMBERED = MOST_PATTERNS + 28

# Whoever finds nothing, or one of each of these, finds something in every comment.
_NEXT_TO_NOTHING = (b"", b"x")
_ANY_CHARACTER = tuple(character.encode() for character in "x7!ж")
# And whoever finds something in each of these, in nearly every comment. They have nothing but spaces in
# common, and are longer than a pattern of dots can be.
_UNLIKE_TEXTS = tuple(
    text.encode()
    for text in (
        "Mine took six weeks and then it held up well",
        "Колено болело шесть недель, теперь бегаю снова",
        "2026 1250 4807 3391 6642 0075 8813 5926 4410",
        "我的膝盖疼了六个星期 现在又能跑步了 谢谢你的建议非常有用 明天还要再去慢慢跑 祝你好运",
        "🏃👍🎉🏅💪 🙏🌧🥾🧊🏁 🏃👍🎉🏅💪 🙏🌧🥾🧊🏁 🏃👍🎉🏅💪 🙏🌧🥾🧊🏁 🏃👍🎉🏅💪",
    )
)

_TOO_LARGE = "This would take too long on a long comment. Repeat less often, or write .* instead of .{0,50}"
_MATCHES_ALL = "This would match every comment, or nearly every one"

# What RE2 says, as its messages begin, and what a moderator reads. "{}" is the part of the pattern it names.
_LOOKS = "“{}” is not known here: looking ahead or back takes no bounded time"
_REFERS = "“{}” is not known here: nothing can refer back to what a group matched"
_UNKNOWN = "“{}” is not known here"
_COMPLAINTS = {
    **{f"invalid perl operator: (?{sign}": _LOOKS for sign in "=!<"},
    **{f"invalid escape sequence: \\{sign}": _REFERS for sign in "123456789k"},
    "invalid perl operator: ": _UNKNOWN,
    "invalid escape sequence: ": _UNKNOWN,
    "invalid repetition size: ": "The repeat “{}” is too large, by itself or within another, or upside down",
    "pattern too large": _TOO_LARGE,
    "missing ): ": "A bracket is opened with “(” and not closed",
    "unexpected ): ": "A bracket is closed with “)” and not opened",
    "missing ]: ": "A bracket is opened with “[” and not closed: “{}”",
    "invalid character class range: ": "“{}” is no range of characters",
    "bad repetition operator: ": "“{}” repeats a repeat",
    "no argument for repetition operator: ": "There is nothing before “{}” to repeat",
    "trailing \\": "The pattern ends in a backslash; two of them mean one",
}


def tidied_pattern(typed: str) -> str:
    """The pattern as an entry keeps it.

    Raises ValueError, whose text is a sentence for the moderator, for what RE2 cannot do, what would take too
    long, and what would match every comment.
    """
    if len(typed) > MAX_PATTERN:
        raise ValueError(f"Shorten the pattern to {MAX_PATTERN} characters; it has {len(typed)}")
    try:
        pattern = _compiled(typed)
    except re2.error as error:
        raise ValueError(_in_words(error)) from error
    if pattern.programsize > _MOST_STEPS:
        raise ValueError(_TOO_LARGE)
    if _matches_all(pattern):
        raise ValueError(_MATCHES_ALL)
    return typed


def matched_patterns(entries: Iterable[BlockedEntry], said: Iterable[str]) -> frozenset[int]:
    """The numbers of those entries that are patterns and match any of the texts."""
    # As bytes, because half a character that slipped in must not make the filter raise.
    texts = [text.encode(errors="replace") for text in said if text]
    patterns = (entry for entry in entries if entry.kind is Blocked.PATTERN)
    return frozenset(entry.number for entry in patterns if _is_found(entry, texts))


def _is_found(entry: BlockedEntry, texts: Iterable[bytes]) -> bool:
    try:
        pattern = _compiled(entry.value)
    except re2.error:
        # Another version of RE2 than the one that took it. A comment must not fail for that.
        logger.warning("blocklist: entry %s is no pattern to this version of RE2", entry.number)
        return False
    return any(pattern.search(text) for text in texts)


# RE2 has no other name for what it compiles.
@lru_cache(_REMEMBERED)
def _compiled(value: str) -> re2._Regexp:
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return re2.compile(value, options=options)


def _matches_all(pattern: re2._Regexp) -> bool:
    found = [pattern.search(text) for text in _NEXT_TO_NOTHING]
    finds_nothing = any(match and match.start() == match.end() for match in found)
    return finds_nothing or any(
        all(pattern.search(text) for text in texts) for texts in (_ANY_CHARACTER, _UNLIKE_TEXTS)
    )


def _in_words(error: re2.error) -> str:
    message = error.args[0].decode(errors="replace")
    for beginning, complaint in _COMPLAINTS.items():
        if message.startswith(beginning):
            return complaint.replace("{}", message.partition(": ")[2])
    return f"This is no pattern that can be read: {message}"
