"""What tests of moderators' mails do: let comments wait, and let the housekeeper look."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core import mail as mailbox
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Report
from comments.notifications.moderators import mail_moderators
from comments.reporting import Complaint, report
from tests.comments.notifications.mails import do_tasks
from tests.makers import (
    make_comment,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HELD = Comment.Status.HELD
FINDINGS = [
    {"code": "link", "points": 1.8, "words": "A link to shoes.example from a first-time commenter"},
    {"code": "known", "points": -0.4, "words": "Approved before"},
]


def hold(post: Post, text: str = "See www.shoes.example", **fields: object) -> Comment:
    words = {"status": HELD, "created_at": timezone.now(), "email": "ines@reader.example"}
    return make_comment(post, text, **(words | fields))


def complain(comment: Comment, **fields: str) -> Report:
    said = {"reason": "rude", "words": "", "key": "r1", "network": "n1"}
    return report(comment, Complaint(**(said | fields)), now=timezone.now())


def refuse(message: EmailMultiAlternatives) -> None:
    raise SMTPRecipientsRefused({message.to[0]: (550, b"No such address")})


def look() -> list:
    """One look of the housekeeper and all the worker's tasks; the messages that went out."""
    before = len(mailbox.outbox)
    mail_moderators(timezone.now())
    do_tasks()
    return mailbox.outbox[before:]


def look_for(clock, *, minutes: int, every: int = 1) -> list[tuple[int, str]]:
    """Looks again and again. Minute and subject of everything that goes out."""
    told = []
    for minute in range(every, minutes + 1, every):
        clock.shift(every * MINUTE)
        told += [(minute, message.subject) for message in look()]
    return told
