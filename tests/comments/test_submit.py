"""The one door: what it writes, what it refuses to believe, and what it counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from comments.models import MAX_DEPTH, Comment
from comments.spam.judge import VERSION
from comments.spam.prior import shipped_prior
from comments.submit import submit_comment
from tests.makers import NOW, make_comment, make_draft, make_moderator, make_post, make_sender, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post()


def send(post: Post, text: str = "Mine took six weeks.", *, sender=None, now=NOW, **fields):
    return submit_comment(make_draft(text, **fields), post=post, sender=sender or make_sender(), now=now)


def test_honest_first_comment_is_published_and_counted(post):
    """Nobody is held merely for being new."""
    done = send(post)
    post.refresh_from_db()
    assert done.is_new
    assert done.comment.status == Comment.Status.APPROVED
    assert (post.comment_count, post.root_count, post.thread_version) == (1, 1, 1)
    assert post.last_comment_at == NOW


def test_verdict_is_stored_with_its_findings_and_version(post):
    comment = send(post, "Look at https://a.example/ and https://b.example/").comment
    assert comment.status in (Comment.Status.HELD, Comment.Status.SPAM)
    assert {"first_link", "rest"} <= {finding["code"] for finding in comment.findings}
    assert comment.filter_version == f"{VERSION} {shipped_prior().version} site-0"
    assert 0 < comment.probability < 1


def test_held_comment_is_not_counted(post):
    send(post, "My page: https://a.example/")
    post.refresh_from_db()
    assert post.comment_count == 0
    assert post.root_count == 0
    assert post.last_comment_at is None


def test_what_nobody_sees_yet_leaves_every_version_as_it_is(post):
    """Or a flood of spam would empty the caches."""
    send(post, honeypot="https://pills.example/")
    send(post, "My page: https://a.example/")
    post.refresh_from_db()
    assert post.thread_version == 0


def test_two_senders_of_whom_nothing_is_known_are_two(post):
    assert send(post, sender=make_sender("")).is_new
    assert send(post, sender=make_sender("")).is_new


def test_filled_honeypot_is_spam(post):
    assert send(post, honeypot="https://pills.example/").comment.status == Comment.Status.SPAM


def test_text_is_kept_as_typed_and_shown_cleaned(post):
    comment = send(post, "*Six* weeks <script>alert(1)</script>").comment
    assert comment.text == "*Six* weeks <script>alert(1)</script>"
    assert "<em>Six</em>" in comment.html
    assert "<script" not in comment.html


def test_typed_name_never_gives_a_badge(post):
    """Even the writer's own name, typed by somebody, is only a name."""
    make_writer("vera", "Vera Holt")
    comment = send(post, name="Vera Holt").comment
    assert comment.badge == ""
    assert comment.user is None


def test_signed_in_writer_gets_name_and_badge_from_the_session(post):
    comment = send(post, name="Somebody", sender=make_sender(user=post.author)).comment
    assert (comment.name, comment.badge) == ("Mara Lindqvist", Comment.Badge.AUTHOR)
    assert comment.status == Comment.Status.APPROVED


def test_moderator_gets_the_moderators_badge(post):
    sender = make_sender(user=make_moderator())
    assert send(post, sender=sender).comment.badge == Comment.Badge.MODERATOR


def test_same_words_twice_are_one_comment(post):
    """A double click, a retry after a lost answer, the back button."""
    first, second = send(post), send(post, now=NOW + timedelta(minutes=5))
    assert second.comment.pk == first.comment.pk
    assert (first.is_new, second.is_new) == (True, False)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"text": "Mine took seven weeks."}, {"name": "Noor"}, {"sender": make_sender("network-b")}],
    ids=["other words", "other name", "other network"],
)
def test_anything_else_is_another_comment(post, other):
    send(post)
    assert send(post, other.pop("text", "Mine took six weeks."), **other).is_new


def test_same_words_under_another_comment_are_another_comment(post):
    root = make_comment(post)
    assert send(post).is_new
    assert send(post, answers=root).is_new


def test_moderated_post_holds_readers_but_not_the_writer(post):
    post.commenting = Post.Commenting.MODERATED
    post.save()
    assert send(post).comment.status == Comment.Status.HELD
    assert send(post, sender=make_sender(user=post.author)).comment.status == Comment.Status.APPROVED


def test_reply_stands_below_what_it_answers(post):
    root = make_comment(post)
    reply = send(post, answers=root).comment
    assert reply.path == root.path + reply.pk
    assert (reply.parent, reply.answers, reply.depth) == (root, root, 1)


def test_replies_below_the_deepest_level_stay_there_and_say_whom_they_answer(post):
    comment = make_comment(post, "level 0")
    for depth in range(1, MAX_DEPTH + 1):
        comment = make_comment(post, f"level {depth}", answers=comment)
    deeper = send(post, "deeper", answers=comment).comment
    deepest = send(post, "deeper still", answers=deeper).comment
    assert deeper.depth == deepest.depth == MAX_DEPTH
    assert deeper.answers == comment
    assert deepest.answers == deeper
    assert deeper.parent == deepest.parent == comment.parent


def test_ten_thousand_and_one_characters_are_refused_before_anything_is_written(post):
    with pytest.raises(ValueError, match="10000"):
        send(post, "x" * 10_001)
    assert not Comment.objects.exists()


def test_known_commenter_may_link(post):
    """Approved before from this browser: a link is nothing to hold."""
    week = timedelta(days=7)
    known = [make_comment(post, f"Week {number}", created_at=NOW - week) for number in range(3)]
    sender = make_sender("network-b", own_ids=tuple(comment.pk for comment in known))
    done = send(post, "This is the drill I meant: https://drills.example/", sender=sender)
    assert done.comment.status == Comment.Status.APPROVED


def test_burst_from_one_network_is_held(post, silent_text_model):
    for number in range(40):
        make_comment(post, f"Number {number}", network="network-a", created_at=NOW - timedelta(minutes=2))
    assert send(post, "One more").comment.status == Comment.Status.HELD


LONG_WITH_LINK = (
    "My physiotherapist gave me eccentric exercises for the tendon, and the morning stiffness went away "
    "within a fortnight. Cycling, swimming and softer shoes helped, and boring routine above all: the "
    "programme is at https://drills.example/plan with pictures of every exercise."
)


def _queries(captured) -> dict[str, int]:
    """Reads and inserts among what was asked; the lock on the post is neither."""
    asked = [query["sql"].lstrip().upper() for query in captured if "FOR " not in query["sql"][-25:]]
    return {verb: sum(sql.startswith(verb) for sql in asked) for verb in ("SELECT", "INSERT")}


@pytest.mark.parametrize("own", [0, 3])
def test_worst_comment_costs_seven_reads_and_three_inserts(post, own):
    """Counts, own verdicts, near-duplicates, blocklist, talk and followers; the comment, its bands and its
    domains."""
    known = [make_comment(post, f"Week {number}") for number in range(own)]
    sender = make_sender(own_ids=tuple(comment.pk for comment in known))
    with CaptureQueriesContext(connection) as captured:
        send(post, LONG_WITH_LINK, sender=sender)
    assert _queries(captured) == {"SELECT": 6 + bool(own), "INSERT": 3}


def test_short_comment_costs_four_reads_and_one_insert(post):
    """Counts, blocklist and followers; the comment."""
    with CaptureQueriesContext(connection) as captured:
        send(post, "Thank you, Mara")
    assert _queries(captured) == {"SELECT": 4, "INSERT": 1}
