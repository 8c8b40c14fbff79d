"""What a visitor asks for: words and phrases, the topics they name, and so the tiers in which hits stand.

All words must be there. A topic's names are one word to a search: “ITBS” finds what says “IT band”, and the
other way round. A phrase in quotes is found as it stands, and only so. Words such as “the” are left out where
others are left, but for phrases, and “it” in “IT band”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from blog.models import Topic
from lib.fulltext import HEAD, TITLE, UNSPACED, All, Any, Phrase, Wanted, marked, stems, within
from lib.text import normalise_line

MIN_LENGTH = 2
MAX_LENGTH = 100
MAX_WORDS = 8
# Of what is typed no more than this is even read; white space may be cut from it.
MAX_TYPED = 1_000
# The beginning of a word stands for it from so many letters on.
MIN_PREFIX = 3
# A phrase in straight or curly quotes, or a word. A quote that is never closed means nothing.
TERM = re.compile(r"""["“”„]([^"“”„]*)["“”]|([^\s"“”„]+)""")
ONE_WORD = re.compile(f"[{UNSPACED}]")
SMALL_WORDS = frozenset(
    stems(
        "a an and are as at be but by can did do does for from had has have how i if in into is it my of on "
        "or so than that the then there this to was we were what when where which who why will with you your"
    )
)


@dataclass(frozen=True)
class Term:
    """A word or phrase as typed, and the words it is compared by; `others` are other names for it."""

    text: str
    words: tuple[str, ...]
    is_quoted: bool = False
    others: tuple[Phrase, ...] = ()
    is_prefix: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Each way to say it."""
        beginning = (Phrase(self.words, is_prefix=True),) if self.is_prefix else ()
        return (Phrase(self.words), *beginning, *self.others)

    @property
    def is_small(self) -> bool:
        return not self.is_quoted and not self.others and SMALL_WORDS.issuperset(self.words)


@dataclass(frozen=True)
class Query:
    """Any text is safe; without terms there is nothing to look for."""

    text: str
    terms: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def name(self) -> str:
        """What to call it in quotes: a single phrase does not bring its own."""
        return self.terms[0].text if len(self.terms) == 1 and self.terms[0].is_quoted else self.text

    @property
    def is_too_short(self) -> bool:
        """One letter finds everything; one character of a script without spaces is a word."""
        return 0 < len(self.text) < MIN_LENGTH and not ONE_WORD.match(self.text)


def read_query(typed: str) -> Query:
    line = normalise_line(typed[:MAX_TYPED])
    text = line[:MAX_LENGTH].strip()
    if Query(text).is_too_short:
        return Query(text)
    said = (_term(phrase, word) for phrase, word in TERM.findall(text))
    terms = list({(term.words, term.is_quoted): term for term in said if term.words}.values())
    is_cut = len(typed) > MAX_TYPED or len(line) > MAX_LENGTH or len(terms) > MAX_WORDS
    return Query(text, tuple(terms[:MAX_WORDS]), is_cut)


def _term(phrase: str, word: str) -> Term:
    # More words than a query may have make no phrase that anybody looks for.
    return Term((phrase or word).strip(), stems(phrase or word)[: MAX_WORDS * 2], is_quoted=bool(phrase))


# ---------- topics ----------


def names_of(topic: Topic) -> list[tuple[str, ...]]:
    """The topic's names as words. Compared here and not in the database: they are few, in a list."""
    return [words for name in (topic.name, *map(str, topic.aliases)) if (words := stems(name))]


def is_called(topic: Topic, terms: Sequence[Term]) -> bool:
    """Whether one name of the topic has all the terms, each from its first letter on."""
    return any(all(_occurs(term.words, name) for term in terms) for name in names_of(topic))


def _occurs(words: Sequence[str], name: Sequence[str]) -> bool:
    *first, last = words
    ends = range(len(first), len(name))
    return any([*name[end - len(first) : end]] == first and name[end].startswith(last) for end in ends)


def with_synonyms(terms: Sequence[Term], topics: Iterable[Topic]) -> list[Term]:
    """The terms, with those that together are a topic's name made one that knows the topic's other names."""
    names = [names_of(topic) for topic in topics]
    found, rest = [], list(terms)
    while rest:
        term = _longest_name(rest, names) or rest[0]
        found.append(term)
        del rest[: len(term.words) if term.others else 1]
    return found


def _longest_name(terms: Sequence[Term], names: Sequence[Sequence[tuple[str, ...]]]) -> Term | None:
    """The longest name that begins the terms, whole and unquoted, one word a term."""
    single = [term for term in terms if len(term.words) == 1]
    for length in range(min(MAX_WORDS, len(terms)), 0, -1):
        some = terms[:length]
        if any(term.is_quoted for term in some) or some != single[:length]:
            continue
        words = tuple(term.words[0] for term in some)
        others = {Phrase(name) for each in names if words in each for name in each if name != words}
        if others:
            ordered = tuple(sorted(others, key=lambda phrase: phrase.words))
            return Term(" ".join(term.text for term in some), words, others=ordered)
    return None


# ---------- tiers ----------


@dataclass(frozen=True)
class Tier:
    """What is looked for. Some of it only posts have: a title, a deck, topics (`needs_head`)."""

    wanted: Wanted
    needs_head: bool = False


def tiers_of(terms: Sequence[Term], topics: Sequence[Topic]) -> list[Tier]:
    """What is looked for, the best first, each once: in the title; in title or deck; side by side, where more
    than one word says something; anywhere; and last posts that carry a topic of that name where they don't
    say it. Empty lists of words never get here."""
    needed = [term for term in terms if not term.is_small] or list(terms)
    said = All(tuple(Any(term.phrases) for term in needed))
    loose = All(tuple(_loosely(term) for term in needed))
    carried = All(tuple(Any((_loosely(term), *_marks(term, topics))) for term in needed))
    near = _side_by_side(terms, said) if len(needed) > 1 or needed[0].others else []
    heads = [Tier(within(field, said), needs_head=True) for field in (TITLE, HEAD)]
    carries = [] if carried == _without_marks(loose) else [Tier(carried, needs_head=True)]
    return [*heads, *map(Tier, dict.fromkeys([*near, loose])), *carries]


def _loosely(term: Term) -> Wanted:
    """A name of several words that nobody put in quotes is found in pieces, too."""
    if not term.others or len(term.words) == 1:
        return Any(term.phrases)
    return Any((All(tuple(Phrase((word,)) for word in term.words)), *term.others))


def _side_by_side(terms: Sequence[Term], said: All) -> list[Wanted]:
    if any(term.others for term in terms):
        return [said]
    if any(term.is_quoted for term in terms):
        return []
    return [Phrase(tuple(word for term in terms for word in term.words), is_prefix=terms[-1].is_prefix)]


def _marks(term: Term, topics: Sequence[Topic]) -> list[Phrase]:
    return [marked(mark_of(topic.pk)) for topic in topics if is_called(topic, [term])]


def mark_of(topic_id: int) -> str:
    """The fact that a post carries a topic. Its names may change without a post being indexed anew."""
    return f"t{topic_id}"


def _without_marks(loose: All) -> All:
    return All(tuple(Any((part,)) for part in loose.parts))


def with_prefix(terms: Sequence[Term]) -> list[Term]:
    """The terms with the last one as the beginning of a word; empty where it cannot be."""
    *first, last = terms
    usable = not last.is_quoted and not last.others and len(last.words[-1]) >= MIN_PREFIX
    return [*first, replace(last, is_prefix=True)] if usable else []
