"""Stopping mails, by one click in a mail program or by a page, one follow or all; and the preferences."""

import pytest
from django.core import signing
from django.test import Client

from comments.following import start, stop_all
from comments.following_tokens import Subscription, preferences_path, read_token, stop_path, token_for
from comments.models import Follow, Reader
from comments.readers import READER_COOKIE, know_reader, reader_for
from tests.makers import NOW, make_comment, make_post, make_topic

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def reader() -> Reader:
    reader = reader_for("ines@example.org")
    Reader.objects.filter(pk=reader.pk).update(confirmed_at=NOW)
    reader.refresh_from_db()
    return reader


@pytest.fixture
def subscription(reader) -> Subscription:
    target = f"post.{make_post().pk}"
    start(reader, target, now=NOW)
    return Subscription(reader.pk, target)


def change(client: Client, path: str, **fields):
    return client.post(path, fields, headers=SAME_ORIGIN, follow=True)


def test_mail_program_stops_with_one_click_from_anywhere(client, subscription):
    """RFC 8058: no cookie, no page of ours before, no redirect."""
    response = client.post(stop_path(subscription), ONE_CLICK)
    assert response.status_code == 200
    assert not Follow.objects.exists()
    assert client.post(stop_path(subscription), ONE_CLICK).status_code == 200


def test_opening_the_link_stops_nothing(client, subscription):
    response = client.get(stop_path(subscription))
    assert b"Stop these mails?" in response.content
    assert response["Cache-Control"] == "private, no-store"
    assert client.head(stop_path(subscription)).status_code == 200
    assert Follow.objects.exists()


def test_stopping_can_be_undone_from_its_page(client, subscription):
    page = client.post(stop_path(subscription)).content.decode()
    assert preferences_path(subscription) in page
    change(client, preferences_path(subscription), do="start", target=subscription.target)
    assert Follow.objects.active().count() == 1


def test_token_about_everything_stops_all_mail(client, reader, subscription):
    client.post(stop_path(Subscription(reader.pk)), ONE_CLICK)
    reader.refresh_from_db()
    assert reader.silenced_at
    assert Follow.objects.count() == 1
    assert not Follow.objects.active().exists()


@pytest.mark.parametrize(
    "spoil", [lambda t: t + "x", lambda t: t.replace("post", "topic"), lambda _t: "x" * 999]
)
def test_forged_token_gets_a_clear_page(client, subscription, spoil):
    token = spoil(token_for(subscription))
    for address in (f"/following/stop/{token}/", f"/following/{token}/"):
        for response in (client.get(address), client.post(address, headers=SAME_ORIGIN)):
            assert response.status_code == 404
            assert b"This link does not work" in response.content
    assert Follow.objects.exists()


def test_token_of_another_purpose_is_none(reader):
    assert read_token(signing.Signer(salt="else").sign(f"{reader.pk}.all.0")) is None
    assert read_token(signing.dumps(reader.pk, salt="comments.readers")) is None


def test_token_of_a_reader_who_is_gone_stops_nothing(client, reader, subscription):
    reader.delete()
    assert client.post(stop_path(subscription)).status_code == 404


def test_stopping_one_reader_leaves_the_others(client, reader, subscription):
    other = reader_for("dev@example.org")
    Reader.objects.filter(pk=other.pk).update(confirmed_at=NOW)
    other.refresh_from_db()
    start(other, subscription.target, now=NOW)
    client.post(stop_path(subscription), ONE_CLICK)
    assert Follow.objects.get().reader == other


# ---------- the preferences ----------


def test_preferences_show_what_is_followed_and_not_the_whole_address(client, reader, subscription):
    comment = make_comment(make_post("Another", slug="another"))
    start(reader, f"comment.{comment.pk}", now=NOW)
    start(reader, f"topic.{make_topic().pk}", now=NOW)
    page = client.get(preferences_path(subscription)).content.decode()
    for words in ("Downhill was the problem", "Another", "IT band", "i…@example.org"):
        assert words in page
    assert "ines@example.org" not in page


def test_post_that_is_no_longer_public_is_not_named(client, reader):
    hidden = make_post("Secret draft", slug="secret", publish_at=None)
    start(reader, f"post.{hidden.pk}", now=NOW)
    page = client.get(preferences_path(Subscription(reader.pk))).content.decode()
    assert "Secret draft" not in page
    assert "no longer here" in page


def test_number_of_queries_does_not_grow_with_what_is_followed(client, reader, django_assert_max_num_queries):
    for number in range(12):
        start(reader, f"post.{make_post(f'Post {number}', slug=f'p-{number}').pk}", now=NOW)
    client.get(preferences_path(Subscription(reader.pk)))
    with django_assert_max_num_queries(6):
        client.get(preferences_path(Subscription(reader.pk)))


def test_reader_changes_how_often_mails_come(client, reader, subscription):
    page = change(client, preferences_path(subscription), do="rhythm", rhythm="daily")
    assert b"Saved." in page.content
    reader.refresh_from_db()
    assert reader.rhythm == Reader.Rhythm.DAILY


def test_reader_stops_all_and_begins_again(client, reader, subscription):
    path = preferences_path(subscription)
    assert b"No mail comes" in change(client, path, do="stop_all").content
    assert not Follow.objects.active().exists()
    change(client, path, do="start_all")
    assert Follow.objects.active().count() == 1


@pytest.mark.parametrize("fields", [{}, {"do": "x"}, {"do": "rhythm", "rhythm": "hourly"}, {"do": "start"}])
def test_nonsense_changes_nothing(client, reader, subscription, fields):
    assert change(client, preferences_path(subscription), **fields).status_code == 200
    reader.refresh_from_db()
    assert reader.rhythm == Reader.Rhythm.SINGLE
    assert Follow.objects.count() == 1


def test_other_sites_cannot_change_preferences(client, subscription):
    response = client.post(preferences_path(subscription), {"do": "stop_all"})
    assert response.status_code == 403
    assert Follow.objects.active().exists()


def test_browser_that_is_known_needs_no_token(client, reader, subscription, rf):
    assert b"not known as anybody" in client.get("/following/").content
    response = client.get("/healthz")
    know_reader(rf.get("/"), response, reader)
    client.cookies[READER_COOKIE] = response.cookies[READER_COOKIE].value
    assert b"Downhill" in client.get("/following/").content
    change(client, "/following/", do="forget")
    assert b"not known as anybody" in client.get("/following/").content


def test_pending_follow_is_shown_with_a_way_to_say_yes(client, reader):
    post = make_post()
    Follow.objects.create(reader=reader, post=post, created_at=NOW)
    path = preferences_path(Subscription(reader.pk))
    assert b"Waiting for your yes" in client.get(path).content
    change(client, path, do="start", target=f"post.{post.pk}")
    assert Follow.objects.active().count() == 1


def test_unconfirmed_address_cannot_begin_by_the_token_of_its_first_mail(client):
    """That token may only stop; the link in the mail confirms."""
    reader, post = reader_for("new@example.org"), make_post()
    change(client, preferences_path(Subscription(reader.pk)), do="start", target=f"post.{post.pk}")
    assert not Follow.objects.exists()
    stop_all(reader, now=NOW)
    assert client.get(preferences_path(Subscription(reader.pk))).status_code == 200
