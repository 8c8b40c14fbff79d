"""The list of pictures in the admin, the form they are uploaded by, and the chooser that the editor opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.safestring import SafeString
from js_asset import Media, Script

from blog.admin.editor import MODULES
from blog.admin.public import PublicAdmin
from blog.models import Picture
from blog.picture_files import PictureRefused, PreparedPicture, prepare_picture
from blog.pictures import count_uses, delete_pictures, save_picture, uses_of

PER_PAGE = 24
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"


class PictureSelect(forms.Select):
    """A plain list of pictures, which static/js/admin/hero.js turns into a preview and the chooser."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: tuple = ()) -> None:
        chooser = {"data-chooser": reverse_lazy("admin:blog_picture_choose")}
        super().__init__(chooser | (attrs or {}), choices)

    @property
    def media(self) -> Media:
        return Media(importmap=MODULES, js=[Script("js/admin/hero.js", type="module")])


class PictureForm(forms.ModelForm):
    file = forms.FileField(
        label="Picture file",
        allow_empty_file=True,  # said in our own words by prepare_picture
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="JPEG, PNG, WebP, AVIF or GIF, up to 20 MB. Place and camera data are removed.",
    )

    class Meta:
        model = Picture
        fields = ("name", "alt", "is_decorative", "credit")
        widgets = {"alt": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["file"].required = False
            self.fields["file"].label = "Another file instead"

    def clean_file(self) -> PreparedPicture | None:
        """Whoever chose the file reads here why it was refused."""
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        if upload.refused:
            raise forms.ValidationError(upload.refused)
        return upload.prepared

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("is_decorative") and not cleaned.get("alt") and "alt" not in self.errors:
            self.add_error(
                "alt", "Describe the picture for those who cannot see it, or tick “Is decorative”."
            )
        return cleaned


class PictureList(ChangeList):
    """A page of the list, each picture with how many texts show it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        uses = count_uses(self.result_list)
        for picture in self.result_list:
            picture.use_count = uses[picture.pk]


@admin.register(Picture)
class PictureAdmin(PublicAdmin):
    form = PictureForm
    fieldsets = (
        (None, {"fields": ("preview", "file", "name")}),
        ("For those who cannot see it", {"fields": ("alt", "is_decorative")}),
        ("Thanks", {"fields": ("credit",)}),
        ("Where it is used", {"fields": ("where_used",)}),
    )
    readonly_fields = ("preview", "where_used")
    list_display = ("thumbnail", "name", "alt", "credit", "used", "uploaded_at")
    list_display_links = ("thumbnail", "name")
    list_per_page = PER_PAGE
    search_fields = ("name", "alt", "credit")
    search_help_text = "Words of the name, the description or the credit"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PictureList

    def get_fieldsets(self, request: HttpRequest, picture: Picture | None = None) -> list:
        fieldsets = super().get_fieldsets(request, picture)
        if picture:
            return fieldsets
        return [(None, {"fields": ("file", "name")}), *fieldsets[1:3]]

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> SafeString:
        return render_to_string("admin/blog/picture/_thumbnail.html", {"address": _smallest(picture)})

    @admin.display(description="picture")
    def preview(self, picture: Picture) -> SafeString:
        return render_to_string("admin/blog/picture/_preview.html", {"picture": picture})

    @admin.display(description="used in")
    def used(self, picture: Picture) -> int:
        return picture.use_count

    @admin.display(description="texts")
    def where_used(self, picture: Picture) -> SafeString:
        return render_to_string("admin/blog/picture/_uses.html", {"uses": _links_to_uses(picture)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Decodes the upload before Django opens the form's transaction.

        Decoding takes seconds, and on SQLite an open transaction makes everybody wait who sends a comment.
        """
        may_save = self.has_add_permission(request) or self.has_change_permission(request)
        if request.method == "POST" and may_save:
            _decode(request.FILES.get("file"))
        return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, picture: Picture, form: PictureForm, change: bool) -> None:
        if not change:
            picture.uploaded_by = request.user
        save_picture(picture, form.cleaned_data["file"])

    def delete_model(self, request: HttpRequest, picture: Picture) -> None:
        delete_pictures([picture])

    def delete_queryset(self, request: HttpRequest, pictures: QuerySet[Picture]) -> None:
        delete_pictures(pictures)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        picture = self.get_object(request, object_id)
        uses = _links_to_uses(picture) if picture else []
        return super().delete_view(request, object_id, {"uses": uses, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        choose = self.admin_site.admin_view(self.choose_view)
        return [path("choose/", choose, name="blog_picture_choose"), *super().get_urls()]

    def choose_view(self, request: HttpRequest) -> JsonResponse:
        """A page of pictures for the chooser: `?q=` searches, `?id=` asks for one, `?page=` goes on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pictures = Picture.objects.all()
        if request.GET.get("id", "").isdecimal():
            pictures = pictures.filter(pk=request.GET["id"])
        for word in request.GET.get("q", "").split():
            pictures = pictures.filter(
                Q(name__icontains=word) | Q(alt__icontains=word) | Q(credit__icontains=word)
            )
        page = Paginator(pictures, PER_PAGE).get_page(request.GET.get("page"))
        return JsonResponse(
            {"pictures": [_for_chooser(picture) for picture in page], "more": page.has_next()}
        )


def _decode(upload: UploadedFile | None) -> None:
    """Notes with the upload what became of it, for the form to find: a prepared picture or a reason."""
    if upload is None:
        return
    upload.prepared, upload.refused = None, ""
    try:
        upload.prepared = prepare_picture(upload)
    except PictureRefused as refused:
        upload.refused = refused.reason


def _smallest(picture: Picture) -> str:
    return picture.url(picture.widths[0] if picture.widths else None)


def _links_to_uses(picture: Picture) -> list[dict[str, str]]:
    return [
        {
            "kind": use._meta.verbose_name,
            "title": str(use),
            "address": reverse(f"admin:blog_{use._meta.model_name}_change", args=[use.pk]),
        }
        for use in uses_of(picture)
    ]


def _for_chooser(picture: Picture) -> dict[str, object]:
    return {
        "id": picture.pk,
        "name": picture.name,
        "src": picture.url(),
        "thumbnail": _smallest(picture),
        "alt": picture.alt_text,
        "credit": picture.credit,
    }
