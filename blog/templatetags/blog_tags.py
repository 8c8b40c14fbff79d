"""Small questions that templates ask about addresses."""

from django import template
from django.http import HttpRequest
from django.urls import reverse

register = template.Library()

# Lists of posts by time, which have addresses of their own and belong to the list of all posts.
ARCHIVES = ("blog:year", "blog:month")


@register.simple_tag(takes_context=True)
def is_current(context: template.Context, address: str) -> bool:
    """Whether the visitor is at `address`, below it or in its archives; the home page is only itself."""
    request = context.get("request")
    if request is None:
        return False
    is_below = address != "/" and request.path.startswith(address)
    return request.path == address or is_below or (_is_archive(request) and address == reverse("blog:posts"))


def _is_archive(request: HttpRequest) -> bool:
    return bool(request.resolver_match) and request.resolver_match.view_name in ARCHIVES
