"""The link from the mail opens the list of one address, once, for an hour, in one browser."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from comments.mailed_links import make_link
from comments.models import Comment, Follow, MailedLink, Reader
from comments.my_comments import SESSION, SESSION_COOKIE
from comments.readers import READER_COOKIE, reader_for
from tests.comments.cast import SAME_ORIGIN, body_of
from tests.comments.my_comments import INES, opened, path_of, token_for
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db
PATH = "/my-comments/"
OVER = timedelta(seconds=1)


def test_opening_the_link_changes_nothing(client):
    path = path_of(token_for())
    for ask in (client.get, client.head):
        response = ask(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert SESSION_COOKIE not in response.cookies
    link = MailedLink.objects.get()
    assert (link.used_at, link.session_ends_at) == (None, None)


def test_button_opens_the_list_once(client, post):
    make_comment(post, email=INES)
    path = path_of(token_for())
    assert client.post(path, headers=SAME_ORIGIN)["Location"] == PATH
    assert "Mine took six weeks." in body_of(client.get(PATH))
    other = Client()
    assert other.post(path, headers=SAME_ORIGIN).status_code == 404
    assert "Mine took six weeks." not in body_of(other.get(PATH))


def test_cookie_goes_to_these_pages_alone(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    response = client.post(path_of(token_for()), headers=SAME_ORIGIN)
    cookie = response.cookies[SESSION_COOKIE]
    assert (cookie["path"], cookie["max-age"]) == (PATH, 3600)
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert READER_COOKIE not in response.cookies


def test_whoever_opens_it_has_confirmed_the_address():
    opened()
    assert reader_for(INES).confirmed_at
    assert not Follow.objects.exists()


@pytest.mark.parametrize("purpose", MailedLink.Purpose)
def test_only_its_own_purpose_opens_it(client, purpose):
    token = make_link(reader_for(INES), purpose, now=timezone.now())
    is_right = purpose == MailedLink.Purpose.MY_COMMENTS
    assert client.get(path_of(token)).status_code == (200 if is_right else 404)
    assert client.post(path_of(token), headers=SAME_ORIGIN).status_code == (302 if is_right else 404)


@pytest.mark.parametrize("token", ["x", "a" * 43, "é" * 43, "a" * 3000])
def test_dead_link_offers_a_new_one(client, token):
    response = client.get(path_of(token))
    page = body_of(response)
    assert response.status_code == 404
    assert "This link does not work" in page
    assert "Mail me a link" in page


def test_link_is_dead_after_an_hour(client):
    now = timezone.now()
    path = path_of(token_for(now=now))
    with time_machine.travel(now + SESSION, tick=False):
        assert client.get(path).status_code == 404
        assert client.post(path, headers=SAME_ORIGIN).status_code == 404


def test_button_of_another_site_is_refused(client):
    path = path_of(token_for())
    response = client.post(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert MailedLink.objects.get().used_at is None


def test_session_is_over_after_an_hour(post):
    make_comment(post, email=INES)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        client = opened()
    with time_machine.travel(now + SESSION - OVER, tick=False):
        assert "Mine took six weeks." in body_of(client.get(PATH))
    with time_machine.travel(now + SESSION, tick=False):
        page = body_of(client.get(PATH))
    assert "Mine took six weeks." not in page
    assert "Mail me a link" in page


def test_leaving_ends_the_session_everywhere(post):
    make_comment(post, email=INES)
    client = opened()
    copied = Client()
    copied.cookies[SESSION_COOKIE] = client.cookies[SESSION_COOKIE].value
    response = client.post(f"{PATH}leave/", headers=SAME_ORIGIN)
    assert response.cookies[SESSION_COOKIE]["max-age"] == 0
    assert response.cookies[SESSION_COOKIE]["path"] == PATH
    assert "You have left" in body_of(client.get(response["Location"]))
    assert "Mine took six weeks." not in body_of(copied.get(PATH))


@pytest.mark.parametrize("send", ["get", "foreign"])
def test_leaving_needs_the_button(send):
    client = opened()
    if send == "get":
        client.get(f"{PATH}leave/")
    else:
        client.post(f"{PATH}leave/", headers={"Sec-Fetch-Site": "cross-site"})
    assert MailedLink.objects.open(timezone.now()).exists()


# The signed one has a name: its value holds the second it was made in, which differs between processes.
@pytest.mark.parametrize(
    "forge", ["x", "999", "x" * 900, pytest.param(signing.dumps(1, salt="comments.readers"), id="others")]
)
def test_forged_cookie_opens_nothing(client, post, forge):
    make_comment(post, email=INES)
    opened()
    client.cookies[SESSION_COOKIE] = forge
    assert "Mine took six weeks." not in body_of(client.get(PATH))
    assert client.get(f"{PATH}export/")["Location"] == PATH


def test_list_has_every_status_in_words_and_nothing_of_others(post):
    for text, status in {
        "Alpha.": Comment.Status.APPROVED,
        "Beta.": Comment.Status.HELD,
        "Gamma.": Comment.Status.SPAM,
        "Delta.": Comment.Status.TRASH,
    }.items():
        make_comment(post, text, status=status, email=INES)
    make_comment(post, "Somebody else’s.", email="dev@example.org")
    make_comment(post, "Nobody’s.")
    page = body_of(opened().get(PATH))
    assert "4 comments under i…@example.org" in page
    words = [part.partition("</b>")[0] for part in page.split('<p class="meta"><b>')[1:]]
    waits = "Waits for a moderator"
    assert sorted(words) == sorted(["Published", waits, waits, "Removed by a moderator"])
    assert "spam" not in page
    assert "Somebody else" not in page
    assert "Nobody’s" not in page


def test_page_says_since_when_the_address_is_kept(post):
    make_comment(post, email=INES, created_at=NOW)
    make_comment(post, "A second one.", email=INES)
    assert "first on 20 Mar 2026, you agreed" in body_of(opened().get(PATH))


def test_only_what_can_be_read_has_a_link_to_its_place(post):
    shown, held = (
        make_comment(post, email=INES, status=status)
        for status in (Comment.Status.APPROVED, Comment.Status.HELD)
    )
    page = body_of(opened().get(PATH))
    assert f'href="/comments/{shown.pk}/"' in page
    assert f'href="/comments/{held.pk}/"' not in page


def test_post_that_is_no_longer_public_is_not_named():
    gone = make_post("A secret title", withdraw_at=timezone.now() - timedelta(hours=1))
    make_comment(gone, email=INES)
    page = body_of(opened().get(PATH))
    assert "A secret title" not in page
    assert "Not shown: its post is no longer here" in page


def test_words_of_a_comment_are_no_markup(post):
    make_comment(post, "<script>alert(1)</script>", name="<b>Ines</b>", email=INES)
    page = body_of(opened().get(PATH))
    assert "<script>alert" not in page
    assert "<b>Ines" not in page


@pytest.mark.parametrize("count", [1, 60])
def test_page_takes_the_same_queries_however_much_there_is(count, django_assert_num_queries):
    posts = [make_post(f"Post {number}", slug=f"post-{number}") for number in range(3)]
    for number in range(count):
        make_comment(posts[number % 3], f"Comment {number}.", email=INES)
    client = opened()
    client.get(PATH)
    with django_assert_num_queries(6):
        page = body_of(client.get(PATH))
    assert page.count('<p class="said"') == min(count, 50)
    if count > 50:
        assert "Page 1 of 2" in page
        assert body_of(client.get(f"{PATH}?page=2")).count('<p class="said"') == 10


def test_reader_without_comments_sees_what_they_follow(post):
    reader = reader_for(INES)
    Follow.objects.create(reader=reader, post=post, confirmed_at=timezone.now())
    page = body_of(opened().get(PATH))
    assert "There are no comments under" in page
    assert "You follow 1 thing by mail." in page


def test_words_sent_after_the_hour_are_not_lost(client):
    response = client.post(f"{PATH}leave/", {"text": "Long words."}, headers=SAME_ORIGIN)
    assert response.status_code == 403
    assert "These pages are closed" in body_of(response)
    assert "Long words." in body_of(response)


def test_reader_that_is_gone_meanwhile_has_no_session():
    client = opened()
    Reader.objects.all().delete()
    assert "Mail me a link" in body_of(client.get(PATH))
