"""The last pages of “my comments”: each says exactly what will happen, and its button does it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import leaving
from comments.details import forget_details
from comments.following_views import mask
from comments.kept import comments_of
from comments.models import MailedLink, Reader
from comments.my_comments import PATH, forget_session
from comments.my_comments_views import in_session
from comments.readers import forget_reader
from lib.origin import ELSEWHERE, is_foreign
from lib.visitors import has_session, keep_private

_form = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_form
@in_session
def erase(request: HttpRequest, link: MailedLink) -> HttpResponse:
    return _leave(request, link.reader, leaving.erase, done="erased")


@csrf_exempt
@_form
@in_session
def withdraw_consent(request: HttpRequest, link: MailedLink) -> HttpResponse:
    return _leave(request, link.reader, leaving.withdraw_consent, done="consent")


def _leave(
    request: HttpRequest, reader: Reader, deed: Callable[[Reader], None], *, done: str
) -> HttpResponse:
    foreign = request.method == "POST" and is_foreign(request)
    if request.method != "POST" or foreign:
        context = {
            "is_erasing": done == "erased",
            "masked": mask(reader.email),
            "comment_count": comments_of(reader).count(),
            "follow_count": reader.follows.count(),
            "notice": ELSEWHERE * foreign,
            "needs_token": has_session(request),
        }
        return keep_private(render(request, "comments/leaving.html", context, status=403 if foreign else 200))
    deed(reader)
    response = keep_private(redirect(f"{PATH}?done={done}"))
    for forget in (forget_session, forget_reader, forget_details):
        forget(response)
    return response
