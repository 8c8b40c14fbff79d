"""What the filter is told about the past: counts of others' comments, and verdicts of people only."""

from datetime import timedelta

import pytest

from blog.models import Post
from comments.history import history_of
from comments.identity import Sender
from comments.models import Comment, CommentDomain
from comments.moderation.actions import approve, hold, mark_spam
from comments.spam.candidate import History
from comments.spam.text import fingerprint
from tests.makers import NOW, make_comment, make_moderator, make_post, make_sender

pytestmark = pytest.mark.django_db

TEXT = "The same words as somebody sent before, to the letter."


@pytest.fixture
def post() -> Post:
    return make_post()


def told(post: Post, sender: Sender | None = None, text: str = TEXT) -> History:
    sender = sender or make_sender("here")
    return history_of(
        Comment(post=post, network=sender.network, fingerprint=fingerprint(text), created_at=NOW),
        sender,
        now=NOW,
    )


def before(post: Post, ago: timedelta, text: str = "Other words", **fields: object) -> Comment:
    return make_comment(post, text, created_at=NOW - ago, fingerprint=fingerprint(text), **fields)


def test_network_is_counted_for_ten_minutes(post):
    before(post, timedelta(minutes=9), network="here")
    before(post, timedelta(minutes=11), network="here")
    before(post, timedelta(minutes=1), network="elsewhere")
    assert told(post).recent_from_network == 1


def test_same_words_are_counted_for_thirty_days_here_and_elsewhere(post):
    other = make_post("Other", slug="other")
    before(post, timedelta(days=29), TEXT)
    before(other, timedelta(days=2), TEXT.upper())
    before(other, timedelta(days=31), TEXT)
    history = told(post)
    assert (history.recent_same_text, history.same_text_here) == (2, 1)


def test_rejections_of_the_network_are_moderators_rejections(post):
    sam = make_moderator()
    mark_spam(before(post, timedelta(days=5), network="here"), by=sam)
    before(post, timedelta(days=5), network="here", status="spam")
    assert told(post).network_rejected == 1


def test_comment_the_filter_let_through_a_minute_ago_buys_no_trust(post):
    own = before(post, timedelta(minutes=1))
    assert told(post, make_sender("here", own_ids=(own.pk,))).approved_before == 0


def test_comment_that_stood_a_day_or_was_approved_by_a_moderator_does(post):
    stood = before(post, timedelta(days=2))
    approved = before(post, timedelta(minutes=1), status="held")
    approve(approved, by=make_moderator())
    assert told(post, make_sender("here", own_ids=(stood.pk, approved.pk))).approved_before == 2


def test_own_rejections_are_moderators_rejections(post):
    sam = make_moderator()
    rejected, caught = before(post, timedelta(days=2)), before(post, timedelta(days=2), status="spam")
    hold(rejected, by=sam)
    mark_spam(rejected, by=sam)
    history = told(post, make_sender("here", own_ids=(rejected.pk, caught.pk)))
    assert (history.approved_before, history.rejected_before) == (0, 1)


def test_comment_without_network_has_no_neighbours(post):
    before(post, timedelta(minutes=1), network="")
    assert told(post, make_sender("")).recent_from_network == 0


def test_staff_have_no_history(post):
    assert told(post, make_sender("here", user=post.author)) == History()


@pytest.mark.parametrize("own", [0, 3])
def test_history_takes_four_queries_at_most(post, django_assert_max_num_queries, own):
    """Counts, own verdicts, near-duplicates, blocklist."""
    ids = tuple(before(post, timedelta(days=2), f"Words {number}").pk for number in range(own))
    with django_assert_max_num_queries(4):
        told(post, make_sender("here", own_ids=ids))


def test_words_that_were_put_there_a_minute_ago_have_not_stood_for_long(post):
    """Neither their link nor their writer is trusted for what stood there before."""
    comment = before(post, timedelta(days=5), "See https://plan.example/x")
    CommentDomain.objects.create(comment=comment, domain="plan.example")
    new = Comment(post=post, text="Also https://plan.example/y", network="z", fingerprint="q", created_at=NOW)
    browser = make_sender("z", own_ids=(comment.pk,))
    then = history_of(new, browser, now=NOW)
    assert (then.domain_approved, then.approved_before) == (1, 1)
    Comment.objects.filter(pk=comment.pk).update(edited_at=NOW - timedelta(minutes=1))
    edited = history_of(new, browser, now=NOW)
    assert (edited.domain_approved, edited.approved_before) == (0, 0)


def test_moderators_word_on_former_words_is_none_on_the_link_put_in_since(post):
    comment = before(post, timedelta(days=5), "See https://plan.example/x", status="held")
    approve(comment, by=make_moderator(), now=NOW - timedelta(hours=2))
    CommentDomain.objects.create(comment=comment, domain="plan.example")
    Comment.objects.filter(pk=comment.pk).update(edited_at=NOW - timedelta(hours=1))
    new = Comment(post=post, text="Also https://plan.example/y", network="z", fingerprint="q", created_at=NOW)
    assert history_of(new, make_sender("z"), now=NOW).domain_approved == 0


def test_comment_that_is_edited_does_not_vouch_for_itself(post):
    comment = before(post, timedelta(hours=2), status="held")
    approve(comment, by=make_moderator(), now=NOW - timedelta(hours=1))
    browser = make_sender("here", own_ids=(comment.pk,))
    assert history_of(comment, browser, now=NOW).approved_before == 0
    other = Comment(post=post, network="here", fingerprint="q", created_at=NOW)
    assert history_of(other, browser, now=NOW).approved_before == 1
    Comment.objects.filter(pk=comment.pk).update(edited_at=NOW - timedelta(minutes=5))
    assert history_of(other, browser, now=NOW).approved_before == 0
