"""What the admin of everything readers see has in common: the public pages learn of each change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from js_asset import Media

from blog.freshness import touch_site


class PublicAdmin(admin.ModelAdmin):
    """Saves and deletes, and raises the site's version in the same transaction.

    Django wraps the form's view in a transaction; deletions from the list get theirs here.
    """

    def save_model(self, request: HttpRequest, thing: Model, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, thing, form, change)
        touch_site()

    @transaction.atomic
    def delete_model(self, request: HttpRequest, thing: Model) -> None:
        super().delete_model(request, thing)
        touch_site()

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, things: QuerySet) -> None:
        super().delete_queryset(request, things)
        touch_site()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Gives the editor's import map, an inline script, the nonce that the admin's policy asks for."""
        media = context["media"]
        if isinstance(media, Media):
            context["media"] = media.with_nonce(request.csp_nonce)
        return super().render_change_form(request, context, **kwargs)
