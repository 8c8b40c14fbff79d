"""The undo of a sweep over 5,000 comments gives everything back exactly: all of it is compared."""

from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from blog.models import Post, SearchEntry
from blog.search import find
from blog.search_query import read_query
from comments import learning
from comments.counting import recount
from comments.indexing import index_comments
from comments.learning import SiteModel, site_layer
from comments.models import Comment, Deed, Lesson, Report, Sweep
from comments.moderation.actions import NO_REASON, approve, line_for, mark_spam
from comments.moderation.sieve import Sieve
from comments.moderation.sweeping import advance, begin_sweep, begin_undo
from comments.reporting import Complaint, report
from comments.spam.features import features_of
from comments.spam.prior import shipped_prior
from comments.submit import place
from lib.markup import render_comment
from tests.comments.moderation.cast import NOON, make_comment, make_post
from tests.comments.spam.cast import candidate

COUNT = 5_000
STATUSES = ("approved", "held", "approved", "spam", "approved")
THEN = NOON + timedelta(days=1)


@pytest.fixture
def crowd(post: Post, mara: User, sam: User, monkeypatch: pytest.MonkeyPatch) -> list[Post]:
    """Three posts with 5,000 comments of all kinds, on a site that has verdicts, lessons and reports."""
    monkeypatch.setattr(learning, "_of_this_process", SiteModel())
    posts = [post, *(make_post(mara, slug=f"post-{n}", title=f"Day {n}") for n in range(2))]
    kinds = zip(range(COUNT), cycle(STATUSES), cycle(posts), strict=False)
    comments = [_comment(number, status, under) for number, status, under in kinds]
    Comment.objects.bulk_create(comments)
    index_comments(comments)
    for under in posts:
        recount(under.pk)
    for comment in comments[:40:2]:
        (approve if comment.status == "approved" else mark_spam)(comment, by=mara, now=NOON)
    report(comments[2], Complaint("rude", "", "k1", "n1"), now=NOON)
    make_comment(post, status="approved", text="Not one of them", created_at=NOON)
    return posts


def _comment(number: int, status: str, post: Post) -> Comment:
    text = f"Lap {number} of the marathon of comments"
    comment = Comment(post=post, name=f"Runner {number}", text=text, html=render_comment(text), status=status)
    comment.network, comment.fingerprint, comment.created_at = f"n{number % 50}", f"f{number}", NOON
    place(comment, NOON + timedelta(seconds=number))
    return comment


def everything(client: Client, posts: list[Post]) -> dict[str, Any]:
    """All that readers, moderators and the filter can tell of the comments."""
    versions = {"version", "helpfulness"}
    fields = [field.attname for field in Comment._meta.concrete_fields if field.attname not in versions]
    counts = ("comment_count", "root_count", "last_comment_at")
    pages = [client.get(post.get_absolute_url()) for post in posts]
    features = features_of(candidate(text="Lap of the marathon"), shipped_prior().shape)
    return {
        "comments": list(Comment.objects.order_by("pk").values(*fields)),
        "posts": list(Post.objects.order_by("pk").values("pk", *counts)),
        "search": list(SearchEntry.objects.order_by("number").values_list("number", "kind", "key")),
        "found": [place.key for place in find(read_query("marathon"), THEN).of(None)],
        "pages": [page.content for page in pages],
        "feeds": [client.get(f"{post.get_absolute_url()}comments/feed/").content for post in posts],
        "lessons": list(Lesson.objects.order_by("pk").values()),
        "filter": site_layer().points(features, name="Runner", website=""),
        "reports": list(Report.objects.order_by("pk").values("comment", "settled_at", "settled_by")),
    }


def carry_out(sweep: Sweep) -> Sweep:
    while advance(sweep.pk, now=THEN):
        pass
    sweep.refresh_from_db()
    return sweep


def test_undo_of_a_sweep_over_5000_comments_restores_everything(
    client: Client, crowd: list[Post], sam: User, time_machine: object
) -> None:
    time_machine.move_to(THEN, tick=False)
    before = everything(client, crowd)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=THEN)
    sieve = Sieve(queue="all", words="marathon of comments")
    sweep = carry_out(begin_sweep(line, sieve, seen_at=THEN, count=COUNT))
    between = everything(client, crowd)
    assert sweep.total == COUNT
    assert {row["status"] for row in between["comments"]} == {"spam", "approved"}
    assert [row["comment_count"] for row in between["posts"]] == [1, 0, 0]
    assert (between["found"], len(between["lessons"])) == ([], sweep.done_count + 8)
    assert between["filter"] != before["filter"]
    undoing = carry_out(begin_undo(sweep.deed, by=sam, now=THEN))
    assert (undoing.done_count, undoing.left_count) == (sweep.done_count, 0)
    after = everything(client, crowd)
    for what, was in before.items():
        assert after[what] == was, what
