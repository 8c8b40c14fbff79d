"""Draft, scheduled, published, withdrawn: what the clock says, for one post and for lists."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blog.models import Page, Post
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("publish_at", "withdraw_at", "state"),
    [
        (None, None, Post.State.DRAFT),
        (None, NOON - HOUR, Post.State.DRAFT),
        (NOON + HOUR, None, Post.State.SCHEDULED),
        (NOON, None, Post.State.PUBLISHED),
        (NOON - HOUR, None, Post.State.PUBLISHED),
        (NOON - HOUR, NOON + HOUR, Post.State.PUBLISHED),
        (NOON - HOUR, NOON, Post.State.WITHDRAWN),
        (NOON - 2 * HOUR, NOON - HOUR, Post.State.WITHDRAWN),
    ],
)
def test_state_follows_the_clock_and_lists_agree(publish_at, withdraw_at, state):
    post = make_post(publish_at=publish_at, withdraw_at=withdraw_at)
    assert post.state(NOON) == state
    assert Post.objects.published(NOON).exists() == (state == Post.State.PUBLISHED)
    assert post.is_published(NOON) == (state == Post.State.PUBLISHED)


def test_scheduled_post_appears_by_itself_at_its_minute(client):
    post = make_post(publish_at=NOON)
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert client.get(post.get_absolute_url()).status_code == 404
        assert post.title not in client.get("/").content.decode()
    with time_machine.travel(NOON, tick=False):
        assert client.get(post.get_absolute_url()).status_code == 200
        assert post.title in client.get("/").content.decode()


def test_withdrawn_post_disappears_by_itself_everywhere(client):
    topic = make_topic()
    post = make_post(publish_at=NOON - HOUR, withdraw_at=NOON, topics=[topic])
    addresses = ["/", "/posts/", "/2026/", "/2026/03/", topic.get_absolute_url(), "/feed/", "/sitemap.xml"]
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert all(post.slug in client.get(address).content.decode() for address in addresses)
    with time_machine.travel(NOON, tick=False):
        assert not any(post.slug in client.get(address).content.decode() for address in addresses)
        assert client.get(post.get_absolute_url()).status_code == 404


def test_post_cannot_be_withdrawn_before_it_was_published():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(publish_at=NOON, withdraw_at=NOON - HOUR)


def test_address_uses_the_month_of_the_sites_own_time_zone():
    """Half past eleven at night on the last of May in London is June nowhere but in UTC+1."""
    post = make_post(slug="late", publish_at=datetime(2026, 5, 31, 23, 30, tzinfo=UTC))
    assert post.get_absolute_url() == "/2026/06/late/"


@pytest.mark.parametrize(
    "slug", ["admin", "desk", "feed", "topics", "search", "posts", "media", "2026", "1999"]
)
def test_page_cannot_take_an_address_of_the_site(slug):
    page = Page(title="About", slug=slug, body="<p>Hello</p>")
    with pytest.raises(ValidationError, match="belongs to the site"):
        page.full_clean()


@pytest.mark.parametrize("slug", ["about", "2026-in-miles", "20266", "1850"])
def test_page_may_take_any_other_address(client, slug):
    page = Page(title="About", slug=slug, body="<p>Hello</p>")
    page.full_clean()
    page.save()
    assert client.get(f"/{slug}/").status_code == 200
