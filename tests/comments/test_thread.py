"""Threads as drawn: order, nesting, pages, placeholders, folds."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from blog.models import Post
from blog.thread_part import ThreadPart
from comments.models import Comment
from comments.thread import Visitor, build_thread
from comments.thread_query import pages_of, part_of
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post()


def grow(post: Post, drawing: str) -> dict[str, Comment]:
    """The comments of a drawing: a name a line, indented by two spaces a level, written top to bottom.

    `name!` is trash, `name?` is held.
    """
    grown: dict[str, Comment] = {}
    ancestors: list[Comment] = []
    for minute, line in enumerate(drawing.strip("\n").splitlines()):
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.strip()
        status = {"!": "trash", "?": "held"}.get(name[-1], "approved")
        name = name.rstrip("!?")
        answers = ancestors[depth - 1] if depth else None
        comment = make_comment(
            post, name, name=name, answers=answers, status=status, created_at=NOW + timedelta(minutes=minute)
        )
        ancestors[depth:] = [comment]
        grown[name] = comment
    return grown


def rows_of(post: Post, number: int = 1, **visitor) -> list:
    return build_thread(post, ThreadPart(number), Visitor(**visitor)).rows


def draw(post: Post, number: int = 1, **visitor) -> str:
    """The thread as it would be drawn; a placeholder is a dash."""
    rows = rows_of(post, number, **visitor)
    names = [re.search(r"<bdi[^>]*>([^<]*)</bdi>", row["html"]) for row in rows]
    return "\n".join(
        "  " * row["depth"] + (name[1] if name else "-") for row, name in zip(rows, names, strict=True)
    )


DRAWING = """
ann
  bea
    cas
  dan
eve
  fay
