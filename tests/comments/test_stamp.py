"""The form's stamp and what it says about how long somebody had."""

from datetime import timedelta

import pytest

from comments.stamp import form_age, new_stamp, read_stamp
from tests.makers import NOW


def test_stamp_says_when_the_form_was_made():
    assert read_stamp(new_stamp(7, NOW), 7) == NOW


@pytest.mark.parametrize("stamp", ["", "nonsense", "WzcsMV0:1:x"])
def test_stamp_we_never_made_is_none(stamp):
    assert read_stamp(stamp, 7) is None


def test_stamp_of_another_form_or_changed_on_the_way_is_none():
    assert read_stamp(new_stamp(8, NOW), 7) is None
    assert read_stamp(new_stamp(7, NOW) + "x", 7) is None


@pytest.mark.parametrize(
    ("made_before", "elapsed", "age"),
    [
        (None, None, None),
        (None, 5, 5.0),
        (timedelta(seconds=90), None, 90.0),
        (timedelta(hours=5), 12, 12.0),
        (timedelta(seconds=2), 500, 2.0),
        (timedelta(seconds=-3), None, 0.0),
    ],
)
def test_age_is_the_least_of_what_is_known(made_before, elapsed, age):
    made_at = NOW - made_before if made_before is not None else None
    assert form_age(made_at, elapsed, NOW) == age
