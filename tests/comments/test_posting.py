"""Posting a comment from the page: where it leads, who sees it, and that twice is once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Follow, Reader
from comments.moderation.actions import trash
from comments.readers import READER_COOKIE, know_reader, reader_for
from tests.comments.cast import body_of, send
from tests.makers import make_comment, make_moderator, make_topic

pytestmark = pytest.mark.django_db


# ---------- the happy path ----------


def test_boxes_for_mails_begin_unticked_and_are_not_for_the_team(client, post):
    page = body_of(client.get(post.get_absolute_url()))
    assert "Mail me when somebody answers this comment" in page
    assert "checked" not in page
    client.force_login(make_moderator())
    assert "Mail me" not in body_of(client.get(post.get_absolute_url()))


def test_page_after_a_comment_speaks_of_the_mail_that_was_asked_for(client, post):
    response = send(client, post, email="ines@example.org", mail_answers="on", mail_thread="on")
    comment = Comment.objects.get()
    assert response["Location"] == f"{post.get_absolute_url()}?asked=mail#c{comment.pk}"
    assert "look into your mailbox" in body_of(client.get(f"{post.get_absolute_url()}?asked=mail"))
    assert "look into your mailbox" not in body_of(Client().get(f"{post.get_absolute_url()}?asked=mail"))
    follows = Follow.objects.pending()
    assert sorted(follow.target for follow in follows) == [f"comment.{comment.pk}", f"post.{post.pk}"]


def test_box_for_mails_needs_an_address_and_stays_ticked(client, post):
    response = send(client, post, mail_thread="on")
    assert response.status_code == 400
    page = body_of(response)
    assert page.count("Enter your email address, or untick the boxes for mails") == 2
    assert re.search(r'name="mail_thread"[^>]*checked', page)
    assert not Comment.objects.exists()


def test_preview_asks_nobody(client, post):
    response = send(client, post, email="ines@example.org", mail_thread="on", preview="1")
    assert re.search(r'name="mail_thread"[^>]*checked', body_of(response))
    assert not Follow.objects.exists()


def test_known_browser_follows_at_once_and_hears_so(client, post, rf):
    reader = reader_for("ines@example.org")
    Reader.objects.filter(pk=reader.pk).update(confirmed_at=timezone.now())
    response = client.get("/healthz")
    know_reader(rf.get("/"), response, reader)
    client.cookies[READER_COOKIE] = response.cookies[READER_COOKIE].value
    response = send(client, post, email="ines@example.org", mail_thread="on")
    assert "?asked=done#" in response["Location"]
    assert Follow.objects.active().count() == 1


def test_comment_leads_to_its_place_on_the_page(client, post):
    response = send(client, post)
    comment = Comment.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{post.get_absolute_url()}#c{comment.pk}"
    page = body_of(client.get(post.get_absolute_url()))
    assert f'id="c{comment.pk}"' in page
    assert "Mine took six weeks." in page
    assert "1 comment" in page


def test_reply_without_javascript(client, post):
    """The Reply link leads to the form with the parent quoted; the form carries the parent."""
    parent = make_comment(post, "I lost a whole autumn.", name="Ines")
    page = body_of(client.get(f"{post.get_absolute_url()}?reply_to={parent.pk}"))
    assert "Replying to" in page
    assert f'name="parent" value="{parent.pk}"' in page
    send(client, post, text="So did I.", name="Noor", parent=parent.pk)
    assert Comment.objects.get(name="Noor").parent == parent


def test_comment_of_a_later_page_leads_there(client, post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 2
    for number in range(5):
        make_comment(post, f"Root {number}")
    response = send(client, post)
    assert "?page=3#c" in response["Location"]


def test_preview_shows_the_comment_and_stores_nothing(client, post):
    response = send(client, post, text="*Slowly*", preview="1")
    assert response.status_code == 200
    assert "<em>Slowly</em>" in body_of(response)
    assert "*Slowly*</textarea>" in body_of(response)
    assert not Comment.objects.exists()


def test_opening_the_forms_address_leads_back_to_the_form(client, post):
    response = client.get(f"/comments/new/{post.pk}/")
    assert response["Location"] == f"{post.get_absolute_url()}#respond"


# ---------- held ----------


def test_held_comment_is_seen_by_its_writer_only(client, post):
    response = send(client, post, text="See https://drills.example/")
    comment = Comment.objects.get()
    assert comment.status == Comment.Status.HELD
    own = client.get(response["Location"].split("#")[0])
    assert f'id="c{comment.pk}"' in body_of(own)
    assert "nly you can see this" in body_of(own)
    assert "because of a link" in body_of(own)
    assert "private" in own["Cache-Control"]
    assert "no-store" in own["Cache-Control"]
    stranger = Client().get(post.get_absolute_url())
    assert "drills.example" not in body_of(stranger)


def test_page_of_a_commenter_never_enters_the_cache(client, post):
    """The writer of a held comment looks first; a stranger after them must get the public page."""
    send(client, post, text="See https://drills.example/")
    client.get(post.get_absolute_url())
    assert "drills.example" not in body_of(Client().get(post.get_absolute_url()))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/feed/",
        "/comments/feed/",
        "/comments/feed/feed.json",
        "/search/?q=secretword",
        "/topics/it-band/",
    ],
)
@pytest.mark.parametrize("status", ["held", "spam", "trash"])
def test_words_that_are_not_approved_appear_nowhere(client, post, address, status):
    post.topics.add(make_topic())
    make_comment(post, "The secretword.", name="Hidden Person", status=status)
    page = client.get(address)
    assert page.status_code == 200
    assert "The secretword" not in body_of(page)
    assert "Hidden Person" not in body_of(page)


@pytest.mark.parametrize("status", ["held", "spam", "trash"])
def test_permalink_of_what_is_not_approved_is_not_found(client, post, status):
    hidden = make_comment(post, status=status)
    assert client.get(hidden.get_absolute_url()).status_code == 404


# ---------- twice is once ----------


def test_double_click_is_one_comment(client, post):
    first, second = send(client, post), send(client, post)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_too_many_comments_are_asked_to_wait_with_their_text(client, post, settings):
    settings.COMMENT_LIMIT = 2
    for number in range(2):
        send(client, post, text=f"Number {number}")
    response = send(client, post, text="One too many")
    assert response.status_code == 429
    assert "One too many" in body_of(response)
    assert Comment.objects.count() == 2


def test_previews_are_limited_too(client, post, settings):
    settings.COMMENT_LIMIT = 1
    statuses = [send(client, post, text=f"Number {number}", preview="1").status_code for number in range(6)]
    assert statuses == [200] * 5 + [429]


# ---------- whose it is ----------


def test_copying_somebodys_words_does_not_make_them_yours(client, post):
    """Anybody on the same network can send what they read again; the standing of its writer is not theirs."""
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        send(client, post)
    copier = Client()
    response = send(copier, post)
    assert response.status_code == 302
    assert "commenter" not in response.cookies
    assert Comment.objects.count() == 1


def test_answer_that_was_lost_is_made_good_within_a_minute(client, post):
    send(client, post)
    retry = Client()
    assert "commenter" in send(retry, post).cookies


def test_words_a_moderator_took_down_are_not_posted_again_and_not_lost(client, post):
    send(client, post, text="Rude words")
    trash(Comment.objects.get(), by=make_moderator())
    response = send(client, post, text="Rude words")
    assert response.status_code == 409
    assert "Rude words" in body_of(response)
    assert "moderator removed" in body_of(response)


# ---------- hostile fields ----------


@pytest.mark.parametrize("field", ["text", "name", "email", "parent", "stamp", "elapsed", "website_url"])
@pytest.mark.parametrize(
    "value",
    ["a\x00b", "\u202e", "9" * 5000, "0" * 9 + "9" * 400, "²", "-1", "\ufffd", "x" * 20_000],
    ids=["NUL", "override", "digits", "more digits", "superscript", "minus", "replacement", "long"],
)
def test_no_field_can_break_the_form(client, post, field, value):
    response = send(client, post, **{"email": "a@b.example", field: value})
    assert response.status_code in (200, 302, 400, 409)


@pytest.mark.parametrize("reply_to", ["a\x00b", "x" * 5000, "\u202e", "'; --", ""])
def test_reply_form_for_anything_else_is_an_ordinary_form(client, post, reply_to):
    response = client.get(post.get_absolute_url(), {"reply_to": reply_to})
    assert response.status_code == 200
    assert "Add your comment" in body_of(response)


def test_address_is_kept_without_the_marks_that_would_turn_it_round(client, post):
    send(client, post, email="a@\u202eexample.com")
    assert Comment.objects.get().email == "a@example.com"


def test_email_address_is_kept_in_small_letters(client, post):
    """Whoever asks for it later, in whatever letters, asks for the same."""
    send(client, post, email="Ines@Example.ORG")
    assert Comment.objects.get().email == "ines@example.org"


def test_reply_below_the_deepest_level_stays_there(client, post):
    comment = make_comment(post, "level 0")
    for depth in range(1, 9):
        client.defaults["REMOTE_ADDR"] = f"10.{depth}.0.1"
        send(client, post, text=f"level {depth}", parent=comment.pk)
        comment = Comment.objects.get(text=f"level {depth}")
    assert comment.depth == 5
    assert f"in reply to <bdi>{comment.answers.name}" in body_of(client.get(post.get_absolute_url()))
