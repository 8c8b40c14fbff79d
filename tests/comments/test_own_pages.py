"""The pages of one's own comment: what became of it, edit, delete; for the browser that wrote it alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments.blocking import block
from comments.models import BlockedTerm, Comment
from comments.moderation.actions import approve, hold, mark_spam, trash
from tests.comments.cast import SAME_ORIGIN, body_of, send
from tests.makers import make_comment, make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
Status = Comment.Status
PAGES = ("edit", "status", "withdraw")


@pytest.fixture
def comment(client: Client, post) -> Comment:
    send(client, post)
    return Comment.objects.get()


def post_edit(client: Client, comment: Comment, headers: dict | None = None, **fields: str):
    data = {"text": "Mine took seven weeks.", "name": "Ines", "edition": ""} | fields
    address = f"/comments/{comment.pk}/edit/"
    return client.post(address, data, headers=SAME_ORIGIN if headers is None else headers)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_has_these_pages(comment, page):
    assert Client().get(f"/comments/{comment.pk}/{page}/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_they_are_kept_nowhere(client, comment, page):
    response = client.get(f"/comments/{comment.pk}/{page}/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("private, no-")


def test_links_stand_under_ones_own_young_comment_only(client, post, comment):
    make_comment(post, "Of somebody else", name="Dev R.")
    page = body_of(client.get(post.get_absolute_url()))
    assert re.findall(r'href="(/comments/\w+/edit/)"', page) == [f"/comments/{comment.pk}/edit/"]
    assert "/edit/" not in body_of(Client().get(post.get_absolute_url()))
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=31))
    assert "/edit/" not in body_of(client.get(post.get_absolute_url()))


def test_edit_leads_back_to_the_comment(client, post, comment):
    response = post_edit(client, comment)
    assert response["Location"] == f"{post.get_absolute_url()}#c{comment.pk}"
    page = body_of(client.get(post.get_absolute_url()))
    assert "Mine took seven weeks." in page
    assert "edited" in page


def test_form_shows_what_was_written(client, comment):
    page = body_of(client.get(f"/comments/{comment.pk}/edit/"))
    assert "Mine took six weeks." in page
    assert 'value="Ines"' in page
    assert "mail_thread" not in page
    assert 'name="email"' not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Write your comment"),
        ({"text": "x" * 10_001}, "Shorten your comment"),
        ({"name": ""}, "Enter a name"),
        ({"name": "Mara Lindqvist"}, "belongs to somebody who works on this site"),
    ],
)
def test_mistake_is_named_and_the_words_are_kept(client, comment, fields, words):
    response = post_edit(client, comment, **({"text": "Seven and a half."} | fields))
    assert response.status_code == 400
    assert words in body_of(response)
    kept = fields.get("text", "Seven and a half.")
    assert kept[:40] in body_of(response)
    comment.refresh_from_db()
    assert comment.text == "Mine took six weeks."


def test_preview_saves_nothing(client, comment):
    page = body_of(post_edit(client, comment, text="Now *seven*.", preview="1"))
    assert "<em>seven</em>" in page
    assert "Preview, not saved yet" in page
    comment.refresh_from_db()
    assert comment.edited_at is None


@pytest.mark.parametrize("page", ["edit", "withdraw"])
def test_other_sites_change_nothing(client, comment, page):
    response = client.post(
        f"/comments/{comment.pk}/{page}/",
        {"text": "Theirs", "name": "Ines"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403
    comment.refresh_from_db()
    assert (comment.text, comment.status) == ("Mine took six weeks.", Status.APPROVED)


@pytest.mark.parametrize("page", ["edit", "withdraw"])
def test_looking_changes_nothing(client, comment, page):
    client.get(f"/comments/{comment.pk}/{page}/?text=Theirs&save=1")
    client.head(f"/comments/{comment.pk}/{page}/")
    comment.refresh_from_db()
    assert (comment.text, comment.status) == ("Mine took six weeks.", Status.APPROVED)


def test_half_an_hour_is_over_and_the_words_are_kept(client, comment):
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    response = post_edit(client, comment, text="Too late, but long.")
    assert response.status_code == 403
    assert "Too late, but long." in body_of(response)
    assert "for 30 minutes" in body_of(response)


def test_what_waits_may_be_changed_for_longer(client, comment):
    Comment.objects.update(created_at=timezone.now() - timedelta(days=2), status=Status.HELD)
    assert post_edit(client, comment).status_code == 302


def test_forgotten_browser_keeps_its_words(client, comment):
    client.cookies.clear()
    response = post_edit(client, comment, text="Still my words.")
    assert response.status_code == 403
    assert "Still my words." in body_of(response)
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_taken_down_meanwhile(client, comment):
    trash(comment, by=make_moderator())
    response = post_edit(client, comment, text="Still my words.")
    assert response.status_code == 403
    assert "Still my words." in body_of(response)


def test_marked_as_spam_by_a_person(client, comment):
    mark_spam(comment, by=make_moderator())
    response = post_edit(client, comment, text="Still my words.")
    assert response.status_code == 403
    assert "Still my words." in body_of(response)


def test_other_window_was_faster(client, comment):
    post_edit(client, comment, text="From the first window.")
    response = post_edit(client, comment, text="From the second.")
    page = body_of(response)
    assert response.status_code == 409
    assert "From the first window." in page
    assert "From the second." in page
    [edition] = re.findall(r'name="edition" value="([^"]+)"', page)
    assert post_edit(client, comment, text="From the second.", edition=edition).status_code == 302
    comment.refresh_from_db()
    assert comment.text == "From the second."


def test_edits_are_part_of_the_allowance(client, comment, settings):
    settings.COMMENT_LIMIT = 2
    assert post_edit(client, comment).status_code == 302
    comment.refresh_from_db()
    edition = f"{comment.edited_at.timestamp():.6f}"
    response = post_edit(client, comment, text="Once more.", edition=edition)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "Once more." in body_of(response)


def test_commenter_who_is_asked_to_wait_is_told_how_long(client, post, settings):
    settings.COMMENT_LIMIT = 0
    response = send(client, post)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "600")


def test_team_member_edits_while_signed_in_only(client, post):
    sam = make_moderator()
    client.force_login(sam)
    page = client.get(post.get_absolute_url())
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body_of(page))[1]
    send(client, post, text="As the team.", csrfmiddlewaretoken=token)
    comment = Comment.objects.get()
    assert comment.badge == "moderator"
    assert (
        post_edit(client, comment, text="As the team, again.", csrfmiddlewaretoken=token).status_code == 302
    )
    comment.refresh_from_db()
    assert (comment.text, comment.name, comment.badge) == ("As the team, again.", "Sam Okoro", "moderator")
    client.logout()
    assert client.get(f"/comments/{comment.pk}/edit/").status_code == 404


# ---------- status ----------


def test_status_says_why_it_waits(client, post):
    block(BlockedTerm(kind="word", value="zimzam", strength="hold"), by=make_moderator("ann", "Ann Lee"))
    send(client, post, text="Cheap zimzam helped.")
    comment = Comment.objects.get()
    comment.findings.append({"code": "x", "points": 0.1, "words": "x", "reader_words": "a link"})
    comment.save()
    assert comment.status == Status.HELD
    page = body_of(client.get(f"/comments/{comment.pk}/status/"))
    assert "It waits for a moderator" in page
    reasons = [item["reader_words"] for item in comment.findings if item["reader_words"]]
    assert reasons
    assert all(reason in page for reason in reasons)
    assert f"/comments/{comment.pk}/edit/" in page
    assert f"/comments/{comment.pk}/status/" in body_of(client.get(post.get_absolute_url()))


def test_status_follows_what_becomes_of_it(client, comment):
    sam = make_moderator()
    address = f"/comments/{comment.pk}/status/"
    assert "Everybody can read it" in body_of(client.get(address))
    hold(comment, by=sam)
    assert "It waits for a moderator" in body_of(client.get(address))
    mark_spam(comment, by=sam)
    assert "It waits for a moderator" in body_of(client.get(address))
    trash(comment, by=sam)
    assert "A moderator took it away" in body_of(client.get(address))
    approve(comment, by=sam)
    assert "Everybody can read it" in body_of(client.get(address))


# ---------- deleting ----------


def test_comment_is_deleted_by_its_button_and_twice_is_once(client, post, comment):
    address = f"/comments/{comment.pk}/withdraw/"
    assert "Mine took six weeks." in body_of(client.get(address))
    response = client.post(address, headers=SAME_ORIGIN)
    assert response["Location"] == f"/comments/{comment.pk}/withdrawn/"
    page = client.get(response["Location"])
    assert "Your comment is deleted" in body_of(page)
    assert f'href="{post.get_absolute_url()}"' in body_of(page)
    assert client.post(address, headers=SAME_ORIGIN).status_code == 403
    assert Comment.objects.get().status == Status.WITHDRAWN
    assert client.get(f"/comments/{comment.pk}/status/").status_code == 404


def test_page_of_a_deleted_comment_is_nobody_elses(client, comment):
    client.post(f"/comments/{comment.pk}/withdraw/", headers=SAME_ORIGIN)
    assert Client().get(f"/comments/{comment.pk}/withdrawn/").status_code == 404
    assert client.get(f"/comments/{comment.pk}/withdrawn/").status_code == 200


def test_pages_cost_a_few_queries_however_long_the_thread(
    client, post, comment, django_assert_max_num_queries
):
    for number in range(30):
        make_comment(post, f"Reply {number}", answers=comment)
    for page in PAGES:
        with django_assert_max_num_queries(4):
            client.get(f"/comments/{comment.pk}/{page}/")
    with django_assert_max_num_queries(22):
        post_edit(client, comment)
    with django_assert_max_num_queries(18):
        client.post(f"/comments/{comment.pk}/withdraw/", headers=SAME_ORIGIN)
