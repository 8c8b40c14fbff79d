"""What a comment is made of: links in four kinds of writing, and words however they were disguised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.reading import LINK, LONGEST_ANCHOR, READ_FROM_END, READ_FROM_START, Link, fold, read
from tests.comments.spam.test_hostile_input import HOSTILE, STRANGE_TEXT
from tests.stopwatch import seconds_for

TOO_LONG = READ_FROM_START + READ_FROM_END


# ---------- links ----------
@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            'See <a href="https://a.example/x?y=1">my page</a>.',
            Link("https://a.example/x?y=1", "a.example", "html", "my page"),
        ),
        (
            "<A rel=nofollow HREF='http://a.example'>Here</A>",
            Link("http://a.example", "a.example", "html", "Here"),
        ),
        ("<a href=https://a.example>here", Link("https://a.example", "a.example", "html", "here")),
        ("[url=https://a.example/]pills[/url]", Link("https://a.example/", "a.example", "forum", "pills")),
        ('[link="http://a.example"]x[/link]', Link("http://a.example", "a.example", "forum", "x")),
        ("[url]https://a.example/x[/url]", Link("https://a.example/x", "a.example", "forum")),
        ("[b](https://a.example/x)", Link("https://a.example/x", "a.example", "markdown", "b")),
        ("[ my page ](http://a.example)", Link("http://a.example", "a.example", "markdown", "my page")),
        ("[x](www.a.com)", Link("www.a.com", "www.a.com", "markdown", "x")),
        ("<https://a.example/x>", Link("https://a.example/x", "a.example", "bare")),
        ("www.a.com is good", Link("www.a.com", "www.a.com", "bare")),
        ("Look at a.com/x", Link("a.com/x", "a.com", "bare")),
        ('<a href="https://a.example">https://a.example</a>', Link("https://a.example", "a.example", "html")),
    ],
)
def test_link_is_read_with_its_kind_and_anchor(text: str, link: Link) -> None:
    """Each stands once, whatever it was written in."""
    assert read(text).links == [link]


@pytest.mark.parametrize("text", ["It hurts.so I stopped", "ines@a.example", "5.2 km", "<a >x</a", "no link"])
def test_what_only_looks_like_a_link_leads_nowhere(text: str) -> None:
    """Missing spaces, mail addresses, tags without an address."""
    assert [link.host for link in read(text).links if link.host] == []


def test_plain_text_has_a_mark_for_each_link_and_no_markup() -> None:
    """Anchors stay, since a reader reads them."""
    reading = read('Buy <b>now</b>: <a href="https://a.example">blue pills</a> or https://b.example today')
    assert reading.plain.split() == ["Buy", "now", ":", LINK, "blue", "pills", "or", LINK, "today"]
    assert reading.words == ["buy", "now", "blue", "pills", "or", "today"]
    assert reading.tags == 2


def test_links_stand_in_the_order_of_the_text() -> None:
    """A mark in the plain text belongs to the link of the same number."""
    text = 'a.com <a href="https://b.example">b</a> [url=https://c.example]c[/url] https://d.example'
    assert [link.host for link in read(text).links] == ["a.com", "b.example", "c.example", "d.example"]


def test_markdown_link_on_the_word_link_is_no_forum_code() -> None:
    """It is how this site's readers write links, and it hides none that follows."""
    links = read("See [link](https://a.example/) and https://b.example/").links
    assert [(link.host, link.kind) for link in links] == [("a.example", "markdown"), ("b.example", "bare")]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", ""),
        ("https://a.example/", "/"),
        ("https://a.example/x/y?z#w", "/x/y?z#w"),
        ("a.com/x", "/x"),
        ("//a.example/x", "/x"),
        ("https://a.example?x", "?x"),
        ("", ""),
    ],
)
def test_path_is_what_follows_the_host(url: str, path: str) -> None:
    """However the address begins."""
    assert Link(url, "", "bare").path == path


