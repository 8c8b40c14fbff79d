"""What readers may write in a comment, and how it comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.markdown import MAX_LINKS, MAX_NESTING
from lib.markup import render_comment
from tests.lib.html_tree import elements_of, links_of, text_of

LINK = 'rel="nofollow ugc noopener"'

WRITTEN = {
    "paragraphs": ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
    "line break": ("Slow\nis smooth", "<p>Slow<br>\nis smooth</p>\n"),
    "emphasis": ("*so* **sore**", "<p><em>so</em> <strong>sore</strong></p>\n"),
    "underscores inside words": ("left_knee_pain", "<p>left_knee_pain</p>\n"),
    "bullets": ("- ice\n- rest", "<ul>\n<li>ice</li>\n<li>rest</li>\n</ul>\n"),
    "numbers": ("1. ice\n2. rest", "<ol>\n<li>ice</li>\n<li>rest</li>\n</ol>\n"),
    "quote": ("> hold still", "<blockquote>\n<p>hold still</p>\n</blockquote>\n"),
    "code": ("`4 x 400`", "<p><code>4 x 400</code></p>\n"),
    "fenced code": ("```\n4 < 5\n```", "<pre><code>4 &lt; 5\n</code></pre>\n"),
    "fenced code with a language": ("```python\nx\n```", "<pre><code>x\n</code></pre>\n"),
    "indented code": ("Plan:\n\n    Mon 5 km", "<p>Plan:</p>\n<pre><code>Mon 5 km\n</code></pre>\n"),
    "link": ("[this](https://a.example/x)", f'<p><a href="https://a.example/x" {LINK}>this</a></p>\n'),
    "escape": (r"\*not\*", "<p>*not*</p>\n"),
    "entity": ("&copy; &lt;b&gt;", "<p>© &lt;b&gt;</p>\n"),
    "ampersand": ("R&R", "<p>R&amp;R</p>\n"),
}


@pytest.mark.parametrize(("source", "html"), WRITTEN.values(), ids=WRITTEN.keys())
def test_small_markdown_becomes_html(source, html):
    assert render_comment(source) == html


def test_result_is_marked_safe_for_templates():
    assert hasattr(render_comment("fine"), "__html__")


def test_empty_source_gives_nothing():
    assert render_comment(" \n ") == ""


STAYS_TEXT = {
    "heading": "# My knee",
    "underlined heading": "My knee\n=======",
    "rule": "---",
    "divider": "* * *",
    "table": "a | b\n--|--\n1 | 2",
    "html": "<b>bold</b> <img src=x>",
    "comment": "<!-- hidden -->",
    "picture without address": "![a knee]()",
    "link without address": "[my shoes]()",
    "mail address": "mara@example.com <mara@example.com>",
    "host without scheme": "www.example.com half.marathon",
    "other schemes": "ftp://example.com/x mailto:a@b.example //example.com tel:123",
    "reference": "[1]: https",
    "number that is no list": "42. That is my age.",
    "only a dash": "-",
    "tildes": "~~~ thanks ~~~",
}


@pytest.mark.parametrize("source", STAYS_TEXT.values(), ids=STAYS_TEXT.keys())
def test_what_is_not_offered_stays_the_text_it_is(source):
    html = render_comment(source)
    assert {tag for tag, _ in elements_of(html)} <= {"p", "br"}
    assert text_of(html).split() == source.split()


def test_picture_stays_text_and_only_its_address_is_a_link():
    html = render_comment("![my knee](https://a.example/knee.jpg)")
    assert text_of(html) == "![my knee](https://a.example/knee.jpg)\n"
    assert links_of(html) == ["https://a.example/knee.jpg"]
    assert "<img" not in html


def test_list_may_be_interrupted_and_go_on_with_its_own_number():
    html = render_comment("1. ice\n\nthen\n\n2. rest")
    assert text_of(html).split() == ["ice", "then", "2.", "rest"]


def test_list_follows_a_paragraph_without_a_blank_line():
    assert "<li>ice</li>" in render_comment("What helped:\n- ice\n- rest")


def test_year_at_the_start_of_a_line_is_not_a_list():
    assert render_comment("It began in\n2024. It ended") == "<p>It began in<br>\n2024. It ended</p>\n"


# ---------- links ----------
def test_address_in_the_text_becomes_a_link_without_the_full_stop():
    html = render_comment("See https://a.example/x_y_z?q=1.")
    assert links_of(html) == ["https://a.example/x_y_z?q=1"]
    assert text_of(html) == "See https://a.example/x_y_z?q=1.\n"


def test_address_in_angle_brackets_becomes_a_link():
    assert links_of(render_comment("<https://a.example/>")) == ["https://a.example/"]


def test_every_link_says_that_it_is_a_visitors():
    html = render_comment("[a](http://a.example) https://b.example <https://c.example>")
    rels = [attributes["rel"] for tag, attributes in elements_of(html) if tag == "a"]
    assert rels == ["nofollow ugc noopener"] * 3


def test_link_title_is_dropped():
    assert "title" not in render_comment('[a](https://a.example "look")')


@pytest.mark.parametrize("label", ["", " ", "&nbsp;", "&#8203;", "&#x202e;", "\\\n"])
def test_link_nobody_could_see_shows_its_address(label):
    html = render_comment(f"[{label}](https://a.example/x)")
    assert "https://a.example/x" in text_of(html)


def test_link_text_reads_as_it_was_typed():
    """Decoded, it could hold marks that turn the text around."""
    html = render_comment("https://a.example/%E2%80%AEgpj.exe http://xn--bcher-kva.example")
    assert text_of(html) == "https://a.example/%E2%80%AEgpj.exe http://xn--bcher-kva.example\n"


def test_address_with_a_user_name_is_no_link():
    """https://bank.example@evil.example leads to evil.example."""
    html = render_comment("https://bank.example@evil.example/ [bank](https://bank.example@evil.example/)")
    assert not [link for link in links_of(html) if "evil" in link]


@pytest.mark.parametrize("address", ["/desk/", "//evil.example", "#respond", "?x=1", "javascript:alert(1)"])
def test_link_leads_to_another_site_by_its_full_address_or_not_at_all(address):
    html = render_comment(f"[here]({address})")
    assert links_of(html) == []
    assert address in text_of(html)


# ---------- nothing typed disappears ----------
@pytest.mark.parametrize("depth", range(1, 24))
@pytest.mark.parametrize("marker", ["> ", "- ", "1. ", "> - "])
def test_words_are_shown_however_deep_they_are_nested(marker, depth):
    assert "knee" in text_of(render_comment(marker * depth + "knee"))


def test_nesting_ends_at_the_limit():
    html = render_comment("> " * MAX_NESTING * 2 + "knee")
    assert html.count("<blockquote>") <= MAX_NESTING


def test_more_links_than_the_limit_are_shown_as_text():
    many = " ".join(["https://a.example/x"] * (MAX_LINKS + 1))
    html = render_comment(many)
    assert links_of(html) == []
    assert text_of(html) == many + "\n"


def test_as_many_links_as_the_limit_are_links():
    assert len(links_of(render_comment(" ".join(["https://a.example/x"] * MAX_LINKS)))) == MAX_LINKS


@given(st.text(alphabet="ab \n\t>*_-+#=~.)(!|<", max_size=80))
def test_no_letter_is_lost(source):
    letters = [char for char in source if char.isalpha()]
    assert [char for char in text_of(render_comment(source)) if char.isalpha()] == letters
