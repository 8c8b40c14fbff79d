"""Asking to follow: nothing comes before the owner said yes, and nobody learns whether we know an address."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from comments.following import (
    ASK_AGAIN,
    MOST_PENDING,
    ask_to_follow,
    confirm,
    find_target,
    forget_unconfirmed,
    start,
    start_all,
    stop,
    stop_all,
)
from comments.mailed_links import find_link, make_link
from comments.models import Follow, Mail, MailedLink, Reader
from comments.readers import READER_COOKIE, reader_for
from tests.makers import NOW, make_comment, make_post, make_topic

pytestmark = pytest.mark.django_db
INES = "ines@example.org"
DAY = timedelta(days=1)


def link_for(reader: Reader, now=NOW) -> MailedLink:
    return find_link(make_link(reader, MailedLink.Purpose.CONFIRM, now=now), "confirm", now=now)


def confirmed_reader(email: str = INES) -> Reader:
    reader = reader_for(email)
    Reader.objects.filter(pk=reader.pk).update(confirmed_at=NOW)
    reader.refresh_from_db()
    return reader


def test_typed_address_is_asked_by_mail_and_follows_nothing_yet():
    post = make_post()
    assert not ask_to_follow(INES, [post], known_as=None, now=NOW)
    assert Follow.objects.pending().get().post == post
    assert not Follow.objects.active().exists()
    assert Mail.objects.get().kind == Mail.Kind.CONFIRM


def test_confirming_begins_what_the_mail_named_and_nothing_later():
    early, late = make_post(), make_post("Later", slug="later")
    ask_to_follow(INES, [early], known_as=None, now=NOW)
    link = link_for(reader_for(INES), NOW + timedelta(minutes=1))
    ask_to_follow(INES, [late], known_as=None, now=NOW + timedelta(minutes=2))
    assert confirm(link, now=NOW + timedelta(minutes=3))
    assert Follow.objects.active().get().post == early
    assert Follow.objects.pending().get().post == late


def test_link_confirms_once():
    link = link_for(reader_for(INES))
    assert confirm(link, now=NOW)
    assert not confirm(link, now=NOW)


def test_known_browser_follows_at_once():
    reader = confirmed_reader()
    assert ask_to_follow(INES, [make_post()], known_as=reader.pk, now=NOW)
    assert Follow.objects.active().count() == 1
    assert not Mail.objects.exists()


def test_known_browser_cannot_follow_for_another_address():
    other = confirmed_reader("dev@example.org")
    confirmed_reader()
    assert not ask_to_follow(INES, [make_post()], known_as=other.pk, now=NOW)
    assert not Follow.objects.active().exists()


def test_address_is_asked_once_a_day_however_often_it_is_typed():
    posts = [make_post(f"Post {number}", slug=f"post-{number}") for number in range(4)]
    for minutes, post in enumerate(posts):
        ask_to_follow(INES, [post], known_as=None, now=NOW + timedelta(minutes=minutes))
    assert Mail.objects.count() == 1
    ask_to_follow(INES.upper(), [posts[0]], known_as=None, now=NOW + ASK_AGAIN)
    assert Mail.objects.count() == 2


def test_newest_wishes_stay_when_somebody_types_too_many():
    for number in range(MOST_PENDING + 3):
        post = make_post(f"Post {number}", slug=f"post-{number}")
        ask_to_follow(INES, [post], known_as=None, now=NOW + timedelta(minutes=number))
    assert Follow.objects.count() == MOST_PENDING
    assert not Follow.objects.filter(post__slug="post-0").exists()


def test_address_that_wants_silence_is_not_asked():
    stop_all(reader_for(INES), now=NOW)
    ask_to_follow(INES, [make_post()], known_as=None, now=NOW + 2 * DAY)
    assert not Mail.objects.exists()


def test_address_that_follows_already_is_not_asked_again():
    post, reader = make_post(), confirmed_reader()
    start(reader, f"post.{post.pk}", now=NOW)
    assert not ask_to_follow(INES, [post], known_as=None, now=NOW + DAY)
    assert not Mail.objects.exists()


def test_stopping_all_can_be_taken_back():
    post, reader = make_post(), confirmed_reader()
    start(reader, f"post.{post.pk}", now=NOW)
    stop_all(reader, now=NOW)
    assert not Follow.objects.active().exists()
    start_all(reader)
    assert Follow.objects.active().count() == 1


def test_asking_anew_ends_silence_for_that_alone():
    old, new = make_post(), make_post("New", slug="new")
    reader = confirmed_reader()
    start(reader, f"post.{old.pk}", now=NOW)
    stop_all(reader, now=NOW + DAY)
    ask_to_follow(INES, [new], known_as=reader.pk, now=NOW + 2 * DAY)
    assert Follow.objects.active().get().post == new


def test_stopping_ends_one_follow():
    post, topic, reader = make_post(), make_topic(), confirmed_reader()
    for target in (f"post.{post.pk}", f"topic.{topic.pk}"):
        assert start(reader, target, now=NOW)
    assert stop(reader, f"post.{post.pk}")
    assert not stop(reader, f"post.{post.pk}")
    assert Follow.objects.get().topic == topic


@pytest.mark.parametrize(
    "target", ["", "post", "post.", "post.x", "post.99", "user.1", "topic.9" * 9, "post.²"]
)
def test_what_is_nothing_of_ours_cannot_be_followed(target):
    reader = confirmed_reader()
    assert find_target(target) is None
    assert not start(reader, target, now=NOW)
    assert not stop(reader, target)


def test_follow_names_its_target():
    comment = make_comment(make_post())
    reader = confirmed_reader()
    start(reader, f"comment.{comment.pk}", now=NOW)
    follow = Follow.objects.with_targets().get()
    assert follow.target == f"comment.{comment.pk}"
    assert follow.talk == comment.post


def test_addresses_that_nobody_confirmed_are_forgotten():
    """Whoever confirmed, and whoever wants silence, stays."""
    post = make_post()
    confirmed_reader()
    stop_all(reader_for("quiet@example.org"), now=NOW)
    ask_to_follow("typo@example.org", [post], known_as=None, now=NOW)
    Reader.objects.update(created_at=NOW)
    assert forget_unconfirmed(NOW + 6 * DAY) == 0
    assert forget_unconfirmed(NOW + 8 * DAY) == 1
    assert set(Reader.objects.values_list("email", flat=True)) == {INES, "quiet@example.org"}


def test_command_clears_links_and_addresses(capsys):
    make_link(reader_for("typo@example.org"), MailedLink.Purpose.MY_COMMENTS, now=NOW - 30 * DAY)
    Reader.objects.update(created_at=NOW - 30 * DAY)
    call_command("clear_readers")
    assert capsys.readouterr().out == "Deleted 1 links and 1 addresses.\n"


# ---------- the pages ----------

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


def ask(client: Client, post, email: str, **fields):
    data = {"email": email} | fields
    return client.post(f"/follow/{post.pk}/", data, headers=SAME_ORIGIN)


def test_page_asks_for_an_address_and_says_to_look_into_the_mailbox(client):
    post = make_post()
    assert b"Email" in client.get(f"/follow/{post.pk}/").content
    response = ask(client, post, INES)
    assert (response.status_code, response["Location"]) == (302, f"/follow/{post.pk}/?asked=mail")
    page = client.get(response["Location"])
    assert b"look into your mailbox" in page.content
    assert INES.encode() not in page.content
    assert page["Cache-Control"] == "private, no-store"


def test_answer_is_the_same_whether_the_address_is_known(client):
    post, reader = make_post(), confirmed_reader()
    start(reader, f"post.{post.pk}", now=NOW)
    known, unknown = ask(client, post, INES), ask(client, post, "new@example.org")
    assert known.status_code == unknown.status_code
    assert known["Location"] == unknown["Location"]
    assert dict(known.headers) == dict(unknown.headers)


def test_topic_is_followed_in_the_same_way(client):
    topic = make_topic()
    response = client.post(f"/follow/topic/{topic.slug}/", {"email": INES}, headers=SAME_ORIGIN)
    assert response.status_code == 302
    assert Follow.objects.get().topic == topic


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x",
        "a@b",
        f"{'a' * 300}@example.org",
        "a@example.org\nBcc: b@example.org",
        "ü@example.org",
        "\x00",
    ],
)
def test_address_that_is_none_is_refused_and_kept_to_correct(client, email):
    response = ask(client, make_post(), email)
    assert response.status_code == 400
    assert b"Error: " in response.content
    assert not Reader.objects.exists()


def test_address_with_letters_of_other_scripts_in_its_host_is_taken(client):
    assert ask(client, make_post(), "ines@läufer.example").status_code == 302
    assert Reader.objects.get().email == "ines@läufer.example"


def test_other_sites_cannot_ask(client):
    post = make_post()
    response = client.post(f"/follow/{post.pk}/", {"email": INES}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert INES in response.content.decode()
    assert not Reader.objects.exists()


def test_program_that_fills_in_every_field_is_told_the_same_and_asks_nobody(client):
    assert ask(client, make_post(), INES, website_url="x").status_code == 302
    assert not Reader.objects.exists()


def test_network_that_types_many_addresses_is_asked_to_wait(client):
    post = make_post()
    for number in range(10):
        assert ask(client, post, f"a{number}@example.org").status_code == 302
    response = ask(client, post, "one-more@example.org")
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "one-more@example.org" in response.content.decode()


@pytest.mark.parametrize("fields", [{"publish_at": None}, {"commenting": "closed"}])
def test_post_without_a_conversation_cannot_be_followed(client, fields):
    assert client.get(f"/follow/{make_post(**fields).pk}/").status_code == 404


def test_site_without_mails_offers_no_following(client, settings):
    settings.MAILS = False
    post = make_post(topics=[make_topic()])
    assert client.get(f"/follow/{post.pk}/").status_code == 404
    assert b"/follow/" not in client.get(post.get_absolute_url()).content
    assert b"mail_thread" not in client.get(post.get_absolute_url()).content
    assert b"/follow/" not in client.get(post.topics.get().get_absolute_url()).content


def test_opening_the_link_changes_nothing_and_pressing_the_button_does(client):
    """Mail scanners open every link."""
    post = make_post()
    ask(client, post, INES)
    token = make_link(Reader.objects.get(), MailedLink.Purpose.CONFIRM, now=Follow.objects.get().created_at)
    address = f"/following/confirm/{token}/"
    page = client.get(address).content.decode()
    assert post.title in page
    assert not Follow.objects.active().exists()
    assert client.post(address).status_code == 403
    response = client.post(address, headers=SAME_ORIGIN)
    assert response["Location"] == "/following/?done=confirm"
    assert Follow.objects.active().count() == 1
    assert READER_COOKIE in response.cookies
    assert post.title in client.get("/following/").content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("purpose", ["my_comments", "confirm"])
def test_links_that_are_old_or_for_something_else_say_so(client, purpose):
    token = make_link(reader_for(INES), purpose, now=NOW - timedelta(days=400))
    response = client.get(f"/following/confirm/{token}/")
    assert response.status_code == 404
    assert b"This link does not work" in response.content
