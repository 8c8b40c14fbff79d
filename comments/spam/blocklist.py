"""The moderators' blocklist: whether a comment holds a blocked word, leads to a blocked domain, comes from a
blocked mail address or network, or matches a pattern.

Words match as whole words ("cialis" is not in "specialist"), whatever their case and accents, with look-alike
letters, and pulled apart by dots, dashes or spaces ("c.i.a.l.i.s"). A star at the beginning or end of a word
stands for the rest of it; nothing else in an entry has a meaning of its own. Words are only compared, so an
entry takes time in proportion to the text whatever a moderator types. Patterns are matched by the caller, who
says which of them were found.
"""

import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from comments.spam.candidate import Blocked, BlockedEntry, Candidate
from comments.spam.domains import hosts_of
from comments.spam.lookalikes import folded
from comments.spam.text import normalise_for_comparison
from comments.spam.words import spaced

STAR = "*"

# Letters and digits that a word needs so as not to match everywhere; more when a star makes it reach further.
FEWEST_CHARACTERS = 2
FEWEST_BESIDE_A_STAR = 3

# So many single letters in a row are a word pulled apart; two may be "A B".
_LETTERS_APART = 3

# Stands between words while the text is normalised, which takes white space and punctuation for the same.
_BETWEEN = "¦"
_AROUND_AN_ADDRESS = ".,;:!?()[]<>\"'"
_ENTRIES_REMEMBERED = 1024


class _Word(NamedTuple):
    """A word of an entry. An open end may go on with anything."""

    core: str
    is_open_before: bool
    is_open_after: bool

    def fits(self, word: str) -> bool:
        if self.is_open_before and self.is_open_after:
            return self.core in word
        if self.is_open_before:
            return word.endswith(self.core)
        return word.startswith(self.core) if self.is_open_after else word == self.core


def blocked_by(
    candidate: Candidate, entries: Iterable[BlockedEntry], patterns_matched: Container[int] = ()
) -> list[BlockedEntry]:
    """The entries that the candidate matches, in their order; of patterns those whose numbers are given."""
    entries = list(entries)
    if not entries:
        return []
    kinds = {entry.kind for entry in entries}
    readings = _readings_of(candidate) if Blocked.WORD in kinds else []
    hosts = hosts_of(candidate.text, candidate.name, candidate.website) if Blocked.DOMAIN in kinds else []
    addresses = list(_addresses(candidate))
    matches = {
        Blocked.WORD: lambda entry: any(_holds(reading, entry.value) for reading in readings),
        Blocked.DOMAIN: lambda entry: any(_is_below(host, entry.value) for host in hosts),
        Blocked.ADDRESS: lambda entry: any(_is_from(address, entry.value) for address in addresses),
        Blocked.PATTERN: lambda entry: entry.number in patterns_matched,
        # An unknown network is nobody's, and a forgotten entry's as well.
        Blocked.NETWORK: lambda entry: candidate.network != "" and candidate.network == entry.value,
    }
    return [entry for entry in entries if matches[entry.kind](entry)]


def tidied(kind: Blocked, typed: str) -> str:
    """What a moderator typed as an entry keeps it: equal for entries that match the same. Not for
    patterns and networks.

    Raises ValueError, whose text is a sentence for the moderator, for what would match everything or nothing.
    """
    line = " ".join(typed.split()).casefold()
    if kind is Blocked.WORD:
        return _tidied_words(line)
    return _tidied_domain(line) if kind is Blocked.DOMAIN else _tidied_address(line)


def _tidied_words(line: str) -> str:
    words = _entry_words(line)
    characters = sum(char.isalnum() for word in words for char in word.core)
    if characters < FEWEST_CHARACTERS:
        raise ValueError("Enter a word of at least two letters or digits")
    if STAR in line and any(_reaches_too_far(word) for word in words):
        raise ValueError(
            "Beside a star, enter at least three letters; fewer would match nearly every comment"
        )
    return line


def _reaches_too_far(word: _Word) -> bool:
    return (word.is_open_before or word.is_open_after) and len(word.core) < FEWEST_BESIDE_A_STAR


