"""Ids sort by time, fit a path and hardly ever meet."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ids import AFTER, ALPHABET, new_id, time_of

NOON = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
LAST = datetime(2059, 5, 25, 17, 38, 27, 455_000, tzinfo=UTC)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(min_value=timedelta(0), max_value=LAST - FIRST).map(lambda since: FIRST + since)


@given(MOMENTS)
def test_id_is_twelve_characters_of_the_alphabet(moment):
    made = new_id(moment)
    assert len(made) == 12
    assert set(made) <= set(ALPHABET)


def test_alphabet_sorts_as_bytes():
    assert list(ALPHABET) == sorted(ALPHABET, key=str.encode)
    assert len(ALPHABET) == 36


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_time(one, other):
    earlier, later = sorted((one, other))
    if later - earlier >= timedelta(milliseconds=1):
        assert new_id(earlier) < new_id(later)


@given(MOMENTS)
def test_id_tells_when_it_was_made_to_the_millisecond(moment):
    assert time_of(new_id(moment)) == moment - timedelta(microseconds=moment.microsecond % 1000)


def test_time_zone_of_the_moment_does_not_matter():
    summer = timezone(timedelta(hours=2))
    assert new_id(NOON.astimezone(summer))[:8] == new_id(NOON)[:8]


def test_ids_of_one_millisecond_differ():
    assert len({new_id(NOON) for _ in range(50)}) > 45


def test_first_and_last_moment_have_ids():
    assert new_id(FIRST).startswith("00000000")
    assert new_id(LAST).startswith("zzzzzzzz")


@pytest.mark.parametrize("moment", [LAST + timedelta(milliseconds=1), FIRST - timedelta(seconds=1)])
def test_moment_without_room_is_refused(moment):
    with pytest.raises(OverflowError, match="no room"):
        new_id(moment)


def test_moment_without_time_zone_is_refused():
    with pytest.raises(TypeError):
        new_id(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text", ["", "abc", "A" * 12, "0" * 13, "0" * 11 + "~", "0" * 11 + "٣", "0" * 12 + "\n"]
)
def test_what_is_no_id_has_no_time(text):
    with pytest.raises(ValueError, match="not an id"):
        time_of(text)


def test_a_subtree_lies_between_its_path_and_the_mark_after_it():
    root, sibling = new_id(NOON), new_id(NOON + timedelta(seconds=1))
    child = root + new_id(NOON + timedelta(days=900))
    grandchild = child + "z" * 12
    paths = sorted([sibling, grandchild, root, child], key=str.encode)
    assert [path for path in paths if root <= path < root + AFTER] == [root, child, grandchild]
