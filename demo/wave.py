"""A wave: what came in overnight, for moderators to practise on, and how it is taken away again.

Two hundred spam comments and five honest ones enter by the one door, each at its own time, and the filter
judges them as it does all others. Nothing is moved afterwards: what is held, in spam or published is the
filter's own work. A wave's comments carry a mail address at a domain that cannot exist, with the night and
the number of the wave in it; moderators see no addresses, so it gives nothing away, and `clear_waves` finds
the comments by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.timezone import localtime

from blog.models import Post
from comments.counting import recount
from comments.draft import Draft
from comments.identity import Sender
from comments.indexing import forget_comments
from comments.models import BlockedTerm, Comment, Deed, Reader, Sweep
from comments.models.comment import ID_LENGTH
from comments.submit import submit_comment
from comments.teaching import raise_version
from demo import library
from demo.campaigns import NIGHT_BEGINS, Arrival, read_honest, spam_of
from lib.network import keyed_hash

MORNING = 7
DOMAIN = "@wave.example"


class NoPostsError(Exception):
    """None of the demo's posts takes comments."""


class NoHonestLeftError(Exception):
    """All honest comments are on the site; said once more, they would be repeats."""


@dataclass(frozen=True)
class Night:
    """The latest night that is over, and which wave of it this is."""

    begins: datetime
    number: int

    @property
    def day(self) -> date:
        """Of its morning."""
        return localtime(self.begins + timedelta(hours=2)).date()

    @property
    def mark(self) -> str:
        return f"{self.day.isoformat()}.{self.number}."


@dataclass(frozen=True)
class Arrived:
    """What became of a wave, comment by comment in the order of their times."""

    comments: Sequence[Comment]
    honest: Sequence[Comment]

    @property
    def statuses(self) -> Counter[str]:
        return Counter(comment.status for comment in self.comments)


@dataclass(frozen=True)
class Cleared:
    """`replies` are those that hung below the wave's comments and went with them."""

    comments: int
    replies: int


def waves() -> QuerySet[Comment]:
    """The comments of all waves, wherever moderators have put them."""
    return Comment.objects.filter(email__endswith=DOMAIN)


@transaction.atomic
def send_wave(*, now: datetime, again: bool = False) -> Arrived | None:
    """All of the wave, or nothing: None when the night has had one, unless it is to have one `again`.

    Raises NoPostsError and NoHonestLeftError.
    """
    night = _night_before(now)
    if night.number > 1 and not again:
        return None
    posts = _posts_that_take_comments(night)
    if not posts:
        raise NoPostsError
    rng = Random(night.mark)
    arrivals = [*spam_of(night.day, night.number), *_honest(night, posts)]
    comments, honest = [], []
    for place, arrival in enumerate(sorted(arrivals, key=lambda arrival: arrival.after)):
        post = posts[arrival.post] if arrival.post else rng.choice(list(posts.values()))
        comments.append(_send(arrival, night=night, post=post, place=place))
        honest += comments[-1:] * arrival.is_honest
    return Arrived(comments, honest)


def _night_before(now: datetime) -> Night:
    morning = localtime(now).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    evening = morning.replace(hour=NIGHT_BEGINS.hour) - timedelta(days=1 if morning <= now else 2)
    nights = (Night(evening, number) for number in count(1))
    return next(night for night in nights if not waves().filter(email__startswith=night.mark).exists())


def _posts_that_take_comments(night: Night) -> dict[str, Post]:
    slugs = [post.slug for post in library.read_posts()]
    there = Post.objects.published().filter(slug__in=slugs, publish_at__lt=night.begins)
    talking = there.exclude(commenting=Post.Commenting.CLOSED).order_by("publish_at")
    return {post.slug: post for post in talking}


def _honest(night: Night, posts: Mapping[str, Post]) -> Iterator[Arrival]:
    """One of each kind that the site has not seen, whose post takes comments."""
    for versions in read_honest().values():
        first = (night.day.toordinal() + night.number) % len(versions)
        turned = [*versions[first:], *versions[:first]]
        said = set(waves().filter(text__in=[one.text for one in turned]).values_list("text", flat=True))
        unsaid = [one for one in turned if one.text not in said]
        if not unsaid:
            raise NoHonestLeftError
        yield from [one for one in unsaid if one.post in posts][:1]


def _send(arrival: Arrival, *, night: Night, post: Post, place: int) -> Comment:
    network = f"wave {night.mark}{arrival.network}"
    draft = Draft(
        name=arrival.name,
        text=arrival.text,
        email=f"{night.mark}{place}{DOMAIN}",
        website=arrival.website,
        honeypot=arrival.honeypot,
        form_age=arrival.form_age,
        form_is_ours=arrival.form_is_ours,
    )
    sender = Sender(network=keyed_hash(network, key=settings.SECRET_KEY, purpose="network"))
    return submit_comment(draft, post=post, sender=sender, now=night.begins + arrival.after).comment


@transaction.atomic
def clear_waves() -> Cleared:
    """Takes every wave away as if it had never come: comments with their deeds, reports, lessons, traces and
    bans, and what was mailed. Replies below them cannot stand alone and go too."""
    roots = Substr("path", 1, ID_LENGTH)
    gone = Comment.objects.annotate(root=roots).filter(root__in=waves().values("pk"))
    posts = dict(gone.values_list("pk", "post_id"))
    number = waves().count()
    has_taught = _clear_log(list(posts))
    _clear_bans(list(posts))
    Reader.objects.filter(email__endswith=DOMAIN).delete()
    Comment.objects.filter(pk__in=list(posts)).delete()
    forget_comments(list(posts))
    for post_id in sorted(set(posts.values())):
        recount(post_id)
    if has_taught:
        raise_version()
    return Cleared(number, len(posts) - number)


def _clear_bans(comment_ids: Sequence[str]) -> None:
    bans = BlockedTerm.objects.filter(source__in=comment_ids)
    Deed.objects.filter(term__in=bans).delete()
    bans.delete()


def _clear_log(comment_ids: Sequence[str]) -> bool:
    """Lines of the log outlive their comments, and so do lessons; these must not. A sweep that moved other
    comments as well stays, as one of those alone. Says whether there were lessons."""
    deeds = Deed.objects.filter(comment__in=comment_ids)
    swept = Counter(deeds.exclude(sweep=None).values_list("sweep", flat=True))
    _, deleted = deeds.delete()
    for sweep in Sweep.objects.filter(pk__in=list(swept)):
        sweep.total -= swept[sweep.pk]
        sweep.done_count -= swept[sweep.pk]
        sweep.save(update_fields=["total", "done_count"])
    Deed.objects.filter(whole__in=list(swept), whole__done_count=0).delete()
    return "comments.Lesson" in deleted
