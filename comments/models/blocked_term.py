"""The moderators' blocklist."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.comment import Comment
from comments.spam.candidate import Blocked, Strength

MAX_BLOCKED = 254


class BlockedTermQuerySet(models.QuerySet):
    def listed(self) -> BlockedTermQuerySet:
        """What nobody has taken off the list, expired or not."""
        return self.filter(removed_at=None)

    def in_force(self, now: datetime) -> BlockedTermQuerySet:
        """What the filter looks for at this moment."""
        return self.listed().exclude(expires_at__lte=now)


class BlockedTerm(models.Model):
    """An entry of the blocklist. One that is taken off stays as a row, so that the list has a memory."""

    class Kind(models.TextChoices):
        WORD = Blocked.WORD.value, "Word or phrase"
        DOMAIN = Blocked.DOMAIN.value, "Domain"
        ADDRESS = Blocked.ADDRESS.value, "Mail address"
        PATTERN = Blocked.PATTERN.value, "Pattern"
        NETWORK = Blocked.NETWORK.value, "Network"

    class Strength(models.TextChoices):
        HOLD = Strength.HOLD.value, "Hold the comment"
        SPAM = Strength.SPAM.value, "Put it among the spam"

    kind = models.CharField(max_length=10, choices=Kind)
    # Of a network its keyed hash. Empty once it is forgotten, as somebody's mail address is.
    value = models.CharField(
        max_length=MAX_BLOCKED, help_text="As comments.spam.blocklist or comments.patterns tidies it."
    )
    strength = models.CharField(max_length=10, choices=Strength)
    note = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Of a ban: the comment whose writer it is for.
    source = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="bans", editable=False
    )
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    hits = models.PositiveIntegerField(default=0, editable=False)
    last_hit_at = models.DateTimeField(null=True, editable=False)

    objects = BlockedTermQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(removed_at=None) & ~Q(value=""),
                name="blocked_term_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    @property
    def is_ban(self) -> bool:
        """Whether it is meant for whoever wrote a comment, and not for what comments say."""
        return self.kind == self.Kind.NETWORK or self.source_id is not None

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now
