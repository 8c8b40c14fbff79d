"""The desk's pages take as many queries for fifty comments as for five."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.blocking import block
from comments.models import BlockedTerm
from comments.moderation.actions import approve, trash
from tests.comments.moderation.cast import Status, make_comment, make_comments

# Session, account, its own and its groups' permissions, the site's frame.
FRAME = 5


@pytest.mark.parametrize("count", [5, 50])
def test_queue(
    desk: Client, post: Post, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_comments(post, count)
    with django_assert_num_queries(FRAME + 5):  # tabs, reports, number of rows, rows, what was learned
        desk.get("/desk/held/")


@pytest.mark.parametrize("count", [5, 50])
def test_queue_after_a_deed(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deed = trash(make_comments(post, count)[0], by=sam)
    with django_assert_num_queries(FRAME + 7):  # and the deed, and whether it can be undone
        desk.get(f"/desk/held/?done={deed.pk}")


@pytest.mark.parametrize("count", [5, 50])
def test_log(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for comment in make_comments(post, count):
        approve(comment, by=sam)
    with django_assert_num_queries(FRAME + 3):  # number of lines, lines, which of them can be undone
        desk.get("/desk/log/")


@pytest.mark.parametrize("count", [5, 50])
def test_comment_page(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parent = make_comment(post, network="n1")
    comment = make_comment(post, parent=parent, network="n1")
    for _ in range(count):
        make_comment(post, network="n1")
        approve(comment, by=sam)
        trash(comment, by=sam)
    with django_assert_num_queries(FRAME + 5):  # comment, reports, network, history, what can be undone
        desk.get(reverse("desk:comment", args=[comment.pk]))


@pytest.mark.parametrize("count", [5, 50])
def test_blocklist(
    desk: Client, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        block(BlockedTerm(kind="word", value=f"word{number}", strength="hold"), by=sam)
    with django_assert_num_queries(FRAME + 1):  # the entries and who added them
        desk.get("/desk/blocklist/")


@pytest.mark.parametrize("count", [5, 50])
def test_scorecard(
    desk: Client,
    post: Post,
    sam: User,
    mara: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        fields = {"probability": 0.5, "created_at": timezone.now()}
        approve(make_comment(post, **fields), by=(sam, mara)[number % 2])
        make_comment(post, status=(Status.HELD, Status.SPAM)[number % 2], **fields)
    with django_assert_num_queries(
        FRAME + 5
    ):  # untouched, with deeds, what waits, who did what, who they are
        desk.get("/desk/scorecard/")
