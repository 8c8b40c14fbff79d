"""Makers of the rows that tests are about. Each fills in what a test does not care for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from blog.freshness import touch_site
from blog.indexing import index_post
from blog.models import Post, Topic
from blog.prose import clean_prose
from comments.counting import recount
from comments.draft import Draft
from comments.identity import Sender
from comments.indexing import index_comment
from comments.models import Comment
from comments.submit import place
from lib.markup import render_comment

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def make_writer(username: str = "mara", name: str = "Mara Lindqvist") -> object:
    first, last = name.split(" ", 1)
    return get_user_model().objects.create_user(
        username, f"{username}@example.org", "correct-horse", first_name=first, last_name=last, is_staff=True
    )


def make_moderator(username: str = "sam", name: str = "Sam Okoro") -> object:
    """A moderator: in the group that the migration makes, and nothing else."""
    first, last = name.split(" ", 1)
    user = get_user_model().objects.create_user(
        username, f"{username}@example.org", "correct-horse", first_name=first, last_name=last
    )
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def make_topic(name: str = "IT band", **fields: object) -> Topic:
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    return Topic.objects.create(name=name, summary=f"About {name}.", **fields)


def make_post(title: str = "Downhill was the problem", *, author: object = None, **fields: object) -> Post:
    """A published post unless told otherwise, by the first writer there is."""
    topics = fields.pop("topics", [])
    author = author or get_user_model().objects.filter(is_staff=True).first() or make_writer()
    fields.setdefault("slug", title.lower().replace(" ", "-").replace(",", ""))
    fields.setdefault("publish_at", timezone.now() - timedelta(days=3))
    fields.setdefault("deck", "Eleven days of not running.")
    fields["body"] = clean_prose(fields.get("body", "<p>It started on the second descent.</p>"))
    fields.setdefault("plain_text", "It started on the second descent.")
    post = Post.objects.create(title=title, author=author, **fields)
    post.topics.set(topics)
    index_post(post)
    touch_site()
    return post


def make_comment(
    post: Post,
    text: str = "Mine took six weeks.",
    *,
    name: str = "Ines",
    answers: Comment | None = None,
    status: str = Comment.Status.APPROVED,
    created_at: datetime | None = None,
    **fields: object,
) -> Comment:
    """A stored comment, with the post's counts as the site keeps them."""
    comment = Comment(
        post=post, text=text, html=render_comment(text), name=name, answers=answers, status=status
    )
    for field, value in fields.items():
        setattr(comment, field, value)
    comment.created_at = created_at or timezone.now()
    place(comment, comment.created_at)
    with transaction.atomic():
        comment.save(force_insert=True)
        recount(post.pk)
        index_comment(comment)
    post.refresh_from_db()
    return comment


def make_long_thread(post: Post, *, roots: int, replies: int = 0) -> list[Comment]:
    """Many branches a minute apart, and as many replies below the first of them, in one go."""
    made: list[Comment] = []
    for number in range(roots + replies):
        answers = made[0] if number >= roots else None
        words = f"Comment {number}"
        at = NOW + timedelta(minutes=number)
        comment = Comment(
            post=post, text=words, html=f"<p>{words}</p>", name=f"Reader {number}", answers=answers
        )
        comment.status, comment.created_at = Comment.Status.APPROVED, at
        place(comment, at)
        made.append(comment)
    with transaction.atomic():
        Comment.objects.bulk_create(made, batch_size=500)
        recount(post.pk)
    post.refresh_from_db()
    return made


def make_draft(text: str = "Mine took six weeks.", **fields: object) -> Draft:
    return Draft(name=fields.pop("name", "Ines"), text=text, form_age=fields.pop("form_age", 60.0), **fields)


def make_sender(network: str = "network-a", **fields: object) -> Sender:
    return Sender(network=network, **fields)
