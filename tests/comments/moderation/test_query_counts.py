"""The desk's pages take as many queries for fifty comments as for five."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.blocking import block
from comments.models import BlockedTerm, Report
from comments.moderation.actions import approve, trash
from tests.comments.moderation.cast import Status, make_comment, make_comments

# Session, account, its own and its groups' permissions, the site's frame.
FRAME = 5


@pytest.mark.parametrize("count", [5, 50])
def test_queue(
    desk: Client, post: Post, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_comments(post, count)
    with django_assert_num_queries(FRAME + 5):  # tabs, the oldest, rows, what was learned, keys
        desk.get("/desk/held/")


@pytest.mark.parametrize("count", [5, 50])
def test_queue_after_a_deed(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deed = trash(make_comments(post, count)[0], by=sam)
    with django_assert_num_queries(FRAME + 5):  # tabs, rows, keys, the deed, and whether it can be undone
        desk.get(f"/desk/held/?done={deed.pk}")


@pytest.mark.parametrize("count", [5, 50])
def test_log(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for comment in make_comments(post, count):
        approve(comment, by=sam)
    with django_assert_num_queries(FRAME + 4):  # number of lines, lines, which of them can be undone, people
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
    # Comment, reports, person, what is like it, history, what can be undone.
    with django_assert_num_queries(FRAME + 7):
        desk.get(reverse("desk:comment", args=[comment.pk]))


@pytest.mark.parametrize("count", [5, 50])
def test_blocklist(
    desk: Client, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        block(BlockedTerm(kind="word", value=f"word{number}", strength="hold"), by=sam)
    with django_assert_num_queries(FRAME + 2):  # how many entries, a page of them with who added them
        desk.get("/desk/blocklist/")


@pytest.mark.parametrize("count", [5, 50])
def test_trial_of_an_entry(
    desk: Client, post: Post, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_comments(post, count)
    typed = {"value": "wobbling", "kind": "word", "strength": "hold", "try": "1"}
    with django_assert_num_queries(FRAME + 3):  # entries in force, comments, how many entries to list
        desk.post("/desk/blocklist/", typed)


@pytest.mark.parametrize("count", [5, 50])
def test_ban_page(
    desk: Client, post: Post, sam: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    comment = make_comment(post, network="n1")
    for number in range(count):
        block(BlockedTerm(kind="word", value=f"word{number}", strength="hold"), by=sam)
        make_comment(post, network="n1")
    with django_assert_num_queries(FRAME + 2):  # the comment, what is banned already
        desk.get(reverse("desk:ban", args=[comment.pk]))


FILTERS = [
    *("order=oldest", "order=unsure", "order=fine", "reason=links", "post={post}", "unread=yes"),
    *("words=stair", "words=nothing", "same=text&of={id}", "same=network&of={id}", "same=person&of={id}"),
]


@pytest.mark.parametrize("rest", ["", "&after={id}"])
@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("queue", ["held", "reported", "all"])
def test_no_filter_and_no_far_page_takes_more_than_ten(
    desk: Client, post: Post, queue: str, query: str, rest: str, django_assert_max_num_queries: object
) -> None:
    for _ in range(60):
        like = {"network": "n1", "fingerprint": "f1", "main_reason": "links", "email": "a@b.example"}
        comment = make_comment(post, **like)
        Report.objects.create(comment=comment, reason="rude", reader_key="k1")
    desk.get("/desk/held/")
    with django_assert_max_num_queries(10):
        desk.get(f"/desk/{queue}/?{query}{rest}".format(post=post.pk, id=comment.pk))


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
    # Untouched, with deeds, what waits, who did what, who they are.
    with django_assert_num_queries(FRAME + 5):
        desk.get("/desk/scorecard/")
