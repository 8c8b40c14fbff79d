"""Does learning help? A site that is new to the prior, its first comments given verdicts, the rest a test.

Comments come in the order of the file; each source is a site of its own, and all of them mixed (in an order
that is always the same) are one more. Lessons are capped and tested as on a real site, except that the
commenters of a file are not known: the cap on one commenter's day is not tried here.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from comments.spam.evaluation import Figures, ScoredRow, figures_of
from comments.spam.judge import decision_for
from comments.spam.lessons import Facts, counted
from comments.spam.odds import logistic
from comments.spam.prior import Prior
from comments.spam.records import Record, candidate_of
from comments.spam.site_layer import Lesson, SiteLayer, lesson_from
from comments.spam.text import fingerprint
from comments.spam.verdict import Decision

MIXED = "all, mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How moderators behave: they judge the first `verdicts` comments, turn round a share of the verdicts,
    and, with `seen_only`, judge only what reaches them: comments that the prior holds, and spam that it
    publishes."""

    verdicts: int = 200
    turned: float = 0.0
    seen_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One site: how many verdicts were given, and the figures of the rest by the prior alone and with what
    was learned."""

    source: str
    verdicts: int
    is_spoilt: bool
    prior: Figures
    learned: Figures


@dataclass(frozen=True, slots=True)
class _Comment:
    record: Record
    lesson: Lesson


def trials_of(records: Sequence[Record], prior: Prior, conditions: Conditions) -> list[Trial]:
    """A trial for each source with comments left to test, in the order of the file, and one for all mixed."""
    comments = [
        _Comment(record, lesson_from(candidate_of(record), is_spam=bool(record.is_spam), prior=prior))
        for record in records
    ]
    sites: dict[str, list[_Comment]] = {}
    for comment in comments:
        sites.setdefault(comment.record.source, []).append(comment)
    sites[MIXED] = sorted(comments, key=_in_no_order)
    return [
        _trial(source, own, conditions=conditions)
        for source, own in sites.items()
        if len(own) > conditions.verdicts
    ]


def _trial(source: str, comments: list[_Comment], *, conditions: Conditions) -> Trial:
    first, rest = comments[: conditions.verdicts], comments[conditions.verdicts :]
    if conditions.seen_only:
        first = [comment for comment in first if _is_seen(comment.lesson)]
    layer = _layer_from(first, turned=conditions.turned)
    return Trial(
        source=source,
        verdicts=len(first),
        is_spoilt=layer.is_spoilt,
        prior=figures_of([_scored(comment, comment.lesson.log_odds) for comment in rest]),
        learned=figures_of([_scored(comment, layer.log_odds(comment.lesson)) for comment in rest]),
    )


def _in_no_order(comment: _Comment) -> int:
    return crc32(str(comment.record.id).encode())


def _is_seen(lesson: Lesson) -> bool:
    decision = decision_for(logistic(lesson.log_odds))
    return decision is Decision.HOLD or (decision is Decision.PUBLISH and lesson.is_spam)


def _layer_from(comments: Sequence[_Comment], *, turned: float) -> SiteLayer:
    chance = random.Random(0)  # noqa: S311
    lessons = {
        number: replace(comment.lesson, is_spam=comment.lesson.is_spam != (chance.random() < turned))
        for number, comment in enumerate(comments, start=1)
    }
    found = counted(
        [
            Facts(number, campaign=fingerprint(comment.record.text), commenter=str(number))
            for number, comment in enumerate(comments, start=1)
        ]
    )
    return SiteLayer().changed(
        1,
        learned=[lessons[number] for number in found.learned],
        shadows=[lessons[number] for number in found.shadows],
    )


def _scored(comment: _Comment, log_odds: float) -> ScoredRow:
    return ScoredRow(
        source=comment.record.source,
        is_spam=comment.lesson.is_spam,
        probability=logistic(log_odds),
        decision=Decision.PUBLISH,
        text=comment.record.text,
        url_domain=comment.record.url_domain,
    )
