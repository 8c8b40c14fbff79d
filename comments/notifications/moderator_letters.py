"""The letters to moderators: what waits now, and that a wave of spam is running.

Both are made of what is so when they are sent; when somebody has dealt with it meanwhile, none is. No mail
address stands in them, and nothing of the readers' words is a link. The links lead to pages that ask before
anything is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from comments.models import Comment, Mail, ModeratorPreferences, Report
from comments.models.comment import WAITS_SINCE
from comments.moderation.judgement import judgement_of
from comments.notifications.harmless import harmless
from comments.notifications.letter import Letter, absolute
from comments.notifications.moderator_rhythm import Mails, is_wave
from comments.notifications.told import give_turn_back, told_until
from comments.notifications.waiting import arrivals_of_last_hour, held_news, report_news
from comments.team import may_moderate
from lib.text import excerpt

MOST_ITEMS = 10
EXCERPT_LENGTH = 280


@dataclass(frozen=True, kw_only=True)
class Item:
    """One comment that waits. `reasons` are those of its new reports; `links` are what to do with it."""

    name: str
    title: str
    since: datetime
    judged: str
    findings: list[str]
    reasons: list[str]
    excerpt: str
    url: str
    links: list[tuple[str, str]]


def moderator_letter(mail: Mail, now: datetime) -> Letter | None:
    """None when nothing new waits any more, when its owner wants none, and while a wave runs and no report is
    new."""
    preferences = mail.moderator
    lately = arrivals_of_last_hour(now)
    runs = is_wave(lately, told_at=preferences.told_of_wave_at)
    is_quiet = runs and preferences.mails == Mails.SOON and not _is_report_new(preferences, now)
    count, items = (0, []) if is_quiet or not _is_wanted(mail) else _news(preferences, now)
    if not count:
        give_turn_back(mail)
        return None
    context = {
        **_desk(),
        "count": count,
        "items": items,
        "more": count - len(items),
        "wave": lately if runs else 0,
    }
    subject = "1 new comment waits at the desk" if count == 1 else f"{count} new comments wait at the desk"
    return Letter(subject, "moderator", context, _preferences_url(), is_one_click=False)


def wave_letter(mail: Mail, now: datetime) -> Letter | None:
    """None when it is over already, or its owner wants none."""
    lately = arrivals_of_last_hour(now)
    if not (is_wave(lately, told_at=mail.moderator.told_of_wave_at) and _is_wanted(mail)):
        give_turn_back(mail)
        return None
    context = {**_desk(), "wave": lately}
    return Letter("A wave of spam is running", "wave", context, _preferences_url(), is_one_click=False)


def _is_wanted(mail: Mail) -> bool:
    preferences = mail.moderator
    user = preferences.user
    return preferences.mails != Mails.NEVER and user.email == mail.to and may_moderate(user)


def _is_report_new(preferences: ModeratorPreferences, now: datetime) -> bool:
    return report_news(told_until(preferences), now=now).exists()


def _news(preferences: ModeratorPreferences, now: datetime) -> tuple[int, list[Item]]:
    """How many comments are new to this moderator, and the first of them: reported ones before held ones."""
    after = told_until(preferences)
    reports = report_news(after, now=now)
    reported = Comment.objects.filter(pk__in=reports.values("comment")).newest_first()
    held = held_news(after, now=now).exclude(pk__in=reports.values("comment"))
    shown = _read([pk for news in (reported, held) for pk in news.values_list("pk", flat=True)[:MOST_ITEMS]])
    said = reports.filter(comment__in=shown).order_by("pk")
    items = [
        _item(comment, [report for report in said if report.comment_id == comment.pk]) for comment in shown
    ]
    return reported.count() + held.count(), items


def _read(ids: list[str]) -> list[Comment]:
    """The first of them, in this order. Only these are read whole: of the held there may be any number."""
    rows = Comment.objects.annotate(waits_since=WAITS_SINCE).with_post_title().defer("html")
    found = rows.in_bulk(ids[:MOST_ITEMS])
    return [found[pk] for pk in ids if pk in found]


def _item(comment: Comment, reports: list[Report]) -> Item:
    judgement = judgement_of(comment)
    return Item(
        name=harmless(comment.name),
        title=comment.post.title,
        since=comment.waits_since,
        judged=judgement.word if judgement.percent is None else f"{judgement.percent}%, {judgement.word}",
        findings=[harmless(finding.words) for finding in judgement.strongest],
        reasons=list(dict.fromkeys(report.get_reason_display() for report in reports)),
        excerpt=excerpt(harmless(comment.text), EXCERPT_LENGTH),
        url=_page(comment),
        links=[(label, _page(comment, ask=ask)) for label, ask in _deeds(comment)],
    )


def _deeds(comment: Comment) -> list[tuple[str, str]]:
    """What a moderator may want to do with it, as the desk's page asks it (`comments.moderation.asking`)."""
    if comment.status == Comment.Status.APPROVED:
        return [("Keep", "keep"), ("Spam", "spam"), ("Trash", "trash")]
    return [("Approve", "approve"), ("Spam", "spam")]


def _page(comment: Comment, *, ask: str = "") -> str:
    """With the edition that stands in the mail, so that the page can say that the words have changed."""
    query = {"ask": ask, "seen": comment.edition} if ask else None
    return absolute(reverse("desk:comment", args=[comment.pk], query=query))


def _desk() -> dict[str, object]:
    reported = Report.objects.open().aggregate(count=Count("comment", distinct=True))["count"]
    return {
        "held": Comment.objects.filter(status=Comment.Status.HELD).count(),
        "reported": reported,
        "desk_url": absolute(reverse("desk:home")),
    }


def _preferences_url() -> str:
    return absolute(reverse("desk:preferences"))
