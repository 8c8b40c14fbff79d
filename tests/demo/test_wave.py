"""`manage.py demo_wave` sends a night's comments through the real filter, and takes them away wholly."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine as clock
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model

from blog.models import Post, SearchEntry
from comments.blocking import ban, block, unblock
from comments.counting import recount
from comments.lessons import LearningState, Lesson
from comments.models import (
    BlockedTerm,
    Comment,
    CommentBand,
    CommentDomain,
    Deed,
    Mail,
    Reader,
    Report,
    Sweep,
)
from comments.moderation import actions
from comments.moderation.sweeping import advance, begin_choice
from comments.moderation.undoing import undo, undo_listing
from comments.reporting import Complaint, report
from demo import wave
from demo.campaigns import read_honest
from demo.load import load_demo
from demo.wave import Arrived, NoHonestLeftError, NoPostsError, clear_waves, send_wave, waves
from tests.makers import make_comment, make_moderator, make_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Status = Comment.Status

pytestmark = pytest.mark.django_db


def everything() -> dict[type[Model], list[dict[str, object]]]:
    """All rows that a wave and its moderators touch, without the versions, which only rise."""
    rows = {
        model: list(model.objects.order_by("pk").values())
        for model in (
            BlockedTerm,
            Comment,
            CommentBand,
            CommentDomain,
            Deed,
            Lesson,
            Mail,
            Reader,
            Report,
            SearchEntry,
            Sweep,
        )
    }
    counts = ("pk", "comment_count", "root_count", "last_comment_at")
    return rows | {Post: list(Post.objects.order_by("pk").values(*counts))}


@pytest.fixture(scope="module", autouse=True)
def before(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict]:
    """The demo as it was before the wave, which is sent once for this file; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(NOW, tick=False):
        load_demo(now=NOW, picture_width=320)
        yield everything()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def arrived(before: dict, django_db_blocker: pytest.FixtureRequest) -> Iterator[Arrived]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield send_wave(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def quiet_night() -> None:
    """In whichever order the tests run, this one begins without the wave."""
    clear_waves()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo_wave", *arguments, stdout=out)
    return out.getvalue()


# ---------- without a wave ----------


@pytest.mark.usefixtures("quiet_night")
def test_a_closed_post_gets_no_comment():
    Post.objects.exclude(slug="forty-one-steps").update(commenting=Post.Commenting.CLOSED)
    found = send_wave(now=NOW)
    assert {comment.post.slug for comment in found.comments} == {"forty-one-steps"}
    assert {comment.post.slug for comment in found.honest} <= {"forty-one-steps"}


@pytest.mark.usefixtures("quiet_night")
def test_posts_that_are_not_the_demos_get_no_comment():
    make_post("My own words")
    Post.objects.exclude(slug="my-own-words").update(commenting=Post.Commenting.CLOSED)
    with pytest.raises(NoPostsError):
        send_wave(now=NOW)
    with pytest.raises(CommandError, match="demo"):
        run()
    assert not waves().exists()


@pytest.mark.usefixtures("quiet_night")
def test_when_all_honest_comments_are_there_they_are_not_repeated():
    post = Post.objects.get(slug="forty-one-steps")
    for versions in read_honest().values():
        for place, honest in enumerate(versions):
            make_comment(post, honest.text, name=honest.name, email=f"2026-01-0{place + 1}.1.1@wave.example")
    with pytest.raises(NoHonestLeftError):
        send_wave(now=NOW)
    with pytest.raises(CommandError, match="--clear"):
        run()


@pytest.mark.usefixtures("quiet_night")
def test_there_is_nothing_to_clear(before):
    assert "Took 0 comments away" in run("--clear")
    assert everything() == before


# ---------- a wave ----------


def test_two_hundred_and_five_comments_arrive_overnight_in_the_order_of_their_times(arrived):
    times = [comment.created_at for comment in arrived.comments]
    assert len(times) == waves().count() == 205
    assert times == sorted(times)
    assert times[0] >= datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert times[-1] < datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert len({comment.post_id for comment in arrived.comments}) > 10


@pytest.mark.parametrize(("hour", "evening"), [(7, 22), (6, 21)])
def test_the_night_is_the_latest_one_that_is_over(hour, evening):
    assert wave._night_before(NOW.replace(hour=hour)).begins == NOW.replace(day=evening, hour=23)


def test_no_honest_comment_is_taken_for_spam_and_most_wait(arrived):
    statuses = [comment.status for comment in arrived.honest]
    assert len(statuses) == 5
    assert Status.SPAM not in statuses
    assert statuses.count(Status.HELD) >= 3


@pytest.mark.usefixtures("quiet_night")
@pytest.mark.parametrize("kind", read_honest())
def test_the_filter_takes_no_version_of_an_honest_comment_for_spam(kind):
    for version in read_honest()[kind]:
        night = wave._night_before(NOW)
        sent = wave._send(version, night=night, post=Post.objects.get(slug=version.post), place=0)
        assert sent.status in (Status.APPROVED, Status.HELD), version.text


def test_spam_is_divided_between_two_queues_and_hardly_any_is_published(arrived):
    honest = {comment.pk for comment in arrived.honest}
    statuses = [comment.status for comment in arrived.comments if comment.pk not in honest]
    assert statuses.count(Status.SPAM) > 100
    assert statuses.count(Status.HELD) > 30
    assert statuses.count(Status.APPROVED) <= 6


def test_the_filter_alone_has_judged_them(arrived):
    assert all(comment.findings and comment.probability for comment in arrived.comments)
    assert not Deed.objects.filter(comment__in=waves()).exists()
    for post in Post.objects.all():
        assert post.comment_count == post.comments.approved().count()


def test_a_second_run_adds_nothing_and_says_so(arrived):
    rows = everything()
    assert "nothing was added" in run()
    assert everything() == rows


def test_another_wave_comes_when_asked_for(arrived):
    another = send_wave(now=NOW, again=True)
    assert waves().count() == 410
    assert not {c.name for c in another.honest} & {c.name for c in arrived.honest}
    assert Status.SPAM not in {comment.status for comment in another.honest}


def test_the_same_night_brings_the_same_wave(arrived):
    words = [(c.post_id, c.name, c.text, c.status, c.created_at) for c in arrived.comments]
    clear_waves()
    assert [(c.post_id, c.name, c.text, c.status, c.created_at) for c in send_wave(now=NOW).comments] == words


@pytest.mark.usefixtures("quiet_night")
def test_the_command_says_what_came_of_it_and_where_the_desk_is(settings):
    settings.SITE_URL = "https://blog.example"
    said = run()
    statuses = {status: waves().filter(status=status).count() for status in Status}
    assert "205 comments came in under" in said
    assert f"{statuses[Status.HELD]} held" in said
    assert f"{statuses[Status.SPAM]} in spam" in said
    assert f"{statuses[Status.APPROVED]} published" in said
    assert "5 of them are honest" in said
    assert said.count("”\n") == 5
    assert "https://blog.example/desk/" in said


# ---------- clearing ----------


def test_clearing_an_untouched_wave_leaves_the_site_as_it_was(arrived, before):
    assert "Took 205 comments away" in run("--clear")
    assert everything() == before


def test_clearing_takes_along_what_moderators_did_and_what_was_said_below(arrived, before):
    ana = make_moderator("ana", "Ana Lima")
    held = next(comment for comment in arrived.honest if comment.status == Status.HELD)
    published = next(comment for comment in arrived.honest if comment.status == Status.APPROVED)
    undo(actions.approve(held, by=ana), by=ana)
    actions.approve(held, by=ana)
    actions.mark_spam(next(c for c in arrived.comments if c.status == Status.HELD and c != held), by=ana)
    make_comment(held.post, "Thank you, passed on.", answers=held, user=ana, badge=Comment.Badge.MODERATOR)
    report(published, Complaint(reason="rude", words="", key="k", network=""), now=NOW)
    version = LearningState.objects.get().version

    assert "Took 205 comments and 1 below them away" in run("--clear")

    assert everything() == before
    assert LearningState.objects.get().version > version


def test_clearing_takes_along_bans_of_its_writers_with_their_lines_and_no_others(arrived, before):
    ana = make_moderator("ana", "Ana Lima")
    how = {"network": True, "address": True, "expires_at": None, "strength": "spam", "note": ""}
    network, address = ban(arrived.comments[0], by=ana, now=NOW, **how)
    unblock(network, by=ana, now=NOW)
    undo_listing(Deed.objects.get(term=network, verb=Deed.Verb.UNBLOCK), by=ana, now=NOW)
    unblock(address, by=ana, now=NOW)
    typed = block(BlockedTerm(kind="word", value="insole*", strength="hold"), by=ana, now=NOW)

    clear_waves()

    assert [deed.term for deed in Deed.objects.exclude(term=None)] == [typed]
    typed.deeds.all().delete()
    typed.delete()
    assert everything() == before


def sweep(comments: Sequence[Comment]) -> Sweep:
    """All of them marked as spam in one step."""
    sam = get_user_model().objects.get(username="sam")
    line = actions.line_for(Deed.Verb.SPAM, by=sam, reason=actions.NO_REASON, now=NOW)
    # As the rows are: other tests may have moved the objects that all of them share.
    rows = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    begun = begin_choice(line, {comment.pk: comment.stand for comment in rows})
    assert not advance(begun.pk, now=NOW)
    return begun


def test_clearing_takes_along_a_sweep_over_the_wave(arrived, before):
    sweep([comment for comment in arrived.comments if comment.status == Status.HELD])
    clear_waves()
    assert everything() == before


def test_a_sweep_over_other_comments_too_is_one_of_those_alone(arrived):
    other = make_comment(arrived.honest[0].post, "Cheap taps at https://taps.example/", status=Status.HELD)
    begun = sweep([other, *arrived.honest])
    clear_waves()
    begun.refresh_from_db()
    assert (begun.total, begun.done_count) == (1, 1)
    assert [deed.comment for deed in begun.deeds.all()] == [other]


def test_clearing_leaves_comments_that_came_after_the_wave(arrived):
    post = arrived.honest[0].post
    mine = make_comment(post, "I was here, too.", email="somebody@example.org")
    clear_waves()
    assert Comment.objects.filter(pk=mine.pk).exists()
    counted = Post.objects.get(pk=post.pk)
    assert counted.comment_count == post.comments.approved().count()
    assert counted.last_comment_at == mine.created_at
    assert recount(post.pk) == counted.root_count
