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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
# A character inside a word of several.
SPACED = re.compile(rf"[^\W_{UNSPACED}]")
# A word; the possessive after it is not a part of it.
WORD = re.compile(rf"([{UNSPACED}]|{SPACED.pattern}+)(?:'{NOTHING}*s(?!\w))?")
# A table is looked up for each character, which takes longer than all else that is done to an English text.
BEYOND_ASCII = re.compile(r"([^\x00-\x7f]+)")
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
    parts = BEYOND_ASCII.split(text)
    return "".join(part.lower() if part.isascii() else part.translate(_FOLDED) for part in parts)


class Word(NamedTuple):
    """A word of a text: what it is compared by, and where it stands."""

    stem: str
    start: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    return _words(fold(text), 0)


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


def runs_in(text: str, phrases: Sequence[Phrase]) -> Iterator[list[Word]]:
    """From each place on where one of the phrases may begin, as many words as the longest of them has.

    Only words that look like it are stemmed: a long text holds hundreds of others."""
    folded = fold(text)
    first = {phrase.words[0] for phrase in phrases}
    beginnings = tuple(phrase.words[0] for phrase in phrases if phrase.is_prefix)
    longest = max(len(phrase.words) for phrase in phrases)
    for start in _starts(folded, first):
        words = _words(folded, start)
        word = next(words)
        if word.stem in first or word.stem.startswith(beginnings):
            yield [word, *islice(words, longest - 1)]


def _starts(folded: str, first: Iterable[str]) -> Iterator[int]:
    """Where words begin that may have one of the stems, from left to right."""
    if any(one == "s" or SPACED.match(one) is None for one in first):
        # The “s” of “runner's” is no word, and the words of such scripts have no beginning to see.
        return (word.start for word in _words(folded, 0))
    between = f"{NOTHING}*" if NOTHING in folded else ""
    shared = "|".join(between.join(["", *map(re.escape, _shared(one))]) for one in sorted(first))
    places = (found.start() for found in re.finditer(shared, folded))
    return (start for start in places if not start or SPACED.match(folded, start - 1) is None)


def _shared(stem: str) -> str:
    """What all words with this stem begin with: Porter's endings change no letter but a last e, i or l."""
    return stem[:-1] if len(stem) > 1 and stem[-1] in "eil" else stem


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
