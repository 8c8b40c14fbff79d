"""Sends readers of a post's former address to where it is now, and only when nothing else was found there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from blog.models import FormerAddress


class FormerAddressMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        # No post was ever at such an address, and PostgreSQL takes no text that holds this character.
        if "\0" in request.path:
            return response
        former = FormerAddress.objects.select_related("post").filter(path=request.path).first()
        if former is None or not former.post.is_published():
            return response
        redirect = HttpResponsePermanentRedirect(former.post.get_absolute_url())
        # Browsers keep a permanent redirect for ever, and the post may move back.
        redirect.headers["Cache-Control"] = "no-cache"
        return redirect
