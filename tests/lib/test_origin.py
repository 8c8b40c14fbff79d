"""An anonymous form is read only when the browser says that it comes from one of our pages."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from lib.origin import is_same_origin

OURS = "https://testserver"
STRANGER = "https://evil.example"


def post(*, secure: bool = True, host: str = "testserver", **headers: str) -> HttpRequest:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return RequestFactory().post("/", secure=secure, headers={"host": host, **headers})


# ---------- Sec-Fetch-Site decides first ----------
def test_request_from_our_own_page_is_accepted():
    assert is_same_origin(post(sec_fetch_site="same-origin", origin=OURS))


def test_same_origin_needs_no_other_header():
    assert is_same_origin(post(sec_fetch_site="same-origin"))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, cross-site", "unheard-of"])
def test_request_from_any_other_site_is_refused(site):
    assert not is_same_origin(post(sec_fetch_site=site))


def test_cross_site_request_is_refused_whatever_its_origin_says():
    assert not is_same_origin(post(sec_fetch_site="cross-site", origin=OURS, referer=OURS + "/"))


def test_reload_by_the_user_is_accepted():
    assert is_same_origin(post(sec_fetch_site="none"))


def test_reload_by_the_user_with_our_origin_is_accepted():
    assert is_same_origin(post(sec_fetch_site="none", origin=OURS))


@pytest.mark.parametrize("origin", [STRANGER, "null", ""])
def test_reload_by_the_user_with_another_origin_is_refused(origin):
    assert not is_same_origin(post(sec_fetch_site="none", origin=origin))


# ---------- then Origin ----------
def test_older_browser_with_our_origin_is_accepted():
    assert is_same_origin(post(origin=OURS))


@pytest.mark.parametrize(
    "origin",
    [
        STRANGER,
        "null",
        "",
        "http://testserver",
        "https://testserver:8443",
        "https://testserver.evil.example",
        "https://evil-testserver",
        "https://sub.testserver",
        "https://testserver@evil.example",
        "testserver",
        "//testserver",
        "ftp://testserver",
        "https://testserver:port",
        "https://[testserver",
        "https://",
    ],
)
def test_older_browser_with_another_origin_is_refused(origin):
    assert not is_same_origin(post(origin=origin))


def test_wrong_origin_is_refused_whatever_the_referer_says():
    assert not is_same_origin(post(origin="null", referer=OURS + "/2026/03/knee/"))


def test_port_is_part_of_the_origin():
    assert is_same_origin(post(host="testserver:8443", origin="https://testserver:8443"))
    assert not is_same_origin(post(host="testserver:8443", origin="https://testserver"))


def test_usual_port_may_be_spelt_out():
    assert is_same_origin(post(host="testserver:443", origin=OURS))
    assert is_same_origin(post(secure=False, host="testserver", origin="http://testserver:80"))


def test_host_is_compared_without_case():
    assert is_same_origin(post(origin="https://TestServer"))


# ---------- then Referer ----------
def test_page_of_ours_as_referer_is_accepted():
    assert is_same_origin(post(referer=OURS + "/2026/03/knee/?page=2"))


@pytest.mark.parametrize(
    "referer",
    [
        STRANGER + "/",
        STRANGER + "/https://testserver/",
        STRANGER + "/?https://testserver/",
        "http://testserver/",
        "https://testserver.evil.example/",
        "https://testserver:pass@evil.example/",
        "about:blank",
        "",
    ],
)
def test_page_of_others_as_referer_is_refused(referer):
    assert not is_same_origin(post(referer=referer))


def test_request_that_says_nothing_is_refused():
    assert not is_same_origin(post())
