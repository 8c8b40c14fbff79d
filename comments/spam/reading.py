"""Reading a comment once, for whoever wants to know what it is made of: its links, its words, its plain text.

A spammer's comment may be plain text, Markdown, HTML or forum code, spelt with look-alike letters and broken
up by invisible characters. A reading has the links taken out and listed and the letters folded, so that it
shows what a person would see. It takes time in proportion to the text, whatever the text is, and reads no
more than its first and last part.
"""

import re
import unicodedata
from dataclasses import dataclass

from comments.spam.lookalikes import CYRILLIC, GREEK
from comments.spam.text import ADDRESS, host_in, host_of

# A long text is judged by its beginning and its end: what is for sale stands in one of them.
READ_FROM_START = 1_200
READ_FROM_END = 300
MOST_SHOWN = 4_000

# The rest of a long anchor says nothing more; an anchor that is never closed reaches to the end of the text.
LONGEST_ANCHOR = 200

# Stands for a link in `plain`. Control characters of the text itself are blanked first.
LINK = "\x01"

# An address, or the markup around one. No repetition crosses a bracket or gives anything back (`++`), so no
# text makes it slow.
_MARKUP = re.compile(
    rf"""
      (?P<html> <a\s [^<>]{{0,600}}+ > )
    | (?P<forum> \[ (?: url | link ) (?: \s*+ = [^\[\]]{{0,400}}+ )?+ \] (?! \( ) )
    | (?P<markdown> \[ [^\[\]]{{1,200}}+ \]\( \s*+ (?= https?: | www\. ) [^\s()]{{4,400}}+ \) )
    | (?P<end> </a\s*+> | \[ / (?: url | link ) \] )
    | (?P<tag> < /?[a-z][a-z0-9]*+ (?= [\s/>] ) [^<>]{{0,400}}+ > )
    | {ADDRESS.pattern}
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Where a tag leads: `<a rel=x href="URL">`, `[url=URL]`.
_TARGET = {
    "html": re.compile(
        r"""\bhref \s*+ = \s*+ ["']?+ \s*+ (?P<url> [^\s"'>]++ )""", re.IGNORECASE | re.VERBOSE
    ),
    "forum": re.compile(r"""= \s*+ ["']?+ \s*+ (?P<url> [^\s"'\]]++ )""", re.VERBOSE),
}
_HOST_AND_BEFORE = re.compile(r"(?:[a-z]++:)?+[/\\]*+[^/?#]*+", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

WORD = re.compile(r"[^\W_]++(?:['’][^\W_]++)*")

# Zero-width characters, soft hyphens and marks of direction: inside a word they split what the eye reads
# whole.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Not where Persian or Indic spelling needs them.
_PLAIN_LETTER = "[a-zA-Zа-яА-Яα-ω]"
_INVISIBLE_INSIDE = re.compile(f"(?<={_PLAIN_LETTER})[\u200b-\u200f\u2060-\u2064\ufeff]+(?={_PLAIN_LETTER})")
# More accents in a row than any word has; Unicode's Stream-Safe Text Format (UAX #15, section 13) says why
# they must be cut before normalising.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_HEAP_OF_MARKS = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]++")

# Cyrillic and Greek letters that look like Latin ones. They are folded only inside a word that has Latin
# letters too: such a word is nobody's language.
_SMALL = CYRILLIC | GREEK
_LOOKALIKES = str.maketrans(_SMALL | {letter.upper(): latin.upper() for letter, latin in _SMALL.items()})
# "V.i.a.g.r.a", "c a s i n o": four letters or more, each by itself. As many as there are, or none: what a
# lookahead has found it does not give back. A possessive group would say so shorter, but until 3.11.5 Python
# takes it wrong (https://github.com/python/cpython/issues/106052).
_LETTERS_APART = re.compile(
    r"(?<![^\W_])(?=(?P<apart>(?:[^\W\d_][.*_·-]|[^\W\d_][ ](?=[^\W\d_](?![^\W_]))){3,}))(?P=apart)"
    r"[^\W\d_](?![^\W_])"
)
_BETWEEN_LETTERS = re.compile(r"[.*_· -]")
_LATIN = re.compile("[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was written: `kind` is "html", "forum", "markdown" or "bare"; `anchor` is "" when it shows
    its address."""

    url: str
    host: str
    kind: str
    anchor: str = ""

    @property
    def path(self) -> str:
        return self.url[_HOST_AND_BEFORE.match(self.url).end() :]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comment is made of.

    `raw` is the part that is read, as typed. `plain` is it without markup, with LINK for each link and folded
    letters. `words` are its words in lower case. `tags` counts HTML that is no link, `mixed` the words that
    mix alphabets, `invisible` the characters that show nothing and stand inside a word.
    """

    raw: str
    plain: str
    words: list[str]
    links: list[Link]
    tags: int
    mixed: int
    invisible: int


def read(text: str) -> Reading:
    """The reading of a text; nothing in it can make this raise."""
    raw = _CONTROL.sub(" ", _part_to_read(text))
    unmarked = _Unmarked(raw)
    plain, mixed = fold(unmarked.plain)
    words = WORD.findall(plain.lower())
    return Reading(
        raw, plain, words, unmarked.links, unmarked.tags, mixed, len(_INVISIBLE_INSIDE.findall(raw))
    )


def fold(text: str) -> tuple[str, int]:
    """The text as the eye reads it (NFKC, nothing invisible, no look-alikes, no l.e.t.t.e.r.s apart), and how
    many words were disguised."""
    text, apart = _LETTERS_APART.subn(_together, text)
    if text.isascii():
        return text, apart
    shown = unicodedata.normalize("NFKC", _HEAP_OF_MARKS.sub(r"\1", INVISIBLE.sub("", text)))
    # A single character may be eighteen of them after that.
    shown = shown[:MOST_SHOWN]
    mixed = apart

    def folded(match: re.Match[str]) -> str:
        nonlocal mixed
        word = match.group()
        if word.isascii() or not _LATIN.search(word):
            return word
        latin = word.translate(_LOOKALIKES)
        mixed += latin != word
        return latin

    return WORD.sub(folded, shown), mixed


def _part_to_read(text: str) -> str:
    if len(text) <= READ_FROM_START + READ_FROM_END:
        return text
    return f"{text[:READ_FROM_START]}\n{text[-READ_FROM_END:]}"


def _together(match: re.Match[str]) -> str:
    return _BETWEEN_LETTERS.sub("", match.group())


class _Unmarked:
    """A text without its links and tags: `plain` has a LINK for each link, and `links` lists them."""

    def __init__(self, raw: str) -> None:
        self.links: list[Link] = []
        self.tags = 0
        self._raw = raw
        self._pieces: list[str] = []
        self._opened: re.Match[str] | None = None
        self._address_inside = ""
        self._take_out()
        self.plain = "".join(self._pieces)

    def _take_out(self) -> None:
        position = 0
        for match in _MARKUP.finditer(self._raw):
            self._pieces += self._raw[position : match.start()], self._instead_of(match)
            position = match.end()
        self._pieces.append(self._raw[position:])
        self._close(len(self._raw))

    def _instead_of(self, match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind in _TARGET:
            self._close(match.start())
            self._opened = match
            return f" {LINK} "
        if kind == "markdown":
            return self._instead_of_markdown(match.group())
        if kind == "end":
            self._close(match.start())
            return " "
        if kind == "tag":
            self.tags += 1
            return " "
        return self._instead_of_address(match)

    def _instead_of_markdown(self, written: str) -> str:
        anchor, _, url = written[1:-1].partition("](")
        self.links.append(Link(url.strip(), _host_of_url(url.strip()), "markdown", anchor.strip()))
        return f" {LINK} {anchor} "

    def _instead_of_address(self, match: re.Match[str]) -> str:
        """Dotted words may be no address; an address between tags is what their link shows."""
        host = host_of(match)
        if not host:
            return match.group()
        if self._opened:
            self._address_inside = match.group()
            return " "
        self.links.append(Link(match.group(), host, "bare"))
        return f" {LINK} "

    def _close(self, position: int) -> None:
        """Ends the open tag, if any: what stood between it and this position was its anchor."""
        if self._opened is None:
            return
        kind = self._opened.lastgroup
        target = _TARGET[kind].search(self._opened.group())
        url = target["url"] if target else self._address_inside
        anchor = "" if self._address_inside else self._raw[self._opened.end() : position].strip()
        self.links.append(Link(url, _host_of_url(url), kind, anchor[:LONGEST_ANCHOR]))
        self._opened, self._address_inside = None, ""


def _host_of_url(url: str) -> str:
    return host_in(_HOST_AND_BEFORE.match(url).group().rpartition("/")[2])
