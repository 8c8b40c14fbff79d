"""Public pages: the same bytes for everybody, one query from the cache, never stale."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import freshness
from blog.models import NavigationItem, Page, SiteProfile
from blog.site import forget_frame
from blog.writing import save_post
from comments.counting import recount
from comments.models import Comment
from comments.moderation.actions import approve, trash
from lib.pagecache import store
from tests.makers import make_comment, make_moderator, make_post, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client):
    """A site with a bit of everything, and the addresses of its public pages."""
    topic = make_topic(is_injury=True)
    post = make_post(topics=[topic])
    make_comment(post)
    Page.objects.create(title="About", slug="about", body="<p>Hello.</p>")
    year, permalink = post.publish_at.year, post.get_absolute_url()
    return [
        "/", "/posts/", f"/{year}/", permalink, "/topics/", topic.get_absolute_url(), "/about/",
        "/feed/", "/feed/feed.json", "/topics/it-band/feed/", "/comments/feed/", f"{permalink}comments/feed/",
    ]  # fmt: skip


def test_public_pages_set_no_cookie_and_may_be_kept(client, site):
    for address in site:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate", address
        assert "Cookie" not in response["Vary"], address
        assert response["ETag"].startswith('W/"'), address
    assert not Session.objects.exists()


def test_everybody_gets_the_same_bytes(site):
    """Built for each of them, at one moment: the comment form carries the time it was made at."""
    mara = {"REMOTE_ADDR": "203.0.113.7", "headers": {"User-Agent": "Mara's", "Accept-Language": "sv"}}
    with time_machine.travel(timezone.now(), tick=False):
        for address in site:
            one = Client().get(address)
            store.clear()
            cache.clear()
            forget_frame()
            two = Client().get(address, **mara)
            assert one.content == two.content, address


def test_page_from_the_cache_takes_one_query(client, site, django_assert_num_queries):
    for address in site:
        client.get(address)
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200


def test_unchanged_page_is_not_sent_again(client, site, django_assert_num_queries):
    for address in site:
        tag = client.get(address)["ETag"]
        with django_assert_num_queries(1):
            response = client.get(address, headers={"If-None-Match": tag})
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == tag


def test_compressed_page_is_the_same_page(client, site):
    plain = client.get(site[3])
    packed = client.get(site[3], headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


# ---------- every change shows at once ----------


def changes_page(client, address, change) -> bool:
    before = client.get(address)
    change()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    return after.status_code == 200 and after.content != before.content


def test_new_comment_shows_on_its_post_the_home_page_and_in_feeds(client):
    topic = make_topic()
    post = make_post(topics=[topic])
    addresses = ["/", post.get_absolute_url(), topic.get_absolute_url(), "/comments/feed/"]
    for number, address in enumerate(addresses):
        assert changes_page(client, address, lambda n=number: make_comment(post, f"New words {n}")), address


def test_comment_on_one_post_leaves_other_posts_pages_in_the_cache(client):
    post, other = make_post(), make_post("Another", slug="another")
    tag = client.get(other.get_absolute_url())["ETag"]
    make_comment(post)
    assert client.get(other.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 304


def test_moderators_verdict_shows_at_once_and_so_does_its_undoing(client):
    post, sam = make_post(), make_moderator()
    comment = make_comment(post, "Rude words")
    assert changes_page(client, post.get_absolute_url(), lambda: trash(comment, by=sam))
    assert "Rude words" not in client.get(post.get_absolute_url()).content.decode()
    assert changes_page(client, post.get_absolute_url(), lambda: approve(comment, by=sam))
    assert "Rude words" in client.get(post.get_absolute_url()).content.decode()


def test_writers_change_shows_at_once(client):
    post = make_post()

    def correct():
        post.title = "Corrected title"
        save_post(post, now=timezone.now())

    assert changes_page(client, post.get_absolute_url(), correct)
    assert "Corrected title" in client.get("/").content.decode()


def test_new_name_of_the_site_shows_on_every_page(client, site):
    for address in site[:7]:
        client.get(address)
    SiteProfile.objects.update(name="The Long Way Back")
    NavigationItem.objects.create(label="Shoes", address="/shoes/", place="header")
    freshness.touch_site()
    for address in site[:7]:
        page = client.get(address).content.decode()
        assert "The Long Way Back" in page, address
        assert 'href="/shoes/"' in page, address


def test_post_published_by_the_clock_becomes_the_neighbour_of_others(client):
    now = timezone.now()
    first = make_post("First", publish_at=now - timedelta(days=2))
    make_post("Second", slug="second", publish_at=now + timedelta(hours=1))
    assert "Second" not in client.get(first.get_absolute_url()).content.decode()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert "Second" in client.get(first.get_absolute_url()).content.decode()


# ---------- queries ----------


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The plan as SQLite tells it.")
@pytest.mark.parametrize("read", [freshness.of_writing, freshness.of_everything])
def test_versions_are_read_without_touching_the_posts_themselves(read):
    """A post's row lies behind its text; the figures must all come from indexes that hold them."""
    with CaptureQueriesContext(connection) as captured:
        read(timezone.now())
    [query] = captured
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [row[-1] for row in cursor.fetchall()]
    steps = [step for step in plan if "blog_post" in step]
    assert len(steps) >= 2
    assert [step for step in steps if "COVERING INDEX" not in step] == []


def build_from_nothing(client, address):
    store.clear()
    forget_frame()
    return client.get(address)


@pytest.mark.parametrize("number", [0, 5, 500])
def test_post_page_takes_six_queries_from_nothing_however_long_the_thread(
    client, django_assert_max_num_queries, number
):
    post = make_post(topics=[make_topic()])
    make_post("Before", slug="before", publish_at=timezone.now() - timedelta(days=9))
    grow_thread(post, number)
    with django_assert_max_num_queries(6) as captured:
        assert build_from_nothing(client, post.get_absolute_url()).status_code == 200
    assert len(captured) == 6


def test_post_page_takes_six_queries_with_ten_thousand_comments(client, django_assert_num_queries):
    post = make_post(topics=[make_topic()])
    grow_thread(post, 10_000)
    with django_assert_num_queries(6):
        page = build_from_nothing(client, post.get_absolute_url()).content.decode()
    assert "10000 comments" in page or "10,000 comments" in page
    with django_assert_num_queries(1):
        client.get(post.get_absolute_url())


def grow_thread(post, number: int) -> None:
    """`number` approved comments: branches of ten, a root and nine replies."""
    rows, root = [], None
    for index in range(number):
        pk = f"{100_000_000_000 + index}"
        parent = None if index % 10 == 0 else root
        row = Comment(
            pk=pk, post=post, parent=parent, answers=parent, depth=0 if parent is None else 1,
            path=pk if parent is None else root.path + pk, name=f"Reader {index}", text="Words",
            html="<p>Words</p>", status="approved",
        )  # fmt: skip
        root = row if parent is None else root
        rows.append(row)
    Comment.objects.bulk_create(rows, batch_size=500)
    with transaction.atomic():
        recount(post.pk)
    post.refresh_from_db()


@pytest.mark.parametrize("address", ["/", "/posts/", "/topics/it-band/"])
def test_lists_take_the_same_queries_for_two_posts_and_for_twelve(client, address, django_assert_num_queries):
    topic = make_topic()

    def posts(start, end):
        for number in range(start, end):
            make_comment(make_post(f"Post {number}", slug=f"post-{number}", topics=[topic]))

    posts(0, 2)
    with CaptureQueriesContext(connection) as few:
        build_from_nothing(client, address)
    posts(2, 12)
    with django_assert_num_queries(len(few)):
        build_from_nothing(client, address)
