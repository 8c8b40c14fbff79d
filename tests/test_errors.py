"""Requests no view can take: a clear page or a plain status, never a 500, and typed words kept."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.makers import make_post, make_writer

pytestmark = pytest.mark.django_db


def test_unknown_host_is_a_bad_request(client):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_body_that_is_too_large_is_said_to_be(client):
    response = client.post(f"/comments/new/{make_post().pk}/", {"text": "x" * 1_100_000})
    assert response.status_code == 413
    assert "too much" in response.content.decode()


def test_expired_form_of_the_desk_keeps_a_text_that_came_with_it():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_writer())
    response = client.post("/sign-out/", {"text": "A reason I typed"})
    assert response.status_code == 403
    assert "A reason I typed" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_missing_page_offers_search_and_a_way_home(client):
    page = client.get("/not-here/").content.decode()
    assert 'action="/search/"' in page
    assert page.count('role="search"') == 1


def test_broken_page_needs_neither_database_nor_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<h1>" in render_to_string("500.html")


@pytest.mark.urls("tests.urls_in_development")
@pytest.mark.parametrize("address", ["/not-here/", "/not/here/either/", "/topics/nothing/", "/1999/01/no/"])
def test_missing_page_is_the_sites_own_in_development_too(client, settings, address):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "config.errors.NotFoundMiddleware"]
    response = client.get(address)
    assert response.status_code == 404
    assert "off the route" in " ".join(response.content.decode().split())
