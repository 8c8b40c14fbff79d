"""Posting a comment from the page: where it leads, who may, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Follow, Reader
from comments.moderation.actions import trash
from comments.readers import READER_COOKIE, know_reader, reader_for
from comments.stamp import new_stamp
from tests.makers import make_comment, make_moderator, make_post, make_topic

pytestmark = pytest.mark.django_db

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


@pytest.fixture
def post() -> Post:
    return make_post()


def form_data(post: Post, **fields: str) -> dict[str, str]:
    made_at = timezone.now() - timedelta(minutes=2)
    return {"text": "Mine took six weeks.", "name": "Ines", "stamp": new_stamp(post.pk, made_at)} | fields


def send(client: Client, post: Post, headers: dict | None = None, **fields: str):
    address = f"/comments/new/{post.pk}/"
    return client.post(
        address, form_data(post, **fields), headers=SAME_ORIGIN if headers is None else headers
    )


def body_of(response) -> str:
    return response.content.decode()


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


# ---------- where it comes from ----------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/page"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
    ids=str,
)
def test_comment_from_elsewhere_is_refused_with_its_text(client, post, headers):
    response = send(client, post, headers=headers, text="My whole story")
    assert response.status_code == 403
    assert "My whole story" in body_of(response)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/2026/03/x/"},
    ],
    ids=str,
)
def test_older_browsers_are_known_by_origin_or_referer(client, post, headers):
    assert send(client, post, headers=headers).status_code == 302


# ---------- staff ----------


@pytest.fixture
def strict_client() -> Client:
    return Client(enforce_csrf_checks=True)


def token_on(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def test_writer_answers_under_her_own_name_with_the_badge(strict_client, post):
    strict_client.force_login(post.author)
    page = body_of(strict_client.get(post.get_absolute_url()))
    assert 'name="name"' not in page
    send(strict_client, post, text="Thank you all.", name="Forged", csrfmiddlewaretoken=token_on(page))
    comment = Comment.objects.get()
    assert (comment.name, comment.badge, comment.user) == ("Mara Lindqvist", "author", post.author)


def test_session_without_token_speaks_for_nobody(strict_client, post):
    """Neither as staff nor as a reader: the page is shown again, with a token and the text."""
    strict_client.force_login(post.author)
    response = send(strict_client, post, text="My whole story")
    assert response.status_code == 403
    assert "My whole story" in body_of(response)
    assert "press the button again" in body_of(response)
    assert not Comment.objects.exists()


def test_stale_token_of_staff_asks_for_nothing_their_form_did_not_have(strict_client, post):
    strict_client.force_login(post.author)
    page = body_of(send(strict_client, post, text="My whole story", name=""))
    assert "Enter a name" not in page
    assert "Mara Lindqvist" in page


def test_forged_session_is_a_reader_without_badge(strict_client, post):
    """A made-up session cookie gives nothing: no token fits it, so nothing is posted as anybody."""
    strict_client.cookies["sessionid"] = "made-up"
    response = send(strict_client, post)
    assert response.status_code == 403
    assert not Comment.objects.exists()


def test_signed_in_reader_without_rights_gets_no_badge(client, post, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", password="correct-horse"))
    send(client, post)
    comment = Comment.objects.get()
    assert (comment.badge, comment.user) == ("", None)


def test_moderator_sees_the_way_to_the_desk_and_readers_do_not(client, post):
    comment = make_comment(post)
    link = f"/desk/comments/{comment.pk}/"
    assert link not in body_of(client.get(post.get_absolute_url()))
    client.force_login(make_moderator())
    assert link in body_of(client.get(post.get_absolute_url()))
    assert link not in body_of(Client().get(post.get_absolute_url()))


# ---------- cookies ----------


def test_cookie_of_a_commenter_is_signed_and_hidden_from_scripts(client, post):
    response = send(client, post)
    cookie = response.cookies["commenter"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.cookies["commenter"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert client.get(post.get_absolute_url()).status_code == 200


def test_email_address_appears_nowhere(client, post):
    send(client, post, email="ines@secret.example")
    for address in (
        post.get_absolute_url(),
        "/",
        "/comments/feed/",
        f"{post.get_absolute_url()}comments/feed/",
    ):
        assert "secret.example" not in body_of(client.get(address))
        assert "secret.example" not in body_of(Client().get(address))
