"""What everybody may read of what moderators did: days, posts, reasons; no names, words or notes."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import Post
from comments.models import Comment
from comments.moderation.actions import Reason, approve, hold, mark_spam, trash
from comments.moderation.undoing import undo
from comments.moderation.wording import Words, edit_words
from tests.comments.moderation.cast import NOON, make_comment, make_post, words_of


def lines(client: Client) -> list[str]:
    page = client.get("/comments/moderation/")
    assert page.status_code == 200
    return [words_of(line) for line in BeautifulSoup(page.content, "html.parser").select(".public-log li")]


@pytest.fixture(autouse=True)
def _that_day(time_machine: object) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def shown(post: Post) -> Comment:
    return make_comment(post, status="approved", name="Secret name", text="Secret words")


def test_what_was_taken_from_the_page_is_listed_with_its_reason(
    client: Client, shown: Comment, sam: User
) -> None:
    trash(shown, by=sam, reason=Reason("rude", "Secret note"))
    assert lines(client) == [
        "14 March 2026 1 comment taken down under Why I keep a boring log Rude or hurtful"
    ]
    page = client.get("/comments/moderation/").content.decode()
    assert "Secret" not in page
    assert "Sam" not in page


def test_same_things_of_a_day_are_one_line(client: Client, post: Post, sam: User) -> None:
    for _ in range(3):
        mark_spam(make_comment(post, status="approved"), by=sam, reason=Reason("advertising"))
    hold(make_comment(post, status="approved"), by=sam)
    assert sorted(line[14:34] for line in lines(client)) == ["1 comment taken down", "3 comments taken dow"]


def test_changed_words_are_listed_as_such(client: Client, shown: Comment, sam: User) -> None:
    words = Words("Secret name", "", "Fewer")
    edit_words(shown, words, by=sam, seen="", now=NOON, reason=Reason("private"))
    assert lines(client) == ["14 March 2026 1 comment changed under Why I keep a boring log Private details"]


def test_what_readers_never_saw_is_not_listed(client: Client, post: Post, sam: User) -> None:
    mark_spam(make_comment(post, status="held"), by=sam)
    mark_spam(make_comment(post, status="spam"), by=sam)
    approve(make_comment(post, status="held"), by=sam)
    edit_words(make_comment(post, status="held"), Words("A", "", "B"), by=sam, seen="", now=NOON)
    assert lines(client) == []
    assert "Nothing, in the last 90 days." in client.get("/comments/moderation/").content.decode()


def test_what_was_undone_is_not_listed(client: Client, shown: Comment, sam: User) -> None:
    undo(trash(shown, by=sam), by=sam)
    assert lines(client) == []


def test_posts_that_are_not_public_are_not_named(client: Client, mara: User, sam: User) -> None:
    draft = make_post(mara, slug="draft", title="Secret plans", publish_at=None)
    trash(make_comment(draft, status="approved"), by=sam)
    assert lines(client) == []


def test_what_is_long_ago_is_not_listed(client: Client, shown: Comment, sam: User) -> None:
    trash(shown, by=sam, now=NOON - timedelta(days=90))
    assert lines(client) == []


def test_page_takes_three_queries_however_much_was_done(
    client: Client, post: Post, sam: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        trash(make_comment(post, status="approved"), by=sam)
    client.get("/comments/moderation/")
    with django_assert_num_queries(3):
        client.get("/comments/moderation/")
