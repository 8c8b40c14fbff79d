"""Reports: without an account, thanked, one a reader and comment, seen by moderators only."""

import pytest
from django.test import Client

from blog.models import Post
from comments import feedback
from comments.models import Comment, Report
from tests.makers import make_comment, make_moderator, make_post

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def comment() -> Comment:
    return make_comment(make_post(), "Run through it, pain is weakness.", name="Brick")


def send(client: Client, comment: Comment, **fields):
    return client.post(
        f"/comments/{comment.pk}/report/", {"reason": "unsafe", "words": ""} | fields, headers=OURS
    )


def test_report_is_asked_for_kept_and_thanked(client, comment):
    page = client.get(f"/comments/{comment.pk}/report/")
    assert page["Cache-Control"].startswith("private")
    assert "pain is weakness" in page.content.decode()
    answer = send(client, comment, words="  It broke my\nfoot. ")
    kept = Report.objects.get()
    assert (kept.reason, kept.words, kept.settled_at) == ("unsafe", "It broke my\nfoot.", None)
    thanks = client.get(answer["Location"])
    assert thanks.status_code == 200
    assert "Thank you" in thanks.content.decode()
    assert thanks["Cache-Control"] == "private, no-store"


def test_every_comment_leads_to_its_report(client, comment):
    html = client.get(comment.post.get_absolute_url()).content.decode()
    assert f'href="/comments/{comment.pk}/report/"' in html


def test_second_report_takes_the_place_of_the_first(client, comment):
    send(client, comment)
    send(client, comment, reason="rude")
    assert [report.reason for report in Report.objects.all()] == ["rude"]
    send(Client(), comment)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"), [({"reason": ""}, "Choose what is wrong"), ({"reason": "x"}, "Choose what is wrong"),
                          ({"words": "w" * 501}, "Shorten it to 500 characters; it has 501")],
)  # fmt: skip
def test_mistake_is_named_and_what_was_typed_is_kept(client, comment, fields, words):
    answer = send(client, comment, **{"words": "Typed words"} | fields)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert fields.get("words", "Typed words") in answer.content.decode()
    assert not Report.objects.exists()


def test_network_that_reports_without_end_is_asked_to_wait(client, comment, monkeypatch):
    monkeypatch.setattr(feedback, "REPORTS", 1)
    send(client, comment)
    answer = send(client, comment, words="Still here")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Still here" in answer.content.decode()


def test_report_from_another_site_is_refused(client, comment):
    answer = client.post(
        f"/comments/{comment.pk}/report/", {"reason": "spam"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_session_must_bring_its_token(comment):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_moderator())
    assert send(careful, comment).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", ["held", "spam", "trash", "withdrawn"])
def test_comment_nobody_sees_cannot_be_reported(client, status):
    hidden = make_comment(make_post(), "Secret words", status=status)
    assert client.get(f"/comments/{hidden.pk}/report/").status_code == 404
    assert send(client, hidden).status_code == 404
    thanks = client.get(f"/comments/{hidden.pk}/reported/").content.decode()
    assert "Secret words" not in thanks
    assert hidden.post.get_absolute_url() not in thanks


def test_report_stands_on_no_public_page(client, comment):
    send(client, comment, words="It broke my foot")
    post: Post = comment.post
    for address in (
        post.get_absolute_url(),
        f"{post.get_absolute_url()}comments/feed/",
        "/comments/feed/",
        "/",
    ):
        assert "It broke my foot" not in Client().get(address).content.decode()


def test_open_report_lowers_a_comment_among_the_helpful_ones(client, comment):
    Client().post("/comments/react/", {"helped": comment.pk}, headers=OURS)
    before = Comment.objects.get().helpfulness
    send(client, comment)
    assert Comment.objects.get().helpfulness < before


def test_one_network_has_few_voices_against_a_comment(comment):
    answers = [send(Client(), comment).status_code for _ in range(feedback.NEW_VOICES + 1)]
    assert answers == [302] * feedback.NEW_VOICES + [429]
