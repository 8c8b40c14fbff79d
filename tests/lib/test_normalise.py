"""What people type is made regular once: same letters, same newlines, nothing that tricks the eye."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import normalise, normalise_line

ANY_TEXT = st.text(st.characters())  # surrogates and controls included


def test_letters_are_composed():
    """A decomposed accent and a composed one are the same text afterwards."""
    assert normalise("caf\u0065\u0301") == "caf\u00e9"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_newline_becomes_one(newline):
    assert normalise(f"one{newline}two") == "one\ntwo"


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x08", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_characters_are_removed(control):
    assert normalise(f"a{control}b") == "ab"


@pytest.mark.parametrize("mark", [*"\u202a\u202b\u202c\u202d\u202e", *"\u2066\u2067\u2068\u2069"])
def test_marks_that_turn_the_text_around_are_removed(mark):
    assert normalise(f"gpj{mark}.exe") == "gpj.exe"


@pytest.mark.parametrize("mark", ["\u200c", "\u200d", "\u200e", "\u200f"])
def test_marks_that_real_scripts_need_are_kept(mark):
    """Persian needs ZWNJ, emoji families ZWJ, Hebrew and Arabic LRM and RLM."""
    assert normalise(f"می{mark}دوم") == f"می{mark}دوم"


@pytest.mark.parametrize("code", [0xFEFF, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF])
def test_what_no_feed_or_database_can_carry_is_removed(code):
    assert normalise(f"a{chr(code)}b") == "ab"


def test_tabs_stay():
    assert normalise("Mon\t5 km") == "Mon\t5 km"


def test_spaces_at_the_end_of_lines_are_removed():
    assert normalise("one  \ntwo\t\n three \u00a0") == "one\ntwo\n three"


def test_at_most_two_blank_lines_follow_each_other():
    assert normalise("one\n\n\ntwo\n \n\t\n\n\n\nthree") == "one\n\n\ntwo\n\n\nthree"


def test_blank_lines_at_both_ends_are_removed():
    assert normalise("\n \n  one\n\n") == "  one"


def test_text_of_white_space_becomes_empty():
    assert normalise(" \n\t\r\n ") == ""


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(ANY_TEXT)
def test_the_result_can_always_be_stored_and_sent(text):
    """Composed, free of controls, and encodable."""
    kept = normalise(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert not [char for char in kept if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"]
    assert kept.encode("utf-8").decode("utf-8") == kept


def test_name_is_one_line_with_single_spaces():
    assert normalise_line("  Mara\n\t Lindqvist\u00a0\u2003 ") == "Mara Lindqvist"


def test_name_keeps_its_inner_punctuation():
    assert normalise_line("Dr. Salma O’Hara-Idris (physio)") == "Dr. Salma O’Hara-Idris (physio)"


@given(ANY_TEXT)
def test_name_never_holds_a_newline_or_a_double_space(text):
    name = normalise_line(text)
    assert name == " ".join(name.split())
    assert normalise_line(name) == name
