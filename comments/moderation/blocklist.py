"""The desk's page of the blocklist: what is on it, a form to add to it or to try that first, a button to take
something off.

Access is the gate's business (`comments.moderation.urls`). What happens is `comments.blocking`'s.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comments.blocking import AlreadyBlockedError, block, unblock
from comments.models import BlockedTerm, Comment, Deed
from comments.moderation.blocking_form import BlockingForm
from comments.moderation.entries import bans_from, page_of_entries, quoted, removal_of
from comments.moderation.sieve import is_number
from comments.moderation.trial import try_entry
from comments.moderation.undoing import undoable
from comments.moderation.views import SEE_EMAIL
from lib.ids import ID


@require_http_methods(["GET", "HEAD", "POST"])
def show_blocklist(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = BlockingForm(request.POST if request.method == "POST" else None, now=now)
    is_trial = form.is_valid() and "try" in request.POST
    if form.is_valid() and not is_trial and (added := _added(form, by=request.user, now=now)):
        return redirect(f"{reverse('desk:blocklist')}?added={added.pk}")
    can_see_email = request.user.has_perm(SEE_EMAIL)
    context = {
        "form": form,
        "trial": try_entry(form.entry(), now=now, can_see_email=can_see_email) if is_trial else None,
        "page": page_of_entries(number=request.GET.get("page"), can_see_email=can_see_email, now=now),
        "notice": _notice_in(request.GET, seen_by=request.user, now=now),
        "undo": _removal(request.GET, by=request.user, now=now),
    }
    return render(request, "desk/blocklist.html", context, status=400 if form.errors else 200)


def _added(form: BlockingForm, *, by: AbstractUser, now: datetime) -> BlockedTerm | None:
    """The new entry; None when the same is on the list already, which the form then says."""
    try:
        return block(form.term(), by=by, now=now)
    except AlreadyBlockedError:
        form.refuse_repeat()
        return None


@require_POST
def remove(request: HttpRequest, term_id: int) -> HttpResponse:
    term = get_object_or_404(BlockedTerm, pk=term_id)
    unblock(term, by=request.user)
    return redirect(f"{reverse('desk:blocklist')}?removed={term.pk}")


def _notice_in(query: QueryDict, *, seen_by: AbstractUser, now: datetime) -> str:
    """What has just happened, as the page's own address says; "" when it says nothing that is so."""
    can_see_email = seen_by.has_perm(SEE_EMAIL)
    if term := _named(query.get("added", "")):
        added = f"Added {quoted(term, can_see_email=can_see_email)} to the blocklist"
        return "" if term.removed_at else added
    if term := _named(query.get("removed", "")):
        return removal_of(term, seen_by=seen_by, can_see_email=can_see_email)
    banned = query.get("banned", "")
    comment = Comment.objects.filter(pk=banned).first() if ID.fullmatch(banned) else None
    return bans_from(comment, now=now) if comment else ""


def _removal(query: QueryDict, *, by: AbstractUser, now: datetime) -> Deed | None:
    """The deed by which somebody took an entry off the list, while it can be undone."""
    term = _named(query.get("removed", ""))
    return undoable(now).filter(term=term, verb=Deed.Verb.UNBLOCK, by=by).first() if term else None


def _named(number: str) -> BlockedTerm | None:
    if not is_number(number):
        return None
    return BlockedTerm.objects.filter(pk=int(number)).first()
