"""A reader is an address; a browser is known as a reader's only by a link that was mailed there."""

import pytest
from django.core import signing
from django.http import HttpRequest, HttpResponse
from time_machine import travel

from comments.models import Reader
from comments.readers import KNOW_SECONDS, READER_COOKIE, forget_reader, know_reader, known_reader, reader_for
from tests.makers import NOW


@pytest.mark.django_db
def test_an_address_is_one_reader_in_any_letters() -> None:
    assert reader_for("Ines@Example.ORG") == reader_for("ines@example.org")
    assert Reader.objects.get().email == "ines@example.org"


@pytest.mark.django_db
def test_a_new_reader_takes_no_mail_yet() -> None:
    assert not reader_for("ines@example.org").takes_mail


def _cookie_of(reader: Reader) -> str:
    response = HttpResponse()
    know_reader(HttpRequest(), response, reader)
    return response.cookies[READER_COOKIE].value


def _request(cookie: str) -> HttpRequest:
    request = HttpRequest()
    request.COOKIES[READER_COOKIE] = cookie
    return request


def test_a_browser_is_known_by_its_cookie() -> None:
    assert known_reader(_request(_cookie_of(Reader(pk=7)))) == 7


def test_scripts_and_other_sites_do_not_get_the_cookie() -> None:
    response = HttpResponse()
    know_reader(HttpRequest(), response, Reader(pk=7))
    cookie = response.cookies[READER_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_browser_is_forgotten_in_the_end() -> None:
    with travel(NOW, tick=False) as clock:
        cookie = _cookie_of(Reader(pk=7))
        clock.shift(KNOW_SECONDS + 2)
        assert known_reader(_request(cookie)) is None


@pytest.mark.parametrize("cookie", ["", "7", "7:x:y", "é", "\x00", "x" * 5000])
def test_a_forged_cookie_is_nobodys(cookie: str) -> None:
    assert known_reader(_request(cookie)) is None


def test_the_cookie_of_another_purpose_is_nobodys() -> None:
    assert known_reader(_request(signing.dumps(7, salt="lib.visitors.commenter"))) is None


def test_a_browser_can_be_forgotten_at_once() -> None:
    response = HttpResponse()
    forget_reader(response)
    assert response.cookies[READER_COOKIE].value == ""
