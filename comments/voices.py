"""Who reacts or reports, without an account: a random key that a browser keeps, and what it chose where.

The key goes to addresses under /comments/ only, and only its hash is stored, so nothing ties a reader's
reactions to what they read. Which comments of a post somebody reacted to is remembered in a cookie for that
post's address alone: their page of this post is their own, and everybody else's stays the same for all.
"""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from comments.models import Reaction
from lib.ids import ID
from lib.network import keyed_hash
from lib.visitors import MAX_COOKIE, REACTIONS_COOKIE

KEY_COOKIE = "voice"
KEY_PATH = "/comments/"
SECONDS = 365 * 24 * 60 * 60
# Of reactions under one post; the oldest are forgotten by the page, not by the comment.
MAX_CHOSEN = 60
_KEY_SALT = "comments.voices.key"
_CHOSEN_SALT = "comments.voices.chosen"
_LETTERS = {Reaction.Kind.SAME_HERE: "s", Reaction.Kind.HELPED: "h"}
_KINDS = {letter: kind.value for kind, letter in _LETTERS.items()}


def voice_of(request: HttpRequest) -> str:
    """The key this browser keeps; a new one where there is none, or none that we signed."""
    return _read(request, KEY_COOKIE, _KEY_SALT) or secrets.token_urlsafe(16)


def stored_key(voice: str) -> str:
    """Stands for the voice in the database."""
    return keyed_hash(voice, key=settings.SECRET_KEY, purpose="voice")


def keep_voice(response: HttpResponse, voice: str) -> None:
    _set(response, KEY_COOKIE, signing.dumps(voice, salt=_KEY_SALT), path=KEY_PATH)


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """The kinds of reactions this browser gave under the post asked for, by the comment's id."""
    packed = _read(request, REACTIONS_COOKIE, _CHOSEN_SALT)
    pairs = packed.split(".") if packed else []
    return {pair[:-1]: _KINDS[pair[-1:]] for pair in pairs if ID.fullmatch(pair[:-1]) and pair[-1:] in _KINDS}


def keep_chosen(response: HttpResponse, chosen: Mapping[str, str], *, path: str) -> None:
    """`chosen` is in the order in which it was chosen, and at most MAX_CHOSEN."""
    packed = ".".join(f"{pk}{_LETTERS[Reaction.Kind(kind)]}" for pk, kind in chosen.items())
    if packed:
        _set(response, REACTIONS_COOKIE, signing.dumps(packed, salt=_CHOSEN_SALT), path=path)
    else:
        response.delete_cookie(REACTIONS_COOKIE, path=path, samesite="Lax")


def _read(request: HttpRequest, name: str, salt: str) -> str:
    raw = request.COOKIES.get(name, "")
    if not 0 < len(raw) <= MAX_COOKIE:
        return ""
    try:
        value = signing.loads(raw, salt=salt, max_age=SECONDS)
    except signing.BadSignature:
        return ""
    return value if isinstance(value, str) else ""


def _set(response: HttpResponse, name: str, value: str, *, path: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=SECONDS,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
