"""The editor the writer's texts are written in: django-prose-editor with what an article may hold, no more.

The list below is for the writer's eyes; what may be stored is decided by `blog.prose` when the text is saved.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script

from lib.markup import MAX_TAGS

EXTENSIONS = {
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "CodeBlock": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "NodeClass": {"cssClasses": {"paragraph": [{"className": "note", "title": "Note"}]}},
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Fullscreen": True,
    # Ours, from static/js/admin:
    "PictureFigure": {"chooserUrl": reverse_lazy("admin:blog_picture_choose")},
    "WordCount": True,
}
# Names for modules, so that each is loaded from the hashed file it has in production.
MODULES = ImportMap(
    {
        "second-wind/figure": "js/admin/figure.js",
        "second-wind/picture-dialog": "js/admin/picture-dialog.js",
        "second-wind/word-count": "js/admin/word-count.js",
    }
)


class EditorWidget(AdminProseEditorWidget):
    @property
    def media(self) -> Media:
        return super().media + Media(importmap=MODULES, js=[Script("js/admin/unsaved.js", type="module")])

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"js_modules": ["second-wind/figure", "second-wind/word-count"]}


class ProseField(ProseEditorFormField):
    """A text of the writer's as HTML. It reads; `blog.writing` cleans."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(config={"extensions": EXTENSIONS}, widget=EditorWidget, **kwargs)

    def clean(self, value: str) -> str:
        html = super().clean(value)
        if html.count("<") > MAX_TAGS:
            raise forms.ValidationError("This is too long for one text. Make two of it.")
        return html
