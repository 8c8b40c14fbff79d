"""A post, and the series it may be a part of.

Whether a post is a draft, scheduled, published or withdrawn is never stored: the clock decides each time
somebody asks, so no job can miss the moment.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from blog.models.picture import Picture
from blog.models.topic import Topic


class Series(models.Model):
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PostQuerySet(models.QuerySet):
    def published(self, now: datetime | None = None) -> PostQuerySet:
        now = now or timezone.now()
        return self.filter(Q(withdraw_at=None) | Q(withdraw_at__gt=now), publish_at__lte=now)

    def drafts(self) -> PostQuerySet:
        return self.filter(publish_at=None)

    def scheduled(self, now: datetime | None = None) -> PostQuerySet:
        return self.filter(publish_at__gt=now or timezone.now())

    def withdrawn(self, now: datetime | None = None) -> PostQuerySet:
        return self.filter(publish_at__isnull=False, withdraw_at__lte=now or timezone.now())

    def newest_first(self) -> PostQuerySet:
        return self.order_by("-publish_at", "-pk")

    def earlier_than(self, post: Post) -> PostQuerySet:
        return self.filter(publish_at__lt=post.publish_at)

    def later_than(self, post: Post) -> PostQuerySet:
        return self.filter(publish_at__gt=post.publish_at)

    def with_card(self) -> PostQuerySet:
        """Only what a list of posts shows, with the picture in the same query."""
        return self.select_related("hero").defer("body", "plain_text")


class Post(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Commenting(models.TextChoices):
        OPEN = "open", "Open"
        MODERATED = "moderated", "Every comment waits for a moderator"
        CLOSED = "closed", "Closed"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True, help_text="The last part of its address.")
    deck = models.TextField(
        max_length=400, help_text="One or two sentences under the title, in lists and in search engines."
    )
    body = models.TextField()
    plain_text = models.TextField(editable=False, default="", help_text="The body's words, for search.")
    minutes = models.PositiveSmallIntegerField(editable=False, default=1, help_text="To read it.")
    closing_question = models.TextField(
        max_length=300, blank=True, help_text="What you would like readers to answer."
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    hero = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    hero_caption = models.CharField(max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="posts")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    series_part = models.PositiveSmallIntegerField(null=True, blank=True)
    is_featured = models.BooleanField("featured", default=False, help_text="Leads the home page.")
    publish_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: a draft. In the future: it appears by itself at that time."
    )
    withdraw_at = models.DateTimeField(
        null=True, blank=True, help_text="From then on readers no longer find it. Empty: it stays."
    )
    commenting = models.CharField(max_length=10, choices=Commenting, default=Commenting.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When its words changed."
    )

    # Kept by the conversation under the post, in the transaction of each change there.
    thread_version = models.PositiveBigIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    root_count = models.PositiveIntegerField(default=0, editable=False, help_text="Branches on its pages.")
    last_comment_at = models.DateTimeField(null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-publish_at", "-pk"]
        indexes = [
            models.Index(fields=["publish_at"]),
            models.Index(fields=["withdraw_at"]),
            # Summed for every list from the cache: the rows themselves lie behind their long texts.
            models.Index(fields=["thread_version"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdraw_at=None) | Q(publish_at=None) | Q(withdraw_at__gt=F("publish_at")),
                name="post_withdrawn_after_published",
                violation_error_message="A post is withdrawn after it was published, not before.",
            ),
            models.UniqueConstraint(fields=["series", "series_part"], name="one_post_a_part"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The permalink; a draft has none yet and answers with where its preview would be."""
        day = timezone.localtime(self.publish_at or self.created_at)
        return reverse("blog:post", args=[day.year, f"{day.month:02}", self.slug])

    def state(self, now: datetime | None = None) -> State:
        now = now or timezone.now()
        if self.publish_at is None:
            return self.State.DRAFT
        if self.withdraw_at and self.withdraw_at <= now:
            return self.State.WITHDRAWN
        return self.State.SCHEDULED if self.publish_at > now else self.State.PUBLISHED

    def is_published(self, now: datetime | None = None) -> bool:
        return self.state(now) == self.State.PUBLISHED

    @property
    def takes_comments(self) -> bool:
        return self.commenting != self.Commenting.CLOSED
