"""How a comment is made, in numbers: each has words for a moderator, and says what its name says."""

import math

import pytest
from hypothesis import given

from comments.spam.candidate import History
from comments.spam.judge import judge
from comments.spam.reading import read
from comments.spam.shape import PAIRED
from comments.spam.traits import NOTHING, SAYS, subject_of, traits_of, website_host
from tests.comments.spam.cast import candidate
from tests.comments.spam.test_hostile_input import HOSTILE, STRANGE_TEXT
from tests.stopwatch import seconds_for


def traits(text: str = "Mine took six weeks.", **changes: object) -> dict[str, float]:
    """The traits of a comment with this text."""
    return traits_of(subject_of(candidate(text=text, **changes), read(text)))


def test_every_trait_has_words_and_all_words_a_trait() -> None:
    """In the same order, and no two traits are told in the same words."""
    assert list(traits()) == list(SAYS)
    assert len(set(SAYS.values())) == len(SAYS)
    assert set(PAIRED) <= set(SAYS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mine took six weeks.", {"links": 0, "root_addresses": NOTHING, "words_per_link": 7, "website": 0}),
        ("See https://a.example/ and a.com/x/y", {"links": 2, "bare_links": 2, "linked_hosts": 2}),
        ("See https://a.example/ and a.com/x/y", {"root_addresses": 0.5, "deepest_address": 1}),
        (
            '<a href="http://a.example">cheap pills</a>',
            {"html_links": 1, "anchor_words": 2, "lower_anchors": 1},
        ),
        ("[url=http://a-b.example]X[/url]", {"forum_links": 1, "hyphen_hosts": 1, "starts_with_link": True}),
        (
            "Look: https://youtube.com/watch?v=1",
            {"big_sites": 1, "addresses_with_query": 1, "ends_with_link": True},
        ),
        ("https://m.youtube.com", {"big_sites": 1}),
        ("BUY NOW", {"capitals": 1}),
        ("Great post, thanks for sharing!", {"praise": 0.8, "exclamation": 1, "commas": 0.2}),
        ("Please subscribe and visit my channel", {"appeals": 4}),
        ("+44 7700 900123 or ines@mail.example", {"phone": True, "mail": True, "at_sign": True}),
        ("Only $ 5 or 20 EUR", {"money": 2}),
        ("sooo good :)", {"longest_run": 3, "smiles": True, "starts_small": True}),
        ("❤ 🏃 a", {"emoji": 2}),
        ("hm ... , well.Yes", {"ellipsis": True, "space_before_mark": 1 / 3, "no_space_after_mark": 1 / 3}),
        ("<b>x</b>", {"html_tags": 2}),
        ("cаsino c.i.a.l.i.s", {"mixed_alphabets": 2}),
        ("", {"length": 0, "words": 0, "capitals": 0, "distinct_words": 0}),
    ],
)
def test_trait_counts_what_its_name_says(text: str, expected: dict[str, float]) -> None:
    """A few of them, where a slip would be easy."""
    found = traits(text)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "JohnSmith"}, {"name_two_in_one": True, "name_words": 1}),
        ({"name": "cheap shoes"}, {"name_lower": True, "name_words": 2, "name_length": 11}),
        ({"name": "Ann 44"}, {"name_digits": True}),
        ({"name": "Ines", "text": "It's Ines again"}, {"name_in_text": 1, "whole_name_in_text": True}),
        ({"name": "Pills Shop", "website": "https://www.pills-4u.example/x"}, {"name_in_website": 5}),
        ({"website": "https://www.pills-4u.example/x"}, {"website_hyphens": 1, "website_digits": 1}),
        ({"website": "https://a.example", "text": "at https://www.a.example/x"}, {"website_linked": True}),
        ({"name": ""}, {"name_words": 0, "name_capitals": 0, "whole_name_in_text": False}),
    ],
)
def test_name_and_website_are_looked_at(changes: dict[str, str], expected: dict[str, float]) -> None:
    """And compared with the text and with each other."""
    found = traits(**changes)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("", ""),
        ("  ", ""),
        ("https://www.a.example/x?y", "a.example"),
        ("A.Example", "a.example"),
        ("bestpills.com/x", "bestpills.com"),
        ("//a.example:8000#x", "a.example"),
        ("https://user@a.example", "a.example"),
    ],
)
def test_website_is_known_by_its_host(website: str, host: str) -> None:
    """However it was typed."""
    assert website_host(website) == host


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_has_finite_traits(text: str) -> None:
    """A number for each, in every place that a sender can fill."""
    found = traits(text, name=text[:60], website=text[:200])
    assert list(found) == list(SAYS)
    assert all(math.isfinite(value) for value in found.values())


@given(STRANGE_TEXT)
def test_any_text_has_the_same_traits(text: str) -> None:
    """In the same order, or bins would be mistaken for each other."""
    assert list(traits(text, name=text, website=text)) == list(SAYS)


def test_name_of_ten_thousand_capitals_takes_no_time() -> None:
    """The form would refuse it, a file of comments does not."""
    assert seconds_for(lambda: judge(candidate(name="A" * 10_000), History())) < 0.05
