"""Editing and deleting in “my comments”: any of one's own comments, at any time, from any browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from comments.moderation.actions import mark_spam
from tests.comments.cast import SAME_ORIGIN, body_of
from tests.comments.my_comments import INES, opened
from tests.makers import make_comment, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
PATH = "/my-comments/"
NEW = {"text": "Mine took seven weeks.", "name": "Ines"}


@pytest.fixture
def comment(post) -> Comment:
    """Long past the half hour in which its own browser could change it."""
    return make_comment(post, email=INES, created_at=timezone.now() - timedelta(days=2))


def edit(client: Client, comment: Comment, **fields: str):
    return client.post(f"{PATH}{comment.pk}/edit/", NEW | fields, headers=SAME_ORIGIN)


def withdraw(client: Client, comment: Comment):
    return client.post(f"{PATH}{comment.pk}/withdraw/", headers=SAME_ORIGIN)


def text_of(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.text


def test_old_comment_is_edited_and_marked(comment):
    client = opened()
    assert "Mine took six weeks." in body_of(client.get(f"{PATH}{comment.pk}/edit/"))
    answer = edit(client, comment)
    assert answer["Location"] == f"{PATH}?done=edited"
    assert "Saved. A changed comment" in body_of(client.get(answer["Location"]))
    assert text_of(comment) == "Mine took seven weeks."
    assert comment.edited_at
    assert comment.email == INES
    assert "<span>edited</span>" in body_of(client.get(PATH))


def test_error_and_preview_keep_what_was_typed(comment):
    client = opened()
    wrong = edit(client, comment, name="")
    assert wrong.status_code == 400
    assert "Mine took seven weeks." in body_of(wrong)
    preview = edit(client, comment, preview="1")
    assert "<p>Mine took seven weeks.</p>" in body_of(preview)
    assert text_of(comment) == "Mine took six weeks."


def test_what_the_edit_page_leads_back_to_is_the_list(comment):
    client = opened()
    for deed in ("edit", "withdraw"):
        assert f'href="{PATH}"' in body_of(client.get(f"{PATH}{comment.pk}/{deed}/"))


def test_comment_is_withdrawn(comment):
    client = opened()
    assert "Delete for good" in body_of(client.get(f"{PATH}{comment.pk}/withdraw/"))
    assert text_of(comment) == "Mine took six weeks."
    response = withdraw(client, comment)
    assert "The comment is deleted." in body_of(client.get(response["Location"]))
    assert (text_of(comment), comment.status) == ("", Comment.Status.WITHDRAWN)


def test_second_press_finds_it_done(comment):
    client = opened()
    first, second = withdraw(client, comment), withdraw(client, comment)
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize("email", ["", "dev@example.org"])
def test_comment_of_somebody_else_is_not_there(post, email):
    theirs = make_comment(post, email=email)
    client = opened()
    for deed in ("edit", "withdraw"):
        assert client.get(f"{PATH}{theirs.pk}/{deed}/").status_code == 404
        assert "Mine took six" not in body_of(client.get(f"{PATH}{theirs.pk}/{deed}/"))
    assert withdraw(client, theirs).status_code == 404
    answer = edit(client, theirs)
    assert answer.status_code == 404
    assert "Mine took seven weeks." in body_of(answer)
    assert text_of(theirs) == "Mine took six weeks."


def test_words_typed_past_the_hour_are_shown_to_copy(comment):
    answer = edit(Client(), comment)
    assert answer.status_code == 403
    assert "Mine took seven weeks." in body_of(answer)
    assert text_of(comment) == "Mine took six weeks."


def test_what_a_moderator_refused_is_deleted_and_not_edited(comment):
    mark_spam(comment, by=None)
    client = opened()
    assert edit(client, comment).status_code == 409
    assert withdraw(client, comment).status_code == 302


def test_removed_comment_has_no_link_to_edit(post):
    removed = make_comment(post, email=INES, status=Comment.Status.TRASH)
    page = body_of(opened().get(PATH))
    assert f"{removed.pk}/edit/" not in page
    assert f"{removed.pk}/withdraw/" in page


def test_post_that_is_gone_is_not_named():
    gone = make_post("A secret title", withdraw_at=timezone.now() - timedelta(hours=1))
    comment = make_comment(gone, email=INES)
    client = opened()
    for deed in ("edit", "withdraw"):
        assert "A secret title" not in body_of(client.get(f"{PATH}{comment.pk}/{deed}/"))
    assert withdraw(client, comment).status_code == 302


@pytest.mark.parametrize("deed", ["edit", "withdraw"])
def test_button_of_another_site_changes_nothing(comment, deed):
    response = opened().post(f"{PATH}{comment.pk}/{deed}/", NEW, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert text_of(comment) == "Mine took six weeks."
