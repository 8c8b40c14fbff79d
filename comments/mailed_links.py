"""Links that are mailed to a reader, each good for one purpose, once.

The token stands in the mail and nowhere else: the table keeps its SHA-256. It is 256 random bits, so neither
salt nor slow hashing would add anything. Whatever is not such a link is no link: find_link says None to an
old one, a used one, one for another purpose and to noise alike.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from comments.models import MailedLink, Reader
from lib.network import keyed_hash
from lib.throttle import give_back, spend

Purpose = MailedLink.Purpose

TOKEN_BYTES = 32
# Within which an address is mailed one link to "my comments"; see the letter for who waits longer.
ASK_SECONDS = 600
LIFETIMES = {Purpose.CONFIRM: timedelta(days=7), Purpose.MY_COMMENTS: timedelta(hours=1)}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def make_link(reader: Reader, purpose: Purpose, *, now: datetime, lifetime: timedelta | None = None) -> str:
    """The token of a new link, which lives as long as its purpose says unless `lifetime` does. It cannot be
    had a second time."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    MailedLink.objects.create(
        reader=reader,
        purpose=purpose,
        digest=_digest(token),
        created_at=now,
        expires_at=now + (lifetime or LIFETIMES[Purpose(purpose)]),
    )
    return token


def find_link(token: str, purpose: Purpose, *, now: datetime) -> MailedLink | None:
    """The link while it can be used, with its reader."""
    if not _TOKEN.fullmatch(token):
        return None
    usable = MailedLink.objects.usable(now).select_related("reader")
    return usable.filter(digest=_digest(token), purpose=purpose).first()


def use_link(link: MailedLink, *, now: datetime) -> bool:
    """Use the link up. False when somebody was first: of two requests at once only one gets True."""
    used = MailedLink.objects.usable(now).filter(pk=link.pk).update(used_at=now)
    if used:
        link.used_at = now
    return bool(used)


def turn_to_ask(email: str, *, now: datetime) -> str:
    """Takes the address's turn to be mailed a link to "my comments"; empty when it had one within
    ASK_SECONDS. What is returned stands for the address. Call it outside a transaction."""
    key = _key_of(email)
    return key if spend(f"mine:{key}", limit=1, seconds=ASK_SECONDS, now=now) else ""


def give_turn_back(email: str) -> None:
    """For an address that no mail went to after all: whoever confirms it now need not wait for the next."""
    give_back(f"mine:{_key_of(email)}")


def _key_of(email: str) -> str:
    return keyed_hash(email, key=settings.SECRET_KEY, purpose="my comments")


def clear_links(now: datetime) -> int:
    """Delete the links that can neither be used nor carry a session on; returns how many."""
    over = Q(used_at__isnull=False) | Q(expires_at__lte=now)
    idle = Q(session_ends_at=None) | Q(session_ends_at__lte=now)
    return MailedLink.objects.filter(over & idle).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
