"""A page stands outside the stream of posts: about, privacy, how comments work."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from blog.paths import FourDigitYear

# First path segments that belong to the site itself, as years do; a page there would never be reached.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "comments",
        "desk",
        "dev",
        "feed",
        "follow",
        "following",
        "healthz",
        "media",
        "my-comments",
        "posts",
        "search",
        "sign-in",
        "sign-out",
    }
    | {"static", "topics"}
)


def validate_not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS or re.fullmatch(FourDigitYear.regex, slug):
        raise ValidationError("The address /%(slug)s/ belongs to the site itself.", params={"slug": slug})


class PageQuerySet(models.QuerySet):
    def published(self) -> PageQuerySet:
        return self.filter(is_published=True)


class Page(models.Model):
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True, validators=[validate_not_reserved])
    description = models.CharField(max_length=300, blank=True, help_text="For search engines and previews.")
    body = models.TextField()
    is_published = models.BooleanField("published", default=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:page", args=[self.slug])
