"""What a search costs on a large site: 5,000 posts and 100,000 comments. Run by `bench.inside`.

Measured is what a search does in the site's process and its database: reading the query, finding the places,
and the hits of one page with their snippets. The mixture asks for words that are rare, words that stand in a
third of all texts, two words, a phrase, another name of a topic, and a word that stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from statistics import quantiles
from time import perf_counter

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from bench import words
from bench.content import gather_statistics
from blog.models import Post, Topic
from blog.search import find, hits_of
from blog.search_query import read_query
from blog.views import POSTS_PER_PAGE
from comments.models import Comment
from comments.submit import place

POSTS = 5_000
COMMENTS = 100_000
SEARCHES = 600
BATCH = 2_000
# Put into a share of all texts, so that the mixture knows what is common.
SPRINKLED = (("knee", 0.3), ("descent", 0.05), ("xylophone", 0.0002))
QUERIES = (
    *("knee", "xylophone", "descent", "knee descent", '"knee descent"', "running weeks", "ITBS", "it band"),
    *("zzyzx", "descending knees", "knee xylophone", "the knee"),
)


def measure_search() -> dict[str, float]:
    """Milliseconds that half and that 99 % of the searches stay within."""
    _fill(Random(2))
    gather_statistics()
    _ask_all(1)
    milliseconds = [1_000 * seconds for seconds in _ask_all(SEARCHES // len(QUERIES))]
    percentiles = quantiles(milliseconds, n=100)
    return {"p50_ms": percentiles[49], "p99_ms": percentiles[98]}


def _ask_all(rounds: int) -> list[float]:
    return [_seconds(query) for _ in range(rounds) for query in QUERIES]


def _seconds(typed: str) -> float:
    now, started = timezone.now(), perf_counter()
    found = find(read_query(typed), now)
    hits_of(found.of(None)[:POSTS_PER_PAGE], found.phrases, now)
    return perf_counter() - started


@transaction.atomic
def _fill(draw: Random) -> None:
    """Rows in bulk, and the index made anew by the site's own command."""
    Topic.objects.filter(name="IT band").update(aliases=["ITBS", "iliotibial band"])
    posts = _in_batches(Post, _posts(draw), POSTS)
    _in_batches(Comment, _comments(draw, posts), COMMENTS)
    call_command("rebuild_search", verbosity=0)


def _in_batches(model: type, rows: Iterator[object], number: int) -> list:
    written = []
    for _ in range(number // BATCH + bool(number % BATCH)):
        some = [row for _, row in zip(range(min(BATCH, number - len(written))), rows, strict=False)]
        written += model.objects.bulk_create(some)
    return written


def _posts(draw: Random) -> Iterator[Post]:
    author, now = get_user_model().objects.get(username="bench"), timezone.now()
    number = 0
    while True:
        number += 1
        text = _sprinkled("\n".join(words.paragraph(draw, 400) for _ in range(8)), draw)
        yield Post(
            title=words.sentence(draw)[:100],
            slug=f"large-{number}",
            author=author,
            deck=words.sentence(draw),
            body=f"<p>{text}</p>",
            plain_text=text,
            publish_at=now - timedelta(hours=number),
        )


def _comments(draw: Random, posts: list[Post]) -> Iterator[Comment]:
    now = timezone.now()
    while True:
        text = _sprinkled(words.comment_text(draw), draw)
        moment = now - timedelta(seconds=draw.randrange(40_000_000))
        comment = Comment(
            post=draw.choice(posts), text=text, html=f"<p>{text}</p>", name=draw.choice(words.NAMES)
        )
        comment.status, comment.created_at = Comment.Status.APPROVED, moment
        place(comment, moment)
        yield comment


def _sprinkled(text: str, draw: Random) -> str:
    return " ".join([text, *(word for word, share in SPRINKLED if draw.random() < share)])
