"""What comments are recognised by: near-duplicates of what waits or was refused, and domains."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from comments.history import history_of
from comments.models import Comment, CommentBand, CommentDomain
from comments.moderation.actions import approve, mark_spam, trash
from comments.moderation.undoing import undo
from comments.spam.candidate import History
from comments.spam.text import fingerprint
from comments.submit import submit_comment
from comments.traces import MOST_COMPARED, leave_traces
from tests.makers import NOW, make_comment, make_draft, make_moderator, make_post, make_sender

pytestmark = pytest.mark.django_db

PITCH = "Dear admin, my cousin was also looking for {} knee braces and found them in our shop for less."
TEXT = PITCH.format("good")
LINK = "This plan got me back: https://shop.plan.example/return"


@pytest.fixture
def post() -> Post:
    return make_post()


def before(post: Post, text: str, *, ago: timedelta = timedelta(days=2), **fields: object) -> Comment:
    comment = make_comment(post, text, created_at=NOW - ago, fingerprint=fingerprint(text), **fields)
    leave_traces(comment)
    return comment


def told(post: Post, text: str = TEXT, **fields: object) -> History:
    comment = Comment(
        post=post, text=text, network="here", fingerprint=fingerprint(text), created_at=NOW, **fields
    )
    return history_of(comment, make_sender("here"), now=NOW)


# ---------- near-duplicates ----------
def test_near_duplicates_that_wait_or_were_refused_are_counted_under_any_post(post):
    other = make_post("Other", slug="other")
    before(post, PITCH.format("cheap"), status="held")
    mark_spam(before(post, PITCH.format("strong")), by=None)
    trash(before(other, PITCH.format("fine")), by=None)
    history = told(post)
    assert (history.near_held, history.near_rejected) == (1, 2)


def test_refusal_that_was_undone_counts_no_more(post):
    """The filter put it into spam, a moderator into the trash, and back again: nobody has refused it."""
    comment = before(post, PITCH.format("cheap"), status="spam", network="here")
    undo(trash(comment, by=None), by=None)
    history = told(post)
    assert (history.near_held, history.near_rejected, history.network_rejected) == (1, 0, 0)


def test_near_duplicate_that_only_the_filter_refused_counts_as_waiting(post):
    """Nobody has looked at it, and the filter must not believe itself."""
    before(post, PITCH.format("cheap"), status="spam")
    history = told(post)
    assert (history.near_held, history.near_rejected) == (1, 0)


def test_approved_comment_may_be_quoted(post):
    """Only what waits or was refused is compared."""
    before(post, PITCH.format("cheap"))
    assert told(post, f"> {PITCH.format('cheap')}\n\nYes!").near_rejected == 0
    assert told(post).near_held == 0


def test_exact_repeat_is_no_near_duplicate(post):
    """It has a count of its own."""
    before(post, TEXT.upper(), status="spam")
    history = told(post)
    assert (history.recent_same_text, history.near_rejected) == (1, 0)


def test_near_duplicates_are_looked_for_in_thirty_days(post):
    before(post, PITCH.format("cheap"), ago=timedelta(days=31), status="spam")
    assert told(post).near_rejected == 0


def test_other_text_is_no_near_duplicate_though_a_band_is_shared(post):
    """A band is a reason to compare, and then the texts decide."""
    unlike = before(
        post, "Three weeks into the stair thing and I can do ten without wobbling.", status="spam"
    )
    bands = before(post, TEXT + " Now!", status="held").bands.values_list("band", flat=True)
    CommentBand.objects.bulk_create(CommentBand(comment=unlike, band=band) for band in bands)
    history = told(post)
    assert (history.near_held, history.near_rejected) == (1, 0)


def test_few_words_are_compared_with_nothing(post, django_assert_max_num_queries):
    before(post, "Thank you so much, Mara", status="spam")
    with django_assert_max_num_queries(2):
        assert told(post, "Thank you very much, Mara").near_rejected == 0


def test_only_the_newest_are_compared(post):
    for number in range(MOST_COMPARED + 5):
        before(post, PITCH.format(f"type{number}"), status="spam")
    assert told(post).near_held == MOST_COMPARED


def test_template_that_a_moderator_refused_is_caught_with_the_next_link(post):
    """From the door to the verdict, and the other way round when the refusal is undone."""
    sam = make_moderator()
    first = submit_comment(make_draft(TEXT), post=post, sender=make_sender("a"), now=NOW).comment
    deed = mark_spam(first, by=sam)
    second = submit_comment(
        make_draft(PITCH.format("soft")), post=post, sender=make_sender("b"), now=NOW
    ).comment
    undo(deed, by=sam)
    third = submit_comment(
        make_draft(PITCH.format("hard")), post=post, sender=make_sender("c"), now=NOW
    ).comment
    assert (first.status, second.status) == ("spam", "held")
    assert "near_rejected" in [finding["code"] for finding in second.findings]
    assert "near_rejected" not in [finding["code"] for finding in third.findings]


# ---------- domains ----------
def test_domains_of_rejected_comments_are_counted_wherever_they_stood(post):
    sam = make_moderator()
    trash(before(post, "See https://plan.example/"), by=sam, now=NOW)
    mark_spam(before(post, "Good", name="www.plan.example"), by=sam, now=NOW)
    mark_spam(before(post, "Fine", website="https://a.plan.example/"), by=sam, now=NOW)
    assert told(post, LINK).domain_rejected == 3
    assert told(post, "No link at all").domain_rejected == 0


def test_what_only_the_filter_refused_does_not_count(post):
    """Its own verdicts would feed on themselves."""
    before(post, LINK, status="spam")
    assert told(post, LINK).domain_rejected == 0


def test_rejections_of_domains_count_for_thirty_days_from_the_deed(post):
    sam = make_moderator()
    old = before(post, "See https://plan.example/ again", ago=timedelta(days=90))
    mark_spam(old, by=sam, now=NOW - timedelta(days=31))
    assert told(post, LINK).domain_rejected == 0
    late = before(post, "See https://plan.example/ once more", ago=timedelta(days=90))
    mark_spam(late, by=sam, now=NOW - timedelta(days=29))
    assert told(post, LINK).domain_rejected == 1


def test_undone_rejection_no_longer_counts(post):
    sam = make_moderator()
    deed = mark_spam(before(post, "See https://plan.example/"), by=sam, now=NOW)
    undo(deed, by=sam, now=NOW)
    assert told(post, LINK).domain_rejected == 0


def test_approval_is_a_moderators_or_the_passing_of_a_day(post):
    approve(
        before(post, "A https://plan.example/", ago=timedelta(minutes=9), status="held"), by=make_moderator()
    )
    before(post, "B https://plan.example/", ago=timedelta(days=2))
    before(post, "C https://plan.example/", ago=timedelta(minutes=5))
    assert told(post, LINK).domain_approved == 2


def test_approval_wants_all_domains_of_the_candidate(post):
    """A good address does not smuggle in a new one."""
    before(post, "A https://plan.example/")
    assert told(post, f"{LINK} https://new.example/").domain_approved == 0
    before(post, "B https://plan.example/ https://new.example/")
    assert told(post, f"{LINK} https://new.example/").domain_approved == 1


# ---------- what is written ----------
def test_comment_leaves_eight_bands_and_its_domains_whatever_becomes_of_it(post):
    done = submit_comment(
        make_draft(f"{TEXT} https://a.example/", honeypot="x"), post=post, sender=make_sender(), now=NOW
    )
    assert done.comment.status == "spam"
    assert done.comment.bands.count() == 8
    assert [row.domain for row in done.comment.domains.all()] == ["a.example"]


def test_comment_that_was_there_already_leaves_no_second_traces(post):
    for _ in range(2):
        submit_comment(make_draft(TEXT), post=post, sender=make_sender(), now=NOW)
    assert CommentBand.objects.count() == 8


@pytest.mark.parametrize(
    "text", ["a\ud800b" * 9, "See http://a\x00b.example/", "http://" + "a" * 400 + ".example"]
)
def test_traces_of_hostile_texts_can_be_stored(post, text):
    """The form cleans them before; traces do not depend on it."""
    comment = make_comment(post, "Fine")
    comment.text = text
    leave_traces(comment)


def test_thousand_times_the_same_text_is_answered_soon(post):
    """Counting exact repeats is one thing; near ones among them are looked up by an index."""
    comments = [
        make_comment(post, TEXT, created_at=NOW - timedelta(days=1), fingerprint="x") for _ in range(3)
    ]
    CommentBand.objects.bulk_create(
        CommentBand(comment=comment, band=band)
        for comment in comments
        for band in [row.band for row in _bands_of(TEXT, post)] * 300
    )
    with CaptureQueriesContext(connection) as captured:
        told(post)
    assert sum(float(query["time"]) for query in captured) < 0.5


def _bands_of(text: str, post: Post) -> list[CommentBand]:
    return list(before(post, text).bands.all())


# ---------- what is cleared ----------
def test_old_traces_are_cleared_and_those_still_looked_at_stay(post):
    now, sam = timezone.now(), make_moderator()

    def told_at(days: int, domain: str, **fields: object) -> Comment:
        comment = make_comment(
            post, f"{TEXT} https://{domain}/", created_at=now - timedelta(days=days), **fields
        )
        leave_traces(comment)
        return comment

    told_at(29, "young.example", status="spam")
    told_at(31, "old.example", status="spam")
    told_at(31, "approved.example")
    mark_spam(told_at(31, "judged-lately.example"), by=sam)
    call_command("clear_traces", verbosity=0)
    assert CommentBand.objects.count() == 8
    assert set(CommentDomain.objects.values_list("domain", flat=True)) == {
        "young.example",
        "approved.example",
        "judged-lately.example",
    }
