"""The one gate to the desk: every address of it lets in moderators and nobody else.

The gate is put around the list of addresses in `comments.moderation.urls`, not around single views, so that a
view added later stands behind it too. Strangers are asked to sign in; people who are signed in but are not
moderators are refused; and no answer, a refusal included, may be stored or indexed by anybody.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.views.defaults import page_not_found, permission_denied

from comments.team import may_moderate
from lib.visitors import keep_private

View = Callable[..., HttpResponse]


def guarded(patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, with the gate before each view.

    Raises TypeError for an `include()`, whose addresses would slip past.
    """
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            raise TypeError(f"{pattern!r} would slip past the gate: list its addresses one by one")
        pattern.callback = gate(pattern.callback)
    return patterns


def gate(view: View) -> View:
    """The view, for moderators only."""

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Refusals are turned into answers here, not further out, so that they too get the headers.
        try:
            answer = _refusal(request) or view(request, *args, **kwargs)
        except (Http404, ObjectDoesNotExist) as reason:
            # What was there a moment ago may be deleted by now.
            answer = page_not_found(request, reason)
        return keep_private(answer)

    return guarded_view


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(_after_sign_in(request))
    if not may_moderate(request.user):
        return permission_denied(request, PermissionDenied())
    return None


def _after_sign_in(request: HttpRequest) -> str:
    # What a button sent is lost at the sign-in, and its address has no page to come back to.
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home")
