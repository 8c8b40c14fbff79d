"""What a commenter lets the browser remember for the next comment: name, mail address and website.

It is kept nowhere but in the browser, in a signed cookie, for whoever ticks a box; the next comment without
the tick deletes it. Only pages that are built for one visitor read it (`lib.visitors.is_known`), so the
bytes that everybody shares hold nobody's name.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lib.visitors import DETAILS_COOKIE

KEEP_SECONDS = 365 * 24 * 60 * 60
# The longest name, address and website fit, in any letters; browsers keep 4,096 characters.
MAX_COOKIE = 3_500
_SALT = "comments.details"


@dataclass(frozen=True)
class Details:
    name: str
    email: str = ""
    website: str = ""


def read_details(request: HttpRequest) -> Details | None:
    """None when there are none, or none that we signed within the year."""
    raw = request.COOKIES.get(DETAILS_COOKIE, "")
    if not 0 < len(raw) <= MAX_COOKIE:
        return None
    try:
        return Details(**signing.loads(raw, salt=_SALT, max_age=KEEP_SECONDS))
    except (signing.BadSignature, TypeError):
        return None


def keep_details(response: HttpResponse, details: Details) -> None:
    response.set_cookie(
        DETAILS_COOKIE,
        signing.dumps(asdict(details), salt=_SALT, compress=True),
        max_age=KEEP_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_details(response: HttpResponse) -> None:
    response.delete_cookie(DETAILS_COOKIE, samesite="Lax")
