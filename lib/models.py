"""The table behind the rate limit of `lib.throttle`."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WINDOW = timedelta(days=1)


class AllowanceQuerySet(models.QuerySet):
    def expired(self, now: datetime) -> "AllowanceQuerySet":
        """Rows whose window is over, however long it was: they limit nobody any more and may be deleted."""
        return self.filter(window_start__lte=now - LONGEST_WINDOW)


class Allowance(models.Model):
    """How often one key (a visitor's hash and what they do) was used since its window began."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    window_start = models.DateTimeField(_("window start"), db_index=True)
    used = models.PositiveIntegerField(_("used"))

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"
