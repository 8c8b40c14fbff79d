"""Links, which are what nearly all spam is for.

How much a stranger's link counts, the text model says. What is found here about one or two has no points: it
tells the commenter why the comment may wait. Only a heap of links counts by itself.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.text import links_in
from comments.spam.verdict import Finding

FIRST_LINK_POINTS = 0.0
FIRST_WEBSITE_POINTS = 0.0

MANY_LINKS = 4
MANY_LINKS_POINTS = 0.3

# A list of links rather than a comment.
FLOOD_OF_LINKS = 10
FLOOD_OF_LINKS_POINTS = 0.8

# How much of the hosts a moderator is shown in the finding; the text itself stands beside it.
_HOSTS_SHOWN = 3
_HOST_LENGTH_SHOWN = 60


def check_links(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a stranger's link or website, and many links whoever sent them."""
    hosts = links_in(candidate.text) + links_in(candidate.name)
    if history.is_first_comment:
        yield from _check_stranger(hosts, website=candidate.website.strip())
    yield from _check_number(len(hosts))


def _check_stranger(hosts: list[str], *, website: str) -> Iterator[Finding]:
    if hosts:
        words = f"A link from a first-time commenter, to {_in_words(hosts)}"
        yield Finding("first_link", FIRST_LINK_POINTS, words, "a link from a first-time commenter")
    if website:
        words = "A website from somebody of whom nobody has approved a comment yet"
        yield Finding("first_website", FIRST_WEBSITE_POINTS, words, "a website from a first-time commenter")


def _check_number(count: int) -> Iterator[Finding]:
    words = f"{count} links in one comment"
    if count >= FLOOD_OF_LINKS:
        yield Finding("links_flood", FLOOD_OF_LINKS_POINTS, words, "many links in one comment")
    elif count >= MANY_LINKS:
        yield Finding("links_many", MANY_LINKS_POINTS, words, "many links in one comment")


def _in_words(hosts: list[str]) -> str:
    """The first few hosts: "a.example, b.example and 2 more"."""
    distinct = list(dict.fromkeys(hosts))
    shown = ", ".join(_shortened(host) for host in distinct[:_HOSTS_SHOWN])
    hidden = len(distinct) - _HOSTS_SHOWN
    return f"{shown} and {hidden} more" if hidden > 0 else shown


def _shortened(host: str) -> str:
    return host if len(host) <= _HOST_LENGTH_SHOWN else host[:_HOST_LENGTH_SHOWN] + "…"
