"""Which comments are a browser's own, and for how long it may change them without a mailed link.

A browser is known by the signed list of what it wrote (`lib.visitors`). Somebody else may sit down before it
later, so it changes what everybody reads only while that is young.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest

from comments.identity import team_member
from comments.models import Comment
from lib.visitors import remembered

CHANGE_FOR = timedelta(minutes=30)
Status = Comment.Status
WAITING = (Status.HELD, Status.SPAM)


def own_comment(request: HttpRequest, comment_id: str) -> Comment | None:
    """The comment with its post, if this browser wrote it. What somebody of the team wrote under their own
    name is theirs only while they are signed in."""
    if comment_id not in remembered(request):
        return None
    comment = Comment.objects.select_related("post").filter(pk=comment_id).first()
    if comment and comment.user_id:
        member = team_member(request)
        return comment if member and member.pk == comment.user_id else None
    return comment


def may_change(status: str, created_at: datetime, *, now: datetime) -> bool:
    """Whether the browser that wrote a comment may change it: while it is young, or while nobody else has
    read it."""
    if status in WAITING:
        return True
    return status == Status.APPROVED and now - created_at <= CHANGE_FOR
