"""A picture in the writer's list: one cleaned master file and WebP copies in smaller widths.

The upload itself is never kept or served: `blog.pictures.store_picture` decodes it, drops everything that is
not pixels (GPS position, camera, thumbnails) and writes the files named here.
"""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models


class Picture(models.Model):
    folder = models.CharField(max_length=60, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Pixels of the master.")
    height = models.PositiveIntegerField(editable=False, help_text="Pixels of the master.")
    widths = models.JSONField(default=list, editable=False, help_text="Widths of the WebP copies, ascending.")
    name = models.CharField(max_length=120, help_text="How you find it in the list. Readers never see it.")
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What somebody who cannot see the picture should know.",
    )
    is_decorative = models.BooleanField(
        default=False, help_text="It says nothing that the text does not say; screen readers skip it."
    )
    credit = models.CharField(
        max_length=120, help_text="Who took or drew it, such as “Photo: Elin Lindqvist”."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(alt=""),
                name="picture_has_alt_or_is_decorative",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def url(self, width: int | None = None) -> str:
        """The address of the copy `width` pixels wide, or of the master."""
        return default_storage.url(f"{self.folder}/{width or 'master'}.webp")

    @property
    def srcset(self) -> str:
        copies = [f"{self.url(width)} {width}w" for width in self.widths]
        return ", ".join([*copies, f"{self.url()} {self.width}w"])

    @property
    def alt_text(self) -> str:
        return "" if self.is_decorative else self.alt
