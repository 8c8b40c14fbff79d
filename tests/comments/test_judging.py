"""Where a post wants it, comments wait for a moderator whatever the filter says, and readers hear why."""

from datetime import timedelta

import pytest

from blog.models import Post
from comments.models import Comment
from comments.moderation.judgement import judgement_of
from comments.submit import submit_comment
from tests.comments.cast import body_of, send
from tests.makers import NOW, make_draft, make_moderator, make_post, make_sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
HALF_A_YEAR = timedelta(days=180)


def say(post: Post, **sender: object) -> Comment:
    return submit_comment(make_draft(), post=post, sender=make_sender(**sender), now=NOW).comment


def told(comment: Comment) -> list[str]:
    return [finding["reader_words"] for finding in comment.findings if finding["reader_words"]]


def test_comment_on_an_old_post_waits():
    comment = say(make_post(publish_at=NOW - HALF_A_YEAR - timedelta(hours=1)))
    assert comment.status == Comment.Status.HELD
    assert told(comment) == ["the age of this post"]
    assert "The post is old" in " ".join(item.words for item in judgement_of(comment).findings)


def test_comment_on_a_younger_post_does_not_wait():
    comment = say(make_post(publish_at=NOW - HALF_A_YEAR + timedelta(hours=1)))
    assert comment.status == Comment.Status.APPROVED
    assert told(comment) == []


def test_days_are_a_setting_and_none_means_never(settings):
    post = make_post(publish_at=NOW - timedelta(days=31))
    settings.COMMENT_MODERATE_AFTER_DAYS = 30
    assert say(post, network="a").status == Comment.Status.HELD
    settings.COMMENT_MODERATE_AFTER_DAYS = 0
    assert say(post, network="b").status == Comment.Status.APPROVED


def test_moderated_post_says_so_to_whoever_waits():
    comment = say(make_post(publish_at=NOW, commenting=Post.Commenting.MODERATED))
    assert comment.status == Comment.Status.HELD
    assert told(comment) == ["the writer’s wish to read each comment on this post first"]


def test_team_does_not_wait_for_itself():
    post = make_post(publish_at=NOW - 2 * HALF_A_YEAR)
    assert say(post, user=make_moderator()).status == Comment.Status.APPROVED


def test_spam_on_an_old_post_is_spam_and_hears_no_reason():
    draft = make_draft(honeypot="x")
    post = make_post(publish_at=NOW - 2 * HALF_A_YEAR)
    comment = submit_comment(draft, post=post, sender=make_sender(), now=NOW).comment
    assert comment.status == Comment.Status.SPAM
    assert "the age of this post" not in told(comment)


def test_form_under_an_old_post_says_that_comments_wait(client, time_machine):
    time_machine.move_to(NOW)
    old = make_post("Old", publish_at=NOW - 2 * HALF_A_YEAR)
    young = make_post("Young", publish_at=NOW - timedelta(days=2))
    words = "Here every comment is read by a person before it appears."
    assert words in body_of(client.get(old.get_absolute_url()))
    assert words not in body_of(client.get(young.get_absolute_url()))
    assert words in body_of(send(client, old, text=""))
