"""Strangers' words in a mail to the team hold nothing that a mail program makes a link of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.notifications.harmless import harmless

# What mail programs look for, generously.
LINKED = re.compile(r"[a-z][a-z0-9+.-]*://|www\.\w|\w@\w|\w[.\uff0e\u3002\uff61][^\W\d_]{2}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("See https://shoes.example/a?b=c#d now", "See [link] now"),
        ("[cheap](http://shoes.example)", "[cheap]([link])"),
        ('<a href="https://shoes.example">x</a>', '<a href="[link]">x</a>'),
        ("HTTPS://SHOES.EXAMPLE", "[link]"),
        ("ftp://a.example/ and tel://1", "[link] and [link]"),
        ("https:/shoes.example/x", "[link]"),
        ("Visit www.shoes.example or shoes.com/sale.", "Visit [link] or [link]"),
        ("A new one: shoes.club, buy", "A new one: shoes. club, buy"),
        ("Write to ines.k+run@mail.example, or MAILTO:x@y", "Write to [mail address], or [mail address]"),
        ("evil。com/x, evil｡com and www．evil．com", "evil。 com/x, evil｡ com and www． evil． com"),
        ("evil.\u200bcom, ev\u00adil.com and ht\u2060tp://a.example", "[link], [link] and [link]"),
        ("Ring tel:+123, or (skype:ines?call), sms:123", "Ring [link] or ([link]), [link]"),
        ("MAILTO:foo magnet:?xt=urn:x hotel:5, Tel: 0123", "[link] [link] hotel:5, Tel: 0123"),
        ("It hurts.So I stopped. 3.5 km, e.g. uphill…", "It hurts. So I stopped. 3.5 km, e.g. uphill…"),
        ("Two\nlines\n\nand more", "Two lines and more"),
    ],
)  # fmt: skip
def test_addresses_are_taken_out_and_words_stay(typed, read):
    assert harmless(typed) == read


@given(st.text(alphabet="aZé.:/\\@w[]()<>\"' -+%1\uff0e\u3002\uff61\u200b\n", max_size=200))
def test_nothing_that_looks_like_an_address_is_left(text):
    assert not LINKED.search(harmless(text))
