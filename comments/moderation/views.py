"""The desk's pages of queues and of one comment, and what their buttons do.

Access is the gate's business (`comments.moderation.urls`), not theirs.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comments.learning import is_spoilt
from comments.models import ChangedMeanwhileError, Comment, Deed, MainReason
from comments.models.deed import MAX_REASON
from comments.moderation import actions
from comments.moderation.answers import back, refused
from comments.moderation.asking import question_in
from comments.moderation.forms import DeedForm
from comments.moderation.judgement import judgement_of
from comments.moderation.log import history_of
from comments.moderation.narrowing import asked_in, filters_of
from comments.moderation.notices import notice_in
from comments.moderation.person import alike, person_of
from comments.moderation.preferences import keys_are_on
from comments.moderation.queues import (
    ORDERS,
    age_of,
    label_of,
    oldest_age,
    page_of_queue,
    reports_on,
    summary_of,
    tabs,
    where_of,
)
from comments.moderation.sieve import EVERYTHING, QUEUES, REPORTED, has_verdict
from comments.moderation.sweeping import begin_undo
from comments.moderation.tasks import start
from comments.moderation.undoing import CannotUndoError, undo, undo_listing
from lib.markup import stored_html

# Moderators read comments, not mail addresses. Those are for people with this right, such as the writer.
SEE_EMAIL = "comments.view_comment"

CANNOT_DO = "That could not be done"
CANNOT_UNDO = "That cannot be undone"

VERBS = {
    Deed.Verb.APPROVE: actions.approve,
    Deed.Verb.HOLD: actions.hold,
    Deed.Verb.SPAM: actions.mark_spam,
    Deed.Verb.TRASH: actions.trash,
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("desk:queue", QUEUES[0])


@require_safe
def show_queue(request: HttpRequest, status: str) -> HttpResponse:
    now, asked = timezone.now(), asked_in(status, request.GET)
    page = page_of_queue(asked.sieve, order=asked.order, after=asked.after, now=now)
    notice = notice_in(request.GET, now=now)
    is_plain = asked.is_plain and not notice
    context = {
        "asked": asked,
        "queue": status,
        "label": label_of(status),
        "is_everything": status == EVERYTHING,
        "tabs": tabs(),
        "page": page,
        "next": asked.address(after=page.after) if page.after else "",
        "filters": filters_of(asked.sieve, order=asked.order, page=page),
        "orders": ORDERS,
        "reasons": MainReason.choices,
        "why": Deed.ReasonCode.choices,
        "waiting_for": oldest_age(status, now=now) if is_plain else "",
        "notice": notice,
        "learning_stopped": is_plain and status == QUEUES[0] and is_spoilt(),
        "keys_on": keys_are_on(request.user),
        # Once for all rows, each of which is a form.
        "token": get_token(request),
        "here": asked.address(after=asked.after),
    }
    return render(request, "desk/queue.html", context)


@require_safe
def show_comment(request: HttpRequest, comment_id: str) -> HttpResponse:
    now = timezone.now()
    comments = Comment.objects.select_related("post", "parent", "answers").annotate(has_verdict=has_verdict())
    comment = get_object_or_404(comments.defer("post__body", "post__plain_text"), pk=comment_id)
    reports = reports_on(comment)
    context = {
        "comment": comment,
        "is_gone": comment.is_gone,
        "gone": summary_of(comment),
        "html": stored_html(comment.html),
        "where": where_of(comment, now=now),
        "judgement": judgement_of(comment),
        "age": age_of(comment.created_at, now=now),
        "answered": comment.answers or comment.parent,
        "person": person_of(comment, now=now),
        "alike": alike(comment),
        "reports": reports,
        "has_open_reports": any(report.settled_at is None for report in reports),
        "can_confirm": not comment.has_verdict and not comment.badge,
        "history": history_of(comment, now=now),
        "can_see_email": request.user.has_perm(SEE_EMAIL),
        "why": Deed.ReasonCode.choices,
        "reason_length": MAX_REASON,
        "question": question_in(request.GET, comment),
        "notice": notice_in(request.GET, now=now),
        "here": request.path,
    }
    return render(request, "desk/comment.html", context)


@require_POST
def act(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=comment_id)
    page = reverse("desk:comment", args=[comment.pk])
    form = DeedForm(request.POST)
    if not form.is_valid():
        return refused(request, CANNOT_DO, form.complaint, way_on=page, status=400)
    do = VERBS[form.cleaned_data["verb"]]
    try:
        deed = do(comment, by=request.user, reason=form.why, seen=form.cleaned_data["edition"])
    except ChangedMeanwhileError:
        return redirect(f"{page}?changed={comment.pk}")
    if deed is None:
        return back(request, page, already=comment.pk)
    return back(request, reverse("desk:queue", args=[deed.before]), done=deed.pk)


@require_POST
def keep(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Nothing is wrong with a reported comment: it stays as it is, and its reports are settled."""
    comment = get_object_or_404(Comment, pk=comment_id)
    try:
        deed = actions.keep(comment, by=request.user, seen=request.POST.get("edition"))
    except ChangedMeanwhileError:
        return redirect(f"{reverse('desk:comment', args=[comment.pk])}?changed={comment.pk}")
    said = {"done": deed.pk} if deed else {"already": comment.pk}
    return back(request, reverse("desk:queue", args=[REPORTED]), **said)


@require_POST
def take_back(request: HttpRequest, deed_id: int) -> HttpResponse:
    """Undoes one deed: about a comment, about the blocklist, or a whole sweep."""
    deed = get_object_or_404(Deed.objects.select_related("whole", "term"), pk=deed_id)
    now = timezone.now()
    try:
        if deed.term:
            undoing = undo_listing(deed, by=request.user, now=now)
        elif not hasattr(deed, "whole"):
            undoing = undo(deed, by=request.user, now=now)
        else:
            sweep = start(partial(begin_undo, deed, by=request.user, now=now))
            undoing = sweep.deed
            if sweep.ended_at is None:
                return redirect("desk:sweep", sweep.pk)
    except CannotUndoError as refusal:
        return refused(request, CANNOT_UNDO, str(refusal), way_on=_page_of(deed), status=409)
    return back(request, reverse("desk:log"), done=undoing.pk)


def _page_of(deed: Deed) -> str:
    return reverse("desk:comment", args=[deed.comment_id]) if deed.comment_id else reverse("desk:log")
