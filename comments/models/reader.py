"""A reader who left a mail address: what they follow, and the links that were mailed to them.

A typed address proves nothing. `Reader.confirmed_at` says that somebody opened a link mailed there; whatever
an address asks for waits until then. Links are kept as digests only, so a copy of the database opens nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from blog.models import Post, Topic
from comments.models.comment import Comment

DIGEST_LENGTH = 64


class Reader(models.Model):
    """A mail address, in small letters. It is a person to us only once it is confirmed."""

    class Rhythm(models.TextChoices):
        SINGLE = "single", "One mail for each answer"
        DAILY = "daily", "One mail a day"

    email = models.EmailField(unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    # The last mail to it that nobody had asked for from a confirmed address: at most one a day.
    asked_at = models.DateTimeField(null=True, editable=False)
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.SINGLE)
    # Since when its owner wants no mail from here at all.
    silenced_at = models.DateTimeField(null=True, editable=False)
    last_digest_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"reader {self.pk}"

    @property
    def takes_mail(self) -> bool:
        return self.confirmed_at is not None and self.silenced_at is None


class FollowQuerySet(models.QuerySet):
    def active(self) -> FollowQuerySet:
        """Those that mails may go out for: asked for by whoever reads the address's mail."""
        return self.exclude(confirmed_at=None).filter(
            reader__confirmed_at__isnull=False, reader__silenced_at=None
        )

    def pending(self) -> FollowQuerySet:
        """Those that somebody typed an address for, and nobody confirmed."""
        return self.filter(confirmed_at=None)

    def with_targets(self) -> FollowQuerySet:
        """With what is followed in the same query, but not the long texts."""
        return self.select_related("comment__post", "post", "topic").defer(
            "comment__text",
            "comment__html",
            "comment__post__body",
            "comment__post__plain_text",
            "post__body",
            "post__plain_text",
            "topic__introduction",
        )


class Follow(models.Model):
    """A reader wants to hear of answers to a comment, of everything under a post, or of a topic's posts."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="follows")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="follows")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="follows")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, post=None, topic=None)
                | Q(comment=None, post__isnull=False, topic=None)
                | Q(comment=None, post=None, topic__isnull=False),
                name="follow_has_one_target",
            ),
            models.UniqueConstraint(
                fields=["reader", "comment"], condition=Q(comment__isnull=False), name="follow_comment_once"
            ),
            models.UniqueConstraint(
                fields=["reader", "post"], condition=Q(post__isnull=False), name="follow_post_once"
            ),
            models.UniqueConstraint(
                fields=["reader", "topic"], condition=Q(topic__isnull=False), name="follow_topic_once"
            ),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"

    @property
    def target(self) -> str:
        """What is followed, as forms and tokens name it: `post.12`."""
        kind = next(kind for kind in ("comment", "post", "topic") if getattr(self, f"{kind}_id") is not None)
        return f"{kind}.{getattr(self, f'{kind}_id')}"

    @property
    def talk(self) -> Post | None:
        """The post whose conversation is followed, whole or below one comment."""
        return self.comment.post if self.comment_id else self.post


class MailedLinkQuerySet(models.QuerySet):
    def usable(self, now: datetime) -> MailedLinkQuerySet:
        return self.filter(used_at=None, expires_at__gt=now)

    def open(self, now: datetime) -> MailedLinkQuerySet:
        """Links whose session goes on: see `comments.my_comments`."""
        return self.filter(session_ends_at__gt=now)


class MailedLink(models.Model):
    """A link that was mailed to a reader, good for one purpose, once. Opening one may begin a session."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "Confirm the address and what it follows"
        MY_COMMENTS = "my_comments", "Open “my comments”"

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    session_ends_at = models.DateTimeField(null=True)

    objects = MailedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="mailed_link_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} link {self.pk}"
