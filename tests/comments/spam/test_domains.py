"""Which domains a comment promotes."""

import pytest

from comments.spam.domains import MOST_DOMAINS, domain_of, hosts_of, promoted_domains


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("pills.example", "pills.example"),
        ("shop.cheap.pills.example", "pills.example"),
        ("shop.pills.co.uk", "pills.co.uk"),
        ("pills.com.au", "pills.com.au"),
        ("co.uk", "co.uk"),
        ("somebody.blogspot.com", "somebody.blogspot.com"),
        ("somebody.blogspot.co.uk", "somebody.blogspot.co.uk"),
        ("somebody.github.io", "somebody.github.io"),
        ("somebody.substack.com", "somebody.substack.com"),
        ("203.0.113.9", "203.0.113.9"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_domain_is_what_somebody_registered(host: str, domain: str) -> None:
    """Or the whole host, where one company lets everybody have a name below its own."""
    assert domain_of(host) == domain


@pytest.mark.parametrize(
    "host",
    [
        "youtube.com",
        "m.youtube.com",
        "en.wikipedia.org",
        "pubmed.ncbi.nlm.nih.gov",
        "strava.com",
        "bit.ly",
        "docs.google.com",
        "wordpress.com",
        "github.com",
        "localhost",
        "",
    ],
)
def test_sites_that_everybody_links_to_promote_nobody(host: str) -> None:
    """Nor do companies that only lend names, nor a name without a dot."""
    assert domain_of(host) == ""


def test_text_name_and_website_are_read_and_each_domain_counts_once() -> None:
    """In their order."""
    text = "See https://www.a.example/x, https://shop.a.example/ and www.b.example."
    assert promoted_domains(text, "cheap-pills.com", "https://c.example/") == (
        "a.example",
        "b.example",
        "cheap-pills.com",
        "c.example",
    )


def test_mail_addresses_promote_nobody() -> None:
    """They are no links."""
    assert promoted_domains("Write to ines@mail.example") == ()


def test_www_makes_no_difference() -> None:
    """And hosts come without it."""
    assert hosts_of("www.a.example https://a.example") == ["a.example"]


def test_at_most_so_many_are_remembered() -> None:
    """A list of links has findings of its own."""
    text = " ".join(f"https://site{number}.example/" for number in range(50))
    assert len(promoted_domains(text)) == MOST_DOMAINS
