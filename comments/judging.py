"""Judging a comment's words: asks the filter, and sets on the comment what it said.

Used for what is new and for what was edited. Nothing is stored here, so that a service outside (`akismet`)
is asked while no transaction is open. Whatever the filter says, comments on some posts wait for a moderator.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings

from blog.models import Post
from comments.akismet import opinion_of
from comments.draft import Draft
from comments.history import candidate_for, history_of
from comments.identity import Sender
from comments.learning import site_layer
from comments.models import Comment, main_reason
from comments.spam.blocklist import blocked_by
from comments.spam.candidate import BlockedEntry
from comments.spam.judge import judge
from comments.spam.verdict import Decision, Finding, Verdict

_STATUS = {
    Decision.PUBLISH: Comment.Status.APPROVED,
    Decision.HOLD: Comment.Status.HELD,
    Decision.SPAM: Comment.Status.SPAM,
}
# They say why a comment waits that the filter would publish; that has no weight, for or against.
_MODERATED = Finding(
    "moderated_post",
    0.0,
    "Each comment on this post waits",
    "the writer’s wish to read each comment on this post first",
)
_OLD = Finding("old_post", 0.0, "The post is old, so each comment on it waits", "the age of this post")


def judge_comment(comment: Comment, draft: Draft, *, sender: Sender, now: datetime) -> Sequence[BlockedEntry]:
    """Sets status, probability and findings. Returns the entries of the blocklist that matched."""
    candidate = candidate_for(draft, comment.post, sender, now)
    opinion = opinion_of(candidate, permalink=comment.post.get_absolute_url())
    history = replace(history_of(comment, sender, now=now), service_says=opinion)
    _apply(judge(candidate, history, site=site_layer()), comment, now=now)
    return blocked_by(candidate, history.blocked, history.patterns_matched)


def _apply(verdict: Verdict, comment: Comment, *, now: datetime) -> None:
    comment.status = _STATUS[verdict.decision]
    findings = list(verdict.findings)
    cause = None if comment.badge else cause_to_wait(comment.post, now)
    if cause and comment.status == Comment.Status.APPROVED:
        comment.status = Comment.Status.HELD
        findings.append(cause)
    comment.probability = verdict.probability
    comment.findings = [finding.as_record() for finding in findings]
    comment.main_reason = main_reason(findings)
    comment.filter_version = verdict.version


def cause_to_wait(post: Post, now: datetime) -> Finding | None:
    """Why comments on the post wait for a moderator whatever the filter says; None where they don't."""
    if post.commenting == Post.Commenting.MODERATED:
        return _MODERATED
    return _OLD if _is_old(post, now) else None


def _is_old(post: Post, now: datetime) -> bool:
    """Few people, and many programs, write under such a post any more."""
    days = settings.COMMENT_MODERATE_AFTER_DAYS
    return bool(days) and post.publish_at is not None and now - post.publish_at > timedelta(days=days)
