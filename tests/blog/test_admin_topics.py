"""Topics, pages and series in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blog.admin.topics import LinesField
from blog.models import Page, Series, Topic
from tests.blog.admin_pages import error_at, page, version
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db

SIGNS = "You cannot put weight on it\n\n  It wakes you   at night \n"


def topic_answers(**fields: object) -> dict[str, object]:
    words = {"name": "IT band", "slug": "it-band", "summary": "Outer knee.", "position": "10"}
    return {**words, "aliases": "ITBS\nrunner's knee", "see_someone": SIGNS, "is_injury": "on", **fields}


def page_answers(**fields: object) -> dict[str, object]:
    return {"title": "About", "slug": "about", "body": "<p>Me.</p>", "is_published": "on", **fields}


# ---------- lists written one a line ----------
def test_lines_become_a_list_without_blank_ones():
    assert LinesField(required=False).clean(SIGNS) == ["You cannot put weight on it", "It wakes you at night"]
    assert LinesField(required=False).clean("") == []


def test_list_is_shown_one_a_line():
    assert LinesField().prepare_value(["a", "b"]) == "a\nb"
    assert LinesField().prepare_value("typed\nso") == "typed\nso"


def test_lines_that_mean_the_same_are_no_change():
    field = LinesField(required=False)
    assert not field.has_changed(["a", "b"], "a\r\n\r\nb \r\n")
    assert not field.has_changed(None, "")
    assert field.has_changed(["a"], "a\nb")


# ---------- topics ----------
def test_topic_is_saved_with_its_names_and_signs(client, mara):
    before = version()
    client.post("/admin/blog/topic/add/", topic_answers(introduction="<p>Band.</p><script>x</script>"))
    topic = Topic.objects.get()
    assert topic.aliases == ["ITBS", "runner's knee"]
    assert topic.see_someone == ["You cannot put weight on it", "It wakes you at night"]
    assert topic.introduction == "<p>Band.</p>"
    assert version() > before


def test_topic_may_go_without_names_signs_and_introduction(client, mara):
    client.post("/admin/blog/topic/add/", topic_answers(aliases="", see_someone="", introduction=""))
    topic = Topic.objects.get()
    assert (topic.aliases, topic.see_someone, topic.introduction) == ([], [], "")


def test_refused_topic_keeps_its_lines(client, mara):
    answer = client.post("/admin/blog/topic/add/", topic_answers(summary=""))
    assert "required" in error_at(answer, "summary")
    assert "It wakes you" in page(answer).select_one("#id_see_someone").text


def test_list_of_topics_counts_the_published_posts(client, mara):
    topic = make_topic()
    make_post("Out", topics=[topic])
    make_post("Draft", topics=[topic], publish_at=None)
    row = page(client.get("/admin/blog/topic/")).select_one("#result_list tbody tr")
    assert row.select_one(".field-posts_published").text == "1"


def test_list_of_topics_is_searched_by_other_names(client, mara):
    make_topic("IT band", aliases=["ITBS"])
    make_topic("Achilles")
    rows = page(client.get("/admin/blog/topic/", {"q": "itbs"})).select("#result_list .field-name")
    assert [row.text for row in rows] == ["IT band"]


def test_address_of_a_topic_stays(client, mara):
    """Links to it keep working, whatever is typed or sent later."""
    topic = make_topic(is_injury=True)
    address = reverse("admin:blog_topic_change", args=[topic.pk])
    form = page(client.get(address))
    assert form.select_one("#id_slug") is None
    assert "so that links to it keep working" in form.select_one(".field-slug").text
    client.post(address, topic_answers(name="Iliotibial band", slug="moved"))
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Iliotibial band", "it-band")


# ---------- pages ----------
def test_page_is_saved_clean(client, mara):
    before = version()
    client.post("/admin/blog/page/add/", page_answers(body="<p onclick='x'>Me.</p>"))
    assert Page.objects.get().body == "<p>Me.</p>"
    assert version() > before


@pytest.mark.parametrize("slug", ["topics", "admin", "desk"])
def test_address_of_the_site_itself_is_refused(client, mara, slug):
    answer = client.post("/admin/blog/page/add/", page_answers(slug=slug))
    assert "belongs to the site itself" in error_at(answer, "slug")


def test_unpublished_page_has_nothing_to_view(client, mara):
    hidden = Page.objects.create(title="Plan", slug="plan", body="<p>x</p>", is_published=False)
    shown = Page.objects.create(title="About", slug="about", body="<p>x</p>")
    links = [
        page(client.get(reverse("admin:blog_page_change", args=[one.pk]))).select("a.viewsitelink")
        for one in (hidden, shown)
    ]
    assert [len(found) for found in links] == [0, 1]


def test_address_of_a_page_stays(client, mara):
    about = Page.objects.create(title="About", slug="about", body="<p>x</p>")
    address = reverse("admin:blog_page_change", args=[about.pk])
    form = page(client.get(address))
    assert form.select_one("#id_slug") is None
    assert "so that links to it keep working" in form.select_one(".field-slug").text
    client.post(address, page_answers(title="About me", slug="moved"))
    about.refresh_from_db()
    assert (about.title, about.slug) == ("About me", "about")


@pytest.mark.parametrize(("thing", "source"), [("topic", "name"), ("page", "title")])
def test_address_is_chosen_when_it_is_made(client, mara, thing, source):
    form = page(client.get(f"/admin/blog/{thing}/add/"))
    assert form.select_one("input#id_slug")
    rules = form.select_one("#django-admin-prepopulated-fields-constants")["data-prepopulated-fields"]
    assert f'"#id_{source}"' in rules


# ---------- series ----------
def test_series_is_saved_and_deleted_with_a_new_version(client, mara):
    versions = [version()]
    client.post("/admin/blog/series/add/", {"title": "Comeback", "slug": "comeback"})
    versions.append(version())
    series = Series.objects.get()
    client.post(reverse("admin:blog_series_delete", args=[series.pk]), {"post": "yes"})
    versions.append(version())
    assert not Series.objects.exists()
    assert versions == sorted(set(versions))