"""


def test_thread_reads_as_it_was_drawn(post):
    grow(post, DRAWING)
    assert draw(post) == DRAWING.strip()


def test_late_reply_stands_below_its_parent_not_at_the_end(post):
    people = grow(post, DRAWING)
    make_comment(post, "late", name="gus", answers=people["bea"], created_at=NOW + timedelta(days=1))
    assert draw(post).splitlines()[2:4] == ["    cas", "    gus"]


def test_lists_open_and_close_in_balance(post):
    grow(post, DRAWING)
    rows = rows_of(post)
    assert sum(row["opens"] for row in rows) == sum(len(row["closes"]) for row in rows)
    assert [row["opens"] for row in rows] == [True, True, False, False, True, False]
    assert [len(row["closes"]) for row in rows] == [0, 0, 1, 1, 0, 1]


def test_removed_comment_with_replies_is_a_placeholder_without_name(post):
    grow(post, "ann\n  bea!\n    cas\neve!")
    assert draw(post) == "ann\n  -\n    cas"
    html = "".join(row["html"] for row in rows_of(post))
    assert "bea" not in html
    assert "Removed by a moderator" in html


def test_removed_comment_whose_replies_are_removed_too_disappears(post):
    grow(post, "ann\n  bea!\n    cas!")
    assert draw(post) == "ann"


def test_held_comment_is_hidden_from_strangers(post):
    grow(post, "ann\n  bea?\ncas?")
    assert draw(post) == "ann"


def test_held_comment_is_seen_in_its_place_by_its_writer_only(post):
    people = grow(post, "ann\n  bea?\ncas?\ndan")
    assert draw(post, own_ids=[people["bea"].pk]) == "ann\n  bea\ndan"
    assert draw(post, own_ids=[people["cas"].pk]) == "ann\ncas\ndan"


def test_held_reply_to_a_comment_that_was_removed_meanwhile_is_left_out(post):
    """Its parent has no place any more, and a reply without one would stand under somebody else."""
    people = grow(post, "ann!\n  bea?\ncas")
    assert draw(post, own_ids=[people["bea"].pk]) == "cas"


def test_what_was_taken_for_spam_waits_for_its_writer_and_is_nothing_to_others(post):
    spam = make_comment(post, status="spam", name="ann")
    assert draw(post, own_ids=[spam.pk]) == "ann"
    assert draw(post) == ""


def test_own_trash_is_not_shown_even_to_its_writer(post):
    people = grow(post, "ann!")
    assert rows_of(post, own_ids=[people["ann"].pk]) == []


@pytest.mark.parametrize(
    ("roots", "pages"), [(0, 1), (1, 1), (20, 1), (30, 1), (31, 2), (50, 2), (51, 3), (1000, 50)]
)
def test_short_last_page_joins_the_one_before(roots, pages):
    assert pages_of(roots) == pages


def test_pages_hold_whole_branches_and_every_comment_once(post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 2
    grow(post, "a\n  b\nc\nd\n  e\n    f\ng\nh\n  i")
    pages = [draw(post, number) for number in range(1, pages_of(post.root_count) + 1)]
    assert pages == ["a\n  b\nc", "d\n  e\n    f\ng\nh\n  i"]


def test_permalink_finds_the_page_of_each_comment(post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 2
    people = grow(post, "a\n  b\nc\nd\n  e\n    f\ng\nh\n  i")
    assert {name: part_of(comment, root_count=post.root_count).page for name, comment in people.items()} == {
        "a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2, "g": 2, "h": 2, "i": 2,
    }  # fmt: skip


def test_removed_root_without_replies_takes_no_place_on_a_page(post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 2
    grow(post, "a!\nb\nc!\nd\ne\nf")
    assert post.root_count == 4
    assert draw(post, 1) == "b\nd"
    assert draw(post, 2) == "e\nf"


def test_there_is_no_page_past_the_last(post):
    grow(post, "ann")
    assert build_thread(post, ThreadPart(2)) is None


def test_first_page_of_an_empty_thread_is_empty(post):
    assert rows_of(post) == []


def test_answer_at_the_deepest_level_names_whom_it_answers(post):
    grow(post, "a\n  b\n    c\n      d\n        e\n          f")
    deepest = Comment.objects.get(name="f")
    make_comment(post, "and you?", name="gus", answers=deepest, created_at=NOW + timedelta(days=1))
    last = rows_of(post)[-1]
    assert last["depth"] == 5
    assert f'href="#c{deepest.pk}"' in last["html"]


def test_long_run_of_replies_is_folded_after_the_first_branches(post):
    replies = "\n".join(f"  r{number}" for number in range(7))
    grow(post, f"a\n{replies}\nb\nc\nd\n{replies}\ne")
    folds = [row["fold"] for row in rows_of(post) if row["fold"]]
    assert [(fold.count, fold.is_open) for fold in folds] == [(7, True), (7, False)]
    assert len(folds[1].monograms) == 4


def test_fold_ends_with_its_list(post):
    replies = "\n".join(f"  r{number}" for number in range(7))
    grow(post, f"a\nb\nc\nd\n{replies}\ne")
    closes = [row["closes"] for row in rows_of(post) if row["closes"]]
    assert [[end.is_branch for end in ends] for ends in closes] == [[True]]


def test_run_of_replies_with_ones_own_held_comment_is_not_folded(post):
    replies = "\n".join(f"  r{number}" for number in range(7))
    grow(post, f"a\nb\nc\nd\n{replies}\n  mine?\ne")
    own = Comment.objects.get(name="mine").pk
    assert all(row["fold"].is_open for row in rows_of(post, own_ids=[own]) if row["fold"])


def test_page_stands_by_the_same_rule_as_counts(post):
    """The page's query is written by hand; `standing` is the word for it everywhere else."""
    grow(post, "a\n  b!\n    c\nd!\n  e!\nf?\n  g\nh?\ni")
    standing = Comment.objects.filter(post=post).standing()
    assert len(rows_of(post)) == standing.count() == 6
    assert post.root_count == standing.roots().count()


def test_times_are_shown_in_the_sites_own_zone(post):
    make_comment(post, created_at=datetime(2026, 6, 1, 9, 28, tzinfo=UTC))
    html = rows_of(post)[0]["html"]
    assert "1 Jun 2026, 10:28" in html
    assert 'datetime="2026-06-01T10:28+01:00"' in html


def test_edited_comment_says_when(post):
    make_comment(post, edited_at=NOW)
    assert "edited" in rows_of(post)[0]["html"]
