"""Reading hostile text: when two texts count as the same, and which hosts a text links to.

Spammers vary a text with invisible characters, look-alike widths, capitals and punctuation; comparing has to
see through that. Everything here takes time in proportion to the length of the text, whatever the text is.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Characters that show nothing though their category says otherwise (Unicode's Default_Ignorable_Code_Point
# beyond the format characters, and the empty Braille cell).
_BLANK_CODES = (
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
)
_BLANK = frozenset(map(chr, _BLANK_CODES))

# Unicode's Stream-Safe Text Format (UAX #15, section 13): no real word has more accents in a row. Without a
# limit, sorting the accents makes unicodedata.normalize quadratic: six seconds for 100 KB of them.
_MOST_MARKS_IN_A_ROW = 30

# Of characters whose nature is remembered. A page of any script uses fewer; a hostile text may use more.
_REMEMBERED = 4096

# Several rules ask for the same text, one after the other.
_TEXTS_REMEMBERED = 32

# Endings that make a bare name such as "example.com" a link. Endings that are words as well count only when a
# path follows ("bit.ly/x", "t.me/x"): people do write "it hurts.so I stopped".
_ENDING = re.compile(
    """
      com|net|org|edu|gov|info|biz|xyz|icu|online|shop|website|dev|app
    | ae|ar|au|bd|bg|br|ca|ch|cl|cn|cz|de|dk|ee|es|eu|fi|fr|gr|hk|hr|hu|ie|il|ir|jp|ke|kr|kz|lt|lv|mx|ng|nl|nz
    | pe|ph|pk|pl|pt|ro|rs|ru|se|sg|sk|su|th|tr|tw|ua|uk|uz|vn|za|рф
    """,
    re.VERBOSE,
)
_ENDING_BEFORE_A_PATH = re.compile(
    """
      ai|am|at|be|by|cc|co|gd|gg|gl|gy|id|im|in|io|is|it|la|ly|me|my|no|ps|pw|sh|so|to|tv|us|ws
    | link|news|page|site|store|top
    """,
    re.VERBOSE,
)

# Either a scheme and an authority, or dotted words standing by themselves. Each takes the rest of the address
# along, so that a host inside a query string is not counted again. No repetition gives anything back (`++`,
# and for a group a lookahead, as in `comments.spam.reading`).
ADDRESS = re.compile(
    r"""
    (?: https? | ftp ) : [/\\]++ (?P<authority> \[ [0-9a-f:.]{2,45}+ \] | [^\s/\\?\#<>"'()\[\]]++ )
    (?: [/\\?\#] [^\s<>"'()\[\]]*+ )?
    |
    (?<! [\w.@-] ) (?= (?P<words> [\w-]++ (?: \. [\w-]++ )+ ) ) (?P=words) (?! @ | :[/\\] )
    (?P<path> (?: : [0-9]{1,5}+ )? / [^\s<>"'()\[\]]*+ )?
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What stands around an address in a sentence, in Markdown, or around an IPv6 host.
_AROUND_A_HOST = ".,;!*_~`|{}[]"

# The longest name the domain name system can hold (RFC 1035, section 2.3.4, less the length octets).
_LONGEST_HOST = 253


@lru_cache(_TEXTS_REMEMBERED)
def normalise_for_comparison(text: str) -> str:
    """The text without what may change while the words stay: case, width, punctuation, spacing, invisibles.

    This is NFKC_Casefold of the Unicode standard (section 3.13), with each run of punctuation and white space
    made one space. Symbols and emoji stay. A text of nothing but punctuation becomes "". Normalising twice
    changes nothing.
    """
    decomposed = unicodedata.normalize("NFD", _only_what_shows(text)).casefold()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", decomposed).casefold())
    punctuation = filter(_is_punctuation, set(folded))
    return " ".join(folded.translate(dict.fromkeys(map(ord, punctuation), " ")).split())


def fingerprint(text: str) -> str:
    """SHA-256 of the normalised text in hexadecimal: equal for texts that count as the same."""
    return hashlib.sha256(normalise_for_comparison(text).encode("utf-8", "surrogatepass")).hexdigest()


def links_in(text: str) -> list[str]:
    """The host of every link in the text, in lower case and in the order of the text, once for each link.

    Finds addresses with a scheme in plain text, Markdown, HTML or forum code, and bare names that a reader
    would recognise as one ("www.example.com", "example.com/page"). Mail addresses are no links.
    """
    hosts = (host_of(match) for match in ADDRESS.finditer(text))
    return [host for host in hosts if host]


def _only_what_shows(text: str) -> str:
    """The text without invisible characters and without heaps of accents.

    Most texts have neither, which their few different characters show sooner than all of them one by one.
    """
    natures = {char: _marks_of(char) for char in set(text)}
    if all(own is not None and not own.on_the_one_before for own in natures.values()):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        own = natures[char]
        if own is None:
            continue
        marks = own.number + (marks if own.on_the_one_before else 0)
        if marks <= _MOST_MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


class _Marks(NamedTuple):
    """Into how many accents a character decomposes, and whether they go on those of the one before."""

    number: int
    on_the_one_before: bool


_NO_MARKS = _Marks(0, on_the_one_before=False)


@lru_cache(_REMEMBERED)
def _marks_of(char: str) -> _Marks | None:
    """None for a character that shows nothing."""
    if _is_invisible(char):
        return None
    if not unicodedata.decomposition(char) and not unicodedata.combining(char):
        return _NO_MARKS
    decomposed = unicodedata.normalize("NFKD", char)
    number = sum(1 for part in decomposed if unicodedata.combining(part))
    return _Marks(number, bool(unicodedata.combining(decomposed[0])))


def _is_invisible(char: str) -> bool:
    return char in _BLANK or (unicodedata.category(char) in ("Cf", "Cc") and not char.isspace())


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char).startswith("P")


def host_of(match: re.Match[str]) -> str:
    """The host that an address names, or "" when dotted words are no address."""
    if authority := match["authority"]:
        return host_in(authority)
    words = match["words"].lower()
    return _readable(words) if _is_host(words, has_path=bool(match["path"])) else ""


def host_in(authority: str) -> str:
    """The host of "user:password@host:port" (RFC 3986, section 3.2)."""
    host = authority.rpartition("@")[2]
    return _readable(host if host.startswith("[") else host.partition(":")[0])


def _readable(host: str) -> str:
    """The host as a moderator may be shown it: no control characters, nothing of the sentence around it."""
    return "".join(char for char in host.lower() if char.isprintable()).strip(_AROUND_A_HOST)[:_LONGEST_HOST]


def _is_host(words: str, *, has_path: bool) -> bool:
    if words.startswith("www."):
        return True
    ending = words.rpartition(".")[2]
    return bool(_ENDING.fullmatch(ending) or (has_path and _ENDING_BEFORE_A_PATH.fullmatch(ending)))
