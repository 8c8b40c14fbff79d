"""A topic gathers posts and what readers said under them. Most topics are injuries."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone


class TopicQuerySet(models.QuerySet):
    def injuries(self) -> TopicQuerySet:
        return self.filter(is_injury=True)

    def with_post_counts(self) -> TopicQuerySet:
        """Adds `post_count`: how many published posts carry the topic."""
        now = timezone.now()
        published = Q(posts__publish_at__lte=now) & (
            Q(posts__withdraw_at=None) | Q(posts__withdraw_at__gt=now)
        )
        # The count groups, and Django leaves the order of Meta out of what is grouped.
        return self.annotate(post_count=Count("posts", filter=published)).order_by("position", "name")


class Topic(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    aliases = models.JSONField(
        default=list, blank=True, help_text="Other names readers use, such as “ITBS”. Search knows them too."
    )
    is_injury = models.BooleanField(
        "is an injury", default=True, help_text="Injury topics show when to see someone before anything else."
    )
    summary = models.TextField(max_length=400, help_text="One or two plain sentences under the title.")
    introduction = models.TextField(
        blank=True, help_text="What it is, what it tends to feel like, what to ask."
    )
    see_someone = models.JSONField(
        "see someone now if…",
        default=list,
        blank=True,
        help_text="Signs that need a professional, one a line.",
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text="When a person last checked this page.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Smaller numbers come first.")
    updated_at = models.DateTimeField(auto_now=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:topic", args=[self.slug])
