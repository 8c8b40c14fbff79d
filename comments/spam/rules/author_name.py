"""A name that is no name but what somebody sells: an address, a price, a row of keywords, the shop's own.

People call themselves all sorts of things ("runningdad", "slowpoke_87", "The Blister Sisters"), so no name
holds a comment by itself, and only the first of these signs counts. No list of words: it works in any
language that has capitals and small letters.
"""

import re
from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.domains import domain_of, hosts_of
from comments.spam.verdict import Finding
from comments.spam.words import words_of

LINK_POINTS = 0.4
PRICE_POINTS = 0.4
KEYWORDS_POINTS = 0.4
WEBSITE_POINTS = 0.2

KEYWORDS = 3
# A name that is to be found by a search engine is longer than "the slow one".
KEYWORDS_LENGTH = 16
# Shorter names of sites are in too many names of people.
WEBSITE_LENGTH = 6

_PRICE = re.compile(r"[$€£¥₹₽] ?[0-9]|[0-9] ?(?:[$€£¥₹₽%]|usd\b|eur\b|gbp\b)", re.IGNORECASE)


def check_author_name(candidate: Candidate, _history: History) -> Iterator[Finding]:
    """Reports the first sign of a name that advertises."""
    name = candidate.name
    if hosts_of(name):
        yield Finding(
            "name_link", LINK_POINTS, "The name is or holds a web address", "a web address as the name"
        )
    elif _PRICE.search(name):
        yield Finding("name_price", PRICE_POINTS, "The name holds a price or a percentage")
    elif _is_keywords(name, text=candidate.text):
        yield Finding("name_keywords", KEYWORDS_POINTS, "The name reads like a search for something on sale")
    elif _is_website(name, website=candidate.website):
        yield Finding("name_website", WEBSITE_POINTS, "The name is that of the website it comes with")


def _is_keywords(name: str, *, text: str) -> bool:
    """Several words in small letters, none of which the text takes up."""
    if not name.islower() or len(name) < KEYWORDS_LENGTH:
        return False
    words = words_of(name)
    return len(words) >= KEYWORDS and not set(words) & set(words_of(text))


def _is_website(name: str, *, website: str) -> bool:
    """Whether the name and the main part of the site's domain are the same, or one holds the other."""
    squeezed = "".join(words_of(name))
    labels = (_main_label(host) for host in hosts_of(website))
    return any(
        min(len(squeezed), len(label)) >= WEBSITE_LENGTH and (label in squeezed or squeezed in label)
        for label in labels
    )


def _main_label(host: str) -> str:
    """ "blistersisters" of "shop.blister-sisters.co.uk"."""
    return "".join(words_of(domain_of(host).partition(".")[0]))
