"""Forgets from which network something was sent, when it is 30 days old.

The filter counts what a network sent lately, and moderators see it. After that nobody needs the keyed hash,
and with the site's secret key one could try out which network it stands for. The key by which a comment is
known as the same one (`comments.idempotency`) is made from it, and goes too.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from comments.models import Comment, Reaction, Report

KEEP_NETWORKS = timedelta(days=30)
# Rows that one round changes; the next round is soon, and on SQLite others want to write meanwhile.
ROUND = 500


def forget_networks(now: datetime) -> int:
    """One round. Returns how many rows lost their network; 0 when none is left to forget."""
    past = now - KEEP_NETWORKS
    forgotten = _forget(Comment.objects.order_by(), past, idempotency_key=None)
    return forgotten + sum(_forget(model.objects.order_by(), past) for model in (Reaction, Report))


def _forget(rows: QuerySet, past: datetime, **more: object) -> int:
    old = list(rows.filter(network__gt="", created_at__lte=past).values_list("pk", flat=True)[:ROUND])
    return rows.filter(pk__in=old).update(network="", **more) if old else 0
