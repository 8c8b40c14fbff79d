"""The letter to a commenter whose comment waited and can now be read by everybody."""

from datetime import datetime

from comments.following_tokens import Subscription
from comments.models import Comment, Mail
from comments.notifications.following_letters import link_to_all, stop_url
from comments.notifications.letter import Letter, absolute
from lib.markup import plain_text, stored_html


def live_letter(mail: Mail, now: datetime) -> Letter | None:
    """None when the comment is hidden again, or its address wants no mail."""
    comment = Comment.objects.visible().with_post_title().filter(pk=mail.comment_id).first()
    if comment is None or (mail.reader and mail.reader.silenced_at):
        return None
    context = {
        "comment": comment,
        "html": stored_html(comment.html),
        "text": plain_text(comment.html),
        "url": absolute(comment.get_absolute_url()),
        "mine_url": link_to_all(mail.reader, now) if mail.reader else "",
    }
    stop = stop_url(Subscription(mail.reader_id)) if mail.reader_id else ""
    return Letter(f"Your comment on “{comment.post.title}” is live", "live", context, stop)
