"""Answering a post: the form's way in, and the way from a comment's permalink to its place.

A form of ours stands on pages that are the same for everybody, so no token can protect it: where a request
comes from decides (`lib.origin`). A request that carries a session must pass Django's token check as well,
and only then can it speak as writer or moderator.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import Post
from blog.people import writer_name
from blog.thread_part import read_moment
from comments.allowance import TOO_MANY, WAIT_SECONDS, may_write
from comments.answering import answerable, quote_of
from comments.details import forget_details, keep_details
from comments.draft import Draft, Submission
from comments.forms import CommentForm
from comments.identity import Sender, sender_of, team_member
from comments.judging import cause_to_wait
from comments.models import MAX_TEXT, Comment
from comments.places import place_of
from comments.readers import is_reader
from comments.submit import submit_comment
from comments.websites import may_give_website
from lib.markup import render_comment
from lib.origin import has_token_fault, is_same_origin
from lib.throttle import later
from lib.visitors import DETAILS_COOKIE, has_session, keep_for_going_back, keep_private, remember

# A browser that lost the answer asks again within this time.
RETRY = timedelta(minutes=1)
_LOST = {
    "foreign": (
        "This comment came from another site",
        "For your safety a comment is taken only from a form on this site. Nothing was posted.",
    ),
    "missing": (
        "There is no post here to comment on",
        "It may have been withdrawn, or the address may be wrong. Nothing was posted.",
    ),
    "removed": (
        "A moderator removed this comment",
        "You sent the same words before, and they were taken down. Nothing was posted.",
    ),
    "closed": ("Comments on this post are closed", "It takes no new comments. Nothing was posted."),
}
_PARENT_GONE = (
    "The comment you answered is no longer there. Post yours as a new comment, or copy it for later."
)
_STALE_PAGE = "This page was open for a while, or from before you signed in. Please press the button again."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Takes a comment. Whatever stops it, the answer shows the text again."""
    post = _published(post_id)
    if request.method != "POST":
        return keep_private(redirect(f"{post.get_absolute_url()}#respond")) if post else _not_found()
    if not is_same_origin(request):
        return _lost(request, post, reason="foreign", status=403)
    if post is None:
        return _lost(request, post, reason="missing", status=404)
    if not post.takes_comments:
        return _lost(request, post, reason="closed", status=403)
    return _take(request, post, timezone.now())


def _published(post_id: int) -> Post | None:
    """The post while readers can see it. Asking the row costs less than asking the database."""
    post = next(iter(Post.objects.filter(pk=post_id)), None)
    return post if post and post.is_published() else None


def _take(request: HttpRequest, post: Post, now: datetime) -> HttpResponse:
    is_stale = has_token_fault(request)
    member = team_member(request)
    sender = sender_of(request, user=None if is_stale else member)
    staff_name = writer_name(member) if member else ""
    wanted = request.POST.get("parent", "").strip()
    answers = answerable(post, wanted)
    is_gone = bool(wanted) and answers is None
    form = CommentForm(
        request.POST,
        post=post,
        now=now,
        staff_name=staff_name,
        answers=answers,
        may_give_website=may_give_website(sender, now),
    )
    answer = {"request": request, "form": form, "answers": answers}
    if is_stale:
        return _again(**answer, notice=_STALE_PAGE, status=403)
    if is_gone:
        return _again(**answer, notice=_PARENT_GONE, status=409)
    if not form.is_valid():
        return _again(**answer, status=400)
    is_preview = "preview" in request.POST
    if not may_write(sender, now, is_preview=is_preview):
        return later(_again(**answer, notice=TOO_MANY, status=429), WAIT_SECONDS)
    if is_preview:
        return _again(**answer, preview=True, status=200)
    draft = form.draft(answers=answers)
    done = submit_comment(draft, post=post, sender=sender, now=now)
    if done.comment.status == Comment.Status.TRASH:
        return _lost(request, post, reason="removed", status=409)
    response = _to_comment(request, done, sender=sender, now=now, draft=draft)
    _keep_or_forget(request, response, form)
    return response


def _again(
    *,
    request: HttpRequest,
    form: CommentForm,
    answers: Comment | None,
    status: int,
    notice: str = "",
    preview: bool = False,
) -> HttpResponse:
    """The form once more, with everything that was typed."""
    if status == 409:
        form.data = form.data.copy()
        form.data["parent"] = ""
    context = {
        "post": form.post,
        "form": form,
        "form_url": form.helper.form_action,
        "replying_to": answers,
        "quoted": quote_of(answers),
        "notice": notice,
        "preview": render_comment(form.cleaned_data["text"]) if preview else None,
        "staff_name": form.staff_name,
        "waits": bool(cause_to_wait(form.post, form.now)),
        "personal": has_session(request),
    }
    return keep_for_going_back(render(request, "comments/respond.html", context, status=status))


def _to_comment(
    request: HttpRequest, done: Submission, *, sender: Sender, now: datetime, draft: Draft
) -> HttpResponse:
    """To the comment in its thread; its writer sees it there even while it waits for a moderator."""
    asked = _asked(draft, sender) if done.is_new else ""
    response = keep_private(redirect(place_of(done.comment, asked=asked)))
    if _is_own(done, sender, now):
        remember(request, response, done.comment.pk)
    return response


def _keep_or_forget(request: HttpRequest, response: HttpResponse, form: CommentForm) -> None:
    """Does what the box "Remember me" says. The team has none: it is signed in."""
    if form.cleaned_data.get("remember"):
        keep_details(response, form.details())
    elif "remember" in form.fields and DETAILS_COOKIE in request.COOKIES:
        forget_details(response)


def _asked(draft: Draft, sender: Sender) -> str:
    """What the page says of mails. It depends on what is known of the browser, never of the address."""
    if not (draft.email and (draft.wants_answers or draft.wants_thread)):
        return ""
    return "done" if is_reader(sender.reader_id, draft.email) else "mail"


def _is_own(done: Submission, sender: Sender, now: datetime) -> bool:
    """Whether the comment that came out was written by whoever sent it just now.

    A visible one's words can be copied by anybody on the same network; then it is the sender's only if they
    wrote it a moment ago (a double click, a lost answer) or knew it as theirs before.
    """
    comment = done.comment
    was_public = comment.status == Comment.Status.APPROVED and now - comment.created_at > RETRY
    return done.is_new or comment.pk in sender.own_ids or not was_public


@require_safe
def permalink(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.with_post_title(), pk=comment_id)
    if not _has_place(comment):
        raise Http404("Readers see no such comment.")
    response = redirect(place_of(comment, since=read_moment(request.GET.get("since", ""))))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _has_place(comment: Comment) -> bool:
    """Whether readers see the comment, or the placeholder that its replies hang from."""
    if comment.is_visible(timezone.now()):
        return True
    return comment.post.is_published() and Comment.objects.standing().filter(pk=comment.pk).exists()


def _lost(request: HttpRequest, post: Post | None, *, reason: str, status: int) -> HttpResponse:
    """A page for a comment that cannot be posted here, with its text to copy."""
    heading, words = _LOST[reason]
    context = {
        "heading": heading,
        "reason": words,
        "text": request.POST.get("text", "")[: 2 * MAX_TEXT],
        "back_url": post.get_absolute_url() if post else reverse("blog:home"),
        "back_label": f"Back to “{post.title}”" if post else "To the home page",
    }
    return keep_for_going_back(render(request, "comments/lost.html", context, status=status))


def _not_found() -> HttpResponse:
    raise Http404("No such post.")
