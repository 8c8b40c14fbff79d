"""What readers say of a comment without writing one: reactions, and reports to the moderators.

There are no accounts, so a reader is a random key in a signed cookie (`comments.voices`); the network's keyed
hash keeps one network from speaking with many voices.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.models.comment import Comment

KEY_LENGTH = 64
MAX_WORDS = 500


class Reaction(models.Model):
    class Kind(models.TextChoices):
        SAME_HERE = "same_here", "Same here"
        HELPED = "helped", "This helped me"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind)
    reader_key = models.CharField(max_length=KEY_LENGTH)
    network = models.CharField(max_length=KEY_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader_key"], name="reaction_once"),
        ]
        # What one reader chose under a post.
        indexes = [models.Index(fields=["reader_key"], name="reaction_reader")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.comment_id}"


class ReportQuerySet(models.QuerySet):
    def open(self) -> ReportQuerySet:
        """Those that no moderator has settled yet."""
        return self.filter(settled_at=None)


class Report(models.Model):
    class Reason(models.TextChoices):
        SPAM = "spam", "It is spam or advertising"
        RUDE = "rude", "It is rude or hurtful"
        UNSAFE = "unsafe", "Its advice could hurt somebody"
        PRIVATE = "private", "It shows private details"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=MAX_WORDS, blank=True)
    reader_key = models.CharField(max_length=KEY_LENGTH)
    network = models.CharField(max_length=KEY_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader_key"], name="report_once"),
        ]
        indexes = [
            models.Index(fields=["comment"], condition=models.Q(settled_at=None), name="report_open"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} report on {self.comment_id}"
