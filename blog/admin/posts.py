"""Posts and series in the admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from blog.admin.editor import ProseField
from blog.admin.pictures import PictureSelect
from blog.admin.public import PublicAdmin
from blog.models import Post, Series
from blog.writing import save_post

SHORT_TEXT = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class PostForm(forms.ModelForm):
    body = ProseField(label="Text")

    class Meta:
        model = Post
        fields = ()  # PostAdmin.fieldsets names them
        widgets = {
            "deck": SHORT_TEXT,
            "closing_question": SHORT_TEXT,
            "hero": PictureSelect,
            "topics": forms.CheckboxSelectMultiple,
        }
        labels = {"hero": "At the top", "hero_caption": "Its caption"}
        help_texts = {"hero_caption": "The credit is added by itself."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "_publish" in self.data:
            cleaned["publish_at"] = timezone.now()
        if cleaned.get("series_part") and not cleaned.get("series"):
            self.add_error("series", "Choose the series this is a part of, or leave the part empty.")
        return cleaned


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return Post.State.choices

    def queryset(self, request: HttpRequest, posts: QuerySet[Post]) -> QuerySet[Post]:
        chosen = {
            Post.State.DRAFT: posts.drafts,
            Post.State.SCHEDULED: posts.scheduled,
            Post.State.PUBLISHED: posts.published,
            Post.State.WITHDRAWN: posts.withdrawn,
        }.get(self.value())
        return chosen() if chosen else posts


@admin.register(Post)
class PostAdmin(PublicAdmin):
    form = PostForm
    fieldsets = (
        ("Words", {"fields": ("title", "slug", "deck", "body", "closing_question", "author")}),
        ("Picture", {"fields": ("hero", "hero_caption")}),
        ("Topics", {"fields": ("topics",)}),
        ("When it appears", {"fields": ("standing", "publish_at", "withdraw_at", "is_featured")}),
        ("Conversation", {"fields": ("commenting",)}),
        ("Series", {"fields": (("series", "series_part"),), "classes": ("collapse",)}),
    )
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("standing",)
    list_display = ("title", "standing", "comment_count", "is_featured")
    list_filter = (StateFilter, "topics", "is_featured", "series", "commenting")
    search_fields = ("title", "deck", "plain_text")
    search_help_text = "Words of the title, the deck or the text"
    date_hierarchy = "publish_at"
    radio_fields = {"commenting": admin.VERTICAL}

    @admin.display(description="state", ordering="publish_at")
    def standing(self, post: Post) -> str:
        return standing(post, timezone.now())

    def view_on_site(self, post: Post) -> str | None:
        return post.get_absolute_url() if post.is_published() else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Beside each list of other things only the way to add one: a slip must not change or delete it."""
        form_field = super().formfield_for_dbfield(field, request, **kwargs)
        if form_field and isinstance(form_field.widget, RelatedFieldWidgetWrapper):
            widget = form_field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and field.name != "author"
        return form_field

    def formfield_for_foreignkey(
        self, field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        if field.name == "author":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def save_model(self, request: HttpRequest, post: Post, form: PostForm, change: bool) -> None:
        save_post(post, now=timezone.now())
        request.saved_post = post

    def message_user(self, request: HttpRequest, message: str, *args: Any, **kwargs: Any) -> None:
        """After saving, says where the post stands as well: that readers can see it, when, or not yet."""
        if post := getattr(request, "saved_post", None):
            said = {"message": message, "post": post, "state": post.state(timezone.now())}
            message = render_to_string("admin/blog/post/_saved.html", said)
        super().message_user(request, message, *args, **kwargs)


def standing(post: Post, now: datetime) -> str:
    """Where a post stands, in words: “Scheduled for 3 Dec 2026, 07:00”."""
    state = post.state(now)
    if state == Post.State.DRAFT:
        return "Draft"
    if state == Post.State.SCHEDULED:
        return f"Scheduled for {_moment(post.publish_at)}"
    if state == Post.State.WITHDRAWN:
        return f"Withdrawn on {_moment(post.withdraw_at)}"
    until = f", until {_moment(post.withdraw_at)}" if post.withdraw_at else ""
    return f"Published on {_moment(post.publish_at)}{until}"


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H:i")


@admin.register(Series)
class SeriesAdmin(PublicAdmin):
    list_display = ("title", "slug")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
