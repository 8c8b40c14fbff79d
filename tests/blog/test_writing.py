"""Saving what the writer wrote: clean, complete, dated honestly, found again at its old address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from blog.models import FormerAddress, Page, Post, SiteProfile
from blog.writing import save_page, save_post, save_topic
from comments.models import Comment
from lib.markup import MAX_TAGS
from tests.blog.uploads import make_picture
from tests.makers import make_comment, make_post, make_topic, make_writer

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
LATER = MARCH + timedelta(days=30)


def written(**fields: object) -> Post:
    fields = {"title": "First run", "slug": "first-run", "deck": "Slow.", "body": "<p>I ran.</p>"} | fields
    return Post(author=make_writer(), **fields)


def version() -> int:
    return SiteProfile.objects.get(pk=1).version


# ---------- the text ----------
def test_body_is_cleaned():
    post = save_post(written(body="<p onclick='x()'>I ran.</p><script>alert(1)</script>"), now=MARCH)
    assert Post.objects.get(pk=post.pk).body == "<p>I ran.</p>"


def test_plain_words_and_reading_time_fit_the_body():
    post = save_post(written(body="<h2>Out</h2><p>" + "word " * 500 + "</p>"), now=MARCH)
    assert post.plain_text.startswith("Out\nword word")
    assert post.minutes > 1


def test_figure_is_drawn_from_the_list_of_pictures():
    picture = make_picture()
    figure = f'<figure data-picture="{picture.pk}"><figcaption>Fog.</figcaption></figure>'
    post = save_post(written(body=figure), now=MARCH)
    assert picture.srcset in post.body
    assert "Photo: Elin Lindqvist" in post.body


def test_body_beyond_all_measure_is_refused_and_nothing_is_saved():
    with pytest.raises(ValueError, match="tags"):
        save_post(written(body="<br>" * (MAX_TAGS + 1)), now=MARCH)
    assert not Post.objects.exists()


def test_topics_are_replaced_only_when_given():
    knee, hip = make_topic("Knee"), make_topic("Hip")
    post = save_post(written(), topics=[knee], now=MARCH)
    save_post(post, now=MARCH)
    assert list(post.topics.all()) == [knee]
    save_post(post, topics=[hip], now=MARCH)
    assert list(post.topics.all()) == [hip]


def test_page_and_introduction_are_cleaned():
    page = save_page(Page(title="About", slug="about", body="<p>Me.</p><iframe></iframe>"))
    topic = make_topic()
    topic.introduction = "<h1>Band</h1><p style='color:red'>Outer knee.</p>"
    save_topic(topic)
    assert page.body == "<p>Me.</p>"
    assert topic.introduction == "Band<p>Outer knee.</p>"


# ---------- dates ----------
@pytest.mark.parametrize("field", ["title", "deck", "body", "closing_question", "hero_caption"])
def test_new_words_move_the_date_of_change(field):
    post = save_post(written(), now=MARCH)
    setattr(post, field, "<p>Other words.</p>")
    save_post(post, now=LATER)
    assert Post.objects.get(pk=post.pk).changed_at == LATER


def test_other_changes_leave_the_date_of_change():
    """A new time, a topic, a flag or markup that cleaning takes away make no word new."""
    post = save_post(written(publish_at=MARCH), now=MARCH)
    post.is_featured, post.publish_at, post.body = True, LATER, "<p id='x'>I ran.</p>"
    save_post(post, topics=[make_topic()], now=LATER)
    assert Post.objects.get(pk=post.pk).changed_at == MARCH


# ---------- what others keep ----------
def test_saving_never_sets_back_the_conversation():
    """A comment that arrives while the writer has the form open is still counted after she saves."""
    post = make_post()
    form_opened_with = Post.objects.get(pk=post.pk)
    make_comment(post)
    counted = Post.objects.get(pk=post.pk)
    save_post(form_opened_with, now=LATER)
    saved = Post.objects.get(pk=post.pk)
    assert saved.comment_count == counted.comment_count == 1
    assert saved.thread_version == counted.thread_version
    assert saved.last_comment_at == Comment.objects.get().created_at


# ---------- freshness ----------
def test_each_save_raises_the_version_of_the_site():
    versions = [version()]
    post = save_post(written(), now=MARCH)
    versions.append(version())
    save_post(post, now=MARCH)
    versions.append(version())
    save_page(Page(title="About", slug="about", body="<p>Me.</p>"))
    versions.append(version())
    save_topic(make_topic())
    versions.append(version())
    assert versions == sorted(set(versions))


def test_version_and_words_change_together_or_not_at_all():
    before = version()
    with pytest.raises(IntegrityError), transaction.atomic():
        save_post(written(publish_at=LATER, withdraw_at=MARCH), now=MARCH)
    assert version() == before


# ---------- former addresses ----------
def former() -> dict[str, int]:
    return dict(FormerAddress.objects.values_list("path", "post"))


def test_published_post_that_moves_leaves_its_address():
    post = save_post(written(publish_at=MARCH), now=LATER)
    post.slug = "the-first-run"
    save_post(post, now=LATER)
    assert former() == {"/2026/03/first-run/": post.pk}


def test_change_of_month_is_a_move_too():
    post = save_post(written(publish_at=MARCH), now=LATER)
    post.publish_at = MARCH + timedelta(days=25)
    save_post(post, now=LATER)
    assert former() == {"/2026/03/first-run/": post.pk}


def test_each_former_address_is_kept():
    post = save_post(written(publish_at=MARCH), now=LATER)
    for slug in ("second", "third"):
        post.slug = slug
        save_post(post, now=LATER)
    assert former() == {"/2026/03/first-run/": post.pk, "/2026/03/second/": post.pk}


def test_moving_back_forgets_the_address_that_is_true_again():
    post = save_post(written(publish_at=MARCH), now=LATER)
    for slug in ("second", "first-run"):
        post.slug = slug
        save_post(post, now=LATER)
    assert former() == {"/2026/03/second/": post.pk}


@pytest.mark.parametrize("publish_at", [None, LATER + timedelta(days=1)])
def test_post_nobody_has_seen_leaves_nothing(publish_at):
    post = save_post(written(publish_at=publish_at), now=LATER)
    post.slug = "second"
    save_post(post, now=LATER)
    assert former() == {}


def test_withdrawn_post_that_moves_leaves_its_address():
    post = save_post(written(publish_at=MARCH, withdraw_at=MARCH + timedelta(days=1)), now=LATER)
    post.slug = "second"
    save_post(post, now=LATER)
    assert former() == {"/2026/03/first-run/": post.pk}


def test_post_that_becomes_a_draft_and_returns_later_is_still_found():
    post = save_post(written(publish_at=MARCH), now=LATER)
    post.publish_at = None
    save_post(post, now=LATER)
    save_post(post, now=LATER)
    post.publish_at = LATER
    save_post(post, now=LATER)
    assert former() == {"/2026/03/first-run/": post.pk}


def test_address_taken_over_by_another_post_goes_with_the_last_one():
    first = save_post(written(publish_at=MARCH), now=LATER)
    first.slug = "moved"
    save_post(first, now=LATER)
    second = make_post("First run", slug="first-run", publish_at=MARCH)
    second.slug = "moved-too"
    save_post(second, now=LATER)
    assert former() == {"/2026/03/first-run/": second.pk}


def test_former_address_sends_readers_on(client):
    post = save_post(written(publish_at=MARCH), now=LATER)
    post.slug = "second"
    save_post(post, now=LATER)
    answer = client.get("/2026/03/first-run/")
    assert answer.status_code == 301
    assert answer["Location"] == "/2026/03/second/"