def test_anchor_that_is_never_closed_is_cut() -> None:
    """It would be the whole text."""
    [link] = read("<a href=https://a.example>" + "word " * 300).links
    assert len(link.anchor) == LONGEST_ANCHOR


# ---------- letters ----------
@pytest.mark.parametrize(
    ("text", "words", "disguised"),
    [
        ("Buy сіаlіѕ", ["buy", "cialis"], 1),
        ("pаypal and сasino", ["paypal", "and", "casino"], 2),
        ("ｃａｓｉｎｏ", ["casino"], 0),
        ("cas\u200bi\u00adno", ["casino"], 0),
        ("c.i.a.l.i.s now", ["cialis", "now"], 1),
        ("c a s i n o", ["casino"], 1),
        ("c-a-s-i-n-o", ["casino"], 1),
        ("Икра уже не болит", ["икра", "уже", "не", "болит"], 0),
        ("Ελλάδα and Россия", ["ελλάδα", "and", "россия"], 0),
        ("i.e. at 5 a.m. I do", ["i", "e", "at", "5", "a", "m", "i", "do"], 0),
        ("I'm on day 3, isn’t it", ["i'm", "on", "day", "3", "isn’t", "it"], 0),
    ],
)
def test_words_are_read_as_the_eye_reads_them(text: str, words: list[str], disguised: int) -> None:
    """Other alphabets are left alone where they are whole words."""
    reading = read(text)
    assert (reading.words, reading.mixed) == (words, disguised)


def test_invisible_characters_are_counted_inside_words_only() -> None:
    """At the ends of words they come along with pasted text."""
    assert read("cas\u200bi\u200dno").invisible == 2
    assert read("\ufeffpasted\u200b text\u200b").invisible == 0


@pytest.mark.parametrize("text", ["می\u200cخواهم نمی\u200cشود", "क्\u200dष श्\u200dरी", "رژ\u200ca"])
def test_invisible_characters_that_spelling_needs_are_not_counted(text: str) -> None:
    """Persian and Hindi join and part their letters with them; Latin, Cyrillic and Greek never do."""
    assert read(text).invisible == 0
    assert read("ca\u200bsino ка\u200bзино κα\u200bζίνο").invisible == 3


def test_heap_of_accents_is_cut() -> None:
    """And the word below it found."""
    folded, _ = fold("a" + "\u0301\u0327" * 500 + "b")
    assert len(folded) < 10


# ---------- bounds ----------
def test_long_text_is_read_at_both_ends() -> None:
    """What is for sale stands in one of them."""
    reading = read("start " + "x " * 9_000 + "end")
    assert (reading.words[0], reading.words[-1]) == ("start", "end")
    assert len(reading.raw) == TOO_LONG + 1


def test_text_that_is_just_short_enough_is_read_whole() -> None:
    """Nothing is lost between the two ends."""
    assert read("y" * TOO_LONG).raw == "y" * TOO_LONG


def test_control_characters_are_blanked() -> None:
    """The mark for a link is one of them, and nobody may type it."""
    reading = read(f"a{LINK}b\x00c")
    assert LINK not in reading.plain
    assert reading.words == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE.values(),
        "<a " * 3_000,
        "<a href=" * 1_200,
        "[url=" * 2_000,
        "</a" * 3_000,
        "<" * 10_000,
        "<a href=http://a.example>" * 400,
        "a." * 5_000 + "@",
        "'a" * 5_000,
        ". a" * 3_000,
    ],
    ids=[*HOSTILE, "tags", "targets", "codes", "ends", "brackets", "anchors", "dots", "marks", "apart"],
)
def test_hostile_text_is_read_within_fifty_milliseconds(text: str) -> None:
    assert seconds_for(lambda: read(text)) < 0.05


@given(STRANGE_TEXT | st.text(alphabet="<>a/[]url=\"' href:.x\u200d", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """And as many marks stand in its plain text as it has links."""
    reading = read(text)
    assert reading.plain.count(LINK) == len(reading.links)
