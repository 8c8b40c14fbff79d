"""Who is told of a new comment or post: finds the followers and writes a mail for each.

One task for a comment, written in the transaction that shows it to readers for the first time; and one look
at what the clock has published. Both may be done twice or be killed half-way: a mail's key says to whom and
of what, so nobody is told twice, and the second time goes on where the first one ended.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from blog.models import Post
from comments.models import Announcement, Comment, Follow, Mail, Reader
from comments.notifications.digest import plan_digest
from comments.notifications.morning import next_morning
from comments.notifications.outbox import queue_mail

# Followers read at a time; a post may have any number of them.
CHUNK = 500
# A post that nobody announced for so long is no news, such as those there were before mails were switched on.
NEWS_FOR = timedelta(days=7)


def tell_of_comment(comment: Comment) -> None:
    """Writes the task, in the caller's transaction, if anybody follows. Only for a comment that readers may
    read from now on and could not before."""
    if settings.MAILS and (_hearers(comment) | _watchers(comment)).exists():
        tell_followers.enqueue(comment.pk)


@task
def tell_followers(comment_id: str) -> None:
    """Whoever hears of it as an answer is not told again as a follower of the thread: the key is the same."""
    now = timezone.now()
    comment = Comment.objects.visible().with_post_title().filter(pk=comment_id).first()
    if comment is None:
        return
    for kind, follows in ((Mail.Kind.REPLY, _hearers(comment)), (Mail.Kind.THREAD, _watchers(comment))):
        for reader in _readers(follows):
            _tell(kind, reader, key=f"comment:{comment.pk}:{reader.pk}", now=now, comment=comment)


def _hearers(comment: Comment) -> QuerySet[Follow]:
    """Follows of what it answers. Below the deepest level that is not its parent, and both are told."""
    answered = {comment.answers_id, comment.parent_id} - {None}
    return _others(comment, Follow.objects.active().filter(comment__in=answered))


def _watchers(comment: Comment) -> QuerySet[Follow]:
    return _others(comment, Follow.objects.active().filter(post=comment.post_id))


def _others(comment: Comment, follows: QuerySet[Follow]) -> QuerySet[Follow]:
    """Without the comment's own writer, by either address we may know them by."""
    own = {comment.email.lower(), comment.user.email.lower() if comment.user else ""} - {""}
    return follows.exclude(reader__email__in=own)


def _readers(follows: QuerySet[Follow]) -> Iterator[Reader]:
    """In the order of their keys, a few at a time: a query that stays open would block writers on SQLite."""
    last = 0
    while True:
        ids = follows.filter(reader__gt=last).order_by("reader_id").values_list("reader_id", flat=True)
        found = list(Reader.objects.filter(pk__in=list(ids.distinct()[:CHUNK])).order_by("pk"))
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1].pk


@transaction.atomic
def _tell(
    kind: Mail.Kind,
    reader: Reader,
    *,
    key: str,
    now: datetime,
    comment: Comment | None = None,
    post: Post | None = None,
) -> None:
    about = {"to": reader.email, "reader": reader, "comment": comment, "post": post, "key": key, "now": now}
    if reader.rhythm == Reader.Rhythm.SINGLE:
        queue_mail(kind, **about)
    elif queue_mail(kind, **about, due_at=next_morning(now), in_digest=True):
        plan_digest(reader, now=now)


def announce_posts(now: datetime) -> int:
    """Tells followers of topics about posts that have come out, also by the clock; returns how many posts.

    The worker's housekeeper looks for them every few seconds.
    """
    if not settings.MAILS:
        return 0
    news = Post.objects.published(now).filter(announcement=None, publish_at__gt=now - NEWS_FOR)
    posts = list(news.order_by("publish_at").defer("body", "plain_text").select_related("author"))
    for post in posts:
        _announce(post, now=now)
    return len(posts)


def _announce(post: Post, *, now: datetime) -> None:
    """Marked as done at the end: killed half-way, it is done again, and the keys keep it from repeating."""
    follows = Follow.objects.active().filter(topic__posts=post, confirmed_at__lte=post.publish_at)
    for reader in _readers(follows.exclude(reader__email=post.author.email.lower())):
        _tell(Mail.Kind.TOPIC, reader, key=f"post:{post.pk}:{reader.pk}", now=now, post=post)
    Announcement.objects.get_or_create(post=post, defaults={"at": now})
