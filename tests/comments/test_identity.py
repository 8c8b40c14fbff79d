"""What the site knows of a commenter: a signed cookie, a keyed hash, a session; never a typed claim."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from comments.identity import sender_of
from lib.visitors import MAX_REMEMBERED, is_known, remember, remembered


def request(**extra):
    return RequestFactory().get("/", **extra)


def browser_of(ids: list[str]):
    """A request of a browser that was given these comments, one after the other."""
    current = request()
    for comment_id in ids:
        response = HttpResponse()
        remember(current, response, comment_id)
        current = request()
        current.COOKIES["commenter"] = response.cookies["commenter"].value
    return current


def test_browser_recognises_its_own_comments():
    assert remembered(browser_of(["a", "b"])) == ("a", "b")


def test_only_the_last_comments_are_remembered():
    ids = [str(number) for number in range(MAX_REMEMBERED + 5)]
    assert remembered(browser_of(ids)) == tuple(ids[-MAX_REMEMBERED:])


def test_comment_told_twice_is_remembered_once():
    assert remembered(browser_of(["a", "b", "a"])) == ("b", "a")


@pytest.mark.parametrize("cookie", ["", "nonsense", "WyJhIl0:1abc:forged", "\u2028", "a" * 5000])
def test_forged_cookie_is_no_cookie(cookie):
    visitor = request()
    visitor.COOKIES["commenter"] = cookie
    assert remembered(visitor) == ()
    assert not is_known(visitor)


def test_network_is_a_keyed_hash_that_neighbours_share(settings):
    first = sender_of(request(REMOTE_ADDR="203.0.113.7")).network
    assert first == sender_of(request(REMOTE_ADDR="203.0.113.200")).network
    assert first != sender_of(request(REMOTE_ADDR="203.0.114.7")).network
    assert len(first) == 32
    settings.SECRET_KEY = "another"
    assert sender_of(request(REMOTE_ADDR="203.0.113.7")).network != first


def test_forwarded_address_counts_only_behind_a_trusted_proxy(settings):
    def visitor():
        return request(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7")

    settings.TRUSTED_PROXIES = 0
    untrusted = sender_of(visitor()).network
    settings.TRUSTED_PROXIES = 1
    assert sender_of(visitor()).network != untrusted


def test_sender_is_staff_only_by_a_checked_account(django_user_model):
    assert not sender_of(request()).is_staff
    assert sender_of(request(), user=django_user_model(username="mara")).is_staff


def test_unknown_address_is_no_network_rather_than_one_for_everybody():
    assert sender_of(request(REMOTE_ADDR="")).network == ""
