"""Whose website is shown, as a link on the name: that of a commenter of whom readers see a comment already.

Who comes for the link alone leaves one in the first comment; who stays has been read once.
"""

from django.db.models import Q

from comments.identity import Sender
from comments.models import Comment, Reader


def may_give_website(sender: Sender) -> bool:
    """Whether a comment of this browser, or of the reader it is known as, is approved."""
    if not sender.own_ids and sender.reader_id is None:
        return False
    address = Reader.objects.filter(pk=sender.reader_id).exclude(confirmed_at=None).values("email")
    return Comment.objects.approved().filter(Q(pk__in=sender.own_ids) | Q(email__in=address)).exists()
