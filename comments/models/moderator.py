"""What a moderator chose for themselves: how often mails come, and whether the desk listens to keys.

Somebody who never chose gets what a new row would say. The row also holds what keeps mails apart, and up to
when its owner was told what waits: mails themselves are deleted after a year.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class ModeratorPreferencesQuerySet(models.QuerySet):
    def of(self, user: AbstractUser) -> ModeratorPreferences:
        """The user's own; not stored yet while they never chose."""
        return self.filter(user=user).first() or ModeratorPreferences(user=user)


class ModeratorPreferences(models.Model):
    class Mails(models.TextChoices):
        SOON = "soon", "Soon: at most one mail an hour"
        DAILY = "daily", "Once a day, in the morning"
        NEVER = "never", "Never"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_preferences"
    )
    mails = models.CharField(max_length=10, choices=Mails, default=Mails.SOON)
    keys = models.BooleanField("Keys on the desk’s pages", default=True)
    # When the latest mail was written down; and the one that told of the wave that is running.
    last_mailed_at = models.DateTimeField(null=True, editable=False)
    told_of_wave_at = models.DateTimeField(null=True, editable=False)
    # What has waited since before is not new to them.
    told_until = models.DateTimeField(null=True, editable=False)

    objects = ModeratorPreferencesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "moderator preferences"

    def __str__(self) -> str:
        return f"preferences of moderator {self.user_id}"
