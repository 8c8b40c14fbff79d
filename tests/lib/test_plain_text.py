"""HTML as plain text, for excerpts, search and mails."""

import pytest

from lib.markup import MAX_TAGS, plain_text, render_comment

TEXTS = {
    "words": ("<p>Slow <em>is</em> smooth</p>", "Slow is smooth"),
    "blocks end lines": (
        "<h2>One</h2><p>two</p><ul><li>three</li><li>four</li></ul>",
        "One\ntwo\nthree\nfour",
    ),
    "line breaks": ("<p>a<br>b</p>", "a\nb"),
    "cells": ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
    "entities": ("<p>4 &lt; 5 &amp;&amp; &quot;so&quot; &copy;</p>", '4 < 5 && "so" ©'),
    "entities once only": ("<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"),
    "white space": ("<p>\n  a\n  b </p>", "a b"),
    "scripts and styles": ("<style>p{}</style><p>a</p><script>b</script><title>c</title>", "a"),
    "comments": ("<p>a<!-- b -->c</p>", "ac"),
    "descriptions": ('<figure><img src="x" alt="a hill"><figcaption>b</figcaption></figure>', "b"),
    "no markup": ("4 < 5", "4 < 5"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("html", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_html_becomes_its_words(html, text):
    assert plain_text(html) == text


def test_result_is_not_marked_safe():
    assert not hasattr(plain_text("<p>a</p>"), "__html__")


def test_comment_reads_as_its_reader_sees_it():
    assert plain_text(render_comment("**So** <b>sore</b>\n\n- ice & rest")) == "So <b>sore</b>\nice & rest"


@pytest.mark.parametrize("piece", ["-\n", "`a`", "*a* ", "a\n", "> a\n", "- a\n"])
def test_longest_comment_stays_below_the_limit(piece):
    assert plain_text(render_comment((piece * 10_000)[:10_000])) is not None


def test_more_tags_than_the_limit_are_refused():
    with pytest.raises(ValueError, match="tags"):
        plain_text("<b>" * (MAX_TAGS + 1))
