"""Pages outside the stream of posts, in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from blog.admin.editor import ProseField
from blog.admin.public import PublicAdmin
from blog.models import Page
from blog.writing import save_page


class PageForm(forms.ModelForm):
    body = ProseField(label="Text")

    class Meta:
        model = Page
        fields = ()  # PageAdmin.fieldsets names them
        help_texts = {"slug": "Its address stays, so that links to it keep working."}


@admin.register(Page)
class PageAdmin(PublicAdmin):
    form = PageForm
    fieldsets = (
        ("Words", {"fields": ("title", "slug", "description", "body")}),
        ("When it appears", {"fields": ("is_published",)}),
    )
    list_display = ("title", "address", "is_published", "updated_at")
    list_filter = ("is_published",)
    search_fields = ("title", "description", "body")

    def get_readonly_fields(self, request: HttpRequest, page: Page | None = None) -> tuple[str, ...]:
        return ("slug",) if page else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, page: Page | None = None
    ) -> dict[str, tuple[str, ...]]:
        return {} if page else {"slug": ("title",)}

    @admin.display(ordering="slug")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    def view_on_site(self, page: Page) -> str | None:
        return page.get_absolute_url() if page.is_published else None

    def save_model(self, request: HttpRequest, page: Page, form: PageForm, change: bool) -> None:
        save_page(page)
