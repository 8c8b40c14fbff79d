"""Withdrawing consent and erasing everything: final, explained first, and about one address alone."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import leaving
from comments.blocking import ban, entries_in_force
from comments.details import Details, keep_details
from comments.editing import withdraw_comment
from comments.following import ask_to_follow
from comments.leaving import erase, withdraw_consent
from comments.models import Comment, Follow, Mail, MailedLink, Reader
from comments.my_comments import SESSION_COOKIE
from comments.readers import READER_COOKIE, reader_for
from lib.visitors import DETAILS_COOKIE
from tests.comments.cast import SAME_ORIGIN, body_of
from tests.comments.my_comments import INES, allow_one_by_one, opened, path_of, token_for
from tests.comments.notifications.mails import make_mail
from tests.makers import NOW, make_comment, make_moderator, make_post

pytestmark = pytest.mark.django_db
DEV = "dev@example.org"
PAGES = ["/my-comments/erase/", "/my-comments/consent/"]


@pytest.fixture
def comment(post) -> Comment:
    """By Ines, with all that is kept beside it."""
    given = {"email": INES, "website": "https://ines.example/", "idempotency_key": "k" * 64}
    comment = make_comment(post, **given)
    ask_to_follow(INES, [post, comment], known_as=None, now=NOW)
    make_mail("live:1", now=NOW, comment=comment, to=INES)
    return comment


def others(post) -> Comment:
    comment = make_comment(post, "Somebody else’s.", name="Dev", email=DEV)
    ask_to_follow(DEV, [post], known_as=None, now=NOW)
    return comment


def rows_of(email: str) -> tuple[int, ...]:
    mine = Mail.objects.filter(to=email), Follow.objects.filter(reader__email=email)
    return tuple(rows.count() for rows in (*mine, Reader.objects.filter(email=email)))


def test_erasing_leaves_nothing_of_the_address(comment):
    erase(reader_for(INES))
    comment.refresh_from_db()
    assert (comment.status, comment.text, comment.name, comment.email) == ("withdrawn", "", "", "")
    assert rows_of(INES) == (0, 0, 0)


def test_erasing_keeps_the_place_where_others_replied(client, post, comment):
    make_comment(post, "Glad it eased.", name="Dev", answers=comment)
    erase(reader_for(INES))
    page = body_of(client.get(post.get_absolute_url()))
    assert "Glad it eased." in page
    assert "Mine took six weeks." not in page
    assert f'id="c{comment.pk}"' in page


def test_erasing_takes_every_status_with_it(post):
    for status in (Comment.Status.HELD, Comment.Status.SPAM, Comment.Status.TRASH):
        make_comment(post, status=status, email=INES)
    erase(reader_for(INES))
    assert set(Comment.objects.values_list("status", "text", "email")) == {("withdrawn", "", "")}


@pytest.mark.parametrize("leave", [erase, withdraw_consent])
def test_ban_stays_in_force(comment, leave):
    """Or leaving and coming back would be a way around it."""
    how = {"network": False, "address": True, "expires_at": None, "strength": "hold", "note": ""}
    [term] = ban(comment, by=make_moderator(), now=NOW, **how)
    leave(reader_for(INES))
    assert [(entry.number, entry.value) for entry in entries_in_force(NOW)] == [(term.pk, INES)]


@pytest.mark.parametrize("leave", [erase, withdraw_consent])
def test_others_lose_nothing(post, comment, leave):
    kept = others(post)
    before = rows_of(DEV)
    leave(reader_for(INES))
    kept.refresh_from_db()
    assert (kept.text, kept.email) == ("Somebody else’s.", DEV)
    assert rows_of(DEV) == before


def test_withdrawn_consent_takes_the_address_and_leaves_the_words(client, post, comment):
    withdraw_consent(reader_for(INES))
    comment.refresh_from_db()
    assert (comment.status, comment.text, comment.name) == ("approved", "Mine took six weeks.", "Ines")
    assert (comment.email, comment.idempotency_key) == ("", None)
    assert rows_of(INES) == (0, 0, 0)
    assert "Mine took six weeks." in body_of(client.get(post.get_absolute_url()))


def test_erasing_that_was_interrupted_can_be_begun_again(post, comment, monkeypatch):
    make_comment(post, "A second one.", email=INES)
    with monkeypatch.context() as patched:
        patched.setattr("comments.leaving._forget", lambda _reader: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase(reader_for(INES))
    assert Reader.objects.filter(email=INES).exists()
    erase(reader_for(INES))
    assert rows_of(INES) == (0, 0, 0)


@pytest.mark.parametrize("leave", [erase, withdraw_consent])
def test_log_says_that_it_happened_and_not_to_whom(comment, leave, caplog):
    with caplog.at_level(logging.INFO, logger="comments.leaving"):
        leave(reader_for(INES))
    assert "1 comments" in caplog.text
    for word in ("ines", "Ines", comment.pk):
        assert word not in caplog.text


@pytest.mark.parametrize("path", PAGES)
def test_page_says_what_will_happen_and_changes_nothing(comment, path):
    page = body_of(opened().get(path))
    assert "1 comment, 2 things followed by mail" in page
    assert "Nobody can take this back." in page
    comment.refresh_from_db()
    assert comment.email == INES
    assert reader_for(INES).follows.count() == 2


@pytest.mark.parametrize("path", PAGES)
def test_button_does_it_and_the_browser_forgets(comment, path):
    client = opened()
    keep_details(client.get("/healthz"), Details("Ines", INES))
    response = client.post(path, headers=SAME_ORIGIN)
    for cookie in (SESSION_COOKIE, READER_COOKIE, DETAILS_COOKIE):
        assert response.cookies[cookie]["max-age"] == 0
    page = body_of(client.get(response["Location"]))
    assert 'role="status"' in page
    assert rows_of(INES) == (0, 0, 0)
    assert not MailedLink.objects.exists()


def test_button_erases_however_many_there_are(settings):
    allow_one_by_one(settings)
    for number in range(6):
        make_comment(make_post(f"Post {number % 2}-{number}", slug=f"post-{number}"), email=INES)
    assert opened().post(PAGES[0], headers=SAME_ORIGIN).status_code == 302
    assert set(Comment.objects.values_list("status", "text")) == {("withdrawn", "")}


@pytest.mark.parametrize("path", PAGES)
def test_button_of_another_site_does_nothing(comment, path):
    response = opened().post(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert rows_of(INES)[2] == 1


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_nothing_happens(client, comment, path):
    assert client.get(path)["Location"] == "/my-comments/"
    assert client.post(path, headers=SAME_ORIGIN).status_code == 403
    assert rows_of(INES)[2] == 1


def test_former_link_is_dead_after_erasing(comment):
    path = path_of(token_for())
    opened().post(PAGES[0], headers=SAME_ORIGIN)
    assert Client().get(path).status_code == 404


def test_comment_under_a_post_that_is_gone_is_erased_too():
    gone = make_post("Gone", withdraw_at=timezone.now() - timedelta(hours=1))
    make_comment(gone, email=INES)
    erase(reader_for(INES))
    assert Comment.objects.get().text == ""


def test_comment_that_arrives_while_others_are_erased_goes_too(post, monkeypatch):
    reader = Reader.objects.create(email="late@example.org", confirmed_at=timezone.now())
    make_comment(post, email=reader.email)

    def withdraw_slowly(comment: Comment) -> bool:
        if not Comment.objects.filter(text="Meanwhile.").exists():
            make_comment(post, "Meanwhile.", email=reader.email)
        return withdraw_comment(comment)

    monkeypatch.setattr(leaving, "withdraw_comment", withdraw_slowly)
    leaving.erase(reader)
    assert set(Comment.objects.values_list("status", "email")) == {("withdrawn", "")}
