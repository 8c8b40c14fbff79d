"""The part of a text that shows why it was found: about 180 characters around the best hit, hits marked.

Words are compared as the search compares them (`lib.fulltext`), so “running” is marked for “run”.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib.fulltext import Phrase, Word, runs_in
from lib.text import excerpt

SNIPPET = 180
# How a sentence ends, also in quotes or brackets.
ENDED = re.compile(r"[.!?…:;,][”’\"')]*$")

# Where a phrase stands in a line, and which one it is.
Span = tuple[int, int, int]


def snippet(text: str, phrases: Sequence[Phrase]) -> SafeString:
    """Cut between words, around the place where most of the phrases stand together; all else escaped."""
    line = _on_one_line(text)
    start = _start_of_cut(line, _best(spans(line, phrases), len(phrases)))
    # Twice as much as is shown: the rest of a long text is not even looked at.
    cut = excerpt(line[start : start + SNIPPET * 2], SNIPPET).replace(" ·…", "…")
    return _marked(cut, list(spans(cut, phrases)), opened="… " if start else "")


def _on_one_line(text: str) -> str:
    """Blocks one after the other; after a heading or an item, which ends in no full stop, stands a dot."""
    blocks = [" ".join(block.split()) for block in text.splitlines()]
    lines = [block if ENDED.search(block) else f"{block} ·" for block in blocks if block]
    return " ".join(lines).removesuffix(" ·")


def spans(line: str, phrases: Sequence[Phrase]) -> Iterator[Span]:
    """Where the phrases stand, from left to right, none over the other; of two at one place the longer."""
    longest_first = sorted(enumerate(phrases), key=lambda pair: -len(pair[1].words))
    end = 0
    for run in runs_in(line, phrases):
        which = next((which for which, phrase in longest_first if _begin_with(run, phrase)), None)
        if which is not None and run[0].start >= end:
            end = run[len(phrases[which].words) - 1].end
            yield run[0].start, end, which


def _begin_with(run: Sequence[Word], phrase: Phrase) -> bool:
    here = tuple(word.stem for word in run[: len(phrase.words)])
    if not phrase.is_prefix or len(here) < len(phrase.words):
        return here == phrase.words
    return here[:-1] == phrase.words[:-1] and here[-1].startswith(phrase.words[-1])


def _best(found: Iterator[Span], number: int) -> int:
    """Where the first hit stands of those few words that have most of the phrases in them."""
    near: list[Span] = []
    best, most = 0, 0
    for span in found:
        near = [one for one in near if span[1] - one[0] < SNIPPET * 2 // 3] + [span]
        different = len({which for *_, which in near})
        if different > most:
            best, most = near[0][0], different
        if most == number:
            break
    return best


def _start_of_cut(line: str, hit: int) -> int:
    """The beginning of a word, a third of the snippet before the hit where there is so much."""
    start = hit - SNIPPET // 3
    if start <= 0:
        return 0
    space = line.find(" ", start, hit)
    return space + 1 if space >= 0 else hit


def _marked(text: str, found: Sequence[Span], *, opened: str) -> SafeString:
    ends = [0, *(end for _, end, _ in found)]
    pairs = [(text[end:start], text[start:to]) for end, (start, to, _) in zip(ends, found, strict=False)]
    marked = format_html_join("", "{}<mark>{}</mark>", pairs)
    return format_html("{}{}{}", opened, marked, text[ends[-1] :])
