"""Who may post, and as whom: where a request comes from, the team's sessions, a commenter's cookie."""

import re

import pytest
from django.test import Client

from comments.models import Comment
from tests.comments.cast import body_of, send
from tests.makers import make_comment, make_moderator

pytestmark = pytest.mark.django_db


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
