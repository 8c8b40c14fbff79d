"""The benchmark's requests, as bytes, and its reading of answers."""

from itertools import islice
from urllib.parse import parse_qs

from bench.load import Answer, Request
from bench.rows import Scene, new_comments

FORMS = [
    {"post": number, "address": f"/2026/03/post-{number}/", "stamp": "signed", "parents": ["a" * 12]}
    for number in (4, 5)
]


def scene() -> Scene:
    return Scene("127.0.0.1:8000", {"65": "/2026/03/post-0/"}, FORMS)


def test_request_is_what_a_browser_sends():
    lines = Request("/posts/", "127.0.0.1:8000").encoded().decode().split("\r\n")
    assert lines[:2] == ["GET /posts/ HTTP/1.1", "Host: 127.0.0.1:8000"]
    assert any(line.startswith("Accept-Encoding: gzip") for line in lines)
    assert lines[-2:] == ["", ""]


def test_body_is_announced_in_bytes():
    request = Request("/", "h:1", method="POST", body="é")
    assert request.encoded().endswith("Content-Length: 2\r\n\r\né".encode())


def test_answer_knows_its_status_and_headers():
    answer = Answer(b"HTTP/1.1 302 Found\r\nServer: gunicorn\r\nlocation: /2026/#cabc")
    assert answer.status == 302
    assert answer.header("Location") == "/2026/#cabc"
    assert answer.header("ETag") == ""


def test_posted_comments_come_from_networks_of_their_own_and_spread_over_posts():
    """Else the rate limit would answer instead of the site."""
    made = new_comments(scene(), 600)
    networks = {request.headers["X-Forwarded-For"].rpartition(".")[0] for request in made}
    assert len(networks) == 600
    assert {request.path for request in made} == {"/comments/new/4/", "/comments/new/5/"}


def test_posted_comments_go_on_where_the_last_ones_ended():
    """A text that was sent before would be the same comment once more."""
    place = scene()
    first, second = new_comments(place, 3), new_comments(place, 3)
    assert not {request.body for request in first} & {request.body for request in second}


def test_some_posted_comments_answer_others():
    parents = [parse_qs(request.body).get("parent") for request in islice(new_comments(scene(), 40), 40)]
    assert None in parents
    assert ["a" * 12] in parents
