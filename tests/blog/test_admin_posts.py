"""Writing posts in the admin."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from blog.admin.posts import standing
from blog.models import Post
from tests.blog.admin_pages import error_at, page, version
from tests.blog.uploads import make_picture
from tests.makers import make_comment, make_post, make_topic, make_writer

pytestmark = pytest.mark.django_db

ADD = "/admin/blog/post/add/"
LIST = "/admin/blog/post/"


def answers(writer, **fields: object) -> dict[str, object]:
    """What the browser sends for a draft."""
    return {
        "title": "First run",
        "slug": "first-run",
        "deck": "Slow, and glad.",
        "body": "<p>I ran.</p>",
        "author": writer.pk,
        "commenting": "open",
        "_save": "Save",
    } | fields


def change_address(post: Post) -> str:
    return reverse("admin:blog_post_change", args=[post.pk])


# ---------- the form ----------
def test_form_asks_in_the_writers_order(client, mara):
    headings = [heading.text for heading in page(client.get(ADD)).select(".fieldset-heading")]
    assert headings == ["Words", "Picture", "Topics", "When it appears", "Conversation", "Series"]


def test_author_is_whoever_writes(client, mara):
    make_writer("elin", "Elin Lindqvist")
    assert page(client.get(ADD)).select_one("#id_author option[selected]")["value"] == str(mara.pk)


def test_only_staff_can_be_authors(client, mara, django_user_model):
    reader = django_user_model.objects.create_user("reader")
    choices = [option["value"] for option in page(client.get(ADD)).select("#id_author option")]
    assert str(mara.pk) in choices
    assert str(reader.pk) not in choices


def test_slug_is_made_from_the_title(client, mara):
    told = page(client.get(ADD)).select_one("#django-admin-prepopulated-fields-constants")
    rule = json.loads(told["data-prepopulated-fields"])[0]
    assert (rule["id"], rule["dependency_list"]) == ("#id_slug", ["title"])


def test_other_things_can_be_added_beside_the_form_but_not_changed_or_deleted(client, mara):
    form = page(client.get(ADD))
    assert form.select_one("#add_id_hero")
    assert not form.select("#delete_id_hero, #change_id_hero, #delete_id_author, #add_id_author")


# ---------- saving ----------
def test_draft_is_saved_with_its_topics(client, mara):
    knee, hip = make_topic("Knee"), make_topic("Hip")
    answer = client.post(ADD, answers(mara, topics=[knee.pk, hip.pk]))
    post = Post.objects.get()
    assert answer.status_code == 302
    assert post.state() == Post.State.DRAFT
    assert set(post.topics.all()) == {knee, hip}
    assert post.plain_text == "I ran."


def test_publish_now_publishes(client, mara):
    sent = answers(mara, _publish="Publish now")
    sent.pop("_save")
    client.post(ADD, sent)
    post = Post.objects.get()
    assert post.is_published()
    assert client.get(post.get_absolute_url()).status_code == 200


def told(client, address: str = LIST) -> str:
    """What the next page says about the last save, on one line."""
    return " ".join(page(client.get(address)).select_one(".messagelist").text.split())


def test_writer_who_publishes_is_told_so_and_led_to_the_page(client, mara):
    client.post(ADD, answers(mara, _publish="Publish now", title="<b>Run</b>"))
    [message] = page(client.get(LIST)).select(".messagelist li")
    words = "The post “<b>Run</b>” was added successfully. It is published. View it on the site"
    assert " ".join(message.text.split()) == words
    assert message.select("a")[-1]["href"] == Post.objects.get().get_absolute_url()


def test_writer_who_schedules_is_told_when_it_will_appear(client, mara):
    client.post(ADD, answers(mara, publish_at_0="03/07/2096", publish_at_1="07:00"))
    assert told(client).endswith("It will appear on 3 Jul 2096, 07:00.")


def test_writer_who_saves_a_draft_is_told_that_it_is_one(client, mara):
    answer = client.post(ADD, answers(mara, _continue="Save and continue editing"))
    assert told(client, answer["Location"]).endswith("It is a draft, and readers cannot see it yet.")


def test_writer_who_withdraws_or_will_is_told_so(client, mara):
    post = make_post()
    out = {"publish_at_0": "01/03/2026", "publish_at_1": "07:00:00"}
    client.post(change_address(post), answers(mara, **out, withdraw_at_0="02/03/2026", withdraw_at_1="07:00"))
    assert told(client).endswith("It is withdrawn, and readers cannot see it.")
    client.post(change_address(post), answers(mara, **out, withdraw_at_0="02/03/2096", withdraw_at_1="07:00"))
    assert "It is published, until 2 Mar 2096, 07:00." in told(client)


def test_publish_now_brings_a_scheduled_post_forward(client, mara):
    post = make_post(publish_at=timezone.now() + timedelta(days=9))
    day = timezone.localtime(post.publish_at)
    when = {"publish_at_0": day.strftime("%d/%m/%Y"), "publish_at_1": "07:00:00"}
    client.post(change_address(post), answers(mara, _publish="Publish now", **when))
    post.refresh_from_db()
    assert post.is_published()


def test_button_to_publish_is_offered_while_there_is_something_to_publish(client, mara):
    draft, published = make_post("Draft", publish_at=None), make_post("Out")
    assert page(client.get(ADD)).select_one("[name=_publish]")
    assert page(client.get(change_address(draft))).select_one("[name=_publish]")
    assert not page(client.get(change_address(published))).select_one("[name=_publish]")


def test_post_with_a_time_to_come_is_scheduled(client, mara):
    client.post(ADD, answers(mara, publish_at_0="03/12/2096", publish_at_1="07:00"))
    post = Post.objects.get()
    assert post.state() == Post.State.SCHEDULED
    assert client.get(post.get_absolute_url()).status_code == 404


def test_figure_is_kept_and_a_picture_from_elsewhere_is_not(client, mara):
    picture = make_picture()
    body = f'<figure data-picture="{picture.pk}"><img src="/x"></figure><p>a<img src="https://evil.example/b"></p>'
    client.post(ADD, answers(mara, body=body))
    html = Post.objects.get().body
    assert picture.url(480) in html
    assert "evil" not in html


def test_saving_leaves_the_former_address_and_raises_the_version(client, mara):
    post, before = make_post(), version()
    old = post.get_absolute_url()
    day = timezone.localtime(post.publish_at)
    when = {"publish_at_0": day.strftime("%d/%m/%Y"), "publish_at_1": day.strftime("%H:%M:%S")}
    client.post(change_address(post), answers(mara, slug="moved", **when))
    assert client.get(old)["Location"].endswith("/moved/")
    assert version() > before


def test_comment_that_came_meanwhile_is_not_forgotten(client, mara):
    post = make_post()
    client.get(change_address(post))
    make_comment(post)
    client.post(change_address(post), answers(mara))
    assert Post.objects.get().comment_count == 1


# ---------- refusals ----------
@pytest.mark.parametrize("field", ["title", "slug", "deck", "body"])
def test_missing_words_are_asked_for_and_the_rest_is_kept(client, mara, field):
    answer = client.post(ADD, answers(mara, **{field: ""}))
    assert "required" in error_at(answer, field)
    kept = page(answer).select_one("#id_closing_question" if field == "deck" else "#id_deck")
    assert kept is not None
    assert field == "deck" or "Slow, and glad." in page(answer).select_one("#id_deck").text
    assert not Post.objects.exists()


def test_slug_in_use_is_refused(client, mara):
    make_post(slug="first-run")
    assert "already exists" in error_at(client.post(ADD, answers(mara)), "slug")


def test_text_beyond_all_measure_is_refused_in_words(client, mara, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    answer = client.post(ADD, answers(mara, body="<br>" * 20_001))
    assert "too long" in error_at(answer, "body")


def test_post_cannot_be_withdrawn_before_it_is_published(client, mara):
    when = {"publish_at_0": "03/12/2096", "publish_at_1": "07:00"}
    until = {"withdraw_at_0": "01/12/2096", "withdraw_at_1": "07:00"}
    answer = client.post(ADD, answers(mara, **when, **until))
    assert "withdrawn after it was published" in page(answer).select_one(".errorlist.nonfield").text


def test_part_of_a_series_needs_the_series(client, mara):
    answer = client.post(ADD, answers(mara, series_part="2"))
    assert "Choose the series" in page(answer).select_one(".field-series .errorlist").text


# ---------- the list ----------
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
STANDINGS = {
    "Draft": (None, None),
    "Scheduled for 3 Dec 2026, 07:00": (datetime(2026, 12, 3, 7, tzinfo=UTC), None),
    "Published on 1 Mar 2026, 07:00": (datetime(2026, 3, 1, 7, tzinfo=UTC), None),
    "Published on 1 Mar 2026, 07:00, until 1 Apr 2026, 08:00": (
        datetime(2026, 3, 1, 7, tzinfo=UTC),
        datetime(2026, 4, 1, 7, tzinfo=UTC),
    ),
    "Withdrawn on 10 Mar 2026, 07:00": (
        datetime(2026, 3, 1, 7, tzinfo=UTC),
        datetime(2026, 3, 10, 7, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize(("words", "times"), STANDINGS.items(), ids=STANDINGS.keys())
def test_list_says_where_a_post_stands(words, times):
    assert standing(Post(publish_at=times[0], withdraw_at=times[1]), NOW) == words


def make_one_of_each_state() -> None:
    now = timezone.now()
    make_post("A draft one", publish_at=None)
    make_post("A scheduled one", publish_at=now + timedelta(days=1))
    make_post("A published one")
    make_post("A withdrawn one", withdraw_at=now - timedelta(days=1))


@pytest.mark.parametrize("state", Post.State.values)
def test_list_is_filtered_by_state(client, mara, state):
    make_one_of_each_state()
    titles = [link.text for link in page(client.get(LIST, {"state": state})).select("th.field-title a")]
    assert titles == [f"A {state} one"]


def test_list_without_a_filter_or_with_a_made_up_one_shows_all(client, mara):
    make_one_of_each_state()
    assert len(page(client.get(LIST)).select("th.field-title")) == 4
    assert len(page(client.get(LIST, {"state": "lost"})).select("th.field-title")) == 4


def test_list_finds_words_of_the_text(client, mara):
    make_post("First", plain_text="About the canal")
    make_post("Second", plain_text="About the hill")
    titles = [link.text for link in page(client.get(LIST, {"q": "canal"})).select("th.field-title a")]
    assert titles == ["First"]


def test_view_on_site_is_offered_for_what_readers_can_see(client, mara):
    published, draft = make_post("Out"), make_post("Draft", publish_at=None)
    link = page(client.get(change_address(published))).select_one("a.viewsitelink")
    assert link["href"] == published.get_absolute_url()
    assert not page(client.get(change_address(draft))).select("a.viewsitelink")


# ---------- deleting ----------
def test_deleting_one_raises_the_version(client, mara):
    post, before = make_post(), version()
    client.post(reverse("admin:blog_post_delete", args=[post.pk]), {"post": "yes"})
    assert not Post.objects.exists()
    assert version() > before


def test_deleting_several_from_the_list_raises_the_version(client, mara):
    posts, before = [make_post("One"), make_post("Two")], version()
    chosen = {"action": "delete_selected", "_selected_action": [post.pk for post in posts], "post": "yes"}
    client.post(LIST, chosen)
    assert not Post.objects.exists()
    assert version() > before


# ---------- rights ----------
def test_strangers_and_readers_are_sent_to_sign_in(client, django_user_model):
    assert client.get(ADD).status_code == 302
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get(ADD).status_code == 302


def test_staff_without_the_right_may_not_write(client):
    client.force_login(make_writer())
    assert client.get(ADD).status_code == 403


def test_staff_who_may_only_look_can_not_save(client):
    looker = make_writer()
    looker.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(looker)
    post = make_post()
    assert client.get(change_address(post)).status_code == 200
    assert client.post(change_address(post), answers(looker)).status_code == 403
