"""Following: asking to hear of a comment's answers, of a whole thread, of a topic, and being asked back.

A typed address proves nothing, so what it asks for waits until its owner confirms it by a mailed link. Only a
browser that is known as the reader's (`comments.readers`) is followed at once. An address that is not proven
gets one mail a day at most, and none when its owner wants silence; whoever typed it learns neither.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from blog.models import Post, Topic
from comments.mailed_links import LIFETIMES, use_link
from comments.models import Comment, Follow, Mail, MailedLink, Reader
from comments.notifications.outbox import queue_mail
from comments.readers import ASK_AGAIN, reader_for

Target = Comment | Post | Topic

# What one mail can name. Whoever types somebody else's address can fill it, so the newest ones stay.
MOST_PENDING = 20
_FIELDS = {Comment: "comment", Post: "post", Topic: "topic"}


@transaction.atomic
def ask_to_follow(
    email: str, targets: Sequence[Target], *, known_as: int | None, now: datetime, is_quiet: bool = False
) -> bool:
    """Notes that an address wants to follow something. True when it does from now on; otherwise it is asked
    to confirm first, unless `is_quiet`. `known_as` is the reader the browser is known as."""
    reader = reader_for(email)
    is_proven = reader.pk == known_as and reader.confirmed_at is not None
    if is_proven:
        break_silence(reader)
    _note(reader, targets, confirmed_at=now if is_proven else None, now=now)
    if is_proven:
        return True
    _drop_oldest(reader)
    if not is_quiet:
        ask_to_confirm(reader, now=now)
    return False


def _note(reader: Reader, targets: Sequence[Target], *, confirmed_at: datetime | None, now: datetime) -> None:
    """What is noted already stays as it is; where it is pending and may begin, it begins."""
    wanted = [{_FIELDS[type(target)]: target} for target in targets]
    fields = {"reader": reader, "created_at": now, "confirmed_at": confirmed_at}
    Follow.objects.bulk_create([Follow(**fields, **which) for which in wanted], ignore_conflicts=True)
    if confirmed_at:
        these = reduce(or_, (Q(**which) for which in wanted))
        reader.follows.pending().filter(these).update(confirmed_at=confirmed_at)


def _drop_oldest(reader: Reader) -> None:
    extra = reader.follows.pending().order_by("-created_at", "-pk").values_list("pk", flat=True)
    reader.follows.filter(pk__in=list(extra[MOST_PENDING:])).delete()


def ask_to_confirm(reader: Reader, *, now: datetime) -> bool:
    """Mails the reader a link to confirm with. False when they had one within a day, want no mail at all, or
    have nothing to confirm. One UPDATE decides: of two requests at once one sends a mail."""
    if not reader.follows.pending().exists():
        return False
    rested = Q(asked_at=None) | Q(asked_at__lte=now - ASK_AGAIN)
    may = Reader.objects.filter(rested, pk=reader.pk, silenced_at=None)
    if not may.update(asked_at=now):
        return False
    key = f"confirm:{reader.pk}:{now:%Y%m%d%H%M%S}"
    return queue_mail(Mail.Kind.CONFIRM, to=reader.email, reader=reader, key=key, now=now)


def ask_commenter(comment: Comment, *, now: datetime) -> None:
    """Asks a commenter to confirm, whom nobody has asked because the comment was taken for spam."""
    for reader in Reader.objects.filter(email=comment.email.lower()) if comment.email else []:
        ask_to_confirm(reader, now=now)


@transaction.atomic
def confirm(link: MailedLink, *, now: datetime) -> bool:
    """Confirms the address, and what it asked for before the link was mailed. False when the link was used
    meanwhile. What was asked for later, the mail did not name: it stays pending."""
    if not use_link(link, now=now):
        return False
    reader = link.reader
    break_silence(reader)
    Reader.objects.filter(pk=reader.pk).update(confirmed_at=Coalesce(F("confirmed_at"), now))
    reader.follows.pending().filter(created_at__lte=link.created_at).update(confirmed_at=now)
    reader.refresh_from_db()
    return True


@transaction.atomic
def break_silence(reader: Reader) -> None:
    """The reader asks for something new after stopping all mail. What they had stopped stays stopped."""
    if reader.silenced_at:
        reader.follows.filter(confirmed_at__lte=reader.silenced_at).delete()
        start_all(reader)


def stop_all(reader: Reader, *, now: datetime) -> None:
    """No mail goes to the reader any more, also none that asks to confirm. What they follow is kept, so that
    they can take it back."""
    Reader.objects.filter(pk=reader.pk).update(silenced_at=Coalesce(F("silenced_at"), now))
    reader.silenced_at = reader.silenced_at or now


def start_all(reader: Reader) -> None:
    Reader.objects.filter(pk=reader.pk).update(silenced_at=None)
    reader.silenced_at = None


def stop(reader: Reader, target: str) -> bool:
    """Ends one follow, named as in `Follow.target`. False when there is none."""
    return bool(reader.follows.filter(**_lookup(target)).delete()[0])


def start(reader: Reader, target: str, *, now: datetime) -> bool:
    """Follows on behalf of a reader who has proven who they are. False when there is nothing such."""
    found = find_target(target)
    if found is None or reader.confirmed_at is None:
        return False
    _note(reader, [found], confirmed_at=now, now=now)
    return True


def find_target(target: str) -> Target | None:
    kind, _, key = target.partition(".")
    which = {"comment": Comment.objects.with_post_title(), "post": Post.objects, "topic": Topic.objects}
    if kind not in which or not _is_key(kind, key):
        return None
    return which[kind].filter(pk=key).first()


def _lookup(target: str) -> dict[str, object]:
    kind, _, key = target.partition(".")
    is_target = kind in _FIELDS.values() and _is_key(kind, key)
    return {f"{kind}_id": key} if is_target else {"pk": None}


def _is_key(kind: str, key: str) -> bool:
    """Only what the column can hold: a number too large is an error on PostgreSQL."""
    return key.isascii() and (key.isalnum() if kind == "comment" else key.isdigit()) and len(key) <= 12


def change_rhythm(reader: Reader, rhythm: Reader.Rhythm) -> None:
    Reader.objects.filter(pk=reader.pk).update(rhythm=rhythm)
    reader.rhythm = rhythm


def forget_unconfirmed(now: datetime) -> int:
    """Deletes what was never confirmed once its link is dead, and addresses we then know nothing more of.

    Who stopped all mail is kept: else the next one to type the address would reach it again. Returns how many
    addresses went.
    """
    old = now - LIFETIMES[MailedLink.Purpose.CONFIRM]
    Follow.objects.pending().filter(created_at__lte=old).delete()
    idle = Reader.objects.filter(confirmed_at=None, silenced_at=None, follows=None, created_at__lte=old)
    unasked = idle.filter(Q(asked_at=None) | Q(asked_at__lte=old))
    in_use = MailedLink.objects.usable(now).values("reader")
    in_session = MailedLink.objects.open(now).values("reader")
    gone = unasked.exclude(pk__in=in_use).exclude(pk__in=in_session)
    return gone.delete()[1].get("comments.Reader", 0)
