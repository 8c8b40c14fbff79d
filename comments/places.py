"""Where a comment stands, as an address: its post, the part of the thread, and the comment itself."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from comments.models import Comment
from comments.thread_query import part_of


def place_of(comment: Comment, *, since: datetime | None = None, asked: str = "") -> str:
    """The address of the page of its thread that a comment stands on, down to the comment itself.

    The comment's post must know its present `root_count`. What is new `since` a moment is marked there;
    `asked` has the page speak of a mail.
    """
    part = replace(part_of(comment, root_count=comment.post.root_count), since=since)
    query = part.query
    if asked:
        query += ("&" if query else "?") + urlencode({"asked": asked})
    return f"{comment.post.get_absolute_url()}{query}#c{comment.pk}"
