"""A mailed link opens one thing, once, for a while."""

from datetime import timedelta

import pytest

from comments.mailed_links import LIFETIMES, clear_links, find_link, make_link, use_link
from comments.models import MailedLink
from comments.readers import reader_for
from tests.makers import NOW

pytestmark = pytest.mark.django_db
Purpose = MailedLink.Purpose


def test_a_link_is_found_by_its_token() -> None:
    reader = reader_for("ines@example.org")
    link = find_link(make_link(reader, Purpose.CONFIRM, now=NOW), Purpose.CONFIRM, now=NOW)
    assert link
    assert link.reader == reader


def test_the_token_stands_in_no_table() -> None:
    token = make_link(reader_for("ines@example.org"), Purpose.CONFIRM, now=NOW)
    row = MailedLink.objects.values().get()
    assert len(token) == 43
    assert token not in str(row)


def test_two_links_have_two_tokens() -> None:
    reader = reader_for("ines@example.org")
    assert len({make_link(reader, Purpose.CONFIRM, now=NOW) for _ in range(3)}) == 3


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_expires(purpose: Purpose) -> None:
    token = make_link(reader_for("ines@example.org"), purpose, now=NOW)
    end = NOW + LIFETIMES[purpose]
    assert find_link(token, purpose, now=end - timedelta(seconds=1))
    assert find_link(token, purpose, now=end) is None


def test_a_link_opens_nothing_but_what_it_is_for() -> None:
    token = make_link(reader_for("ines@example.org"), Purpose.CONFIRM, now=NOW)
    assert find_link(token, Purpose.MY_COMMENTS, now=NOW) is None


def test_a_link_is_used_once() -> None:
    """Both requests found it; the one that comes second is told."""
    token = make_link(reader_for("ines@example.org"), Purpose.CONFIRM, now=NOW)
    first, second = (find_link(token, Purpose.CONFIRM, now=NOW) for _ in range(2))
    assert use_link(first, now=NOW)
    assert not use_link(second, now=NOW)
    assert find_link(token, Purpose.CONFIRM, now=NOW) is None


def test_a_link_that_expired_meanwhile_is_not_used() -> None:
    token = make_link(reader_for("ines@example.org"), Purpose.MY_COMMENTS, now=NOW)
    link = find_link(token, Purpose.MY_COMMENTS, now=NOW)
    assert not use_link(link, now=NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    "noise", ["", "x", "a" * 43, "a" * 5000, "\x00" * 43, "é" * 43, "' or 1=1 --", "a" * 42 + "\n"]
)
def test_noise_is_no_link(noise: str) -> None:
    make_link(reader_for("ines@example.org"), Purpose.CONFIRM, now=NOW)
    assert find_link(noise, Purpose.CONFIRM, now=NOW) is None


def test_links_that_are_over_are_cleared() -> None:
    """What may still be used, and what still carries a session, stays."""
    reader = reader_for("ines@example.org")
    fresh = make_link(reader, Purpose.CONFIRM, now=NOW)
    in_session, used = (
        find_link(make_link(reader, Purpose.MY_COMMENTS, now=NOW), Purpose.MY_COMMENTS, now=NOW)
        for _ in range(2)
    )
    for link in (in_session, used):
        use_link(link, now=NOW)
    MailedLink.objects.filter(pk=in_session.pk).update(session_ends_at=NOW + timedelta(hours=12))
    assert clear_links(NOW) == 1
    assert find_link(fresh, Purpose.CONFIRM, now=NOW)
    assert MailedLink.objects.open(NOW).get() == in_session
