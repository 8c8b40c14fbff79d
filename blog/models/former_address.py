"""Where a post used to be. A published post that moves leaves its old path here, and the path redirects."""

from __future__ import annotations

from django.db import models

from blog.models.post import Post


class FormerAddress(models.Model):
    path = models.CharField(max_length=300, unique=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former_addresses")
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.path
