"""The comment that somebody answers: found by the id they send, and quoted above their form."""

from blog.models import Post
from comments.models import Comment
from lib.ids import ID
from lib.markup import plain_text
from lib.text import excerpt

QUOTED = 120


def answerable(post: Post, comment_id: str) -> Comment | None:
    """The visible comment of this post with the id; None for any other, and for what is no id at all."""
    if not ID.fullmatch(comment_id):
        return None
    return Comment.objects.approved().filter(post=post, pk=comment_id).first()


def quote_of(comment: Comment | None) -> str:
    """The first words of the comment that is answered, for the form to show."""
    return excerpt(plain_text(comment.html), QUOTED) if comment else ""
