"""How a comment is made, in numbers: its links, its website, its name, its letters, its layout.

Traits say nothing of what the comment says. Alone each is weak and none is a sin; the prior learns which of
them, and which pairs of them, machines have in common. None depends on the language of the text: what differs
between languages more than between people and machines (the share of vowels, say, or of accents) is left out.
"""

import math
import re
import unicodedata
from dataclasses import dataclass

from comments.spam.candidate import Candidate
from comments.spam.reading import LINK, WORD, Reading
from comments.spam.text import host_in

# "None of it": a share that has no whole, as the share of root addresses among no links.
NOTHING = -1.0

# Where honest people point to as well. Not trusted, only a trait; the prior learns what it is worth.
_BIG_SITES = "youtube.com youtu.be facebook.com google.com flickr.com wikipedia.org github.com twitter.com"
BIG_SITES = frozenset(_BIG_SITES.split())

_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*+://)?/*+", re.IGNORECASE)
_TITLE_PAIR = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+")
_ODD_CAPITALS = re.compile(r"^.*?[A-Z]{2}.*[a-z]|[a-z][A-Z][a-z]?[A-Z]", re.DOTALL)
LONGEST_NAME = 200
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_PUNCTUATION = re.compile(r"[^\w\s\x01]|_")
_APOSTROPHE = re.compile(r"\w['’]\w")
_BRACKET = re.compile(r"[\[\]()]")
_RUN = re.compile(r"([^\s\d])\1\1+")
_SENTENCE_END = re.compile(r"[.!?…]")
_PHONE = re.compile(r"\+\d[\d ()-]{7,}|\[phone\]")
_MAIL = re.compile(r"\w@\w[\w-]*\.\w|\[email\]")
_MONEY = re.compile(r"[$€£]\s?\d|\d\s?(?:usd|eur|btc)\b", re.IGNORECASE)
_CODE = re.compile(r"[{};=`$\\]")
_SPACE_BEFORE_MARK = re.compile(r"\w +[,.!?]")
_NO_SPACE_AFTER_MARK = re.compile(r"[a-z][,.!?][A-Za-z]")
_SMILE = re.compile(r"[:;]-?[)(DpP]|<3|\bxd\b|\blol\b|\bhaha", re.IGNORECASE)
# What a reader is asked to do for the writer's sake, and the praise that fits every page.
_APPEAL = re.compile(
    r"""
    \b(?: subscri\w* | sub | channel | like\ (?: this|if|my|me|the|it ) | likes | a\ like | thumbs? | upvote
      | vote\w* | share | follow | visit | click | check\ (?: out|it|my|this ) | check | join | download
      | install | watch | listen | support | donate | contact | whats\s?app | telegram | e-?mail | call
      | order | buy | shop | try | google | please | pls+ | plz+ | reply )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PRAISE_WORDS = """
    great good nice awesome amazing wonderful excellent fantastic brilliant superb beautiful cool best love
    loved helpful useful informative interesting impressive valuable quality perfect outstanding fabulous
    incredible thanks thank thankyou appreciate appreciated grateful keep work job post posts article articles
    blog blogs site website webpage page web content information info writing style topic share sharing read
    reading reader bookmarked bookmark visit
    """
_PRAISE = frozenset(_PRAISE_WORDS.split())
_WRAPPED_LINE = range(40, 111)
_ENDS_WITH_LINK = re.compile(rf"{LINK}\s*[.)]*\s*$")


# How a moderator is told of a trait: "How it is made, as spam often is: the number of links, …".
SAYS = {
    "links": "the number of links",
    "html_links": "links in HTML",
    "forum_links": "links in forum code",
    "bare_links": "bare addresses",
    "linked_hosts": "the number of sites linked to",
    "words_per_link": "how many words there are to a link",
    "anchor_words": "the words a link is written on",
    "lower_anchors": "links on words in small letters",
    "linked_share": "how much of it is link",
    "words_before_link": "what stands before the first link",
    "words_after_link": "what stands after the last link",
    "starts_with_link": "a link at its beginning",
    "ends_with_link": "a link at its end",
    "root_addresses": "links to front pages",
    "addresses_with_query": "addresses with parameters",
    "deepest_address": "how deep its links lead",
    "big_sites": "links to well-known sites",
    "hyphen_hosts": "hyphens in the sites linked to",
    "digit_hosts": "digits in the sites linked to",
    "longest_host": "the length of the names of the sites linked to",
    "website": "a website",
    "website_linked": "a link to its own website",
    "website_length": "the length of the website’s name",
    "website_dots": "the website’s subdomains",
    "website_hyphens": "hyphens in the website’s name",
    "website_digits": "digits in the website’s name",
    "website_words_in_text": "words of the website’s name in the text",
    "name_in_website": "the name as part of the website’s",
    "name_in_links": "the name as part of a link",
    "name_in_text": "words of the name in the text",
    "whole_name_in_text": "the name in the text",
    "name_words": "the number of words in the name",
    "name_length": "the length of the name",
    "name_lower": "a name in small letters",
    "name_upper": "a name all in capitals",
    "name_two_in_one": "two names run into one",
    "name_odd_capitals": "odd capitals in the name",
    "name_digits": "digits in the name",
    "name_capitals": "the capitals in the name",
    "name_consonants": "consonants in a row in the name",
    "capitals": "the share of capitals",
    "digits": "the share of digits",
    "title_words": "words with a capital",
    "distinct_words": "how often words are repeated",
    "word_length": "the length of the words",
    "short_words": "the share of short words",
    "longest_word": "the longest word",
    "consonants": "consonants in a row",
    "digit_words": "words with digits",
    "mixed_alphabets": "letters of two alphabets in one word",
    "invisible": "invisible characters",
    "exclamation": "exclamation marks",
    "questions": "question marks",
    "commas": "commas",
    "sentences": "the ends of sentences",
    "punctuation": "punctuation",
    "apostrophes": "apostrophes",
    "brackets": "brackets",
    "appeals": "what it asks readers to do",
    "praise": "praise that fits every page",
    "longest_run": "a character repeated many times",
    "quotes": "quotation marks",
    "code": "signs of program code",
    "at_sign": "an @",
    "phone": "a telephone number",
    "mail": "a mail address",
    "money": "sums of money",
    "emoji": "emoji",
    "smiles": "a smile",
    "space_before_mark": "spaces before punctuation",
    "no_space_after_mark": "no space after punctuation",
    "length": "its length",
    "words": "the number of words",
    "lines": "the number of lines",
    "paragraphs": "the number of paragraphs",
    "line_length": "the length of its lines",
    "wrapped": "lines broken by a machine",
    "double_spaces": "double spaces",
    "ellipsis": "three dots",
    "starts_small": "a small letter at its beginning",
    "ends_with_mark": "a full stop at its end",
    "html_tags": "HTML",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What the traits are read off: the comment's reading, its name, and the host of its website or ""."""

    reading: Reading
    name: str
    website: str
    name_words: list[str]
    hosts: list[str]


def subject_of(candidate: Candidate, reading: Reading) -> Subject:
    name = candidate.name[:LONGEST_NAME]
    return Subject(
        reading,
        name=name,
        website=website_host(candidate.website),
        name_words=[word.lower() for word in WORD.findall(name)],
        hosts=[link.host for link in reading.links],
    )


def website_host(website: str) -> str:
    """The host of the address in the form's website field, without "www."; "" when none was given."""
    authority = _SCHEME.sub("", website.strip(), count=1)
    return host_in(re.split(r"[/?#]", authority, maxsplit=1)[0]).removeprefix("www.")


def traits_of(subject: Subject) -> dict[str, float]:
    """Every trait by its name, always the same names in the same order."""
    return {
        **_about_links(subject),
        **_about_addresses(subject),
        **_about_website(subject),
        **_about_name(subject),
        **_about_letters(subject),
        **_about_marks(subject),
        **_about_layout(subject),
    }


def _about_links(subject: Subject) -> dict[str, float]:
    links, plain = subject.reading.links, subject.reading.plain
    anchors = [link.anchor for link in links if link.anchor]
    after = plain.rpartition(LINK)[2].strip()
    return {
        "links": len(links),
        "html_links": sum(link.kind == "html" for link in links),
        "forum_links": sum(link.kind == "forum" for link in links),
        "bare_links": sum(link.kind == "bare" for link in links),
        "linked_hosts": len(set(subject.hosts)),
        "words_per_link": math.log1p(len(subject.reading.words) / len(links)) if links else 7,
        "anchor_words": max((len(WORD.findall(anchor)) for anchor in anchors), default=NOTHING),
        "lower_anchors": _share(anchor.islower() for anchor in anchors),
        "linked_share": sum(map(len, anchors)) / max(len(plain), 1),
        "words_before_link": plain.find(LINK) / max(len(plain), 1) if links else 1,
        "words_after_link": math.log1p(len(after)) if links else NOTHING,
        "starts_with_link": plain.lstrip().startswith(LINK),
        "ends_with_link": bool(_ENDS_WITH_LINK.search(plain[-40:])),
    }


def _about_addresses(subject: Subject) -> dict[str, float]:
    links, hosts = subject.reading.links, subject.hosts
    paths = [link.path for link in links]
    return {
        "root_addresses": _share(path in ("", "/", "/#", "#") for path in paths),
        "addresses_with_query": _share("?" in path for path in paths),
        "deepest_address": max((path.strip("/").count("/") for path in paths), default=NOTHING),
        "big_sites": _share(host in BIG_SITES or host.partition(".")[2] in BIG_SITES for host in hosts),
        "hyphen_hosts": _share("-" in host for host in hosts),
        "digit_hosts": _share(_has_digit(host) for host in hosts),
        "longest_host": max(map(len, hosts), default=0),
    }


def _about_website(subject: Subject) -> dict[str, float]:
    website, words = subject.website, subject.reading.words
    if not website:
        return dict.fromkeys(_WEBSITE, NOTHING) | {"website": 0}
    letters = _NOT_A_LETTER.sub("", website)
    return {
        "website": 1,
        "website_linked": any(_is_same_site(website, host) for host in subject.hosts),
        "website_length": len(website.rpartition(".")[0]),
        "website_dots": website.count("."),
        "website_hyphens": website.count("-"),
        "website_digits": sum(char.isdigit() for char in website),
        "website_words_in_text": _longest_inside(set(words), letters),
        "name_in_website": _longest_inside(subject.name_words, letters),
    }


_WEBSITE = (
    "website",
    "website_linked",
    "website_length",
    "website_dots",
    "website_hyphens",
    "website_digits",
    "website_words_in_text",
    "name_in_website",
)


def _about_name(subject: Subject) -> dict[str, float]:
    name, words = subject.name, set(subject.reading.words)
    hosts = _NOT_A_LETTER.sub("", " ".join(subject.hosts))
    telling = [word for word in subject.name_words if len(word) > 3]
    return {
        "name_in_links": _longest_inside(subject.name_words, hosts) if subject.hosts else NOTHING,
        "name_in_text": sum(word in words for word in telling),
        "whole_name_in_text": bool(subject.name_words) and words.issuperset(subject.name_words),
        "name_words": len(subject.name_words),
        "name_length": len(name),
        "name_lower": name.islower(),
        "name_upper": name.isupper(),
        "name_two_in_one": bool(_TITLE_PAIR.fullmatch(name)),
        "name_odd_capitals": bool(_ODD_CAPITALS.search(name)),
        "name_digits": _has_digit(name),
        "name_capitals": sum(map(str.isupper, name)) / max(len(name), 1),
        "name_consonants": max(map(len, _CONSONANTS.findall(name.lower())), default=0),
    }


def _about_letters(subject: Subject) -> dict[str, float]:
    plain, words = subject.reading.plain, subject.reading.words
    capitals, lower = sum(map(str.isupper, plain)), sum(map(str.islower, plain))
    number = max(len(words), 1)
    return {
        "capitals": capitals / max(capitals + lower, 1),
        "digits": sum(map(str.isdigit, plain)) / max(len(plain), 1),
        "title_words": sum(word[:1].isupper() for word in plain.split()) / number,
        "distinct_words": len(set(words)) / number,
        "word_length": sum(map(len, words)) / number,
        "short_words": sum(len(word) <= 3 for word in words) / number,
        "longest_word": max(map(len, words), default=0),
        "consonants": max((len(run) for word in words for run in _CONSONANTS.findall(word)), default=0),
        "digit_words": sum(_has_digit(word) and not word.isdigit() for word in words) / number,
        "mixed_alphabets": subject.reading.mixed,
        "invisible": subject.reading.invisible,
    }


def _about_marks(subject: Subject) -> dict[str, float]:
    raw, plain = subject.reading.raw, subject.reading.plain
    number = max(len(subject.reading.words), 1)
    signs = 0 if plain.isascii() else sum(unicodedata.category(char) == "So" for char in plain)
    return {
        "exclamation": raw.count("!"),
        "questions": raw.count("?"),
        "commas": plain.count(",") / number,
        "sentences": len(_SENTENCE_END.findall(plain)) / number,
        "punctuation": len(_PUNCTUATION.findall(plain)) / max(len(plain), 1),
        "apostrophes": len(_APOSTROPHE.findall(plain)) / number,
        "brackets": len(_BRACKET.findall(plain)) / max(len(plain), 1),
        "appeals": len(_APPEAL.findall(plain)),
        "praise": sum(word in _PRAISE for word in subject.reading.words) / number,
        "longest_run": max((len(run.group()) for run in _RUN.finditer(plain)), default=0),
        "quotes": raw.count('"') > 1 or "“" in raw or raw.startswith(">"),
        "code": len(_CODE.findall(plain)) / max(len(plain), 1),
        "at_sign": "@" in raw,
        "phone": bool(_PHONE.search(raw)),
        "mail": bool(_MAIL.search(raw)),
        "money": len(_MONEY.findall(raw)),
        "emoji": signs,
        "smiles": bool(_SMILE.search(raw)),
        "space_before_mark": len(_SPACE_BEFORE_MARK.findall(raw)) / number,
        "no_space_after_mark": len(_NO_SPACE_AFTER_MARK.findall(plain)) / number,
    }


def _about_layout(subject: Subject) -> dict[str, float]:
    raw = subject.reading.raw
    lines = [len(line) for line in raw.split("\n") if line.strip()]
    return {
        "length": math.log1p(len(raw)),
        "words": math.log1p(len(subject.reading.words)),
        "lines": math.log1p(raw.count("\n")),
        "paragraphs": math.log1p(raw.count("\n\n")),
        "line_length": math.log1p(len(raw) / (1 + raw.count("\n"))),
        "wrapped": len(lines) > 1 and all(length in _WRAPPED_LINE for length in lines[:-1]),
        "double_spaces": raw.count("  ") / max(len(subject.reading.words), 1),
        "ellipsis": "..." in raw or "…" in raw,
        "starts_small": raw[:1].islower(),
        "ends_with_mark": raw.rstrip()[-1:] in set(".!?…)"),
        "html_tags": subject.reading.tags,
    }


def _share(truths: object) -> float:
    found = list(truths)
    return sum(found) / len(found) if found else NOTHING


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_same_site(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _longest_inside(words: object, letters: str) -> int:
    """The length of the longest of these words that stands in a host's letters; shorter ones are chance."""
    return max((len(word) for word in words if len(word) > 3 and word in letters), default=0)
