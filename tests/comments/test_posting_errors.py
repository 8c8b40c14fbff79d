"""Whatever stops a comment, its text is shown again, with words that say what to do."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from tests.comments.cast import SAME_ORIGIN, body_of, form_data, send
from tests.makers import make_comment, make_post

pytestmark = pytest.mark.django_db


# ---------- errors keep what was typed ----------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": ""}, "Write your comment"),
        ({"text": "   \n\t "}, "Write your comment"),
        ({"text": "\u200b\u2060\u3164"}, "Write your comment"),
        ({"name": ""}, "Enter a name"),
        ({"name": "\u200b"}, "Enter a name"),
        ({"name": "n" * 300}, "Shorten your name"),
        ({"text": "x" * 10_001}, "Shorten your comment"),
        ({"email": "not-an-address"}, "Enter an email address such as"),
        ({"name": "Mara Lindqvist"}, "That name belongs to"),
        ({"name": "MARA  L1ndqvist"}, "That name belongs to"),
        ({"name": "Мara Lindqvist"}, "That name belongs to"),
    ],
)
def test_wrong_input_is_named_and_everything_typed_stays(client, post, fields, message):
    typed = {"text": "A long story.", "name": "Ines", "email": "ines@example.org"} | fields
    response = send(client, post, **typed)
    page = body_of(response)
    assert response.status_code == 400
    assert message in page
    assert "<title>Error: " in page
    assert not Comment.objects.exists()
    assert "A long story.</textarea>" in page or "text" in fields
    assert 'value="ines@example.org"' in page or "email" in fields


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"name": ""}, 400), ({"parent": "gone"}, 409), ({"preview": "1"}, 200), ({}, 429)],
)
def test_answer_with_what_was_typed_may_be_shown_again_by_its_writers_browser(
    client, post, settings, fields, status
):
    """Going back to a page that no browser may keep asks to send the form again, and loses the words."""
    settings.COMMENT_LIMIT = 1 if status == 200 else 0
    response = send(client, post, **fields)
    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("fields", "prepare"),
    [
        ({"name": ""}, lambda settings: None),
        ({"parent": "gone"}, lambda settings: None),
        ({}, lambda settings: setattr(settings, "COMMENT_LIMIT", 0)),
        ({}, lambda settings: Post.objects.update(commenting=Post.Commenting.CLOSED)),
    ],
    ids=["mistake", "answered comment is gone", "too many", "closed"],
)
def test_title_of_every_refusal_says_that_it_is_an_error(client, post, settings, fields, prepare):
    """The title is what a screen reader says first, and nothing was posted."""
    prepare(settings)
    assert "<title>Error: " in body_of(send(client, post, **fields))


def test_title_of_a_preview_says_so(client, post):
    assert "<title>Preview: " in body_of(send(client, post, preview="1"))


def test_way_to_a_comment_just_written_is_kept_nowhere(client, post):
    assert send(client, post)["Cache-Control"] == "private, no-store"


def test_control_characters_are_dropped_not_refused(client, post):
    send(client, post, text="Six\x00 weeks\u202e.", name="I\x00nes")
    comment = Comment.objects.get()
    assert (comment.text, comment.name) == ("Six weeks.", "Ines")


def test_invalid_utf8_is_no_error(client, post):
    body = b"text=six%FF%FEweeks&name=Ines"
    response = client.post(
        f"/comments/new/{post.pk}/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers=SAME_ORIGIN,
    )
    assert response.status_code == 302
    assert Comment.objects.get().text == "six\ufffd\ufffdweeks"


def test_body_of_a_megabyte_is_refused_plainly(client, post):
    response = send(client, post, text="x" * 1_100_000)
    assert response.status_code == 413
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", ["missing", "draft", "scheduled", "withdrawn"])
def test_text_for_a_post_that_is_not_there_is_shown_to_copy(client, post, state):
    now = timezone.now()
    address = f"/comments/new/{post.pk}/"
    if state == "missing":
        address = "/comments/new/999999/"
    elif state == "draft":
        Post.objects.update(publish_at=None)
    elif state == "scheduled":
        Post.objects.update(publish_at=now + timedelta(days=1))
    else:
        Post.objects.update(withdraw_at=now)
    response = client.post(address, form_data(post, text="My whole story"), headers=SAME_ORIGIN)
    assert response.status_code == 404
    assert "My whole story" in body_of(response)
    assert post.title not in body_of(response)
    assert not Comment.objects.exists()


def test_text_for_a_closed_post_is_shown_to_copy(client, post):
    Post.objects.update(commenting=Post.Commenting.CLOSED)
    response = send(client, post, text="My whole story")
    assert response.status_code == 403
    assert "My whole story" in body_of(response)
    assert "closed" in body_of(response)
    assert not Comment.objects.exists()


def test_closed_post_shows_its_comments_and_no_form(client, post):
    make_comment(post, "Still here.")
    Post.objects.update(commenting=Post.Commenting.CLOSED)
    page = body_of(client.get(post.get_absolute_url()))
    assert "Still here." in page
    assert "<textarea" not in page
    assert "?reply_to=" not in page


@pytest.mark.parametrize("parent", ["of another post", "removed", "held", "missing", "absurd"])
def test_answer_to_a_comment_that_cannot_be_answered_keeps_the_text(client, post, parent):
    other = make_post("Another post", slug="another")
    ids = {
        "of another post": make_comment(other).pk,
        "removed": make_comment(post, status="trash").pk,
        "held": make_comment(post, status="held").pk,
        "missing": "0" * 12,
        "absurd": "x" * 5000,
    }
    before = Comment.objects.count()
    response = send(client, post, text="My whole story", parent=ids[parent])
    page = body_of(response)
    assert response.status_code == 409
    assert "My whole story" in page
    assert "no longer there" in page
    assert re.search(r'name="parent"(?! value="[^"])', page)
    assert Comment.objects.count() == before


def test_reply_form_for_a_removed_comment_is_an_ordinary_form(client, post):
    removed = make_comment(post, "gone", name="Gone Person", status="trash")
    page = body_of(client.get(f"{post.get_absolute_url()}?reply_to={removed.pk}"))
    assert "Gone Person" not in page
    assert "<textarea" in page
    assert "no longer there" in page
