"""A text nobody can see counts as no text."""

import pytest

from lib.text import is_blank

INVISIBLE = {
    "nothing": "",
    "spaces": "  \t\n",
    "no-break space": "\u00a0\u2007\u202f",
    "zero-width space": "\u200b\u200b",
    "joiners": "\u200c\u200d\u2060",
    "soft hyphen": "\u00ad",
    "direction marks": "\u200e\u200f\u061c",
    "ideographic space": "\u3000",
    "Hangul fillers": "\u3164\u115f\uffa0",
    "Braille blank": "\u2800",
    "variation selectors": "\ufe0f\U000e0100",
    "grapheme joiner": "\u034f",
    "tags": "\U000e0041\U000e007f",
}


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE.keys())
def test_text_nobody_can_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "\u200b\u200b!", "👍", "0", "走", "\u3164ㅎ", "\U0001fae9"])
def test_text_with_one_visible_character_is_not_blank(text):
    """The last is an emoji younger than our Unicode tables."""
    assert not is_blank(text)
