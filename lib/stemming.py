"""The stem of an English word, so that “runs”, “running” and “run” are one word to a search.

The algorithm is Martin Porter's of 1980 (“An algorithm for suffix stripping”), with his later corrections.
SQLite's own `porter` tokenizer is another telling of it, and a test holds the two together; ours exists
because PostgreSQL's differs. A stem need not be a word. Words of other languages come out consistent, if
sometimes short: the same word always has the same stem.
"""

import re
from functools import lru_cache

# What a search and a text say again and again; the rest is worked out in a few microseconds.
KEPT = 50_000
LONGEST = 40

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
# Porter's measure m counts how often vowels are followed by consonants.
_SOME = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_ONE = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?$")
_MANY = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL = re.compile(f"(?:{_CONSONANTS})?[aeiouy]")
_DOUBLE = re.compile(r"([^aeioulsz])\1$")
# A short syllable at the end, such as that of “hop”, takes its “e” back: “hoping” is of “hope”.
_SHORT = re.compile(f"{_CONSONANTS}[aeiouy][^aeiouwxy]$")

_FIRST = (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", ""))
_SECOND = (
    *(("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize")),
    *(("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous")),
    *(("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive")),
    *(("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")),
    ("logi", "log"),
)
_THIRD = (
    *(("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic")),
    *(("ful", ""), ("ness", "")),
)
_FOURTH = (
    *("ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive"),
    *("ize", "ion", "al", "er", "ic", "ou"),
)


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """The stem of a word in small letters; what isn't made of a to z, or is very short or long, stays."""
    if not 3 <= len(word) <= LONGEST or not (word.isascii() and word.isalpha()):
        return word
    for step in (_plural, _past, _y, _second, _third, _fourth, _last):
        word = step(word)
    return word


def _plural(word: str) -> str:
    for ending, instead in _FIRST:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _SOME.match(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and _HAS_VOWEL.match(word[: -len(ending)]):
            return _mended(word[: -len(ending)])
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _ONE.match(word) and _is_short(word) else word


def _is_short(word: str) -> bool:
    """Whether it ends in consonant, vowel, consonant, in a word that is nothing else."""
    return bool(_SHORT.fullmatch(word))


def _y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.match(word[:-1]) else word


def _second(word: str) -> str:
    return _replaced(word, _SECOND)


def _third(word: str) -> str:
    return _replaced(word, _THIRD)


def _replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in pairs:
        if word.endswith(ending):
            rest = word.removesuffix(ending)
            return rest + instead if _SOME.match(rest) else word
    return word


def _fourth(word: str) -> str:
    for ending in _FOURTH:
        if word.endswith(ending):
            rest = word.removesuffix(ending)
            fits = ending != "ion" or rest.endswith(("s", "t"))
            return rest if fits and _MANY.match(rest) else word
    return word


def _last(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _MANY.match(rest) or (_ONE.match(rest) and not _is_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _MANY.match(word) else word
