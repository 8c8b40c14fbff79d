"""Changing a comment: new words get a new verdict, and nobody publishes by an edit what would have waited."""

from datetime import timedelta

import pytest

from blog.models import Post
from comments import judging
from comments.blocking import block
from comments.draft import Draft
from comments.editing import (
    CannotChangeError,
    edit_comment,
    is_open_to_change,
    withdraw_comment,
)
from comments.history import history_of
from comments.lessons import Lesson
from comments.models import BlockedTerm, ChangedMeanwhileError, Comment, Follow, Mail, Reader
from comments.moderation.actions import approve, hold, mark_spam, trash
from comments.moderation.undoing import CannotUndoError, undo
from comments.spam.candidate import History
from comments.submit import submit_comment
from comments.teaching import teach_anew
from tests.comments.notifications.mails import do_tasks
from tests.makers import NOW, make_draft, make_moderator, make_post, make_sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
Status = Comment.Status
LATER = NOW + timedelta(minutes=5)
PITCH = "Cheap zimzam, that is what helped me with it in the end, more than all else."


@pytest.fixture
def post(time_machine: object) -> Post:
    time_machine.move_to(NOW)
    block(BlockedTerm(kind="word", value="zimzam", strength="hold"), by=make_moderator("ann", "Ann Lee"))
    return make_post(publish_at=NOW - timedelta(days=3))


def say(post: Post, text: str = "Mine took six weeks.", **fields: object) -> Comment:
    draft = make_draft(text, **fields)
    return submit_comment(draft, post=post, sender=make_sender(), now=NOW).comment


def edit(comment: Comment, text: str, *, name: str = "Ines", edition: str | None = None, **sender) -> bool:
    draft = Draft(name=name, text=text, form_age=60.0, email=comment.email, answers=comment.answers)
    seen = comment.edition if edition is None else edition
    return edit_comment(comment, draft, edition=seen, sender=make_sender(**sender), now=LATER)


def test_words_are_changed_marked_and_found(post):
    comment = say(post, "Mine took six weeks.")
    version = post.thread_version
    assert edit(comment, "Mine took *seven* weeks.", name="Ines B.")
    comment = Comment.objects.get()
    assert comment.html == "<p>Mine took <em>seven</em> weeks.</p>\n"
    assert (comment.name, comment.status, comment.edited_at) == ("Ines B.", Status.APPROVED, LATER)
    assert comment.version == 2
    post.refresh_from_db()
    assert post.thread_version > version


def test_search_finds_the_new_words_only(client, post):
    edit(say(post, "Mine was the patella."), "Mine was the meniscus.")
    found = [client.get("/search/", {"q": word}).content.decode() for word in ("patella", "meniscus")]
    assert ["#c" in page or "/comments/" in page for page in found] == [False, True]


def test_same_words_change_nothing(post):
    comment = say(post)
    assert not edit(comment, "Mine took six weeks.")
    assert Comment.objects.get().edited_at is None


def test_advertisement_does_not_come_in_by_an_edit(post):
    comment = say(post)
    edit(comment, PITCH)
    comment.refresh_from_db()
    post.refresh_from_db()
    assert comment.status == Status.HELD
    assert post.comment_count == 0
    assert any("zimzam" in finding["words"] for finding in comment.findings)


def test_what_waited_for_a_word_is_published_without_it_and_followers_hear(post):
    comment = say(post, PITCH, email="ines@example.org")
    assert comment.status == Status.HELD
    reader = Follow.objects.create(
        reader=Reader.objects.create(email="dev@example.org", confirmed_at=NOW), post=post, confirmed_at=NOW
    ).reader
    edit(comment, "Mine took six weeks.")
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED
    do_tasks()
    assert Mail.objects.get(reader=reader).comment == comment


def test_what_was_surely_spam_waits_after_an_edit(post):
    comment = say(post, honeypot="x")
    assert comment.status == Status.SPAM
    edit(comment, "Mine took six weeks, honestly.")
    assert Comment.objects.get().status == Status.HELD


def test_what_a_person_had_wait_goes_on_waiting(post):
    comment = say(post)
    hold(comment, by=make_moderator(), now=NOW)
    edit(comment, "Mine took seven weeks.")
    assert Comment.objects.get().status == Status.HELD


def test_what_a_person_approved_stays_when_its_new_words_are_fine(post):
    comment = say(post, PITCH)
    approve(comment, by=make_moderator(), now=NOW)
    edit(comment, "Mine took six weeks.")
    assert Comment.objects.get().status == Status.APPROVED


@pytest.mark.parametrize("take_down", [mark_spam, trash])
def test_what_a_person_took_down_cannot_be_changed(post, take_down):
    comment = say(post)
    take_down(Comment.objects.get(), by=make_moderator(), now=NOW)
    with pytest.raises(CannotChangeError):
        edit(comment, "Mine took seven weeks.")
    comment.refresh_from_db()
    assert comment.text == "Mine took six weeks."
    assert not is_open_to_change(comment)


