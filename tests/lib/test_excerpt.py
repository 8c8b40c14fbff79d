"""An excerpt is the beginning of a text, cut where it hurts least."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import excerpt, reading_minutes


def test_short_text_is_shown_whole():
    assert excerpt("Slow is smooth.", 15) == "Slow is smooth."


def test_long_text_is_cut_between_words():
    assert excerpt("The brakes are a muscle too", 18) == "The brakes are a…"


def test_word_that_ends_at_the_limit_is_kept():
    assert excerpt("The brakes are a muscle", 11) == "The brakes…"


def test_punctuation_before_the_cut_goes():
    assert excerpt("First the knee, then the hip, then silence", 17) == "First the knee…"


def test_white_space_and_newlines_become_single_spaces():
    assert excerpt("One\n\n  two\tthree", 40) == "One two three"


def test_long_word_is_cut_inside():
    assert excerpt("a" * 50, 10) == "a" * 9 + "…"


def test_text_without_spaces_after_a_short_word_is_cut_inside():
    """Otherwise a comment in Japanese that begins with "OK " would shrink to "OK"."""
    assert excerpt("OK " + "走" * 50, 20) == "OK " + "走" * 16 + "…"


@pytest.mark.parametrize("character", ["e\u0323\u0301", "👩\u200d🔬", "👍🏽", "❤\ufe0f"])
def test_a_character_made_of_several_is_never_split(character):
    for length in range(2, 12):
        cut = excerpt(character * 20, length)
        assert cut.removesuffix("…").replace(character, "") == ""


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_never_longer_than_asked_and_always_a_beginning(text, length):
    cut = excerpt(text, length)
    assert len(cut) <= length
    assert " ".join(text.split()).startswith(cut.removesuffix("…").rstrip())
    assert not cut or unicodedata.category(cut[0]) != "Zs"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (329, 1), (331, 2), (2200, 10)])
def test_reading_time_is_whole_minutes_and_at_least_one(words, minutes):
    assert reading_minutes("word " * words) == minutes


def test_slower_readers_take_longer():
    assert reading_minutes("word " * 600, words_per_minute=100) == 6
