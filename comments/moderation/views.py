"""The desk's pages: the queues, one comment, and the log; and what their buttons do.

Access is the gate's business (`comments.moderation.urls`), not theirs.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from comments.learning import is_spoilt
from comments.models import ChangedMeanwhileError, Comment, Deed
from comments.moderation import actions
from comments.moderation.asking import question_in
from comments.moderation.forms import REASON_LENGTH, DeedForm
from comments.moderation.judgement import judgement_of
from comments.moderation.notices import notice_in
from comments.moderation.queues import (
    QUEUES,
    REPORTED,
    age_of,
    history_of,
    others_from_network,
    page_of_log,
    page_of_queue,
    reports_on,
    tabs,
)
from comments.reporting import settle_reports
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
    now = timezone.now()
    page = page_of_queue(status, number=request.GET.get("page"), now=now)
    shown = tabs(now=now)
    context = {
        "tabs": shown,
        "tab": next(tab for tab in shown if tab.status == status),
        "page": page,
        "notice": notice_in(request.GET, now=now),
        "learning_stopped": is_spoilt(),
        "here": f"{request.path}?page={page.number}",
    }
    return render(request, "desk/queue.html", context)


@require_safe
def show_comment(request: HttpRequest, comment_id: str) -> HttpResponse:
    now = timezone.now()
    comments = Comment.objects.select_related("post", "parent", "answers")
    comment = get_object_or_404(comments.defer("post__body", "post__plain_text"), pk=comment_id)
    reports = reports_on(comment)
    context = {
        "comment": comment,
        "is_withdrawn": comment.status == Comment.Status.WITHDRAWN,
        "html": stored_html(comment.html),
        "judgement": judgement_of(comment),
        "age": age_of(comment.created_at, now=now),
        "answered": comment.answers or comment.parent,
        "others": others_from_network(comment),
        "reports": reports,
        "has_open_reports": any(report.settled_at is None for report in reports),
        "history": history_of(comment, now=now),
        "can_see_email": request.user.has_perm(SEE_EMAIL),
        "reason_length": REASON_LENGTH,
        "question": question_in(request.GET, comment),
        "notice": notice_in(request.GET, now=now),
        "here": request.path,
    }
    return render(request, "desk/comment.html", context)


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = page_of_log(number=request.GET.get("page"), now=now)
    context = {
        "page": page,
        "notice": notice_in(request.GET, now=now),
        "here": f"{request.path}?page={page.number}",
    }
    return render(request, "desk/log.html", context)


@require_POST
def act(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=comment_id)
    form = DeedForm(request.POST)
    if not form.is_valid():
        return _refused(request, CANNOT_DO, form.complaint, comment_id=comment.pk, status=400)
    do, sent = VERBS[form.cleaned_data["verb"]], form.cleaned_data
    page = reverse("desk:comment", args=[comment.pk])
    try:
        deed = do(comment, by=request.user, reason=sent["reason"], seen=sent["edition"])
    except ChangedMeanwhileError:
        return redirect(f"{page}?changed={comment.pk}")
    if deed is None:
        return _back(request, page, already=comment.pk)
    return _back(request, reverse("desk:queue", args=[deed.before]), done=deed.pk)


@require_POST
def keep(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Nothing is wrong with a reported comment: it stays as it is, and its reports are settled."""
    comment = get_object_or_404(Comment, pk=comment_id)
    settle_reports(comment, by=request.user, now=timezone.now())
    return _back(request, reverse("desk:queue", args=[REPORTED]), kept=comment.pk)


@require_POST
def undo(request: HttpRequest, deed_id: int) -> HttpResponse:
    deed = get_object_or_404(Deed, pk=deed_id)
    try:
        undoing = actions.undo(deed, by=request.user)
    except actions.CannotUndoError as refusal:
        return _refused(request, CANNOT_UNDO, str(refusal), comment_id=deed.comment_id, status=409)
    return _back(request, reverse("desk:log"), done=undoing.pk)


def _back(request: HttpRequest, otherwise: str, **said: object) -> HttpResponse:
    """To the page of the desk whose button was pressed, with what to say there; never to another site."""
    page = request.POST.get("back", "")
    if not page.startswith(reverse("desk:home")):
        page = otherwise
    return redirect(f"{page}{'&' if '?' in page else '?'}{urlencode(said)}")


def _refused(
    request: HttpRequest, heading: str, reason: str, *, comment_id: str, status: int
) -> HttpResponse:
    context = {"heading": heading, "reason": reason, "back": reverse("desk:comment", args=[comment_id])}
    return render(request, "desk/refused.html", context, status=status)
