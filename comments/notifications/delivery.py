"""Sends a mail once, as far as that can be known, and in any case.

Whoever sends a mail first takes it: one UPDATE counts the attempt and makes the mail due again when the
sender's patience is over (`settings.WORK_PATIENCE`). No transaction stays open while a mail server thinks,
for on SQLite nobody else could write meanwhile. A worker that is killed leaves a mail that is soon due
again; only the one it was just sending may go out twice, and then both carry one Message-ID.

A server that cannot now is asked again, a minute later, then four, and so on for a day. One that refuses
this address for good is not. Neither error nor log names the address.
"""

import logging
import random
from datetime import datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import BadHeaderError
from django.db import transaction
from django.db.models import F, QuerySet

from comments.models import Mail
from comments.notifications.letters import BUILDERS, Letter
from comments.notifications.message import message_of
from comments.notifications.told import note_dropped, note_sent

logger = logging.getLogger(__name__)

# The waits after each attempt: 1, 4, 16, 64 minutes, 4 and 17 hours, which is about a day.
MOST_ATTEMPTS = 7
FIRST_WAIT = timedelta(minutes=1)
WAIT_GROWS = 4
# Mails that failed together are not all tried again in the same second.
JITTER = 0.25

FOR_NOW = (SMTPException, OSError)
FOR_GOOD = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, BadHeaderError, UnicodeError)


def deliver(mail_id: int, *, now: datetime) -> datetime | None:
    """Sends a mail that is due. Returns when to try again; None when it is sent, given up, or not to be sent
    now: somebody else has it in hand, it waits for a digest, or the site sends no mails."""
    taken = take(Mail.objects.filter(pk=mail_id, in_digest=False), now=now)
    if not taken:
        return None
    return send_taken(taken, now=now)


def take(mails: QuerySet[Mail], *, now: datetime) -> list[Mail]:
    """Takes those of some mails that are due, so that nobody else sends them while we do.

    The caller sends them, or they are due again when `settings.WORK_PATIENCE` is over.
    """
    if not settings.MAILS:
        return []
    until = now + settings.WORK_PATIENCE
    return [mail for mail in mails.due(now).select_related("reader") if _take(mail, until=until, now=now)]


def _take(mail: Mail, *, until: datetime, now: datetime) -> bool:
    """One statement reads, decides and writes: of two workers at once one gets the mail."""
    due = Mail.objects.due(now).filter(pk=mail.pk, attempts=mail.attempts)
    taken = due.update(attempts=F("attempts") + 1, due_at=until)
    mail.attempts, mail.due_at = mail.attempts + 1, until
    return bool(taken)


def send_taken(mails: list[Mail], *, now: datetime, letter: Letter | None = None) -> datetime | None:
    """Sends some taken mails of one address as one message: a single one, or a digest with its own letter.

    Returns when to try again.
    """
    try:
        letter = letter or BUILDERS[Mail.Kind(mails[0].kind)](mails[0], now)
        if letter is None:
            return _drop(mails, now=now)
        message_of(letter, to=mails[0].to, key=mails[0].key).send()
    except Exception as problem:  # whatever it is, it must not cost the other mails their worker
        return _fail(mails, problem, now=now)
    return _end(mails, now=now)


def _fail(mails: list[Mail], problem: Exception, *, now: datetime) -> datetime | None:
    words = _in_words(problem)
    if not isinstance(problem, FOR_NOW + FOR_GOOD):
        logger.exception("mail %d could not be written", mails[0].pk)
    if _is_for_good(problem) or mails[0].attempts >= MOST_ATTEMPTS:
        logger.warning("mail %d is given up: %s", mails[0].pk, words)
        return _drop(mails, now=now, error=words)
    again_at = now + wait_after(mails[0].attempts, chance=random.random())  # noqa: S311  (nobody is to guess it)
    logger.info("mail %d failed for now: %s", mails[0].pk, words)
    _settle(mails, due_at=again_at, error=words)
    return again_at


@transaction.atomic
def _end(mails: list[Mail], *, now: datetime) -> None:
    _settle(mails, sent_at=now, error="")
    for mail in mails:
        note_sent(mail, now=now)


@transaction.atomic
def _drop(mails: list[Mail], *, now: datetime, **error: str) -> None:
    _settle(mails, dropped_at=now, **error)
    for mail in mails:
        note_dropped(mail)


def _settle(mails: list[Mail], **fate: object) -> None:
    Mail.objects.waiting().filter(pk__in=[mail.pk for mail in mails]).update(**fate)


def wait_after(attempts: int, *, chance: float) -> timedelta:
    """How long a mail rests after so many attempts. `chance`, 0 to 1, makes it a little shorter or longer."""
    return FIRST_WAIT * WAIT_GROWS ** (attempts - 1) * (1 + JITTER * (2 * chance - 1))


def _is_for_good(problem: Exception) -> bool:
    """Whether the server refuses this address or this mail, and not us, our password or the moment."""
    code = _code_of(problem)
    return isinstance(problem, FOR_GOOD) and (code is None or 500 <= code < 600)


def _in_words(problem: Exception) -> str:
    """What went wrong, without what the server said: servers like to repeat the address."""
    code = _code_of(problem)
    name = type(problem).__name__
    return f"{code} {name}" if code else name


def _code_of(problem: Exception) -> int | None:
    if isinstance(problem, SMTPRecipientsRefused):
        return next((code for code, _words in problem.recipients.values()), None)
    return problem.smtp_code if isinstance(problem, SMTPResponseException) else None
