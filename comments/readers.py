"""Readers with a mail address, and how a browser is known to be theirs.

A typed address proves nothing. Only a browser that opened a link mailed to an address is known as its
reader's, by a signed cookie that names the reader's number and nothing else.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from comments.models import Reader

# An address that nobody has confirmed gets one mail within this time.
ASK_AGAIN = timedelta(days=1)
READER_COOKIE = "reader"
KNOW_SECONDS = 30 * 24 * 60 * 60
_SALT = "comments.readers"
# A number and a signature; a longer cookie is not ours.
MAX_COOKIE = 200


def reader_for(email: str) -> Reader:
    """The reader with this address, made if there is none yet. Large and small letters are the same."""
    return Reader.objects.get_or_create(email=email.lower())[0]


def known_reader(request: HttpRequest) -> int | None:
    """Whose mailed link this browser opened, as the reader's key; None when nobody's, or too long ago.

    The reader may have left meanwhile: there need be no such row.
    """
    raw = request.COOKIES.get(READER_COOKIE, "")
    if not 0 < len(raw) <= MAX_COOKIE:
        return None
    try:
        known = signing.loads(raw, salt=_SALT, max_age=KNOW_SECONDS)
    except signing.BadSignature:
        return None
    return known if isinstance(known, int) else None


def is_reader(known_as: int | None, email: str) -> bool:
    """Whether a browser known as this reader types an address that is theirs, and confirmed."""
    if known_as is None:
        return False
    return Reader.objects.filter(pk=known_as, email=email.lower()).exclude(confirmed_at=None).exists()


def know_reader(request: HttpRequest, response: HttpResponse, reader: Reader) -> None:
    """Lets this browser be known as the reader's, who has just opened a link mailed to them."""
    response.set_cookie(
        READER_COOKIE,
        signing.dumps(reader.pk, salt=_SALT),
        max_age=KNOW_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_reader(response: HttpResponse) -> None:
    """Lets this browser be nobody's again."""
    response.delete_cookie(READER_COOKIE, samesite="Lax")
