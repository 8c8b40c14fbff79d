"""How the writer's words get into the database: one function for each thing she writes.

Everything that saves a post, a page or a topic (the admin, the demo, an importer) comes through here, so that
the text is always clean, its plain words and reading time fit it, search knows what it says, a moved post
leaves its address behind, and every public page learns of the change in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from blog.freshness import touch_site
from blog.indexing import index_post
from blog.models import FormerAddress, Page, Post, Topic
from blog.prose import MARK, clean_prose
from lib.markup import plain_text
from lib.text import reading_minutes

# What a reader reads; a new topic or another time of publishing does not make the words new.
WORDS = ("title", "deck", "body", "closing_question", "hero_caption")
# Kept by the conversation while the writer has the form open: saving the post must not set them back.
KEPT_BY_OTHERS = {"id", "created_at", "thread_version", "comment_count", "root_count", "last_comment_at"}
FIELDS = [field.name for field in Post._meta.concrete_fields if field.name not in KEPT_BY_OTHERS]


@transaction.atomic
def save_post(post: Post, *, topics: Iterable[Topic] | None = None, now: datetime) -> Post:
    """Saves a post: text cleaned, derived fields filled, its former address kept when it moved.

    `topics` replaces the post's topics; None leaves them. Raises ValueError for a body beyond all measure.
    """
    before = Post.objects.select_for_update().filter(pk=post.pk).first() if post.pk else None
    _derive_from_body(post)
    if before is None or any(getattr(post, name) != getattr(before, name) for name in WORDS):
        post.changed_at = now
    post.save(update_fields=FIELDS if before else None)
    if topics is not None:
        post.topics.set(topics)
    if before:
        _keep_former_address(before, post, now)
    index_post(post)
    touch_site()
    return post


@transaction.atomic
def save_page(page: Page) -> Page:
    """Saves a page with its text cleaned."""
    page.body = clean_prose(page.body)
    page.save()
    touch_site()
    return page


@transaction.atomic
def save_topic(topic: Topic) -> Topic:
    """Saves a topic with its introduction cleaned."""
    topic.introduction = clean_prose(topic.introduction)
    topic.save()
    touch_site()
    return topic


@transaction.atomic
def refresh_figures(picture_id: int) -> None:
    """Draws the picture's figures anew wherever they stand, after its row changed or went.

    The texts keep their dates: nobody wrote anything.
    """
    mark = MARK % picture_id
    for post in Post.objects.select_for_update().filter(body__contains=mark).order_by("pk"):
        _derive_from_body(post)
        post.save(update_fields=["body", "plain_text", "minutes"])
        index_post(post)
    for page in Page.objects.select_for_update().filter(body__contains=mark).order_by("pk"):
        Page.objects.filter(pk=page.pk).update(body=clean_prose(page.body))
    for topic in Topic.objects.select_for_update().filter(introduction__contains=mark).order_by("pk"):
        Topic.objects.filter(pk=topic.pk).update(introduction=clean_prose(topic.introduction))


def _derive_from_body(post: Post) -> None:
    post.body = clean_prose(post.body)
    post.plain_text = plain_text(post.body)
    post.minutes = reading_minutes(post.plain_text)


def _keep_former_address(before: Post, post: Post, now: datetime) -> None:
    """Where readers have found the post, they still do: its old path redirects.

    Also when it goes back to being a draft, because it may come out again in another month.
    """
    old, new = before.get_absolute_url(), post.get_absolute_url()
    if post.publish_at:
        FormerAddress.objects.filter(path=new, post=post).delete()
    was_out = before.publish_at is not None and before.publish_at <= now
    if was_out and (old != new or post.publish_at is None):
        FormerAddress.objects.update_or_create(path=old, defaults={"post": post})
