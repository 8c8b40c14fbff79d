"""The desk's page of the blocklist: what is on it, a form to add to it, a button to take something off.

Access is the gate's business (`comments.moderation.urls`). What happens is `comments.blocking`'s.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from blog.people import writer_name
from comments.blocking import AlreadyBlockedError, block, unblock
from comments.models import BlockedTerm
from comments.moderation.blocking_form import BlockingForm
from comments.moderation.queues import age_of
from comments.moderation.sieve import is_number


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `by` is who added it, empty when the account is gone."""

    term: BlockedTerm
    by: str
    is_expired: bool
    last_hit: str  # the age of its last hit, such as "3 days"; empty when there was none


@require_http_methods(["GET", "HEAD", "POST"])
def show_blocklist(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = BlockingForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        try:
            added = block(form.term(), by=request.user, now=now)
        except AlreadyBlockedError:
            form.refuse_repeat()
        else:
            return redirect(f"{reverse('desk:blocklist')}?added={added.pk}")
    context = {"form": form, "entries": _entries(now), "notice": _notice_in(request.GET)}
    return render(request, "desk/blocklist.html", context, status=400 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, term_id: int) -> HttpResponse:
    term = get_object_or_404(BlockedTerm, pk=term_id)
    unblock(term, by=request.user)
    return redirect(f"{reverse('desk:blocklist')}?removed={term.pk}")


def _entries(now: datetime) -> list[Entry]:
    """Everything on the list, newest first, in one query."""
    return [
        Entry(
            term=term,
            by=writer_name(term.by) if term.by else "",
            is_expired=term.is_expired(now),
            last_hit=age_of(term.last_hit_at, now=now) if term.last_hit_at else "",
        )
        for term in BlockedTerm.objects.listed().select_related("by")
    ]


def _notice_in(query: QueryDict) -> str:
    """What has just happened, as the page's own address says; "" when it says nothing that is so."""
    if term := _named(query.get("added", "")):
        return "" if term.removed_at else f"Added “{term.value}” to the blocklist"
    if term := _named(query.get("removed", "")):
        return f"Took “{term.value}” off the blocklist" if term.removed_at else ""
    return ""


def _named(number: str) -> BlockedTerm | None:
    if not is_number(number):
        return None
    return BlockedTerm.objects.filter(pk=int(number)).first()
