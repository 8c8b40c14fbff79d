"""Snippets: which part of a text is shown, where it is cut, what is marked, and that all else is escaped."""

from blog.snippets import snippet as snippet_of
from lib.fulltext import Phrase, stems


def snippet(text: str, words: list[str]) -> str:
    return snippet_of(text, [Phrase(stems(word)) for word in words])


def test_snippet_marks_hits_and_escapes_the_rest():
    found = snippet("Rest <b>and</b> ice & rest", ["rest"])
    assert found == "<mark>Rest</mark> &lt;b&gt;and&lt;/b&gt; ice &amp; <mark>rest</mark>"


def test_snippet_escapes_a_hit_that_is_markup():
    assert snippet("a <i> b", ["<i>"]) == "a &lt;<mark>i</mark>&gt; b"


def test_snippet_of_a_long_text_stands_around_the_first_hit():
    found = snippet("word " * 300 + "needle " + "word " * 300, ["needle"])
    assert found.startswith("… ")
    assert found.endswith("…")
    assert "<mark>needle</mark>" in found
    assert len(found) < 260


def test_snippet_is_cut_between_words():
    found = snippet("alphabet " * 100 + "needle " + "alphabet " * 100, ["needle"])
    words = found.removeprefix("… ").removesuffix("…").replace("<mark>needle</mark>", "needle").split(" ")
    assert set(words) == {"alphabet", "needle"}


def test_snippet_keeps_headings_and_items_apart_on_one_line():
    text = "About knees.\nWhat helped\nRest\nIce & salt\nThen I ran.\n“Slowly.”\nAnd again"
    assert snippet(text, ["ran"]) == (
        "About knees. What helped · Rest · Ice &amp; salt · Then I <mark>ran</mark>. “Slowly.” And again"
    )


def test_snippet_never_ends_in_a_mark_that_stands_alone():
    for length in range(150, 200):
        found = snippet("x" * length + "\nWhat helped\n2020\n" + "word " * 50, ["xx"])
        assert "\n" not in found
        assert not found.endswith((" …", "·…"))


def test_snippet_marks_words_where_they_begin():
    assert snippet("Written, it sits.", ["it"]) == "Written, <mark>it</mark> sits."
    assert snippet("Written.", ["it"]) == "Written."


def test_snippet_stands_where_the_words_are_side_by_side():
    found = snippet("It is long. " * 40 + "My IT band. " + "It is long. " * 40, ["it", "band"])
    assert "My <mark>IT</mark> <mark>band</mark>." in found
    found = snippet("It is long. " * 40 + "A band. " + "It is long. " * 40, ["it", "band"])
    assert "A <mark>band</mark>." in found


def test_nothing_to_cut_is_no_error():
    assert snippet("", ["it"]) == ""
