"""Forgets what nobody needs any more: networks, traces, mails that are done with, links, unproven addresses.

The housekeeper does all of it (`comments.notifications.upkeep`); for sites that run no worker there is a
command for each.

The filter counts what a network sent lately, and moderators see it. After 30 days nobody needs the keyed
hash, and with the site's secret key one could try out which network it stands for. The key by which a comment
is known as the same one (`comments.idempotency`) is made from it, and goes too. A ban needs its network until
it ends, and so does what is on the blocklist with a mail address.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from comments.following import forget_unconfirmed
from comments.history import SAME_TEXT
from comments.mailed_links import clear_links
from comments.models import BlockedTerm, Comment, CommentBand, CommentDomain, Deed, Mail, Reaction, Report
from lib.models import Allowance
from lib.throttle import spend

KEEP_NETWORKS = timedelta(days=30)
# A mail's address is kept for a month, its key for a year, which keeps the same news from being told twice.
KEEP_ADDRESSES = timedelta(days=30)
KEEP_KEYS = timedelta(days=365)
# Rows that one round changes; the next round is soon, and on SQLite others want to write meanwhile.
ROUND = 500
DAY_SECONDS = 24 * 60 * 60


def forget_networks(now: datetime) -> int:
    """One round. Returns how many rows lost their network; 0 when none is left to forget."""
    past = now - KEEP_NETWORKS
    forgotten = _forget(Comment.objects.order_by(), past, idempotency_key=None)
    return forgotten + sum(_forget(model.objects.order_by(), past) for model in (Reaction, Report))


def _forget(rows: QuerySet, past: datetime, **more: object) -> int:
    old = list(rows.filter(network__gt="", created_at__lte=past).values_list("pk", flat=True)[:ROUND])
    return rows.filter(pk__in=old).update(network="", **more) if old else 0


def forget_bans(now: datetime) -> int:
    """Takes network and mail address out of what ended so long ago on the blocklist; returns how many. Who
    put it there, and why, stays. All addresses of a domain are nobody's."""
    past = now - KEEP_NETWORKS
    # With a source or not: the comment of a ban may be deleted, and a typed address is somebody's, too.
    whose = Q(kind=BlockedTerm.Kind.NETWORK) | Q(kind=BlockedTerm.Kind.ADDRESS) & ~Q(value__startswith="@")
    over = Q(expires_at__lte=past) | Q(removed_at__lte=past)
    return BlockedTerm.objects.filter(whose, over).exclude(value="").update(value="")


def forget_mails(now: datetime) -> tuple[int, int]:
    """Takes the address out of old mails, and deletes very old ones; returns how many of each. A mail that
    could not go out for a month has nothing new to say."""
    past = now - KEEP_ADDRESSES
    Mail.objects.due(past).filter(created_at__lte=past).update(dropped_at=now, to="", error="too late")
    done = Mail.objects.filter(Q(sent_at__lte=past) | Q(dropped_at__lte=past)).exclude(to="")
    forgotten = done.update(to="")
    deleted, _ = Mail.objects.filter(created_at__lte=now - KEEP_KEYS, to="").delete()
    return forgotten, deleted


def clear_traces(now: datetime) -> tuple[int, int]:
    """Deletes bands and domains that the filter no longer looks at; returns how many of each. Domains of
    approved comments stay: they go on speaking for a link."""
    since = now - SAME_TEXT
    bands, _ = CommentBand.objects.filter(comment__created_at__lt=since).delete()
    old = CommentDomain.objects.filter(comment__created_at__lt=since)
    # What a moderator rejected lately counts from then on, however old the comment is.
    judged_lately = Exists(Deed.objects.filter(comment=OuterRef("comment"), at__gte=since))
    domains, _ = old.exclude(comment__status=Comment.Status.APPROVED).exclude(judged_lately).delete()
    return bands, domains


def clear_allowances(now: datetime) -> int:
    """Deletes rate limits whose time is over: their keys hold networks' hashes."""
    return Allowance.objects.expired(now).delete()[0]


DAILY: tuple[Callable[[datetime], object], ...] = (
    forget_bans,
    forget_mails,
    clear_links,
    forget_unconfirmed,
    clear_traces,
    clear_allowances,
)


def forget_daily(now: datetime) -> None:
    """All but the networks, each once a day for all workers together. One that fails has had its turn; the
    next round goes on with the others."""
    for chore in DAILY:
        if spend(f"daily:{chore.__name__}", limit=1, seconds=DAY_SECONDS, now=now):
            chore(now)