def test_two_windows_do_not_overwrite_each_other(post):
    comment = say(post)
    other = Comment.objects.get()
    edit(comment, "Mine took seven weeks.")
    with pytest.raises(ChangedMeanwhileError):
        edit(other, "Mine took eight weeks.")
    assert Comment.objects.get().text == "Mine took seven weeks."


def test_comment_does_not_come_before_itself(post):
    comment = say(post)
    history = history_of(comment, make_sender(), now=LATER)
    assert (history.recent_from_network, history.recent_same_text) == (0, 0)


def test_traces_are_those_of_the_new_words(post):
    comment = say(post, "See https://old.example/ for it, that is what helped me with it in the end.")
    assert [row.domain for row in comment.domains.all()] == ["old.example"]
    edit(comment, "See https://new.example/ for it, that is what helped me with it in the end.")
    assert [row.domain for row in comment.domains.all()] == ["new.example"]


def test_verdict_on_former_words_teaches_nothing_of_the_new_ones(post):
    comment = say(post, PITCH)
    approve(comment, by=make_moderator(), now=NOW)
    assert Lesson.objects.get().text == PITCH
    edit(comment, "Mine took six weeks.")
    assert not Lesson.objects.exists()
    teach_anew()
    assert not Lesson.objects.exists()


# ---------- withdrawing ----------


def test_nothing_is_left_but_the_place(post):
    comment = say(post, PITCH, email="ines@example.org", wants_answers=True)
    approve(comment, by=make_moderator(), now=NOW)
    assert withdraw_comment(comment)
    assert not withdraw_comment(comment)
    left = Comment.objects.get()
    assert left.status == comment.status == Status.WITHDRAWN
    assert [left.name, left.email, left.website, left.text, left.html, left.network, left.fingerprint] == [
        ""
    ] * 7
    assert (left.findings, left.probability, left.idempotency_key, left.user) == ([], None, None, None)
    assert not left.bands.exists()
    assert not left.domains.exists()
    assert not Follow.objects.exists()
    assert not Lesson.objects.exists()
    assert not Mail.objects.waiting().filter(comment=left).exists()


def test_withdrawn_words_are_on_no_page(client, post):
    comment = say(post, "Mine was the patella.")
    withdraw_comment(comment)
    page = client.get(post.get_absolute_url()).content.decode()
    assert "patella" not in page
    assert f"c{comment.pk}" not in page
    assert "No comments yet" in page
    assert "/comments/" not in client.get("/search/", {"q": "patella"}).content.decode()


def test_replies_keep_standing_below_a_placeholder(client, post):
    root = say(post, "Mine was the patella.")
    draft = make_draft("So was mine.", name="Dev R.", answers=root)
    submit_comment(draft, post=post, sender=make_sender("b"), now=NOW)
    withdraw_comment(root)
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Withdrawn by its writer." in page
    assert "So was mine." in page
    assert "patella" not in page


def test_moderators_cannot_bring_it_back(post):
    comment = say(post)
    sam = make_moderator()
    deed = hold(comment, by=sam, now=NOW)
    withdraw_comment(comment)
    assert approve(comment, by=sam, now=NOW) is None
    assert Comment.objects.get().status == Status.WITHDRAWN
    assert deed.comment.deeds.count() == 1


def test_desk_says_that_it_was_withdrawn(client, post):
    comment = say(post)
    sam = make_moderator()
    hold(comment, by=sam, now=NOW)
    withdraw_comment(comment)
    client.force_login(sam)
    page = client.get(f"/desk/comments/{comment.pk}/").content.decode()
    assert "A comment that its writer withdrew" in page
    assert 'value="approve"' not in page
    assert "A comment that its writer withdrew" in client.get("/desk/log/").content.decode()
    answer = client.post(f"/desk/comments/{comment.pk}/act/", {"verb": "approve"}, follow=True)
    assert "withdrawn by its writer" in answer.content.decode()


def test_undo_does_not_publish_words_that_nobody_has_read(post):
    comment = say(post)
    sam = make_moderator()
    deed = hold(comment, by=sam, now=NOW)
    edit(comment, "Mine took seven weeks, and here is something else.")
    with pytest.raises(CannotUndoError, match="has changed it since"):
        undo(deed, by=sam, now=LATER)
    assert Comment.objects.get().status == Status.HELD


def test_edit_is_judged_by_where_it_comes_from(post, monkeypatch):
    """The row may know its network no more, and keeps what it knew."""
    comment = say(post)
    seen = []
    monkeypatch.setattr(
        judging, "history_of", lambda words, *_, **__: seen.append(words.network) or History()
    )
    edit(comment, "Mine took seven weeks.", network="elsewhere")
    assert seen == ["elsewhere"]
    assert Comment.objects.get().network == "network-a"
