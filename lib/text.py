"""Plain text as people type it: made regular before it is kept, and cut, counted and compared afterwards.

Everything a visitor types passes `normalise` (a text) or `normalise_line` (a name) once, before it is
checked or stored. What they remove is what no writing system needs but a trickster does: control
characters, and the marks that reverse the direction of the text around them. Marks real scripts need (ZWJ,
ZWNJ, LRM, RLM) stay.
"""

import re
import unicodedata

from lib.lookalikes import LOOKALIKE_PAIRS, LOOKALIKES

NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")

# C0 and C1 controls except tab and newline; lone surrogates, which no encoding can carry; the bidi
# embeddings, overrides and isolates (Unicode TR9); the byte-order mark and the two noncharacters XML 1.0
# cannot carry.
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
BLANK_LINES = re.compile(r"\n{4,}")

# Characters drawn as nothing although Unicode files them under letters, marks or symbols: the grapheme
# joiner, the Hangul fillers, two Khmer vowels, the Braille blank, the musical null and the variation
# selectors.
INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\U0001d159"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
ZERO_WIDTH_JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
MARKS_IN_AN_INITIAL = 3


def normalise(text: str) -> str:
    """The text as we keep it: NFC, `\\n` for newlines, no controls, at most two blank lines in a row.

    Spaces at the end of lines and blank lines at both ends go. Normalising twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", without_controls(NEWLINES.sub("\n", text)))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return BLANK_LINES.sub("\n\n\n", text).strip("\n")


def normalise_line(text: str) -> str:
    """A name or title on one line: normalised, each run of white space one space, none at the ends."""
    return " ".join(normalise(text).split())


def without_controls(text: str) -> str:
    """The text without the characters named at `CONTROLS`; nothing else changes."""
    return CONTROLS.sub("", text)


def is_blank(text: str) -> bool:
    """True when a reader would see nothing: white space, zero-width and other invisible characters only."""
    return all(_is_invisible(char) for char in text)


def _is_invisible(char: str) -> bool:
    return char in INVISIBLE or unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}


def skeleton(name: str) -> str:
    """What a name looks like at a glance: two names with the same skeleton may be taken for each other.

    After Unicode TR39, section 4, with the small table of `lib.lookalikes`: case, accents, spaces,
    punctuation and invisible characters are dropped. For comparison only, never for display. It errs
    towards "alike" ("Ian" and "Lan" match, because a capital I and a small L are one stroke). A name
    without any letter or digit has the empty skeleton, which says nothing: do not compare it.
    """
    # Twice, before and after folding case: the Greek capital "Η" looks like H, its small form "η" does not.
    looks = _latin_looks(unicodedata.normalize("NFKD", name))
    looks = _latin_looks(unicodedata.normalize("NFKD", looks.casefold()))
    for pair, single in LOOKALIKE_PAIRS:
        looks = looks.replace(pair, single)
    return looks


def _latin_looks(text: str) -> str:
    looks = (LOOKALIKES.get(char, char) for char in text)
    return "".join(char for char in looks if _is_written(char))


def _is_written(char: str) -> bool:
    """Letters, numbers and spacing vowel signs carry a name; all else is decoration."""
    category = unicodedata.category(char)
    return (category[0] in "LN" or category == "Mc") and not _is_invisible(char)


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, at most `length` (≥ 1) characters with the "…", cut between words.

    A cut inside a word happens only where the last space is before the middle, and never inside a character.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    room = length - 1
    space = line.rfind(" ", 0, length)
    end = space if space > room // 2 else _between_characters(line, room)
    return line[:end].rstrip(" ,;:.–—-") + "…"


def _between_characters(text: str, end: int) -> int:
    """The nearest place at or before `end` that does not split a letter from its marks or a joined emoji."""
    while end > 0 and (_belongs_to_previous(text[end]) or text[end - 1] == ZERO_WIDTH_JOINER):
        end -= 1
    return end


def _belongs_to_previous(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char == ZERO_WIDTH_JOINER or ord(char) in SKIN_TONES


def reading_minutes(text: str, words_per_minute: int = 220) -> int:
    """Minutes to read a plain text, at least 1. Adults read English prose at 238 words a minute on average
    (Brysbaert 2019, doi 10.1016/j.jml.2019.104047); a little less leaves room for pictures and tables."""
    return max(1, round(len(text.split()) / words_per_minute))


def initial(name: str) -> str:
    """The letter for a drawn avatar: the first letter or digit with its marks, as a capital; or "?"."""
    name = unicodedata.normalize("NFKC", name)
    for place, char in enumerate(name):
        if unicodedata.category(char)[0] == "L" or char.isdecimal():
            return _capital(char) + _marks_at(name, place + 1)
    return "?"


def _capital(letter: str) -> str:
    # Title case differs from upper case only where upper case has no everyday glyph (Georgian).
    # Some letters have no single capital ("ß"): they stay as they are.
    capital = letter.title()
    return capital if len(capital) == 1 else letter


def _marks_at(text: str, start: int) -> str:
    end = start
    while end < min(len(text), start + MARKS_IN_AN_INITIAL) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return text[start:end]
