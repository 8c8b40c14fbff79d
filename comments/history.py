"""Gathers what the spam filter is told, from the tables and the request; the filter looks nothing up."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from blog.models import Post
from comments.blocking import entries_in_force
from comments.draft import Draft
from comments.identity import Sender
from comments.models import Comment, Deed
from comments.patterns import matched_patterns
from comments.spam.candidate import Candidate, History
from comments.talk import NO_TALK, talk_under
from comments.traces import domains_of, near_duplicates

RECENT = timedelta(minutes=10)
SAME_TEXT = timedelta(days=30)
# Words that nobody took down for so long count as one a moderator approved.
STOOD = timedelta(days=1)
DECIDING = (Deed.Verb.APPROVE, Deed.Verb.HOLD, Deed.Verb.SPAM, Deed.Verb.TRASH)


# SQL by hand, as in `comments.thread_query`: it is run for every comment that arrives. One query for all
# counts; "{domains}" becomes a placeholder for each domain that the comment links to.
_COUNTS = """
    SELECT COUNT(CASE WHEN network = %(network)s AND network <> '' AND created_at >= %(recently)s THEN 1 END),
           COUNT(CASE WHEN fingerprint = %(fingerprint)s AND created_at >= %(lately)s THEN 1 END),
           COUNT(CASE WHEN fingerprint = %(fingerprint)s AND created_at >= %(lately)s AND post_id = %(post)s
                 THEN 1 END),
           COUNT(CASE WHEN network = %(network)s AND network <> '' AND status IN ('spam', 'trash')
                 AND EXISTS (
                    SELECT 1 FROM comments_deed AS deed
                    WHERE comment_id = comment.id AND verb IN ('spam', 'trash')
                      AND NOT EXISTS (SELECT 1 FROM comments_deed WHERE undoes_id = deed.id)
                 ) THEN 1 END),
           (SELECT COUNT(DISTINCT linked.id)
            FROM comments_comment AS linked
            JOIN comments_commentdomain AS link ON link.comment_id = linked.id
            WHERE link.domain IN ({domains}) AND linked.status IN ('spam', 'trash')
              AND linked.id <> %(self)s AND EXISTS (
                SELECT 1 FROM comments_deed AS deed
                WHERE comment_id = linked.id AND verb IN ('spam', 'trash') AND at >= %(lately)s
                  AND NOT EXISTS (SELECT 1 FROM comments_deed WHERE undoes_id = deed.id)
            )),
           (SELECT COUNT(*) FROM (
                SELECT linked.id
                FROM comments_comment AS linked
                JOIN comments_commentdomain AS link ON link.comment_id = linked.id
                WHERE link.domain IN ({domains}) AND linked.status = 'approved' AND linked.id <> %(self)s
                  AND (COALESCE(linked.edited_at, linked.created_at) <= %(long_ago)s
                       OR EXISTS (
                          SELECT 1 FROM comments_deed
                          WHERE comment_id = linked.id AND at >= COALESCE(linked.edited_at, at)
                       ))
                GROUP BY linked.id
                HAVING COUNT(DISTINCT link.domain) = %(all_domains)s
            ) AS approved)
    FROM comments_comment AS comment
    WHERE ((network = %(network)s AND network <> '') OR fingerprint = %(fingerprint)s) AND id <> %(self)s
"""


def candidate_for(draft: Draft, post: Post, sender: Sender, now: datetime) -> Candidate:
    answers = draft.answers
    talk = NO_TALK if sender.is_staff else talk_under(post, for_text=draft.text)
    return Candidate(
        name=draft.name,
        text=draft.text,
        email=draft.email,
        website=draft.website,
        network=sender.network,
        honeypot=draft.honeypot,
        form_age=draft.form_age,
        form_is_ours=draft.form_is_ours,
        post_title=post.title,
        post_text=post.plain_text,
        post_topics=talk.topics,
        post_talk=talk.stems,
        parent_name=answers.name if answers else None,
        parent_text=answers.text if answers else "",
        answers_writer=answers is not None and answers.badge == Comment.Badge.AUTHOR,
        is_staff=sender.is_staff,
        submitted_at=now,
    )


def history_of(comment: Comment, sender: Sender, *, now: datetime) -> History:
    """What came before a comment with these words: from its network, with its text, from its browser. One
    that is stored already, and edited now, is not counted as coming before itself."""
    if sender.is_staff:
        return History()
    recent, same_text, same_text_here, network_rejected, domain_rejected, domain_approved = _counts(
        comment, now
    )
    approved, rejected = own_verdicts(sender, now, apart_from=comment.pk)
    near = near_duplicates(comment, since=now - SAME_TEXT)
    blocked = entries_in_force(now)
    return History(
        recent_from_network=recent,
        recent_same_text=same_text,
        same_text_here=same_text_here,
        approved_before=approved,
        rejected_before=rejected,
        network_rejected=network_rejected,
        near_held=near.held,
        near_rejected=near.rejected,
        domain_rejected=domain_rejected,
        domain_approved=domain_approved,
        blocked=blocked,
        patterns_matched=matched_patterns(blocked, (comment.name, comment.text, comment.website)),
    )


def _counts(comment: Comment, now: datetime) -> tuple[int, ...]:
    domains = {f"domain_{place}": domain for place, domain in enumerate(domains_of(comment))}
    placeholders = ", ".join(f"%({name})s" for name in domains) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS.format(domains=placeholders),
            _arguments(comment, now) | domains | {"all_domains": len(domains)},
        )
        return cursor.fetchone()


def _arguments(comment: Comment, now: datetime) -> dict[str, object]:
    moment = connection.ops.adapt_datetimefield_value
    return {
        "self": comment.pk,
        "network": comment.network,
        "fingerprint": comment.fingerprint,
        "post": comment.post_id,
        "recently": moment(now - RECENT),
        "lately": moment(now - SAME_TEXT),
        "long_ago": moment(now - STOOD),
    }


def own_verdicts(sender: Sender, now: datetime, *, apart_from: str = "") -> tuple[int, int]:
    """How many comments of this browser people, not the filter, approved and rejected. A verdict on words
    that were changed since says nothing of those that took their place."""
    if not sender.own_ids:
        return 0, 0
    own = Comment.objects.filter(pk__in=sender.own_ids).exclude(pk=apart_from)
    own = own.annotate(stood_since=Coalesce("edited_at", "created_at"))
    judged = own.filter(
        Q(deeds__verb__in=DECIDING, deeds__undone_by=None)
        & (Q(edited_at=None) | Q(deeds__at__gte=F("edited_at")))
        | Q(stood_since__lte=now - STOOD, status=Comment.Status.APPROVED)
    )
    statuses = Counter(status for _pk, status in judged.values_list("pk", "status").distinct())
    return statuses[Comment.Status.APPROVED], statuses[Comment.Status.SPAM] + statuses[Comment.Status.TRASH]
