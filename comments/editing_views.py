"""The pages on which a commenter sees what became of a comment, changes it and withdraws it.

`change` and `withdraw` are for whoever has shown whose the comment is: here by this browser's cookie, in
"my comments" by a mailed link.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from blog.people import writer_name
from comments.allowance import TOO_MANY, WAIT_SECONDS, may_write
from comments.edit_form import EditForm
from comments.editing import (
    CannotChangeError,
    edit_comment,
    is_open_to_change,
    withdraw_comment,
)
from comments.identity import sender_of, team_member
from comments.models import MAX_TEXT, ChangedMeanwhileError, Comment
from comments.ownership import CHANGE_FOR, WAITING, may_change, own_comment
from comments.places import place_of
from comments.thread import reasons_to_wait
from lib.markup import render_comment, stored_html
from lib.origin import ELSEWHERE, is_foreign
from lib.throttle import later
from lib.visitors import has_session, keep_for_going_back, keep_private

Status = Comment.Status

_CHANGED = (
    "The comment was changed in another window since you opened this page. It stands below as it is now; "
    "press Save again to put your words in their place."
)
_TAKEN_DOWN = "A moderator has taken this comment down, or it was withdrawn. It can no longer be changed."
_TOO_LATE = f"From this browser a comment can be changed for {CHANGE_FOR.seconds // 60} minutes."
_UNKNOWN = "This browser is not known as the one that wrote the comment. Nothing was changed."
_form = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_form
def edit_own(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment, fault = _own_for_change(request, comment_id)
    if comment is None or fault:
        return _refused(request, fault, back=_way_back(comment), status=403)
    return change(request, comment)


@csrf_exempt
@_form
def withdraw_own(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment, fault = _own_for_change(request, comment_id)
    if comment is None or fault:
        return _refused(request, fault, back=_way_back(comment), status=403)
    return withdraw(request, comment, done_url=reverse("comments:withdrawn", args=[comment.pk]))


def _own_for_change(request: HttpRequest, comment_id: str) -> tuple[Comment | None, str]:
    """The browser's own comment, and why it may not change it, if so. What somebody typed into a form that a
    browser has been forgotten for since is not lost; without anything typed there is no such page."""
    comment = own_comment(request, comment_id)
    if comment is None:
        if request.method != "POST":
            raise Http404("No comment of this browser.")
        return None, _UNKNOWN
    if may_change(comment.status, comment.created_at, now=timezone.now()) and is_open_to_change(comment):
        return comment, ""
    is_late = comment.status == Status.APPROVED
    return comment, _TOO_LATE if is_late else _TAKEN_DOWN


def _way_back(comment: Comment | None) -> str:
    if comment is None or not comment.post.is_published():
        return reverse("blog:home")
    return place_of(comment) if comment.status == Status.APPROVED else comment.post.get_absolute_url()


def change(request: HttpRequest, comment: Comment, *, back: str = "", done_url: str = "") -> HttpResponse:
    """Shows the comment in a form, and takes what was made of it; then to `done_url`, or to the comment."""
    now = timezone.now()
    back = back or place_of(comment)
    member = team_member(request)
    staff_name = writer_name(member) if member and member.pk == comment.user_id else ""
    data = request.POST if request.method == "POST" else None
    form = EditForm(data, comment=comment, now=now, action=request.path, staff_name=staff_name)
    page = {"request": request, "comment": comment, "form": form, "back": back, "done_url": done_url or back}
    if not is_open_to_change(comment):
        return _refused(request, _TAKEN_DOWN, back=back, status=409)
    if request.method != "POST":
        return _edit_page(**page)
    if is_foreign(request):
        return _edit_page(**page, notice=ELSEWHERE, status=403)
    if not form.is_valid():
        return _edit_page(**page, status=400)
    return _save(page, form, now=now)


def _save(page: dict[str, object], form: EditForm, *, now: datetime) -> HttpResponse:
    request, comment = page["request"], form.comment
    is_preview = "preview" in request.POST
    sender = sender_of(request, user=team_member(request) if form.staff_name else None)
    if not may_write(sender, now, is_preview=is_preview):
        return later(_edit_page(**page, notice=TOO_MANY, status=429), WAIT_SECONDS)
    if is_preview:
        return _edit_page(**page, preview=render_comment(form.cleaned_data["text"]))
    try:
        edit_comment(comment, form.draft(), edition=form.cleaned_data["edition"], sender=sender, now=now)
    except CannotChangeError:
        return _refused(request, _TAKEN_DOWN, back=page["back"], status=409)
    except ChangedMeanwhileError:
        return _edit_page(**page, as_it_is=_fresh(form), notice=_CHANGED, status=409)
    return keep_private(redirect(page["done_url"]))


def _fresh(form: EditForm) -> str:
    """The words that are there now. The form, sent once more, is about them."""
    fresh = Comment.objects.get(pk=form.comment.pk)
    form.data = form.data.copy()
    form.data["edition"] = fresh.edition
    return stored_html(fresh.html)


def _edit_page(*, request: HttpRequest, form: EditForm, status: int = 200, **context: object) -> HttpResponse:
    context |= {
        "form": form,
        "post": form.post,
        "form_url": form.helper.form_action,
        "staff_name": form.staff_name,
        "needs_token": has_session(request),
    }
    return keep_for_going_back(render(request, "comments/edit.html", context, status=status))


def withdraw(request: HttpRequest, comment: Comment, *, done_url: str, back: str = "") -> HttpResponse:
    """Asks once more, and withdraws. A second press finds it done."""
    page = {
        "comment": comment,
        "html": stored_html(comment.html),
        "back": back or place_of(comment),
        "form_url": request.path,
        "needs_token": has_session(request),
    }
    if request.method != "POST":
        return keep_private(render(request, "comments/withdraw.html", page))
    if is_foreign(request):
        page |= {"notice": ELSEWHERE}
        return keep_private(render(request, "comments/withdraw.html", page, status=403))
    withdraw_comment(comment)
    return keep_private(redirect(done_url))


@require_safe
def withdrawn(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment = own_comment(request, comment_id)
    if comment is None or comment.status != Status.WITHDRAWN:
        raise Http404("No withdrawn comment of this browser.")
    return keep_private(render(request, "comments/withdrawn.html", {"back": _way_back(comment)}))


@require_safe
def show_status(request: HttpRequest, comment_id: str) -> HttpResponse:
    """What became of a comment, for its writer alone: whether it waits, why, and what they can do."""
    comment = own_comment(request, comment_id)
    if comment is None or comment.is_gone:
        raise Http404("No comment of this browser.")
    waits = comment.status in WAITING
    context = {
        "comment": comment,
        "html": stored_html(comment.html),
        "waits": waits,
        "reasons": reasons_to_wait([comment.pk])[comment.pk] if waits else (),
        "is_shown": comment.status == Status.APPROVED,
        "can_change": may_change(comment.status, comment.created_at, now=timezone.now()),
        "has_mails": settings.MAILS,
        "back": place_of(comment) if comment.status != Status.TRASH else comment.post.get_absolute_url(),
    }
    return keep_private(render(request, "comments/status.html", context))


def _refused(request: HttpRequest, reason: str, *, back: str, status: int) -> HttpResponse:
    """Says why, with the words that were typed to copy."""
    context = {
        "heading": "This comment cannot be changed here",
        "reason": reason,
        "text": request.POST.get("text", "")[: 2 * MAX_TEXT],
        "back_url": back,
        "back_label": "Back",
    }
    return keep_for_going_back(render(request, "comments/lost.html", context, status=status))
