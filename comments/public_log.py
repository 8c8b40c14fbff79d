"""What moderators took from the pages, for everybody to read: when, under which post, and for which reason.

Only of comments that readers could read before: what never appeared is nobody's affair, and would be a way to
learn that something waits. No names, no words, no notes, and nothing that was undone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import Post
from comments.models import Comment, Deed
from lib.visitors import keep_private

SHOWN_FOR = timedelta(days=90)
# A page of more lines is read by nobody.
MOST = 500

Verb = Deed.Verb
_TAKEN_DOWN = (Verb.HOLD, Verb.SPAM, Verb.TRASH)


@dataclass(frozen=True, slots=True)
class PublicLine:
    """What was done on one day under one post for one reason. `words`: "2 comments taken down"."""

    day: date
    words: str
    reason: str
    post: Post


@require_safe
def show_public_log(request: HttpRequest) -> HttpResponse:
    context = {"lines": public_lines(timezone.now()), "days": SHOWN_FOR.days}
    return keep_private(render(request, "comments/public_log.html", context))


def public_lines(now: datetime) -> list[PublicLine]:
    """Newest first, in two queries."""
    posts = Post.objects.published().only("title", "slug", "publish_at").in_bulk()
    deeds = Deed.objects.in_force().filter(
        before=Comment.Status.APPROVED, verb__in=[*_TAKEN_DOWN, Verb.EDIT], at__gt=now - SHOWN_FOR
    )
    groups = deeds.annotate(day=TruncDate("at"), is_edit=Q(verb=Verb.EDIT)).order_by("-day", "comment__post")
    counted = groups.values_list("day", "comment__post", "is_edit", "reason_code").annotate(Count("pk"))
    return [
        PublicLine(day, _in_words(count, is_edit=is_edit), _reason(code), posts[post])
        for day, post, is_edit, code, count in counted[:MOST]
        if post in posts
    ]


def _in_words(count: int, *, is_edit: bool) -> str:
    comments = "1 comment" if count == 1 else f"{count} comments"
    return f"{comments} {'changed' if is_edit else 'taken down'}"


def _reason(code: str) -> str:
    return Deed.ReasonCode(code).label if code else "No reason given"
