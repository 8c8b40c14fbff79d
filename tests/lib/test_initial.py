"""The letter on a drawn avatar."""

import pytest

from lib.text import initial

INITIALS = [
    ("Mara Lindqvist", "M"),
    ("mara", "M"),
    ("  (sam) ", "S"),
    ("élodie", "É"),
    ("e\u0301lodie", "É"),
    ("🏃 Bob", "B"),
    ("3bags", "3"),
    ("𝓜ara", "M"),
    ("ßen", "ß"),
    ("дмитрий", "Д"),
    ("გიორგი", "გ"),
    ("李小龍", "李"),
    ("किरण", "कि"),
    ("x\u0301\u0302\u0303\u0304\u0305y", "X\u0301\u0302\u0303"),
]


@pytest.mark.parametrize(("name", "letter"), INITIALS)
def test_initial_is_the_first_letter_or_digit_with_its_marks(name, letter):
    assert initial(name) == letter


@pytest.mark.parametrize("name", ["", "   ", "★ ★", "👟", "\u200b", "…", "\u0301"])
def test_name_without_letter_or_digit_gets_a_question_mark(name):
    assert initial(name) == "?"
