"""Topics in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from blog.admin.editor import ProseField
from blog.admin.public import PublicAdmin
from blog.models import Topic
from blog.writing import save_topic
from lib.text import normalise_line


class LinesField(forms.CharField):
    """A list of short texts, written one a line."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})

    def prepare_value(self, value: list[str] | str | None) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: str | None) -> list[str]:
        lines = (normalise_line(line) for line in (value or "").splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial: list[str] | None, data: str | None) -> bool:
        return self.to_python(data) != (initial or [])


class TopicForm(forms.ModelForm):
    aliases = LinesField(
        label="Other names",
        required=False,
        help_text="What else readers call it, one a line.",
    )
    see_someone = LinesField(
        label="When to see someone", required=False, help_text="Signs that need a professional, one a line."
    )
    introduction = ProseField(required=False, help_text="What it is, how it tends to feel, what to ask.")

    class Meta:
        model = Topic
        fields = ()  # TopicAdmin.fieldsets names them
        help_texts = {"slug": "Its address stays, so that links to it keep working."}
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}


@admin.register(Topic)
class TopicAdmin(PublicAdmin):
    form = TopicForm
    fieldsets = (
        ("Words", {"fields": ("name", "slug", "aliases", "summary", "introduction")}),
        ("Injury", {"fields": ("is_injury", "see_someone", "reviewed_on")}),
        ("In lists", {"fields": ("position",)}),
    )
    list_display = ("name", "is_injury", "posts_published", "reviewed_on", "position")
    list_filter = ("is_injury",)
    search_fields = ("name", "aliases", "summary")

    def get_readonly_fields(self, request: HttpRequest, topic: Topic | None = None) -> tuple[str, ...]:
        return ("slug",) if topic else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, topic: Topic | None = None
    ) -> dict[str, tuple[str, ...]]:
        return {} if topic else {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).with_post_counts()

    @admin.display(description="published posts", ordering="post_count")
    def posts_published(self, topic: Topic) -> int:
        return topic.post_count

    def save_model(self, request: HttpRequest, topic: Topic, form: TopicForm, change: bool) -> None:
        save_topic(topic)

    def view_on_site(self, topic: Topic) -> str:
        return topic.get_absolute_url()
