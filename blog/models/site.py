"""What every page shows: the site's name and words, its navigation, and the version of all the writer's work.

There is one row of SiteProfile. Its `version` rises with each change the writer makes
(`blog.freshness.touch_site`), and every public page's cache key holds it.
"""

from __future__ import annotations

from django.db import models


class SiteProfile(models.Model):
    name = models.CharField(max_length=80, default="Second Wind")
    tagline = models.CharField(max_length=120, default="Running, getting hurt, and coming back")
    description = models.CharField(max_length=300, blank=True, help_text="For search engines and feeds.")
    footer_note = models.TextField(
        max_length=400,
        blank=True,
        default="Reader reports are experiences, not medical advice. If it is getting worse, or you cannot "
        "put weight on it, please see someone.",
    )
    version = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "site"
        verbose_name_plural = "site"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name


class NavigationItem(models.Model):
    class Place(models.TextChoices):
        HEADER = "header", "Header"
        FOOTER = "footer", "Footer"

    site = models.ForeignKey(
        SiteProfile, on_delete=models.CASCADE, related_name="navigation", default=1, editable=False
    )
    place = models.CharField(max_length=10, choices=Place, default=Place.HEADER)
    label = models.CharField(max_length=40)
    address = models.CharField(
        max_length=300, help_text="A path on this site such as /topics/, or a whole address."
    )
    position = models.PositiveSmallIntegerField(default=10, help_text="Smaller numbers come first.")

    class Meta:
        ordering = ["place", "position", "pk"]

    def __str__(self) -> str:
        return self.label
