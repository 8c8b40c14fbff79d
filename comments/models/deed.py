"""The moderators' log."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comments.models.comment import Comment


class DeedQuerySet(models.QuerySet):
    def in_force(self) -> DeedQuerySet:
        """Verdicts that nobody has undone. An undo is none."""
        return self.exclude(verb=Deed.Verb.UNDO).filter(undone_by=None)


class Deed(models.Model):
    """One line of the moderators' log. Lines are added and never changed; undoing adds a line of its own."""

    class Verb(models.TextChoices):
        APPROVE = "approve", "Approved"
        HOLD = "hold", "Held"
        SPAM = "spam", "Marked as spam"
        TRASH = "trash", "Moved to trash"
        UNDO = "undo", "Undid"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="deeds")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deeds"
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=10, choices=Comment.Status)
    after = models.CharField(max_length=10, choices=Comment.Status)
    reason = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="deed_changes_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.comment_id}"
