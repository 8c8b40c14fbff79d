"""The admin the writer works in: Django's own, under the site's name and in its colours (templates/admin)."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from blog.site import frame_for


class WriterAdminSite(AdminSite):
    index_title = "What would you like to do?"
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Leads to the site's one sign-in (`config.sign_in`), and from there back to what was asked for."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("sign-in"))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = frame_for(None).name
        return super().each_context(request) | {"site_header": name, "site_title": name}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Writing first, accounts last; the rows of waiting work are for whoever runs the site, not here."""
        apps = super().get_app_list(request, app_label)
        shown = [app for app in apps if app["app_label"] != "django_tasks_database"]
        return sorted(shown, key=lambda app: app["app_label"] == "auth")
