"""The site's own row in the admin, and the admin under the site's name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blog.freshness import touch_site
from blog.models import NavigationItem, SiteProfile
from tests.blog.admin_pages import page, version
from tests.makers import make_writer

pytestmark = pytest.mark.django_db

CHANGE = "/admin/blog/siteprofile/1/change/"


def answers(*links: dict[str, object], **fields: object) -> dict[str, object]:
    """The words, and links added to the navigation, which begins empty in these tests."""
    sent = {"name": "The Long Way Back", "tagline": "Running again", "description": "", "footer_note": ""}
    sent |= {"navigation-TOTAL_FORMS": len(links), "navigation-INITIAL_FORMS": 0, **fields}
    for number, link in enumerate(links):
        defaults = {"place": "header", "label": "Topics", "address": "/topics/", "position": 10}
        sent |= {f"navigation-{number}-{name}": value for name, value in (defaults | link).items()}
    return sent


@pytest.fixture(autouse=True)
def _no_links(db) -> None:
    NavigationItem.objects.all().delete()


# ---------- the one row ----------
def test_list_opens_the_one_row(client, mara):
    answer = client.get("/admin/blog/siteprofile/")
    assert answer["Location"] == CHANGE


def test_row_is_made_when_it_is_missing(client, mara):
    SiteProfile.objects.all().delete()
    assert client.get("/admin/blog/siteprofile/", follow=True).status_code == 200


def test_row_cannot_be_added_or_deleted(client, mara):
    assert client.get("/admin/blog/siteprofile/add/").status_code == 403
    assert client.post("/admin/blog/siteprofile/1/delete/", {"post": "yes"}).status_code == 403
    assert not page(client.get(CHANGE)).select(".deletelink, [name=_addanother]")


def test_words_are_saved_and_shown_at_once(client, mara):
    client.get("/topics/")
    client.post(CHANGE, answers(tagline="Slowly back"))
    assert SiteProfile.objects.get().name == "The Long Way Back"
    assert "The Long Way Back" in page(client.get("/topics/")).title.text


def test_version_never_goes_back(client, mara, monkeypatch):
    """Between reading the row and saving it, other changes raise the version."""
    save_form = SiteProfile.save

    def save_after_others(profile: SiteProfile, **options: object) -> None:
        for _ in range(5):
            touch_site()
        save_form(profile, **options)

    before = version()
    monkeypatch.setattr(SiteProfile, "save", save_after_others)
    client.post(CHANGE, answers())
    assert version() == before + 6


# ---------- navigation ----------
def test_link_is_added_to_the_navigation(client, mara):
    before = version()
    answer = client.post(CHANGE, answers({"label": "Injuries"}, {"place": "footer", "address": "/about/"}))
    assert answer.status_code == 302
    links = NavigationItem.objects.values_list("place", "label", "address")
    assert list(links) == [("footer", "Topics", "/about/"), ("header", "Injuries", "/topics/")]
    assert version() > before


@pytest.mark.parametrize("address", ["/", "/topics/", "https://example.org/a?b#c", "mailto:mara@example.org"])
def test_addresses_that_lead_somewhere_are_taken(client, mara, address):
    client.post(CHANGE, answers({"address": address}))
    assert NavigationItem.objects.get().address == address


@pytest.mark.parametrize(
    "address", ["topics", "javascript:alert(1)", "//evil.example", "data:text/html,x", "/a b", "http:x"]
)
def test_addresses_that_lead_nowhere_are_refused_with_advice(client, mara, address):
    answer = client.post(CHANGE, answers({"address": address}))
    assert "Begin with /" in page(answer).select_one(".errorlist").text
    assert not NavigationItem.objects.exists()


# ---------- the admin's own face ----------
def test_admin_bears_the_name_of_the_site(client, mara):
    SiteProfile.objects.update(name="The Long Way Back")
    index = page(client.get("/admin/"))
    assert index.select_one("#site-name").text.strip() == "The Long Way Back"
    assert index.title.text.strip().endswith("The Long Way Back")


def test_writing_stands_before_accounts(client, mara):
    captions = [
        caption.text.strip() for caption in page(client.get("/admin/")).select("#content-main caption")
    ]
    assert captions[-1].startswith("Authentication")
    assert len(captions) == 2


@pytest.mark.parametrize("name", ["post", "series", "page", "picture", "topic", "siteprofile"])
def test_every_list_and_form_opens(client, mara, name):
    assert client.get(reverse(f"admin:blog_{name}_changelist"), follow=True).status_code == 200
    if name != "siteprofile":
        assert client.get(reverse(f"admin:blog_{name}_add")).status_code == 200


# ---------- the way to the desk ----------
def test_writer_who_may_moderate_is_led_to_the_desk(client, mara):
    links = [link["href"] for link in page(client.get("/admin/")).select("#user-tools a")]
    assert links[:2] == [reverse("desk:home"), "/"]
    assert client.get(reverse("desk:home")).status_code == 302


def test_writer_who_may_not_is_not_led_there(client):
    client.force_login(make_writer())
    assert page(client.get("/admin/")).select_one("#user-tools a")["href"] == "/"
