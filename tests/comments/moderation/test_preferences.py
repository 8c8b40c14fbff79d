"""A moderator's own page: what it asks, what it keeps, and for whom."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from comments.models import ModeratorPreferences
from comments.moderation.preferences import keys_are_on
from tests.comments.moderation.cast import words_of
from tests.makers import make_moderator

PAGE = "/desk/preferences/"


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def chosen(answer: HttpResponse) -> list[str]:
    """The names or values of the boxes and radios that are ticked."""
    return [
        tag["value"] if tag["type"] == "radio" else tag["name"] for tag in soup_of(answer).select("[checked]")
    ]


def test_whoever_never_chose_gets_mails_soon_and_keys(desk: Client, sam: User) -> None:
    assert chosen(desk.get(PAGE)) == ["soon", "keys"]
    assert keys_are_on(sam)
    assert not ModeratorPreferences.objects.exists()


def test_what_was_chosen_is_kept_and_the_page_says_so(desk: Client, sam: User) -> None:
    answer = desk.post(PAGE, {"mails": "daily"}, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}?saved=1", 302)]
    assert words_of(soup_of(answer).select_one(".toast")) == "Saved"
    assert soup_of(answer).title.string.startswith("Saved · Preferences")
    assert chosen(answer) == ["daily"]
    assert not keys_are_on(sam)


def test_second_choice_takes_the_place_of_the_first(desk: Client, sam: User) -> None:
    desk.post(PAGE, {"mails": "never"})
    desk.post(PAGE, {"mails": "soon", "keys": "on"})
    saved = ModeratorPreferences.objects.get(user=sam)
    assert (saved.mails, saved.keys) == ("soon", True)


def test_each_moderator_chooses_for_themselves(desk: Client, sam: User) -> None:
    noor = make_moderator("noor", "Noor Haddad")
    desk.post(PAGE, {"mails": "never"})
    assert keys_are_on(noor)
    assert ModeratorPreferences.objects.of(noor).mails == "soon"


@pytest.mark.parametrize("sent", [{}, {"mails": "hourly"}])
def test_mails_that_are_no_choice_are_refused(desk: Client, sent: dict[str, str]) -> None:
    answer = desk.post(PAGE, sent)
    assert answer.status_code == 400
    assert words_of(soup_of(answer).select_one(".alert-danger li")) == "Choose how often mails come"
    assert soup_of(answer).title.string.startswith("Error: ")
    assert not ModeratorPreferences.objects.exists()


def test_page_says_where_mails_go(desk: Client, sam: User) -> None:
    assert "They go to sam@example.org." in words_of(soup_of(desk.get(PAGE)).main)
    User.objects.filter(pk=sam.pk).update(email="")
    assert "Your account has no mail address" in words_of(soup_of(desk.get(PAGE)).main)


def test_site_without_mails_asks_about_keys_alone(desk: Client, sam: User, settings) -> None:
    ModeratorPreferences.objects.create(user=sam, mails="daily")
    settings.MAILS = False
    assert chosen(desk.get(PAGE)) == ["keys"]
    desk.post(PAGE, {"mails": "never"})
    saved = ModeratorPreferences.objects.get(user=sam)
    assert (saved.mails, saved.keys) == ("daily", False)


def test_navigation_leads_here_and_marks_the_page(desk: Client) -> None:
    [current] = soup_of(desk.get(PAGE)).select(".desk-nav [aria-current]")
    assert (current["href"], words_of(current)) == (PAGE, "Preferences")
