"""The writer's articles: her editor's HTML, of which the page shows only what an article needs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.markup import MAX_TAGS, PROSE_ATTRIBUTES, PROSE_TAGS, render_prose
from tests.lib.html_tree import elements_of

KEPT = {
    "headings": "<h2>One</h2><h3>Two</h3><h4>Three</h4>",
    "letters": "<p>a<br>b <strong>c</strong> <em>d</em> <s>e</s> H<sub>2</sub>O x<sup>2</sup></p>",
    "lists": "<ul><li><p>a</p></li></ul><ol><li>b</li></ol>",
    "numbering from": '<ol start="3"><li>c</li></ol>',
    "quote": "<blockquote><p>Slow is smooth.</p><footer><cite>A physio</cite></footer></blockquote>",
    "code": "<pre><code>4 &lt; 5\n</code></pre>",
    "rule": "<p>a</p><hr><p>b</p>",
    "note": '<p class="note">Ask someone.</p>',
    "table": (
        '<table><thead><tr><th scope="col" colspan="2">a</th></tr></thead>'
        '<tbody><tr><td rowspan="2">b</td><td>c</td></tr></tbody></table>'
    ),
    "figure": (
        '<figure><img src="/media/2026/hill.webp" alt="A hill" width="800" height="400" data-picture="12">'
        "<figcaption>The hill</figcaption></figure>"
    ),
    "links": (
        '<p><a href="https://a.example/x">a</a> <a href="http://b.example">b</a> '
        '<a href="mailto:c@example.com">c</a> <a href="/2026/03/knee/">d</a> <a href="#e">e</a></p>'
    ),
}


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT.keys())
def test_what_an_article_needs_is_kept(html):
    assert render_prose(html) == html


def test_result_is_marked_safe_for_templates():
    assert hasattr(render_prose("<p>fine</p>"), "__html__")


REMOVED = {
    "script": ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
    "style element": ("<style>p{}</style><p>a</p>", "<p>a</p>"),
    "style attribute": ('<p style="position:fixed">a</p>', "<p>a</p>"),
    "event handler": ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
    "other classes": ('<p class="lead">a</p><h2 class="note">b</h2>', "<p>a</p><h2>b</h2>"),
    "other classes beside note": ('<p class="big note">a</p>', '<p class="note">a</p>'),
    "ids": ('<h2 id="respond">a</h2>', "<h2>a</h2>"),
    "first heading": ("<h1>a</h1>", "a"),
    "underline, which reads as a link": ("<p><u>a</u></p>", "<p>a</p>"),
    "link to a script": ('<p><a href="javascript:alert(1)">a</a></p>', "<p><a>a</a></p>"),
    "link to a script, spelt oddly": ('<a href="&#9;java&#10;script:alert(1)">a</a>', "<a>a</a>"),
    "link to data": ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
    "target and rel": ('<a href="/x" target="_blank" rel="opener">a</a>', '<a href="/x">a</a>'),
    "source of a quote": (
        '<blockquote cite="javascript:alert(1)">a</blockquote>',
        "<blockquote>a</blockquote>",
    ),
    "frame": ('<iframe src="https://evil.example"></iframe><p>a</p>', "<p>a</p>"),
    "drawing": ("<svg onload=alert(1)><circle></svg><p>a</p>", "<p>a</p>"),
    "comment": ("<p>a<!-- b --></p>", "<p>a</p>"),
    "odd width": ('<td width="1" colspan="1e9">', ""),
    "odd size": ('<img src="/media/a.webp" alt="" width="100%">', '<img src="/media/a.webp" alt="">'),
    "odd picture": ('<img src="/media/a.webp" data-picture="1 or 1">', '<img src="/media/a.webp">'),
    "srcset": ('<img src="/media/a.webp" srcset="//evil.example/b">', '<img src="/media/a.webp">'),
    "unclosed": ("<p>a<em>b", "<p>a<em>b</em></p>"),
}


@pytest.mark.parametrize(("html", "clean"), REMOVED.values(), ids=REMOVED.keys())
def test_what_an_article_does_not_need_is_removed(html, clean):
    assert render_prose(html) == clean


FOREIGN_PICTURES = [
    "https://evil.example/media/a.webp",
    "//evil.example/a.webp",
    "/media/../desk/",
    "/media/%2e%2e/desk/",
    "/media/a/..%2f..%2fdesk/",
    "/media/..\\desk",
    "/media//evil.example/a.webp",
    "/media/a.webp?x=1",
    "/media/a.webp#x",
    "/media/",
    "/static/a.webp",
    " /media/a.webp",
    "media/a.webp",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("address", FOREIGN_PICTURES)
def test_picture_from_elsewhere_vanishes(address):
    assert render_prose(f'<p>a<img src="{address}" alt="x"></p>') == "<p>a</p>"


def test_picture_without_an_address_vanishes_whatever_its_description_says():
    assert render_prose("<p>a<img alt='5 > 4 src=\"/media/a.webp\"'>b</p>") == "<p>ab</p>"


def test_description_of_a_picture_may_hold_any_sign():
    html = render_prose('<img src="/media/a.webp" alt=\'5 > 4 & "so"\'>')
    assert elements_of(html) == [("img", {"src": "/media/a.webp", "alt": '5 > 4 & "so"'})]


def test_pictures_may_live_on_another_host_when_told():
    html = '<img src="https://pictures.example/a.webp" alt="">'
    assert render_prose(html, media_prefix="https://pictures.example/") == html
    assert render_prose(html) == ""


def test_picture_with_an_accent_in_its_name_is_kept():
    html = '<img src="/media/genou-cass%C3%A9.webp" alt="">'
    assert render_prose(html) == html


def assert_only_prose(html: str) -> None:
    for tag, attributes in elements_of(html):
        assert tag in PROSE_TAGS
        assert set(attributes) <= PROSE_ATTRIBUTES.get(tag, set())
        assert attributes.get("src", "/media/").startswith("/media/")
        assert (
            not attributes.get("href", "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        )


PIECES = [
    "<p>",
    "</p>",
    "<em>",
    "<a href=",
    "<img src=",
    "'",
    '"',
    ">",
    "/media/a.webp",
    "javascript:x",
    " onload=x ",
    "<svg>",
]
PIECES += [
    "<math>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<table>",
    "<td>",
    "<template>",
    "<noscript>",
    "<mglyph>",
    "<mtext>",
]
PIECES += [
    "</table>",
    "<figure>",
    "<title>",
    "<textarea>",
    "x",
    " ",
    "&lt;",
    "&quot;",
    "class=note",
    "<blockquote cite=",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_html_comes_out_clean_and_stays_so(source):
    html = render_prose(source)
    assert_only_prose(html)
    assert render_prose(html) == html


@pytest.mark.parametrize("tag", ["b", "em", "blockquote", "div", "table", "ul><li"])
def test_ten_thousand_nested_tags_are_survived(tag):
    html = render_prose(f"<{tag}>" * (10_000 // (1 + tag.count("<"))))
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= PROSE_TAGS


def test_more_tags_than_the_limit_are_refused():
    with pytest.raises(ValueError, match="tags"):
        render_prose("<p>" * (MAX_TAGS + 1))
