"""What was removed long ago is deleted for good, and never what somebody can still take back or read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from blog.models import Post
from comments.disposal import UNDO_FOR, delete_removed, forget_wordings
from comments.models import Comment, Deed, Lesson, Report, Wording
from comments.moderation.actions import approve, hold, mark_spam, trash
from comments.moderation.log import about
from comments.moderation.undoing import CannotUndoError, undo
from comments.moderation.wording import Words, edit_words
from comments.reporting import Complaint, report
from tests.comments.moderation.cast import NOON, make_comment

LONG_AGO = timedelta(days=90)


@pytest.mark.parametrize(
    ("status", "is_kept"), [("spam", False), ("trash", False), ("held", True), ("approved", True)]
)
def test_only_what_was_removed_is_deleted(post: Post, status: str, is_kept: bool) -> None:
    make_comment(post, status=status)
    assert delete_removed(NOON + LONG_AGO) == (not is_kept)
    assert Comment.objects.exists() == is_kept
    assert delete_removed(NOON + LONG_AGO) == 0


def test_nothing_is_deleted_before_its_time(post: Post, held: Comment, sam: User) -> None:
    trash(held, by=sam, now=NOON + timedelta(days=5))
    assert delete_removed(NOON + LONG_AGO) == 0
    assert delete_removed(NOON + LONG_AGO + timedelta(days=5)) == 1


def test_words_changed_since_are_as_young_as_the_change(post: Post) -> None:
    make_comment(post, status="spam", edited_at=NOON + timedelta(days=5))
    assert delete_removed(NOON + LONG_AGO) == 0


def test_what_can_be_undone_is_kept_whatever_the_setting_says(
    held: Comment, sam: User, settings: object
) -> None:
    settings.COMMENT_DELETE_AFTER_DAYS = 1
    deed = trash(held, by=sam, now=NOON)
    assert delete_removed(NOON + UNDO_FOR - timedelta(seconds=1)) == 0
    undo(deed, by=sam, now=NOON + UNDO_FOR - timedelta(seconds=1))
    held.refresh_from_db()
    assert held.status == "held"


def test_zero_keeps_everything_for_ever(post: Post, settings: object) -> None:
    settings.COMMENT_DELETE_AFTER_DAYS = 0
    make_comment(post, status="spam")
    assert delete_removed(NOON + LONG_AGO * 9) == 0


def test_log_and_lessons_outlive_the_comment(client: Client, held: Comment, sam: User) -> None:
    deed = mark_spam(held, by=sam, now=NOON)
    delete_removed(NOON + LONG_AGO)
    deed.refresh_from_db()
    assert (deed.comment, deed.before, deed.after) == (None, "held", "spam")
    assert about(deed) == "A comment that has been deleted since"
    assert Lesson.objects.get().is_spam
    with pytest.raises(CannotUndoError, match="deleted for good"):
        undo(deed, by=sam)
    client.force_login(sam)
    assert "deleted since" in client.get("/desk/log/").content.decode()
    assert "deleted since" in "".join(line.decode() for line in client.get("/desk/log/export/"))


def test_removed_comment_keeps_its_place_over_replies_that_readers_see(
    client: Client, post: Post, sam: User
) -> None:
    parent = make_comment(post, text="Rude words", name="Rude", email="rude@x.example", network="n1")
    approve(parent, by=sam, now=NOON)
    report(parent, Complaint("rude", "", "k1", "n1"), now=NOON)
    make_comment(post, status="approved", parent=parent, text="An answer")
    trash(parent, by=sam, now=NOON)
    assert delete_removed(NOON + LONG_AGO) == 1
    assert delete_removed(NOON + LONG_AGO) == 0
    parent.refresh_from_db()
    assert (parent.status, parent.name, parent.text, parent.email, parent.network) == (
        "deleted",
        "",
        "",
        "",
        "",
    )
    assert Report.objects.count() == 0
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Removed by a moderator." in page
    assert "An answer" in page
    client.force_login(sam)
    desk = client.get(f"/desk/comments/{parent.pk}/").content.decode()
    assert "A comment that was deleted for good" in desk


def test_emptied_comment_is_not_brought_back(post: Post, sam: User) -> None:
    parent = make_comment(post, status="trash")
    make_comment(post, status="approved", parent=parent)
    delete_removed(NOON + LONG_AGO)
    assert approve(parent, by=sam) is None
    assert hold(parent, by=sam) is None
    parent.refresh_from_db()
    assert parent.status == "deleted"


def test_removed_branch_goes_from_its_leaves(post: Post) -> None:
    parent = make_comment(post, status="spam")
    make_comment(post, status="spam", parent=make_comment(post, status="trash", parent=parent))
    assert [delete_removed(NOON + LONG_AGO) for _ in range(4)] == [1, 1, 1, 0]
    assert Comment.objects.count() == 0


def test_former_words_are_forgotten_when_the_edit_cannot_be_undone(held: Comment, sam: User) -> None:
    edit_words(held, Words("H.", "", "Less"), by=sam, seen="", now=NOON)
    assert forget_wordings(NOON + UNDO_FOR - timedelta(seconds=1)) == 0
    assert forget_wordings(NOON + UNDO_FOR) == 1
    assert (Wording.objects.count(), Deed.objects.count()) == (0, 1)


def test_command_deletes_all_of_it(
    post: Post, time_machine: object, capsys: pytest.CaptureFixture[str]
) -> None:
    time_machine.move_to(NOON + LONG_AGO, tick=False)
    for _ in range(3):
        make_comment(post, status="spam")
    call_command("delete_removed")
    assert "Deleted 3 removed comments and the former words of 0 edits." in capsys.readouterr().out
