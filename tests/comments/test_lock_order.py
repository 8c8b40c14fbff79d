"""Whoever changes a comment locks rows in one order, so that no two of them wait for each other."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.draft import Draft
from comments.editing import edit_comment, withdraw_comment
from comments.models import Comment
from comments.moderation.actions import approve, trash
from tests.makers import NOW, make_comment, make_sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
LOCKED = re.compile(r'UPDATE "?(comments_comment|blog_post|comments_learningstate)\b')


def edit(comment: Comment) -> None:
    draft = Draft(name="Ines", text="Mine took seven weeks.", form_age=60.0)
    edit_comment(comment, draft, edition=comment.edition, sender=make_sender(), now=NOW)


@pytest.mark.parametrize("change", [edit, withdraw_comment, partial(trash, by=None)])
def test_comment_then_post_then_what_the_filter_learned(post, change: Callable[[Comment], object]) -> None:
    comment = make_comment(post, status=Comment.Status.HELD)
    approve(comment, by=None)
    with CaptureQueriesContext(connection) as asked:
        change(comment)
    locked = [found[1] for query in asked if (found := LOCKED.search(query["sql"]))]
    order = list(dict.fromkeys(locked))
    assert order == ["comments_comment", "blog_post", "comments_learningstate"]
