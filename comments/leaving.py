"""Leaving: a reader takes back the consent to keep their mail address, or has everything under it erased.

Both are final. The functions ask no permission: a mailed link has shown whose address it is. The log says
that it happened and to how many comments, and nothing about whom.
"""

import logging

from django.db import transaction

from comments.editing import withdraw_comment
from comments.kept import comments_of, mails_to
from comments.models import Comment, Reader

logger = logging.getLogger(__name__)


def erase(reader: Reader) -> None:
    """Withdraws each comment, and deletes the address with all that it asked for.

    A transaction for each comment: one that held many of them could wait for a moderator's, and that for it.
    Who is interrupted begins again, because the address goes last. What arrives meanwhile goes, too.
    """
    number = 0
    while comments := list(comments_of(reader)):
        for comment in comments:
            withdraw_comment(comment)
        number += len(comments)
    with transaction.atomic():
        _forget(reader)
    logger.info("a reader had everything erased: %d comments", number)


@transaction.atomic
def withdraw_consent(reader: Reader) -> None:
    """Takes the address off the comments, whose words stay under their name, and deletes it everywhere else.
    The key of the same comment is made from the address, and goes too."""
    changed = Comment.objects.filter(email=reader.email).update(email="", idempotency_key=None)
    _forget(reader)
    logger.info("a reader withdrew consent: the address is off %d comments", changed)


def _forget(reader: Reader) -> None:
    """Follows, mails and links go with the reader's row."""
    mails_to(reader).delete()
    reader.delete()
