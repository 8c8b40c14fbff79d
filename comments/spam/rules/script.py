"""Writing that hides or does not fit: another script than the post's, look-alike letters, invisible ones.

A script is read off a letter's Unicode name. Honest writing is left alone: joined emoji, the joiners that
Persian and Indic spelling needs, single Greek letters in Latin words ("TNFα"), Latin stems with Cyrillic
endings ("Garminовский"), accents in any number that a language has.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from comments.spam.candidate import Candidate, History
from comments.spam.lookalikes import CYRILLIC, GREEK
from comments.spam.verdict import Finding

# A reader may well answer in Russian under an English post. It only counts beside something else.
OTHER_SCRIPT_POINTS = 0.5
MOST = 0.7
FEWEST_LETTERS = 12
# The beginning of a post shows its script as well as all of it.
LETTERS_OF_THE_POST = 1_000

# "сialis" with a Cyrillic с: nobody's keyboard does that by chance, twice.
MIXED_WORD_POINTS = 0.8
MIXED_WORDS_POINTS = 1.6
SHORTEST_MIXED_WORD = 4

# Zero-width characters inside words show nothing and fool a filter. A few come along with pasted text.
HIDDEN_POINTS = 1.6
MANY_HIDDEN = 3

# "l0west pr1ce". Honest words have digits inside as well ("vo2max"), but not several of them.
LEET_POINTS = 1.6
MANY_LEET = 3

# Honest joy repeats one or two of them.
EMOJI_TEXT_POINTS = 1.6
MANY_SIGNS = 6

ZALGO_POINTS = 0.3
MANY_HEAPS = 3

_LEET = re.compile(r"[^\W\d_]{1,30}+[01345@$][^\W\d_]{2,30}+")
_JOINED = re.compile("\u200d.", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
# Zero-width space, non-joiner, joiner, word joiner, invisible operators, byte-order mark.
_HIDDEN = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]+")
# Beside the letter, which has taken one of them in already (NFC); normalising here would take quadratic time.
_HEAP = re.compile("[\u0300-\u036f\u0489]{3,}")
# Scripts that never need an invisible character inside a word.
_PLAIN_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK"})
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
# What stands first in the names of letters that belong to no script: styled ones, wide ones, ordinals.
_NO_SCRIPT = frozenset(
    {"FULLWIDTH", "HALFWIDTH", "MATHEMATICAL", "DOUBLE-STRUCK", "SCRIPT", "MODIFIER", "MICRO", "FEMININE"}
    | {"MASCULINE", "SUPERSCRIPT", "SUBSCRIPT", ""}
)
_LETTERS_REMEMBERED = 4096


def check_script(candidate: Candidate, _history: History) -> Iterator[Finding]:
    """Reports a text in another script than its post, and the ways to disguise words."""
    yield from _check_other_script(candidate)
    shown = f"{candidate.name}\n{candidate.text}"
    yield from _check_mixed_words(shown)
    if len(set(map(str.lower, _LEET.findall(shown)))) >= MANY_LEET:
        yield Finding("leet", LEET_POINTS, "Digits and signs in the place of letters, in several words")
    elif _signs_in(candidate.text) >= MANY_SIGNS:
        yield Finding("emoji_text", EMOJI_TEXT_POINTS, "Many different emoji in the place of words")
    if _hidden_inside_words(shown) >= MANY_HIDDEN:
        yield Finding("hidden_characters", HIDDEN_POINTS, "Invisible characters inside words")
    if len(_HEAP.findall(shown)) >= MANY_HEAPS:
        yield Finding("zalgo", ZALGO_POINTS, "Heaps of accents on letters")


def _signs_in(text: str) -> int:
    """How many different emoji and other pictures a text holds; several joined to one count once."""
    if text.isascii():
        return 0
    return len({char for char in _JOINED.sub("", text) if unicodedata.category(char) == "So"})


def _check_other_script(candidate: Candidate) -> Iterator[Finding]:
    script = _main_script(candidate.text)
    post = _main_script(f"{candidate.post_title} {candidate.post_text[:LETTERS_OF_THE_POST]}")
    if script and post and script != post:
        words = f"Written in another script ({script.capitalize()}) than the post"
        yield Finding("other_script", OTHER_SCRIPT_POINTS, words, "another script than the post’s")


def _check_mixed_words(text: str) -> Iterator[Finding]:
    mixed = list(dict.fromkeys(word for word in _WORD.findall(text) if _is_disguised(word)))
    if mixed:
        points = MIXED_WORD_POINTS if len(mixed) == 1 else MIXED_WORDS_POINTS
        words = f"Look-alike letters of another script inside a word: “{mixed[0][:30]}”"
        yield Finding("mixed_scripts", points, words)


def _main_script(text: str) -> str:
    """The script that most of the letters are in; "" for few letters or a mixture."""
    scripts = Counter(script for char in text if char.isalpha() and (script := _script_of(char)))
    if scripts.total() < FEWEST_LETTERS:
        return ""
    [(script, count)] = scripts.most_common(1)
    return script if count >= MOST * scripts.total() else ""


@lru_cache(_LETTERS_REMEMBERED)
def _script_of(char: str) -> str:
    """Such as "LATIN"; "" where a letter belongs to none. Chinese, Japanese and Korean count as one."""
    first = unicodedata.name(char, "").partition(" ")[0]
    if first in _NO_SCRIPT:
        return ""
    return "CJK" if first in _EAST_ASIAN else first


def _is_disguised(word: str) -> bool:
    """Whether the word is Latin and Cyrillic or Greek, and all its foreign letters look like Latin ones."""
    if word.isascii() or len(word) < SHORTEST_MIXED_WORD:
        return False
    scripts = {_script_of(char) for char in word}
    if "LATIN" not in scripts or not scripts & {"CYRILLIC", "GREEK"}:
        return False
    foreign = [char for char in word.lower() if _script_of(char) in ("CYRILLIC", "GREEK")]
    return all(char in CYRILLIC or char in GREEK for char in foreign)


def _hidden_inside_words(text: str) -> int:
    """How many places between two letters of a script without joiners hold something invisible."""
    return sum(
        _script_of(text[found.start() - 1]) in _PLAIN_SCRIPTS
        and _script_of(text[found.end()]) in _PLAIN_SCRIPTS
        for found in _HIDDEN.finditer(text)
        if found.start() > 0 and found.end() < len(text)
    )
