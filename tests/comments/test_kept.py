"""The copy to take home: everything that is kept under one address, and nothing of anybody else."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from comments.following import ask_to_follow
from comments.models import Comment, Follow
from comments.readers import reader_for
from tests.comments.my_comments import INES, opened
from tests.comments.notifications.mails import make_mail
from tests.makers import NOW, make_comment, make_post, make_topic

pytestmark = pytest.mark.django_db
PATH = "/my-comments/export/"


def export(client=None) -> dict:
    response = (client or opened()).get(PATH)
    assert response.status_code == 200
    return json.loads(response.content)


def test_it_is_a_file_that_no_cache_keeps(post):
    response = opened().get(PATH)
    assert response["Content-Disposition"] == 'attachment; filename="my-comments.json"'
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "private, no-store"


def test_comment_is_there_with_all_its_owner_gave(post):
    fields = {"name": "Ines Å", "website": "https://ines.example/", "network": "n" * 32}
    comment = make_comment(post, "Six *weeks*.", email=INES, created_at=NOW, **fields)
    record = export()
    assert record["format"] == "second-wind-reader/1"
    [row] = record["comments"]
    assert row == {
        "id": comment.pk,
        "url": f"https://blog.example.org/comments/{comment.pk}/",
        "post": post.title,
        "answers": None,
        "state": "Published",
        "name": "Ines Å",
        "email": INES,
        "website": "https://ines.example/",
        "text": "Six *weeks*.",
        "written_at": "2026-03-20T12:00:00Z",
        "edited_at": None,
        "network_kept_until": "2026-04-19T12:00:00Z",
    }


def test_neither_findings_nor_hashes_nor_others_are_in_it(post):
    secret = {"network": "n" * 32, "fingerprint": "f" * 64, "idempotency_key": "k" * 64}
    found = [{"code": "link", "points": 1.2, "words": "a link"}]
    make_comment(post, email=INES, findings=found, probability=0.731, **secret)
    make_comment(post, "Somebody else’s.", name="Dev", email="dev@example.org")
    words = json.dumps(export(), ensure_ascii=False)
    for secret in ("nnn", "fff", "kkk", "a link", "0.731", "else", "Dev", "dev@"):
        assert secret not in words


def test_every_status_is_there_and_unpublished_posts_are_not_named(post):
    gone = make_post("A secret title", withdraw_at=timezone.now() - timedelta(hours=1))
    make_comment(gone, email=INES)
    for status in (Comment.Status.HELD, Comment.Status.SPAM, Comment.Status.TRASH):
        make_comment(post, email=INES, status=status)
    record = export()
    assert len(record["comments"]) == 4
    assert "A secret title" not in json.dumps(record)


def test_address_follows_mails_and_links_are_there(post):
    topic = make_topic()
    comment = make_comment(post, email=INES)
    ask_to_follow(INES, [post, topic, comment], known_as=None, now=NOW)
    make_mail("live:1", now=NOW, comment=comment)
    make_mail("live:2", now=NOW, to="dev@example.org")
    record = export()
    assert record["address"]["email"] == INES
    assert record["address"]["last_asked_at"] == "2026-03-20T12:00:00Z"
    assert {(row["kind"], row["title"]) for row in record["follows"]} == {
        ("post", post.title),
        ("comment", post.title),
        ("topic", topic.name),
    }
    assert sorted(row["kind"] for row in record["mails"]) == ["confirm", "live"]
    assert record["links"][0]["purpose"] == "my_comments"
    assert "digest" not in record["links"][0]


def test_it_takes_the_same_queries_however_much_there_is(django_assert_num_queries):
    client = opened()
    for number in range(3):
        post = make_post(f"Post {number}", slug=f"post-{number}")
        comment = make_comment(post, email=INES)
        Follow.objects.create(reader=reader_for(INES), comment=comment)
        Follow.objects.create(reader=reader_for(INES), post=post)
    with django_assert_num_queries(6):
        assert len(export(client)["follows"]) == 6


def test_without_a_session_it_leads_to_the_form(client):
    assert client.get(PATH)["Location"] == "/my-comments/"
    assert client.post(PATH).status_code == 405
