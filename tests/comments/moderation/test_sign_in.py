"""Signing in and out, for those who work here."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from blog.models import SiteProfile
from tests.comments.moderation.cast import PASSWORD, words_of


def sign_in(client: Client, password: str, **sent: str) -> HttpResponse:
    return client.post("/sign-in/", {"username": "sam", "password": password} | sent)


def test_sign_in_page_stands_in_the_sites_own_frame(client: Client, db: None) -> None:
    SiteProfile.objects.update_or_create(pk=1, defaults={"name": "The Long Way Back"})
    page = BeautifulSoup(client.get("/sign-in/").content, "html.parser")
    assert page.title.string == "Sign in | The Long Way Back"
    assert words_of(page.select_one(".brand")) == "The Long Way Back"


def test_moderator_is_led_to_the_desk(client: Client, sam: User) -> None:
    assert sign_in(client, PASSWORD)["Location"] == "/desk/"
    assert client.get("/desk/held/").status_code == 200


def test_moderator_is_led_to_the_page_that_was_asked_for(client: Client, sam: User) -> None:
    assert sign_in(client, PASSWORD, next="/desk/log/?page=2")["Location"] == "/desk/log/?page=2"


def test_moderator_is_not_led_to_another_site(client: Client, sam: User) -> None:
    assert sign_in(client, PASSWORD, next="https://evil.example/desk/")["Location"] == "/desk/"


def test_wrong_password_is_refused_in_words(client: Client, sam: User) -> None:
    answer = sign_in(client, "something-else")
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert page.title.string.startswith("Error: Sign in")
    assert "correct username and password" in words_of(page.main)
    assert client.get("/desk/held/").status_code == 302


def test_signing_out_closes_the_desk(desk: Client) -> None:
    assert desk.post("/sign-out/")["Location"] == "/"
    assert desk.get("/desk/held/").status_code == 302


def test_a_mere_link_signs_nobody_out(desk: Client) -> None:
    assert desk.get("/sign-out/").status_code == 405
    assert desk.get("/desk/held/").status_code == 200
