"""The key that makes a double click, a retry after a lost answer and the back button one comment.

Public pages are the same bytes for everybody, so no form can carry a number of its own. What is said, under
what, by whom and from which network is the number.
"""

import hashlib

from blog.models import Post
from comments.draft import Draft
from comments.identity import Sender


def key_of(draft: Draft, *, post: Post, sender: Sender) -> str | None:
    """64 hexadecimal digits, the same for the same words by the same person in the same place.

    None for a sender of whom nothing is known: two strangers' equal words are two comments.
    """
    who = f"user {sender.user.pk}" if sender.user else sender.network
    if not who:
        return None
    parts = (
        str(post.pk),
        draft.answers.pk if draft.answers else "",
        draft.name,
        draft.email,
        draft.text,
        who,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
