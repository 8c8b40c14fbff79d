"""A rate limit grants so many uses a window and not one more, however many ask at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from lib.models import LONGEST_WINDOW, Allowance
from lib.throttle import give_back, spend

NOON = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ask(key: str = "k", *, after: float = 0, limit: int = 3, seconds: int = 60) -> bool:
    return spend(key, limit=limit, seconds=seconds, now=NOON + timedelta(seconds=after))


def test_uses_are_granted_up_to_the_limit():
    assert [ask() for _ in range(5)] == [True, True, True, False, False]


def test_limit_of_one_grants_one():
    assert [ask(limit=1) for _ in range(3)] == [True, False, False]


def test_limit_of_none_grants_nothing():
    assert not ask(limit=0)


def test_keys_have_their_own_allowances():
    assert ask("a", limit=1)
    assert ask("b", limit=1)
    assert not ask("a", limit=1)


def test_window_lasts_to_its_last_microsecond():
    ask(limit=1)
    assert not ask(limit=1, after=59.999999)


def test_new_window_begins_when_the_old_one_is_over():
    ask(limit=1)
    assert ask(limit=1, after=60)
    assert not ask(limit=1, after=119.999999)
    assert ask(limit=1, after=120)


def test_window_begins_with_the_first_use_and_not_with_the_clock():
    ask(limit=1, after=30.5)
    assert not ask(limit=1, after=90.499999)
    assert ask(limit=1, after=90.5)


def test_use_that_is_given_back_can_be_spent_again():
    assert [ask(limit=2) for _ in range(2)] == [True, True]
    give_back("k")
    assert [ask(limit=2) for _ in range(2)] == [True, False]


def test_nothing_is_given_back_to_a_key_that_spent_nothing():
    give_back("k")
    ask(limit=1)
    give_back("k")
    give_back("k")
    assert [ask(limit=1) for _ in range(2)] == [True, False]


def test_refused_use_does_not_lengthen_the_window():
    ask(limit=1)
    assert not ask(limit=1, after=59)
    assert ask(limit=1, after=60)


def test_new_window_has_the_whole_limit_again():
    for _ in range(9):
        ask()
    assert [ask(after=60) for _ in range(4)] == [True, True, True, False]


def test_clock_that_goes_back_a_little_opens_no_new_window():
    """Two hosts never agree on the time exactly."""
    ask(limit=1)
    assert not ask(limit=1, after=-0.5)


def test_moment_may_be_given_in_any_time_zone():
    summer = timezone(timedelta(hours=5, minutes=30))
    spend("k", limit=1, seconds=60, now=NOON.astimezone(summer))
    assert not ask(limit=1, after=59)
    assert ask(limit=1, after=60)


def test_one_key_is_one_row_that_counts_no_further_than_the_limit():
    for _ in range(9):
        ask()
    assert list(Allowance.objects.values_list("key", "window_start", "used")) == [("k", NOON, 4)]


def test_one_use_is_one_statement(django_assert_num_queries):
    ask()
    with django_assert_num_queries(1):
        ask()


@pytest.mark.parametrize("key", ["'; DROP TABLE lib_allowance; --", "100%", "%s %(now)s", "é" * 64, '"'])
def test_any_key_is_only_a_value(key):
    assert ask(key, limit=1)
    assert not ask(key, limit=1)
    assert Allowance.objects.get().key == key


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_empty_or_over_long_key_is_refused(key):
    with pytest.raises(ValueError, match="64 characters"):
        ask(key)


@pytest.mark.parametrize("seconds", [0, -1, 86_401])
def test_window_outside_a_second_and_a_day_is_refused(seconds):
    with pytest.raises(ValueError, match="1 second to 1 day"):
        ask(seconds=seconds)


# ---------- old rows ----------
def test_expired_rows_are_those_no_window_can_hold_any_more():
    ask("old", after=-86_400)
    ask("young", after=-86_399)
    assert [row.key for row in Allowance.objects.expired(NOON)] == ["old"]


def test_row_in_the_longest_window_is_not_expired_before_its_end():
    longest = int(LONGEST_WINDOW.total_seconds())
    ask(limit=1, seconds=longest)
    assert not Allowance.objects.expired(NOON + LONGEST_WINDOW - timedelta(microseconds=1))
    assert not ask(limit=1, seconds=longest, after=longest - 1)


def test_deleting_expired_rows_gives_nobody_a_use_too_many():
    ask(limit=1)
    Allowance.objects.expired(NOON + timedelta(hours=1)).delete()
    assert not ask(limit=1, after=1)


# ---------- at the same moment ----------
def ask_and_hang_up(_: int) -> bool:
    try:
        return ask(limit=7)
    finally:
        connection.close()


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


@pytest.mark.django_db(transaction=True)
def test_no_more_than_the_limit_is_granted_to_a_crowd_at_once(crowd):
    assert sum(crowd.map(ask_and_hang_up, range(40))) == 7


@pytest.mark.django_db(transaction=True)
def test_crowd_that_meets_the_end_of_a_window_shares_one_new_window(crowd):
    spend("k", limit=7, seconds=60, now=NOON - timedelta(seconds=60))
    assert sum(crowd.map(ask_and_hang_up, range(40))) == 7
    assert Allowance.objects.count() == 1
