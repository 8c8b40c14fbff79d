"""Mails, as rows: written in the transaction that causes them, sent by a worker afterwards.

A row says to whom and about what, never the words: they are put together when the mail is sent, from what
may be read then, so that a comment removed meanwhile is in no mail (`comments.notifications`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from blog.models import Post
from comments.models.comment import Comment
from comments.models.moderator import ModeratorPreferences
from comments.models.reader import Reader

MAX_KEY = 120
MAX_ERROR = 200


class MailQuerySet(models.QuerySet):
    def waiting(self) -> MailQuerySet:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, now: datetime) -> MailQuerySet:
        return self.waiting().filter(due_at__lte=now)


class Mail(models.Model):
    """One mail to one address. `key` is the same for the same news to the same address, so nothing is told
    twice. `in_digest` rows wait for the reader's daily mail and go out together."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "Please confirm your address"
        MY_COMMENTS = "my_comments", "Your link to “my comments”"
        LIVE = "live", "Your comment is live"
        REPLY = "reply", "Somebody answered your comment"
        THREAD = "thread", "A new comment under a post you follow"
        TOPIC = "topic", "A new post on a topic you follow"
        MODERATOR = "moderator", "What waits at the desk"
        WAVE = "wave", "A wave of spam is running"

    kind = models.CharField(max_length=20, choices=Kind)
    to = models.EmailField()
    reader = models.ForeignKey(Reader, null=True, on_delete=models.CASCADE, related_name="mails")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="mails")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="mails")
    # The index below begins with it.
    moderator = models.ForeignKey(
        ModeratorPreferences, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=MAX_KEY, unique=True)
    in_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # Given up: refused for good, or nothing left to say.
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=MAX_ERROR, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, dropped_at=None),
                name="mail_waiting",
            ),
            # When a moderator was mailed last.
            models.Index(
                fields=["moderator", "kind", "sent_at"],
                condition=models.Q(moderator__isnull=False),
                name="mail_moderator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pk}"


class Announcement(models.Model):
    """That followers of a post's topics have been told of the post; it is done once."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="announcement")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"announcement of post {self.post_id}"
