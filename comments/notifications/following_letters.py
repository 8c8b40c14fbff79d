"""The letters of following: please confirm; somebody answered; a new comment; a new post.

Each is made of what may be read, and of what is still followed, when it is sent. Subjects hold the writer's
words only: a name that a stranger typed stays out of them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.safestring import SafeString

from blog.models import Post
from blog.thread_part import ThreadPart
from comments.following_tokens import Subscription, preferences_path, stop_path
from comments.mailed_links import make_link
from comments.models import Comment, Follow, Mail, MailedLink, Reader
from comments.notifications.letter import Letter, absolute
from lib.markup import plain_text, stored_html

LINK_FOR = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class News:
    """One piece of news, for a mail of its own or for a digest. `reason` is the follow it is told for."""

    reason: str
    title: str
    url: str
    name: str = ""
    html: SafeString | str = ""
    text: str = ""

    @property
    def is_comment(self) -> bool:
        return bool(self.name)

    @property
    def is_answer(self) -> bool:
        return self.reason.startswith("comment.")


def confirm_letter(mail: Mail, now: datetime) -> Letter | None:
    """The link is made when the mail is sent, and confirms what the mail names. None when there is nothing
    to confirm any more, or its owner wants no mail."""
    follows = list(mail.reader.follows.pending().with_targets().filter(created_at__lte=now))
    if not follows or mail.reader.silenced_at:
        return None
    token = make_link(mail.reader, MailedLink.Purpose.CONFIRM, now=now)
    context = {
        "follows": follows,
        "url": absolute(reverse("comments:confirm", args=[token])),
        "mine_url": link_to_all(mail.reader, now),
    }
    return Letter("Please confirm your address", "confirm", context, stop_url(Subscription(mail.reader.pk)))


def link_to_all(reader: Reader, now: datetime) -> str:
    """Opens "my comments". An address that nobody has confirmed gets no second mail that day, so the first
    one has to do for whatever its owner may want of us next."""
    token = make_link(reader, MailedLink.Purpose.MY_COMMENTS, now=now, lifetime=LINK_FOR)
    return absolute(reverse("comments:open-my-comments", args=[token]))


def news_letter(mail: Mail, now: datetime) -> Letter | None:
    news = news_of(mail, now)
    if news is None:
        return None
    subscription = Subscription(mail.reader_id, news.reason)
    context = {"news": news, "preferences_url": preferences_url(subscription)}
    return Letter(_subject(news), "news", context, stop_url(subscription))


def _subject(news: News) -> str:
    if not news.is_comment:
        return f"New post: {news.title}"
    if news.is_answer:
        return f"An answer to your comment on “{news.title}”"
    return f"A new comment on “{news.title}”"


def news_of(mail: Mail, now: datetime) -> News | None:
    """What there is to tell at this moment; None when it may not be read, or is no longer followed."""
    if mail.kind == Mail.Kind.TOPIC:
        return _news_of_post(mail, now)
    comment = Comment.objects.visible().with_post_title().filter(pk=mail.comment_id).first()
    reason = comment and _reason_for(mail, comment)
    if not reason:
        return None
    return News(
        reason=reason,
        title=comment.post.title,
        url=absolute(f"{comment.get_absolute_url()}{_from_here_on(comment)}"),
        name=comment.name,
        html=stored_html(comment.html),
        text=plain_text(comment.html),
    )


def _from_here_on(comment: Comment) -> str:
    """The query that marks the comment, and all after it, as new. Addresses count whole seconds."""
    return ThreadPart(since=comment.created_at - timedelta(seconds=1)).query


def _reason_for(mail: Mail, comment: Comment) -> str:
    """The follow that still asks for it. Whoever stopped following one's comment may follow the thread."""
    follows = Follow.objects.active().filter(reader=mail.reader_id)
    answered = {comment.answers_id, comment.parent_id} - {None}
    follow = follows.filter(comment__in=answered).first() or follows.filter(post=comment.post_id).first()
    return follow.target if follow else ""


def _news_of_post(mail: Mail, now: datetime) -> News | None:
    post = Post.objects.published(now).filter(pk=mail.post_id).first()
    follow = post and Follow.objects.active().filter(reader=mail.reader_id, topic__posts=post).first()
    if not follow:
        return None
    return News(reason=follow.target, title=post.title, url=absolute(post.get_absolute_url()), text=post.deck)


def preferences_url(subscription: Subscription) -> str:
    return absolute(preferences_path(subscription))


def stop_url(subscription: Subscription) -> str:
    return absolute(stop_path(subscription))
