"""What a full-text search compares: words without accents, capitals and endings; and how it asks for them.

Both databases have a search of their own, with other stems, other stop words (PostgreSQL's English leaves out
“it”, and so most of “IT band”) and other characters. Here the words are therefore made by us, and a database
keeps lists of them and finds rows quickly: FTS5 on SQLite, `tsvector` on PostgreSQL. The same text and the
same query give the same rows on both, and a snippet is marked by the very words that were compared.

A list says where each word stands, so that phrases can be found. Some words in it are marked with a letter:
`a:knee` stands in the title, `b:knee` in title or deck, `m:post` is no word but a fact. Titles can so be
searched by themselves without looking at any row that only has the word in its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lib.stemming import LONGEST, stem

# PostgreSQL knows places up to 16,383: of a longer text only the beginning is searched, on both.
MAX_WORDS = 15_000
# Stands between a title and a deck, and in no text: no phrase reaches over it.
BREAK = ":"
TITLE, HEAD, MARK = "a", "b", "m"

# Writing without spaces, where each character is a word: Thai, Lao, Burmese, Khmer, kana, ideographs.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
# Put by `fold` in place of what is not compared, and left out of the word it stands in.
NOTHING = "\u02d0"
# A word; the possessive after it is not a part of it.
WORD = re.compile(rf"([{UNSPACED}]|[^\W_{UNSPACED}]+)(?:'{NOTHING}*s(?!\w))?")
JOINERS = "\u00ad\u200c\u200d\u2060"


class _Folded(dict):
    """The folded form of each character, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


def _folded(char: str) -> str:
    if unicodedata.category(char)[0] == "M" or char in JOINERS:
        return NOTHING
    if char in "’‘ʼ＇":
        return "'"
    return unicodedata.normalize("NFKD", char)[0].casefold()[0]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text in small letters without accents, each character in the place it had."""
    return text.translate(_FOLDED)


class Word(NamedTuple):
    """A word of a text: what it is compared by, and where it stands."""

    stem: str
    start: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    return _words(fold(text), 0)


def runs_in(text: str, wanted: Iterable[str], *, length: int) -> Iterator[tuple[Word, ...]]:
    """From each word of the text that may have one of the wanted stems: it and those after it, so many in all
    where there are so many.

    A stem and its words share all but the last letter, so most of a text need not be looked at word by word.
    Texts with accents on their own, and writing without spaces, are looked at in full."""
    folded, stems_wanted = fold(text), sorted(set(wanted))
    if NOTHING in folded or re.search(f"[{UNSPACED}]", "".join(stems_wanted)):
        yield from _all_runs(folded, length)
        return
    for found in _beginning_of(tuple(stems_wanted)).finditer(folded):
        yield tuple(islice(_words(folded, found.start()), length))


def _all_runs(folded: str, length: int) -> Iterator[tuple[Word, ...]]:
    rest, run = _words(folded, 0), deque[Word]()
    while True:
        run.extend(islice(rest, length - len(run)))
        if not run:
            return
        yield tuple(run)
        run.popleft()


@lru_cache(maxsize=64)
def _beginning_of(stems_wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Finds where a word may begin that has one of these stems. The possessive after a word is no word."""
    shared = "|".join(re.escape(one[: max(1, min(3, len(one) - 1))]) for one in stems_wanted)
    return re.compile(rf"(?<![^\W_{UNSPACED}])(?!(?<=[^\W_]')s(?!\w))(?:{shared})")


def _words(folded: str, start: int) -> Iterator[Word]:
    for found in WORD.finditer(folded, start):
        start, end = found.span(1)
        if word := found[1].replace(NOTHING, ""):
            yield Word(stem(word[:LONGEST]), start, end)


def stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_in(text))


# ---------- what is asked for ----------


@dataclass(frozen=True)
class Phrase:
    """Words side by side, mostly just one. With `is_prefix` the last is the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class All:
    parts: tuple[Wanted, ...]


@dataclass(frozen=True)
class Any:
    parts: tuple[Wanted, ...]


Wanted = Phrase | All | Any


def within(field: str, wanted: Wanted) -> Wanted:
    """The same words, but all of them in one field."""
    if isinstance(wanted, Phrase):
        return replace(wanted, words=tuple(f"{field}:{word}" for word in wanted.words))
    return replace(wanted, parts=tuple(within(field, part) for part in wanted.parts))


def marked(fact: str) -> Phrase:
    return Phrase((f"{MARK}:{fact}",))


def for_fts5(wanted: Wanted) -> str:
    """As an FTS5 query. Words hold letters, digits and our colon alone, so quotes around them are enough."""
    if isinstance(wanted, Phrase):
        return f'"{" ".join(wanted.words)}"{"*" if wanted.is_prefix else ""}'
    return _joined(wanted, [for_fts5(part) for part in wanted.parts], " AND ", " OR ")


def for_postgresql(wanted: Wanted) -> str:
    """As text for a `tsquery`."""
    if isinstance(wanted, Phrase):
        words = " <-> ".join(f"'{word}'" for word in wanted.words)
        return f"({words}{':*' if wanted.is_prefix else ''})"
    return _joined(wanted, [for_postgresql(part) for part in wanted.parts], " & ", " | ")


def _joined(wanted: All | Any, parts: Sequence[str], conjunction: str, disjunction: str) -> str:
    return f"({(conjunction if isinstance(wanted, All) else disjunction).join(parts)})"


# ---------- what is kept ----------


def words_to_keep(
    *, title: str = "", deck: str = "", texts: Iterable[str] = (), marks: Iterable[str] = ()
) -> list[str]:
    """The list of words by which something is found, each in its place."""
    heads = [stems(title), stems(deck)]
    kept = [f"{MARK}:{mark}" for mark in marks]
    kept += [f"{TITLE}:{word}" for word in heads[0]]
    for field in heads:
        kept += [BREAK, *(f"{HEAD}:{word}" for word in field)]
    for field in (*heads, *map(stems, texts)):
        kept += [BREAK, *field]
    return kept[:MAX_WORDS]


def as_fts5(words: Sequence[str]) -> str:
    """For a column of an FTS5 table whose tokenizer is `FTS5_TOKENIZER`."""
    return " ".join(words)


FTS5_TOKENIZER = "ascii tokenchars '':''"


def as_tsvector(words: Sequence[str]) -> str:
    """As text for a `tsvector`."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(place)
    places.pop(BREAK, None)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())
