"""The writer's HTML as it is kept: figures from the list of pictures, words never lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.models import Picture
from blog.prose import clean_prose, figure_ids, for_page, with_figures
from lib.markup import render_prose

CANAL = Picture(
    pk=12,
    folder="pictures/0a1b",
    width=1800,
    height=1200,
    widths=[480, 960, 1600],
    alt="Fog over the canal",
    credit="Photo: Elin Lindqvist",
)
ORNAMENT = Picture(
    pk=13,
    folder="pictures/0c2d",
    width=300,
    height=100,
    widths=[],
    is_decorative=True,
    credit="Drawing: Mara",
)
LIST = {picture.pk: picture for picture in (CANAL, ORNAMENT)}


def kept(html: str) -> str:
    """As clean_prose does it, with the list above instead of the database."""
    return render_prose(with_figures(render_prose(html), LIST))


def figure(html: str) -> BeautifulSoup:
    return BeautifulSoup(kept(html), "html.parser").figure


# ---------- figures ----------
def test_figure_needs_only_the_picture_and_the_words():
    drawn = figure('<figure data-picture="12"><figcaption>The canal in March.</figcaption></figure>')
    assert drawn["data-picture"] == "12"
    assert drawn.img.attrs == {
        "src": "/media/pictures/0a1b/master.webp",
        "srcset": "/media/pictures/0a1b/480.webp 480w, /media/pictures/0a1b/960.webp 960w, "
        "/media/pictures/0a1b/1600.webp 1600w, /media/pictures/0a1b/master.webp 1800w",
        "sizes": "(min-width: 44em) 41rem, 100vw",
        "width": "1800",
        "height": "1200",
        "alt": "Fog over the canal",
        "loading": "lazy",
    }
    assert str(drawn.figcaption) == (
        '<figcaption>The canal in March. <span class="credit">Photo: Elin Lindqvist</span></figcaption>'
    )


def test_figure_without_a_caption_still_thanks():
    assert figure('<figure data-picture="12"></figure>').figcaption.text == "Photo: Elin Lindqvist"


def test_caption_keeps_its_emphasis_and_links():
    drawn = figure(
        '<figure data-picture="12"><figcaption>A <em>b</em> <a href="/about/">c</a></figcaption></figure>'
    )
    assert drawn.figcaption.em.text == "b"
    assert drawn.figcaption.a["href"] == "/about/"


def test_decorative_picture_has_an_empty_alternative():
    assert figure('<figure data-picture="13"></figure>').img["alt"] == ""


def test_what_the_editor_says_about_the_picture_is_replaced_by_the_list():
    """Source, text and credit typed or forged in the browser count for nothing."""
    drawn = figure(
        '<figure data-picture="12"><img src="/media/other.webp" alt="Lies" width="1" onerror="x()">'
        '<figcaption>Canal <span class="credit">Photo: Somebody</span></figcaption></figure>'
    )
    assert drawn.img["src"] == "/media/pictures/0a1b/master.webp"
    assert drawn.img["alt"] == "Fog over the canal"
    assert "onerror" not in drawn.img.attrs
    assert drawn.figcaption.text == "Canal Photo: Elin Lindqvist"


def test_names_with_signs_are_escaped():
    picture = Picture(
        pk=5, folder="pictures/x", width=9, height=9, alt='5 > 4 & "so"', credit="<b>Me</b> & you"
    )
    drawn = BeautifulSoup(with_figures('<figure data-picture="5"></figure>', {5: picture}), "html.parser")
    assert drawn.img["alt"] == '5 > 4 & "so"'
    assert drawn.figcaption.text == "<b>Me</b> & you"
    assert drawn.b is None


def test_words_inside_a_figure_but_outside_its_caption_follow_it():
    html = kept('<figure data-picture="12"><p>Stray words.</p><figcaption>Canal</figcaption></figure>')
    assert html.endswith("</figure><p>Stray words.</p>")


def test_two_figures_in_a_row_stay_two():
    html = kept('<p>a</p><figure data-picture="12"></figure><figure data-picture="13"></figure><p>b</p>')
    assert figure_ids(html) == {12, 13}
    assert html.count("<figure") == html.count("</figure>") == 2


def test_figure_inside_a_figure_keeps_the_outer_one():
    html = kept(
        '<figure data-picture="12"><figure data-picture="13"><figcaption>x</figcaption></figure></figure>'
    )
    assert html.count("<figure") == 1
    assert 'data-picture="12"' in html


# ---------- what is no figure of ours ----------
STRAYS = {
    "picture of another host": ('<p>a<img src="https://evil.example/x.png">b</p>', "<p>ab</p>"),
    "picture of ours without its number": ('<p>a<img src="/media/pictures/0a1b/480.webp">b</p>', "<p>ab</p>"),
    "picture pasted as data": ('<p>a</p><p><img src="data:image/png;base64,AA"></p>', "<p>a</p>"),
    "figure without a number": (
        '<figure><img src="/media/a.webp"><figcaption>Words</figcaption></figure>',
        "<p>Words</p>",
    ),
    "number that is not on the list": (
        '<figure data-picture="99"><figcaption>Words</figcaption></figure>',
        "<p>Words</p>",
    ),
    "number no database can hold": (
        '<figure data-picture="99999999999999999999999"><figcaption>Words</figcaption></figure>',
        "<p>Words</p>",
    ),
    "number that is none": (
        '<figure data-picture="one"><figcaption>Words</figcaption></figure>',
        "<p>Words</p>",
    ),
    "caption without a figure": ("<p>a</p><figcaption>Words</figcaption>", "<p>a</p><p>Words</p>"),
    "credit of a figure that is gone": (
        '<figure data-picture="99"><figcaption>Words <span class="credit">By X</span></figcaption></figure>',
        "<p>Words</p>",
    ),
    "empty paragraphs": ("<p>a</p><p></p><p><br></p><p>&nbsp;</p><p>b</p>", "<p>a</p><p>b</p>"),
    "unclosed figure": ('<p>a</p><figure data-picture="99"><figcaption>Words', "<p>a</p><p>Words</p>"),
}


@pytest.mark.parametrize(("html", "clean"), STRAYS.values(), ids=STRAYS.keys())
def test_strays_lose_the_picture_and_keep_the_words(html, clean):
    assert kept(html) == clean


# ---------- keeping ----------
PIECES = [
    *(
        "<p>",
        "</p>",
        "words ",
        "&amp;",
        "<em>",
        "</em>",
        "<br>",
        "<img src='/media/a.webp'>",
        '<p class="note">',
    ),
    *('<figure data-picture="12">', '<figure data-picture="99">', "<figure>", "</figure>"),
    *("<figcaption>", "</figcaption>", "<span>", "</span>", "<table><tr><th>", "</table>", "<blockquote>"),
]


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_mixture_loses_no_word_and_shows_only_pictures_of_the_list(html):
    once = kept(html)
    shown = BeautifulSoup(once, "html.parser")
    assert figure_ids(once) <= {12}
    assert all(image.find_parent("figure")["data-picture"] == "12" for image in shown.find_all("img"))
    assert all(span.find_parent("figcaption") for span in shown.find_all("span"))
    assert shown.text.count("words") == html.count("words")


@pytest.mark.parametrize(
    "html",
    [
        '<figure data-picture="12"><figcaption>The <em>canal</em>.</figcaption></figure>',
        '<h2>A</h2><p>b</p><figure data-picture="13"></figure><ul><li><p>c</p></li></ul>',
        "<table><tbody><tr><th><p>Week</p></th></tr><tr><td><p>1</p></td></tr></tbody></table>",
    ],
)
@pytest.mark.django_db
def test_keeping_twice_changes_nothing_more(html):
    once = clean_prose(html)
    assert clean_prose(once) == once


@pytest.mark.django_db
def test_first_row_of_headings_becomes_the_head_of_the_table():
    rows = "<tr><th><p>Week</p></th><th><p>Km</p></th></tr><tr><th><p>1</p></th><td><p>12</p></td></tr>"
    table = BeautifulSoup(clean_prose(f"<table><tbody>{rows}</tbody></table>"), "html.parser").table
    assert [cell.text for cell in table.thead.select("th")] == ["Week", "Km"]
    assert [cell.text for cell in table.tbody.select("th, td")] == ["1", "12"]


@pytest.mark.django_db
def test_row_that_only_begins_with_a_heading_stays_in_the_body():
    html = clean_prose("<table><tbody><tr><th>Week</th><td>1</td></tr></tbody></table>")
    assert "<thead>" not in html
    assert "<tbody><tr><th>Week</th><td>1</td></tr></tbody>" in html


def test_what_may_be_too_wide_can_be_scrolled_by_keyboard():
    assert for_page("<pre>x</pre><table></table>") == '<pre tabindex="0">x</pre><table tabindex="0"></table>'


@pytest.mark.django_db
def test_pictures_are_read_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        clean_prose('<figure data-picture="1"></figure><figure data-picture="2"></figure>')


@pytest.mark.django_db
def test_text_without_figures_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert clean_prose("<p>Only words.</p><script>alert(1)</script>") == "<p>Only words.</p>"
