"""The site's name, words and navigation in the admin: one row, changed and never added or deleted."""

from __future__ import annotations

import re

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog.admin.public import PublicAdmin
from blog.freshness import touch_site
from blog.models import NavigationItem, SiteProfile

ADDRESS = re.compile(r"(?:/(?!/)|https?://|mailto:)\S*")


class NavigationForm(forms.ModelForm):
    class Meta:
        model = NavigationItem
        fields = ("place", "label", "address", "position")

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if not ADDRESS.fullmatch(address):
            raise forms.ValidationError("Begin with / for a page of this site, or with https:// for another.")
        return address


class NavigationInline(admin.TabularInline):
    model = NavigationItem
    form = NavigationForm
    extra = 1
    verbose_name = "link"
    verbose_name_plural = "Navigation"


@admin.register(SiteProfile)
class SiteProfileAdmin(PublicAdmin):
    fieldsets = (
        ("Name", {"fields": ("name", "tagline")}),
        ("Words", {"fields": ("description", "footer_note")}),
    )
    inlines = (NavigationInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, profile: SiteProfile | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """There is nothing to list: the one row opens at once."""
        profile, _ = SiteProfile.objects.get_or_create(pk=1)
        return redirect("admin:blog_siteprofile_change", profile.pk)

    def save_model(
        self, request: HttpRequest, profile: SiteProfile, form: forms.ModelForm, change: bool
    ) -> None:
        """Only the words: the version read with the form may be behind by now, and must never go back."""
        profile.save(update_fields=list(form.cleaned_data))
        touch_site()
