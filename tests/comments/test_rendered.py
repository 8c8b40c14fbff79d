"""The store of rendered comments: bounded, in order of use, and never a hole in a page."""

import pytest
from django.db import connection

from blog.thread_part import ThreadPart
from comments import faces
from comments.faces import RenderedComments
from comments.thread import build_thread
from tests.makers import make_comment, make_post


def test_store_drops_what_was_used_longest_ago():
    store = RenderedComments(limit=30)
    for key in "abc":
        store.put((key,), key * 10)
    store.get(("a",))
    store.put(("d",), "d" * 10)
    assert [key for key in "abcd" if store.get((key,))] == ["a", "c", "d"]


def test_comment_rendered_anew_counts_once():
    store = RenderedComments(limit=30)
    for _ in range(5):
        store.put(("a",), "a" * 10)
    store.put(("b",), "b" * 10)
    assert store.get(("a",))


@pytest.mark.django_db
def test_page_larger_than_the_store_is_whole(monkeypatch):
    """What a new comment pushes out of the store still stands on the page being built."""
    monkeypatch.setattr(faces, "rendered", RenderedComments(limit=4_000))
    post = make_post()
    for number in range(5):
        make_comment(post, f"Words {number}")
        rows = build_thread(post, ThreadPart()).rows
        assert all(row["html"] for row in rows)
    assert [f"Words {number}" in row["html"] for number, row in enumerate(rows)] == [True] * 5


@pytest.mark.django_db
def test_path_is_compared_byte_by_byte():
    """PostgreSQL's own collation would put letters before digits and break the order of threads."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compares bytes anyway")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.collname FROM pg_attribute AS a JOIN pg_collation AS c"
            " ON c.oid = a.attcollation"
            " WHERE a.attrelid = 'comments_comment'::regclass AND a.attname = 'path'"
        )
        assert cursor.fetchone() == ("C",)
