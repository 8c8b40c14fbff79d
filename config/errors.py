"""Answers to requests that no view can take."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from lib.visitors import keep_private

# As much of a refused text as a page gives back to copy.
KEPT_TEXT = 20_000


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body that is too large. Needs no database and no valid host."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit, from before a sign-in or from elsewhere. Keeps the text in it."""
    text = request.POST.get("text", "")[:KEPT_TEXT]
    return keep_private(render(request, "csrf.html", {"text": text}, status=403))


def not_found(request: HttpRequest, path: str) -> HttpResponse:
    raise Http404(f"Nothing has the address /{path}.")


class NotFoundMiddleware:
    """In development too, shows the site's own page for what is not there, instead of Django's routes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
