"""The scorecard's figures from the rows: what came, what the filter and the moderators made of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation import actions
from comments.moderation.scorecard import Moderator, Scorecard, days_in, scorecard
from comments.moderation.scorecard_figures import Bin, Share
from comments.moderation.sweeping import advance, begin_choice
from comments.moderation.undoing import undo
from tests.comments.moderation.cast import NOON, Status, make_comment

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DO = {
    "approve": actions.approve,
    "hold": actions.hold,
    "spam": actions.mark_spam,
    "trash": actions.trash,
}


def came(
    post: Post, status: str, probability: float | None = 0.5, *, ago: timedelta = DAY, **fields
) -> Comment:
    """A comment as the filter left it."""
    return make_comment(post, status=status, probability=probability, created_at=NOON - ago, **fields)


def then(comment: Comment, verb: str, after: timedelta, by: User) -> Deed:
    deed = DO[verb](comment, by=by, now=comment.created_at + after)
    assert deed
    return deed


@pytest.fixture
def month(post: Post, sam: User, mara: User) -> Scorecard:
    """Thirty days, to the noon of the 14th of March. What came, and what was done to it:

    A published  0.10  nothing
    B published  0.10  5 h later marked as spam                      spam, missed
    C held       0.50  30 min later approved                         ham, held
    D held       0.65  2 h later marked as spam                      spam, held
    E held       0.65  30 h later approved                           ham, held
    F held       0.45  nothing; waits for a day
    G held       0.70  1 h later trashed, by Mara                    says nothing of spam or ham
    H held       0.55  10 min later marked as spam, undone           no verdict in force; waits for six days
    I spam       0.95  a day later approved, by Mara                 ham, in spam
    J spam       0.97  approved, then marked as spam after all       spam, in spam
    K spam       0.99  nothing
    """
    came(post, Status.APPROVED, 0.10, ago=3 * HOUR)
    then(came(post, Status.APPROVED, 0.10), "spam", 5 * HOUR, sam)
    then(came(post, Status.HELD, 0.50, ago=2 * DAY), "approve", 30 * MINUTE, sam)
    then(came(post, Status.HELD, 0.65, ago=2 * DAY), "spam", 2 * HOUR, sam)
    then(came(post, Status.HELD, 0.65, ago=4 * DAY), "approve", 30 * HOUR, sam)
    came(post, Status.HELD, 0.45, name="Fay")
    then(came(post, Status.HELD, 0.70, ago=5 * DAY), "trash", HOUR, mara)
    slip = then(came(post, Status.HELD, 0.55, ago=6 * DAY, name="Hal"), "spam", 10 * MINUTE, sam)
    undo(slip, by=mara, now=slip.at + MINUTE)
    then(came(post, Status.SPAM, 0.95, ago=3 * DAY), "approve", DAY, mara)
    doubted = came(post, Status.SPAM, 0.97, ago=3 * DAY)
    then(doubted, "approve", HOUR, sam)
    then(doubted, "spam", 2 * HOUR, sam)
    came(post, Status.SPAM, 0.99, ago=3 * DAY)
    return scorecard(30, now=NOON)


def test_volume(month: Scorecard) -> None:
    """Eleven: A and B published, C to H held, I to K in spam, whatever became of them."""
    assert (month.volume.publish, month.volume.hold, month.volume.spam) == (2, 6, 3)
    assert (month.volume.held, month.volume.held.percent) == (Share(6, 11), 55)
    assert (month.volume.in_spam, month.volume.in_spam.percent) == (Share(3, 11), 27)


def test_volume_by_day(month: Scorecard) -> None:
    assert (month.volume.first, month.volume.last) == (date(2026, 2, 13), date(2026, 3, 14))
    assert len(month.spans) == 30
    found = {span.first.day: (span.publish, span.hold, span.spam) for span in month.spans if span.total}
    assert found == {
        8: (0, 1, 0),
        9: (0, 1, 0),
        10: (0, 1, 0),
        11: (0, 0, 3),
        12: (0, 2, 0),
        13: (1, 1, 0),
        14: (1, 0, 0),
    }
    assert month.busiest.first == date(2026, 3, 11)


def test_precision_and_recall(month: Scorecard) -> None:
    """Six were judged: B, D and J were spam; C, E and I were ham."""
    record = month.record
    assert record.judged == 6
    assert record.precision == Share(1, 2)  # of I and J, which it put into spam, J
    assert record.recall == Share(1, 3)  # of B, D and J it put J into spam
    assert record.caught == Share(2, 3)  # and held D
    assert record.ham_held == Share(2, 3)  # C and E
    assert record.ham_in_spam == Share(1, 3)  # I
    # Wilson, of 1 in 2: 9.45 to 90.55; of 1 in 3: 6.15 to 79.23.
    assert (record.precision.percent, record.precision.low, record.precision.high) == (50, 9, 91)
    assert (record.recall.percent, record.recall.low, record.recall.high) == (33, 6, 79)


def test_calibration(month: Scorecard) -> None:
    assert month.bins == [
        Bin(0, 20, Share(1, 1)),  # B
        Bin(20, 40, Share(0, 0)),
        Bin(40, 60, Share(0, 1)),  # C
        Bin(60, 80, Share(1, 2)),  # D, and E which was ham
        Bin(80, 100, Share(1, 2)),  # J, and I which was ham
    ]


def test_response_times(month: Scorecard) -> None:
    """H waited 10 minutes, C 30, G 1 hour, D 2, E 30; F has had no answer yet."""
    response = month.response
    assert (response.answered, response.unanswered) == (5, 1)
    assert (month.median, month.nine_tenths) == ("1\xa0hour", "1\xa0day, 6\xa0hours")
    assert (response.within_hour, response.within_day) == (Share(3, 5), Share(4, 5))
    assert [count for _words, count in response.groups] == [1, 2, 1, 0, 0, 1, 0, 0]


def test_what_waits_longest(month: Scorecard) -> None:
    """H since its verdict was undone, and F."""
    assert month.waiting_count == 2
    assert [(row.name, row.age) for row in month.waiting] == [("Hal", "6\xa0days"), ("Fay", "1\xa0day")]


def test_who_did_how_much(month: Scorecard) -> None:
    """Sam: B, C, D, E and J twice, and H, which was undone. Mara: G and I; her undoing of H is none."""
    assert month.moderators == [Moderator("Sam Okoro", 6, 1), Moderator("Mara Lindqvist", 2, 0)]


def test_five_of_many_wait_longest_whenever_they_came(post: Post) -> None:
    for days in range(200, 207):
        came(post, Status.HELD, ago=days * DAY, name=f"Runner {days}")
    card = scorecard(7, now=NOON)
    assert (card.volume.total, card.waiting_count) == (0, 7)
    assert [row.name for row in card.waiting] == [f"Runner {days}" for days in (206, 205, 204, 203, 202)]


def test_empty_site_has_no_numbers(db: None) -> None:
    card = scorecard(30, now=NOON)
    assert (card.volume.total, card.record.judged, card.response.answered) == (0, 0, 0)
    assert (card.waiting, card.waiting_count, card.moderators) == ([], 0, [])
    assert card.record.precision.percent is None


# ---------- the period ----------
@pytest.mark.parametrize(("wanted", "days"), [("7", 7), ("30", 30), ("90", 90)])
def test_period_asked_for(wanted: str, days: int) -> None:
    assert days_in(wanted) == days


@pytest.mark.parametrize("wanted", ["", "8", "-7", "07", "7.0", "٧", "all", "7" * 5000, "\x00"])
def test_anything_else_is_thirty_days(wanted: str) -> None:
    assert days_in(wanted) == 30


@pytest.mark.parametrize("days", [7, 30, 90])
@pytest.mark.parametrize("with_deed", [False, True])
def test_period_begins_at_the_first_days_midnight(post: Post, sam: User, days: int, with_deed: bool) -> None:
    """At noon it is half a day since midnight, and a day for each of the other days before it."""
    edge = (days - 1) * DAY + 12 * HOUR
    for ago in (edge, edge + MINUTE):
        comment = came(post, Status.HELD, ago=ago)
        if with_deed:
            then(comment, "approve", HOUR, sam)
    assert scorecard(days, now=NOON).volume.total == 1


@pytest.mark.parametrize("with_deed", [False, True])
def test_days_are_the_sites_own(post: Post, sam: User, with_deed: bool) -> None:
    """Half past eleven of the 9th in Greenwich is half past midnight of the 10th in a London summer."""
    comment = make_comment(post, probability=0.5, created_at=datetime(2026, 7, 9, 23, 30, tzinfo=UTC))
    if with_deed:
        then(comment, "approve", HOUR, sam)
    card = scorecard(7, now=datetime(2026, 7, 10, 12, tzinfo=UTC))
    assert [span.first.day for span in card.spans if span.total] == [10]


def test_ninety_days_are_thirteen_weeks_of_which_the_first_is_short(post: Post) -> None:
    came(post, Status.HELD, ago=89 * DAY)
    came(post, Status.HELD, ago=84 * DAY)
    came(post, Status.HELD, ago=83 * DAY)
    card = scorecard(90, now=NOON)
    assert [span.total for span in card.spans] == [2, 1, *[0] * 11]
    assert (card.spans[0].first, card.spans[0].last) == (date(2025, 12, 15), date(2025, 12, 20))
    assert card.is_weekly


def test_deeds_count_by_when_they_were_done(post: Post, sam: User) -> None:
    """On an old comment now, and not on a comment of long ago then."""
    then(came(post, Status.HELD, ago=40 * DAY), "approve", 39 * DAY, sam)
    then(came(post, Status.HELD, ago=40 * DAY), "approve", DAY, sam)
    assert scorecard(7, now=NOON).moderators == [Moderator("Sam Okoro", 1, 0)]


# ---------- what counts ----------
@pytest.mark.parametrize(
    "fields",
    [
        {"badge": "moderator"},
        {"probability": None},
        {"status": Status.WITHDRAWN, "probability": None},
        {"status": Status.TRASH},
    ],
    ids=["the team's own", "never seen by the filter", "withdrawn untouched", "trashed without a deed"],
)
def test_left_out(post: Post, fields: dict) -> None:
    came(post, **({"status": Status.APPROVED, "probability": 0.1} | fields))
    assert scorecard(30, now=NOON).volume.total == 0


@pytest.mark.parametrize("fields", [{"badge": "author"}, {"probability": None}])
def test_left_out_also_after_a_deed(post: Post, sam: User, fields: dict) -> None:
    then(came(post, **({"status": Status.HELD} | fields)), "approve", HOUR, sam)
    card = scorecard(30, now=NOON)
    assert (card.volume.total, card.record.judged, card.response.answered) == (0, 0, 0)


def test_withdrawn_comment_counts_by_what_was_done_before(post: Post, sam: User) -> None:
    comment = came(post, Status.HELD)
    then(comment, "spam", HOUR, sam)
    Comment.objects.filter(pk=comment.pk).update(status=Status.WITHDRAWN, probability=None, badge="")
    card = scorecard(30, now=NOON)
    assert (card.volume.hold, card.record.caught) == (1, Share(1, 1))
    assert sum(bin.spam.whole for bin in card.bins) == 0


def test_verdict_on_words_that_were_changed_since_is_none(post: Post, sam: User) -> None:
    comment = came(post, Status.HELD)
    then(comment, "approve", HOUR, sam)
    Comment.objects.filter(pk=comment.pk).update(edited_at=comment.created_at + 2 * HOUR, probability=0.9)
    card = scorecard(30, now=NOON)
    assert (card.volume.hold, card.response.answered, card.record.judged) == (1, 1, 0)


def test_words_changed_before_anybody_judged_them_count(post: Post, sam: User) -> None:
    comment = came(post, Status.HELD, edited_at=NOON - DAY + MINUTE)
    then(comment, "approve", HOUR, sam)
    assert scorecard(30, now=NOON).record.ham_held == Share(1, 1)


@pytest.mark.parametrize("verb", ["hold", "trash"])
def test_holding_and_trashing_after_a_verdict_leave_it(post: Post, sam: User, verb: str) -> None:
    comment = came(post, Status.SPAM)
    then(comment, "approve", HOUR, sam)
    then(comment, verb, 2 * HOUR, sam)
    assert scorecard(30, now=NOON).record.ham_in_spam == Share(1, 1)


def test_undone_verdict_brings_back_the_one_before(post: Post, sam: User) -> None:
    comment = came(post, Status.HELD)
    then(comment, "approve", HOUR, sam)
    undo(then(comment, "spam", 2 * HOUR, sam), by=sam, now=NOON)
    assert scorecard(30, now=NOON).record.ham_held == Share(1, 1)


def test_deeds_of_accounts_that_are_gone_still_count(post: Post, sam: User) -> None:
    then(came(post, Status.HELD), "approve", HOUR, sam)
    sam.delete()
    card = scorecard(30, now=NOON)
    assert card.moderators == [Moderator("", 1, 0)]
    assert card.record.judged == 1


def test_spam_that_a_moderator_confirmed_speaks_for_the_filter(post: Post, sam: User) -> None:
    """Two in spam: one confirmed, one brought out. One published and confirmed. Nothing else was judged."""
    then(came(post, Status.SPAM, 0.99), "spam", HOUR, sam)
    then(came(post, Status.SPAM, 0.96), "approve", HOUR, sam)
    then(came(post, Status.APPROVED, 0.05), "approve", HOUR, sam)
    record = scorecard(30, now=NOON).record
    assert (record.precision, record.recall) == (Share(1, 2), Share(1, 1))


def test_comments_of_a_sweep_count_one_by_one_and_its_own_line_does_not(post: Post, sam: User) -> None:
    keys = {came(post, Status.HELD).pk: "held:" for _ in range(3)}
    line = actions.line_for(Deed.Verb.SPAM, by=sam, reason=actions.NO_REASON, now=NOON - HOUR)
    sweep = begin_choice(line, keys)
    advance(sweep.pk, now=NOON)
    card = scorecard(30, now=NOON)
    assert card.moderators == [Moderator("Sam Okoro", 3, 0)]
    assert card.record.recall == Share(0, 3)
