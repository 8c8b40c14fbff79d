"""Django's session, sign-in and message middleware, for the requests that can have a use for them.

A reader has no session, and a public page says nothing to anybody in particular; without these three, a page
from the cache costs a fifth less. They run wherever a session cookie comes in and below the addresses where
people sign in (SESSION_PATHS); elsewhere a request has no `session` and no `user`.
"""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from lib.visitors import has_session


def may_have_session(request: HttpRequest) -> bool:
    return has_session(request) or request.path_info.startswith(settings.SESSION_PATHS)


class LeanSessionMiddleware(SessionMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return super().__call__(request) if may_have_session(request) else self.get_response(request)


class LeanAuthenticationMiddleware(AuthenticationMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return super().__call__(request) if may_have_session(request) else self.get_response(request)


class LeanMessageMiddleware(MessageMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return super().__call__(request) if may_have_session(request) else self.get_response(request)
