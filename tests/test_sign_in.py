"""The one door for those who work here: passwords cannot be guessed at will; the admin has no other."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from blog.models import SiteProfile
from config.sign_in import FAILURES, SECONDS
from lib.models import Allowance
from tests.makers import make_moderator, make_writer

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "correct-horse", "something-else"


@pytest.fixture(autouse=True)
def people(db):
    return make_writer("mara"), make_moderator("sam")


def sign_in(client, password=WRONG, *, username="mara", network=1, **sent):
    sent = {"username": username, "password": password} | sent
    return client.post("/sign-in/", sent, REMOTE_ADDR=f"203.0.{network}.7")


def guess(client, times=FAILURES, **others):
    return [sign_in(client, **others).status_code for _ in range(times)]


# ---------- guessing ----------
def test_network_that_guesses_is_refused_whatever_the_name(client):
    assert [sign_in(client, username=f"name {n}").status_code for n in range(FAILURES)] == [200] * FAILURES
    assert sign_in(client, username="yet another").status_code == 429
    assert sign_in(client, username="yet another", network=2).status_code == 200


def test_name_that_is_guessed_at_is_closed_to_all_networks(client):
    for number in range(FAILURES):
        assert sign_in(client, network=number).status_code == 200
    assert sign_in(client, network=99).status_code == 429
    assert sign_in(client, network=99, username=" MARA ").status_code == 429
    assert sign_in(client, username="sam", network=99).status_code == 200


def test_right_password_opens_nothing_while_the_door_is_closed(client):
    guess(client)
    assert sign_in(client, RIGHT).status_code == 429
    assert client.get("/admin/").status_code == 302


def test_refusal_says_why_keeps_the_name_and_not_the_password(client):
    guess(client)
    answer = sign_in(client, RIGHT)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.title.string.startswith("Error: Sign in")
    assert "Too many attempts" in page.select_one("[role=alert]").text
    assert page.select_one("[name=username]")["value"] == "mara"
    assert RIGHT not in str(page)
    assert answer["Retry-After"] == str(SECONDS)
    assert "no-store" in answer["Cache-Control"]


def test_refusal_does_not_tell_whether_a_name_exists(client):
    known = guess(client, FAILURES + 2)
    assert guess(client, FAILURES + 2, username="nobody", network=2) == known


def test_door_opens_again_after_a_quarter_of_an_hour(client):
    guess(client, FAILURES + 1)
    with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS + 1)):
        assert sign_in(client, RIGHT).status_code == 302


def test_signing_in_rightly_uses_nothing_up(client):
    for _ in range(FAILURES + 2):
        assert sign_in(client, RIGHT).status_code == 302
    assert set(Allowance.objects.values_list("used", flat=True)) == {0}


def test_neither_names_nor_networks_are_kept(client):
    guess(client, 1)
    kept = " ".join(Allowance.objects.values_list("key", flat=True))
    assert "mara" not in kept
    assert "203.0" not in kept


@pytest.mark.parametrize("username", ["", "a\0b", "x" * 5000, "日本"])
def test_any_name_is_safe(client, username):
    assert sign_in(client, username=username).status_code == 200


# ---------- one door ----------
@pytest.mark.parametrize("method", ["get", "post"])
def test_admin_leads_to_the_one_sign_in_and_back(client, method):
    leads = getattr(client, method)("/admin/login/?next=/admin/blog/post/add/")
    assert leads["Location"] == "/sign-in/?next=/admin/blog/post/add/"
    answer = sign_in(client, RIGHT, next="/admin/blog/post/add/")
    assert answer["Location"] == "/admin/blog/post/add/"


def test_stranger_at_the_admin_comes_to_the_sites_own_sign_in(client):
    SiteProfile.objects.update(name="The Long Way Back")
    answer = client.get("/admin/blog/post/?q=knee", follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.title.string == "Sign in | The Long Way Back"
    assert page.select_one("[name=next]")["value"] == "/admin/blog/post/?q=knee"


def test_guesses_at_the_admin_are_not_even_looked_at(client):
    sent = {"username": "mara", "password": RIGHT}
    assert client.post("/admin/login/", sent)["Location"] == "/sign-in/?next=/admin/"
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_writer_who_is_signed_in_goes_straight_to_the_admin(client, people):
    client.force_login(people[0])
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_moderator_is_told_that_the_admin_is_not_for_them(client, people):
    client.force_login(people[1])
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "signed in as sam" in answer.content.decode()


def test_admin_sends_nobody_to_another_site(client):
    leads = client.get("/admin/login/?next=https://evil.example/")
    answer = client.post(
        leads["Location"], {"username": "mara", "password": RIGHT, "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize(("username", "place"), [("mara", "/admin/"), ("sam", "/desk/")])
def test_everybody_is_led_to_their_work(client, people, username, place):
    answer = client.post("/sign-in/", {"username": username, "password": RIGHT})
    assert answer["Location"] == place