def _tidied_domain(line: str) -> str:
    # With a scheme it is an address whatever it ends in.
    hosts = hosts_of(line if "://" in line else f"http://{line}")
    if " " in line or len(hosts) != 1 or "." not in hosts[0] or "@" in line or STAR in line:
        raise ValueError("Enter a domain such as example.com; everything below it is meant as well")
    return hosts[0]


def _tidied_address(line: str) -> str:
    name, at, domain = line.rpartition("@")
    domain = domain.strip(".")
    if " " in line or "." not in domain or "@" in name or STAR in line or (at and not domain):
        raise ValueError(
            "Enter an address such as name@example.com, or @example.com for all of its addresses"
        )
    return f"{name}@{domain}"


# ---------- words ----------
class _Reading(NamedTuple):
    words: list[str]
    text: str


def _readings_of(candidate: Candidate) -> list[_Reading]:
    return [_joined(reading) for reading in _readings(f"{candidate.name}\n{candidate.text}")]


def _joined(words: list[str]) -> _Reading:
    return _Reading(words, " ".join(words))


def _readings(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, folded, in both ways to read them: cut at punctuation, or pulled together."""
    marked = f" {_BETWEEN} ".join(text.split())
    decomposed = unicodedata.normalize("NFD", spaced(normalise_for_comparison(marked)))
    pieces = [[_looks(word) for word in piece.split()] for piece in decomposed.split(_BETWEEN)]
    apart = [word for piece in pieces for word in piece]
    return apart, _pulled_together(["".join(piece) for piece in pieces if piece])


def _looks(word: str) -> str:
    """The word as it looks. Numbers are numbers: "455" is no rude word."""
    return word if word.isdecimal() else folded(word)


def _pulled_together(words: list[str]) -> list[str]:
    """Runs of single characters made words: "c", "i", "a" becomes "cia"."""
    together: list[str] = []
    for is_single, run in groupby(words, key=lambda word: len(word) == 1):
        letters = list(run)
        together += ["".join(letters)] if is_single and len(letters) >= _LETTERS_APART else letters
    return together


@lru_cache(_ENTRIES_REMEMBERED)
def _entry_words(value: str) -> tuple[_Word, ...]:
    """The words of an entry, with the ends that a star opens."""
    return tuple(word for typed in value.split() for word in _words_in(typed))


def _words_in(typed: str) -> Iterator[_Word]:
    """What is one word to a moderator may be several to us: "e-mail*"."""
    cores, _together = _readings(typed.strip(STAR))
    for place, core in enumerate(cores):
        yield _Word(
            core,
            is_open_before=place == 0 and typed.startswith(STAR),
            is_open_after=place == len(cores) - 1 and typed.endswith(STAR),
        )


def _holds(reading: _Reading, value: str) -> bool:
    wanted = _entry_words(value)
    # Nearly always one look at the text is enough to say no.
    if not wanted or not all(word.core in reading.text for word in wanted):
        return False
    starts = range(len(reading.words) - len(wanted) + 1)
    return any(_fits_at(reading.words, start, wanted) for start in starts)


def _fits_at(words: list[str], start: int, wanted: tuple[_Word, ...]) -> bool:
    return all(word.fits(words[start + place]) for place, word in enumerate(wanted))


# ---------- domains and addresses ----------
def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _addresses(candidate: Candidate) -> Iterator[str]:
    """The sender's address, and all that stand in the text."""
    if candidate.email:
        # Whole, as a ban keeps it: without the quotation marks of ""@mail.example all there would be banned.
        yield candidate.email.casefold()
    for word in f"{candidate.email} {candidate.name} {candidate.text}".split():
        if "@" in word:
            yield word.casefold().strip(_AROUND_AN_ADDRESS)


def _is_from(address: str, value: str) -> bool:
    """Whether an address is the blocked one; one of the blocked domain when the entry has no name in it."""
    if not value.startswith("@"):
        return address == value
    return _is_below(address.rpartition("@")[2], value[1:])
