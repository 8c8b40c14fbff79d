"""Which hosts a text links to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.text import links_in


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see https://example.com/page?x=1#top for more", ["example.com"]),
        ("HTTP://EXAMPLE.COM", ["example.com"]),
        ("[the plan](https://plan.example/week-1)", ["plan.example"]),
        ('<a href="https://pills.example/">pills</a>', ["pills.example"]),
        ("[url=http://bets.example]bets[/url]", ["bets.example"]),
        ("<http://example.org>", ["example.org"]),
        ("It is at http://example.org, I think.", ["example.org"]),
        ("**http://example.org**", ["example.org"]),
        ("http://user:word@example.net:8080/x", ["example.net"]),
        ("http://trusted.example@evil.example/", ["evil.example"]),
        ("http:\\\\evil.example\\x", ["evil.example"]),
        ("seehttp://example.org", ["example.org"]),
        ("ends.http://evil.example", ["evil.example"]),
        ("http://203.0.113.7/x", ["203.0.113.7"]),
        ("http://[2001:db8::1]/x", ["2001:db8::1"]),
        ("https://пример.испытание/", ["пример.испытание"]),
        ("ftp://files.example/x", ["files.example"]),
        ('<a href="//evil.com/x">', ["evil.com"]),
    ],
)
def test_addresses_with_a_scheme_are_found(text: str, hosts: list[str]) -> None:
    """In plain text, Markdown, HTML and forum code, with users, ports and tricks of spelling."""
    assert links_in(text) == hosts


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("www.example.test is mine", ["www.example.test"]),
        ("I found cheap-pills.com helpful", ["cheap-pills.com"]),
        ("Example.COM.", ["example.com"]),
        ("parkrun.org.uk/results", ["parkrun.org.uk"]),
        ("bit.ly/3xyz and t.me/pills", ["bit.ly", "t.me"]),
        ("shop.example.com:8080/x", ["shop.example.com"]),
        ("(example.com)", ["example.com"]),
        ("163.com", ["163.com"]),
    ],
)
def test_bare_names_that_readers_would_recognise_are_found(text: str, hosts: list[str]) -> None:
    """A link does not need a scheme."""
    assert links_in(text) == hosts


@pytest.mark.parametrize(
    "text",
    [
        "It hurts.so I stopped. And then...it came back",
        "Rest the knee.It helps.",
        "5.2 km in 26.30, at 12.km/h, e.g. uphill, i.e. slowly, at 7 a.m./p.m.",
        "Write to ines@example.com or first.last@mail.example.org or ines.de@example.com",
        "plan.pdf and notes.txt",
        "1. Rest 2. Ice 3. Walk",
        "http:// and https:",
        "http://...",
        "",
    ],
)
def test_ordinary_sentences_hold_no_links(text: str) -> None:
    """Missing spaces, abbreviations, paces, files and mail addresses are no links."""
    assert links_in(text) == []


def test_each_link_counts_and_keeps_its_place() -> None:
    """A host linked twice is listed twice, in the order of the text."""
    text = "https://b.example x https://a.example y https://b.example"
    assert links_in(text) == ["b.example", "a.example", "b.example"]


def test_host_inside_an_address_is_not_counted_again() -> None:
    """A redirect's target in the query belongs to the one link."""
    assert links_in("https://example.com/?to=https://other.com/x") == ["example.com"]
    assert links_in("example.com/?to=other.com") == ["example.com"]


def test_host_shown_to_moderators_has_no_control_characters() -> None:
    """NUL cannot be stored in PostgreSQL, and direction marks would mislead the eye."""
    assert links_in("http://ex\x00am\u202eple.com/") == ["example.com"]


def test_host_is_cut_at_the_longest_name_there_can_be() -> None:
    """RFC 1035 knows no longer names."""
    assert links_in("http://" + "a" * 1000) == ["a" * 253]


@given(st.text())
def test_any_text_gives_readable_hosts(text: str) -> None:
    """Whatever comes in, hosts are not empty, printable, and never longer than a name can be."""
    for host in links_in(text):
        assert host
        assert host.isprintable()
        assert len(host) <= 253


@given(st.text(), st.text())
def test_link_between_any_words_is_found(before: str, after: str) -> None:
    """No surrounding hides a plain link that stands on a line of its own."""
    assert "pills.example.com" in links_in(f"{before}\nhttps://pills.example.com/buy\n{after}")


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("http://a.com ", 7692),
        ("a.com:", 16_666),
        ("/", 0),
        ("a.", 0),
        ("a@", 0),
        ("a.b@", 0),
        ("http://[1", 0),
        ("www.", 1),
    ],
)
def test_hostile_hundred_kilobytes_are_searched(pattern: str, count: int) -> None:
    """Texts made to keep a pattern busy are answered all the same."""
    assert len(links_in((pattern * 100_000)[:100_000])) == count


def test_hundred_kilobytes_of_slashes_after_a_scheme_are_searched() -> None:
    """The slashes are read once, not once for each of them."""
    assert links_in("http:" + "/" * 100_000) == []
