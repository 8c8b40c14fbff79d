"""Tells visitors to whom a page says something of their own from everybody else.

Public pages are the same bytes for everybody and set no cookie. A visitor who carries one of ours has signed
in (writer, moderator), has written or reacted to a comment, or asked to be remembered; their pages are built
for them and kept nowhere. The commenter's cookie is a signed list of the ids of what this browser wrote, and
nothing else.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lib import network

COMMENTER_COOKIE = "commenter"
# Sent to the one post under which its browser reacted to comments; `comments.voices` reads what it says.
REACTIONS_COOKIE = "reactions"
# Name and address for the next comment, where somebody ticked the box; `comments.details` reads it.
DETAILS_COOKIE = "details"
MAX_REMEMBERED = 40
REMEMBER_SECONDS = 30 * 24 * 60 * 60
_SALT = "lib.visitors.commenter"
# Forty ids and a signature take less than half of it; a longer cookie is not ours.
MAX_COOKIE = 2_000


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_known(request: HttpRequest) -> bool:
    has_told = any(request.COOKIES.get(name) for name in (REACTIONS_COOKIE, DETAILS_COOKIE))
    return has_session(request) or has_told or bool(remembered(request))


def remembered(request: HttpRequest) -> tuple[str, ...]:
    """Ids of what this browser wrote, oldest first; empty when the cookie is missing, forged or too old."""
    raw = request.COOKIES.get(COMMENTER_COOKIE, "")
    if not 0 < len(raw) <= MAX_COOKIE:
        return ()
    try:
        return tuple(signing.loads(raw, salt=_SALT, max_age=REMEMBER_SECONDS))
    except signing.BadSignature:
        return ()


def remember(request: HttpRequest, response: HttpResponse, written_id: str) -> None:
    """Lets this browser recognise what it wrote as its own."""
    ids = [known for known in remembered(request) if known != written_id][-(MAX_REMEMBERED - 1) :]
    response.set_cookie(
        COMMENTER_COOKIE,
        signing.dumps([*ids, written_id], salt=_SALT),
        max_age=REMEMBER_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep_private(response: HttpResponse) -> HttpResponse:
    """Marks an answer that no cache may keep and no search engine may list."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def keep_for_going_back(response: HttpResponse) -> HttpResponse:
    """Marks an answer that holds what its visitor has just typed: their own browser may show it again.

    Chromium shows the answer to a sent form again only from its cache. Without a copy it asks whether to send
    the form once more, and what was typed is gone.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def network_hash(request: HttpRequest) -> str:
    """Stands for the visitor's network in keys of rate limits, without saying which it is: 32 hex digits."""
    address = network.client_address(request.META, settings.TRUSTED_PROXIES)
    return network.keyed_hash(network.network_of(address), key=settings.SECRET_KEY, purpose="network")
