"""The letter with the link to “my comments”, for an address that something is kept under.

Anybody can ask in anybody's name. So an address that nobody has confirmed gets it once a day at most, shared
with the mails that ask to confirm, and an owner who wants no mail gets none. An address of which we know
nothing is taken out of the row at once.
"""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from comments.following_tokens import Subscription
from comments.mailed_links import give_turn_back, make_link
from comments.models import Comment, Mail, MailedLink, Reader
from comments.notifications.following_letters import preferences_url, stop_url
from comments.notifications.letter import Letter, absolute
from comments.readers import ASK_AGAIN, reader_for


def my_comments_letter(mail: Mail, now: datetime) -> Letter | None:
    """None when nothing is kept under the address, or it may not be written to now."""
    reader = _reader_at(mail.to)
    if reader is None:
        Mail.objects.filter(pk=mail.pk).update(to="")
        return None
    if not _may_write_to(reader, mail):
        give_turn_back(mail.to)
        return None
    token, everything = make_link(reader, MailedLink.Purpose.MY_COMMENTS, now=now), Subscription(reader.pk)
    context = {
        "url": absolute(reverse("comments:open-my-comments", args=[token])),
        "is_confirmed": reader.confirmed_at is not None,
        "preferences_url": preferences_url(everything) if reader.follows.exists() else "",
    }
    return Letter("Your comments here", "my_comments", context, stop_url(everything))


def _reader_at(email: str) -> Reader | None:
    """Somebody who only commented becomes a reader here: the link needs whose it is."""
    if Comment.objects.filter(email=email).exists():
        return reader_for(email)
    return Reader.objects.filter(email=email).first()


def _may_write_to(reader: Reader, mail: Mail) -> bool:
    """One UPDATE decides, as in `comments.following.ask_to_confirm`. A mail that failed and is tried again
    finds its own mark."""
    if reader.silenced_at or reader.confirmed_at:
        return reader.silenced_at is None
    asked = mail.created_at
    rested = Q(asked_at=None) | Q(asked_at__lte=asked - ASK_AGAIN) | Q(asked_at=asked)
    return bool(Reader.objects.filter(rested, pk=reader.pk).update(asked_at=asked))
