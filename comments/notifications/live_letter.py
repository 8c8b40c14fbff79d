"""The letter to a commenter whose comment waited and can now be read by everybody."""

from datetime import datetime, timedelta

from django.urls import reverse

from comments.following_tokens import Subscription
from comments.mailed_links import make_link
from comments.models import Comment, Mail, MailedLink, Reader
from comments.notifications.following_letters import stop_url
from comments.notifications.letter import Letter, absolute
from lib.markup import plain_text, stored_html

# An address that nobody has confirmed gets no second mail that day, so this one has to do for what its owner
# may want of us next.
LINK_FOR = timedelta(days=7)


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
        "mine_url": _link_to_all(mail.reader, now) if mail.reader else "",
    }
    stop = stop_url(Subscription(mail.reader_id)) if mail.reader_id else ""
    return Letter(f"Your comment on “{comment.post.title}” is live", "live", context, stop)


def _link_to_all(reader: Reader, now: datetime) -> str:
    token = make_link(reader, MailedLink.Purpose.MY_COMMENTS, now=now, lifetime=LINK_FOR)
    return absolute(reverse("comments:open-my-comments", args=[token]))
