"""Fills the site's database with a small blog and long threads. Runs inside the site (`bench.inside`).

Rows are written in bulk, but with the parts of the door that decide what is stored: `place` for the tree,
`render_comment` for the HTML, `recount` for the post's counts. Saved post by post, 13,000 comments would take
minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from bench import words
from bench.desk import fill_desk
from bench.rows import POSTED_UNDER, THREADS
from bench.threads import Said, make_thread
from blog.models import Picture, Post, Series, Topic
from blog.pictures import store_picture
from blog.writing import save_post, save_topic
from comments.counting import recount
from comments.models import Comment
from comments.spam.text import fingerprint
from comments.stamp import new_stamp
from comments.submit import place
from comments.thread_query import pages_of
from lib.markup import render_comment

TOPICS = ("IT band", "Achilles tendon", "Shin splints", "Strength")
PARTS_OF_SERIES = 4
# A thread grows over most of the time since its post came out.
# Younger than COMMENT_MODERATE_AFTER_DAYS, or each comment that is posted would wait for a moderator.
AGE = timedelta(days=100)
# Older than anybody needs to type a comment, so that the filter finds nothing fast about it.
STAMP_AGE = timedelta(hours=1)
BATCH = 500
# The same for all threads, so that short ones are the beginnings of long ones and their pages comparable.
SEED = 1


@transaction.atomic
def fill() -> dict[str, object]:
    """Writes everything and says where it is: addresses of pages, and where comments can be posted.

    Keys: `pages` (address by number of comments), `last_pages` (the number of each one's last page),
    `forms` (a list of `post`, `address`, `stamp` and `parents`, the ids of comments to answer) and `desk`
    (see `bench.desk`).
    """
    draw, now = Random(1), timezone.now()
    write = _writing(draw, now)
    sizes = [*THREADS, *[65] * POSTED_UNDER]
    posts = [write(number) for number in range(len(sizes))]
    threads = [_talk(post, size) for post, size in zip(posts, sizes, strict=True)]
    pages = {str(size): post.get_absolute_url() for size, post in zip(THREADS, posts, strict=False)}
    forms = [
        {
            "post": post.pk,
            "address": post.get_absolute_url(),
            "stamp": new_stamp(post.pk, now - STAMP_AGE),
            "parents": [comment.pk for comment in thread],
        }
        for post, thread in zip(posts, threads, strict=True)
    ]
    last_pages = {str(size): pages_of(post.root_count) for size, post in zip(THREADS, posts, strict=False)}
    desk = fill_desk(posts[len(THREADS) :], now)
    return {"pages": pages, "last_pages": last_pages, "forms": forms[len(THREADS) :], "desk": desk}


def gather_statistics() -> None:
    """What autovacuum does by itself soon after; the first requests should not be planned without it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _writing(draw: Random, now: datetime) -> object:
    """A function that writes post number n, with everything around it that a real post has."""
    author = get_user_model().objects.create_user(
        "bench", password=None, first_name="Mara", last_name="Lindqvist", is_staff=True
    )
    topics = [save_topic(Topic(name=name, slug=f"topic-{n}", summary=name)) for n, name in enumerate(TOPICS)]
    series = Series.objects.create(title="Back to the start", slug="series")
    hero = _picture()

    def write(number: int) -> Post:
        post = Post(
            title=words.sentence(draw).rstrip("."),
            slug=f"post-{number}",
            deck=words.paragraph(draw, 120),
            body=words.article(draw),
            closing_question=words.sentence(draw),
            author=author,
            hero=hero,
            hero_caption=words.sentence(draw),
            series=series if number < PARTS_OF_SERIES else None,
            series_part=number + 1 if number < PARTS_OF_SERIES else None,
            publish_at=now - AGE + timedelta(hours=number),
        )
        return save_post(post, topics=draw.sample(topics, 2), now=now)

    return write


def _picture() -> Picture:
    upload = BytesIO()
    Image.linear_gradient("L").resize((1600, 1067)).convert("RGB").save(upload, "PNG")
    upload.seek(0)
    return store_picture(
        upload, name="Gradient", alt="A road that grows light", credit="Drawn for the benchmark"
    )


def _talk(post: Post, size: int) -> list[Comment]:
    comments: list[Comment] = []
    step = AGE * 0.9 / size
    for number, said in enumerate(make_thread(size, seed=SEED)):
        answered = None if said.answers is None else comments[said.answers]
        comments.append(_comment(post, said, answered, at=post.publish_at + step * (number + 1)))
    Comment.objects.bulk_create(comments, batch_size=BATCH)
    post.root_count = recount(post.pk)
    return comments


def _comment(post: Post, said: Said, answered: Comment | None, *, at: datetime) -> Comment:
    comment = Comment(
        post=post,
        answers=answered,
        name=said.name,
        text=said.text,
        html=render_comment(said.text),
        status=Comment.Status.APPROVED,
        created_at=at,
        fingerprint=fingerprint(said.text),
    )
    place(comment, at)
    comment.network = comment.fingerprint[:32]
    return comment
