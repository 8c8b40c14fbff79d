"""The Content-Security-Policy of each answer: one strict policy for the site, the admin's own for the admin.

Readers' and moderators' pages all have the same policy, so it is built once. The writer's editor sets inline
styles and needs an import map; that map carries the request's nonce (`request.csp_nonce`), so the admin's
policy is built for each answer by django-csp.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ContentPolicyMiddleware(CSPMiddleware):
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.public_policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        if _is_admin(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if _is_admin(request):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.public_policy)
        return response


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.ADMIN_PATH)
