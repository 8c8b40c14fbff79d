"""“My comments”: a reader without an account reaches what is kept under their mail address, from any browser.

Anybody can type any address. A mail is written down for each, the same way; only the worker looks what is
known of the address, so neither words nor time tell the one who typed it. The mail's link is for one use. It
opens a session of an hour: a cookie that goes to these pages alone names the link, and the link's row says
until when.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse

from comments.mailed_links import turn_to_ask, use_link
from comments.models import Mail, MailedLink, Reader
from comments.notifications.outbox import queue_mail

PATH = "/my-comments/"
SESSION = timedelta(hours=1)
SESSION_COOKIE = "my_comments"
_SALT = "comments.my_comments"
# A number and a signature; a longer cookie is not ours.
MAX_COOKIE = 200


def ask_for_link(email: str, *, now: datetime) -> None:
    """Writes a mail down, whatever is known of the address. Call it outside a transaction."""
    if key := turn_to_ask(email, now=now):
        queue_mail(Mail.Kind.MY_COMMENTS, to=email, key=f"my_comments:{key}:{now:%Y%m%d%H%M%S}", now=now)


@transaction.atomic
def open_session(link: MailedLink, *, now: datetime) -> bool:
    """Uses the link up and lets its session begin. False when the link was used meanwhile. Whoever opens it
    reads the address's mail, so the address is confirmed."""
    if not use_link(link, now=now):
        return False
    link.session_ends_at = now + SESSION
    link.save(update_fields=["session_ends_at"])
    Reader.objects.filter(pk=link.reader_id).update(confirmed_at=Coalesce(F("confirmed_at"), now))
    return True


def keep_session(response: HttpResponse, link: MailedLink) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        signing.dumps(link.pk, salt=_SALT),
        max_age=int(SESSION.total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def session_of(request: HttpRequest, *, now: datetime) -> MailedLink | None:
    """The link that this browser opened, with its reader, while its session goes on."""
    raw = request.COOKIES.get(SESSION_COOKIE, "")
    if not 0 < len(raw) <= MAX_COOKIE:
        return None
    try:
        key = signing.loads(raw, salt=_SALT, max_age=SESSION)
    except signing.BadSignature:
        return None
    opened = MailedLink.objects.open(now).filter(pk=key, purpose=MailedLink.Purpose.MY_COMMENTS)
    return opened.select_related("reader").first()


def end_session(response: HttpResponse, link: MailedLink, *, now: datetime) -> None:
    MailedLink.objects.filter(pk=link.pk).update(session_ends_at=now)
    forget_session(response)


def forget_session(response: HttpResponse) -> None:
    """Takes the cookie back, where the link's row is gone."""
    response.delete_cookie(SESSION_COOKIE, path=PATH, samesite="Lax")
