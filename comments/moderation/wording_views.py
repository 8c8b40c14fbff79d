"""The pages on which a moderator writes: editing somebody's comment, and approving one with an answer to it.

Access is the gate's business (`comments.moderation.urls`).
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog.people import writer_name
from comments.draft import Draft
from comments.identity import sender_of
from comments.models import ChangedMeanwhileError, Comment
from comments.moderation.actions import approve
from comments.moderation.answers import refused
from comments.moderation.wording import edit_words
from comments.moderation.wording_forms import ReplyForm, WordingForm
from comments.submit import submit_comment

IS_GONE = "It was withdrawn by its writer or deleted for good, so there are no words left."
CHANGED = "It has been changed since you began. Below it stands as it is now; what you typed is kept."


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: str) -> HttpResponse:
    comment = _with_post(comment_id)
    page = reverse("desk:comment", args=[comment.pk])
    if comment.is_gone:
        return refused(request, "This comment cannot be edited", IS_GONE, way_on=page, status=409)
    form = WordingForm(request.POST if request.method == "POST" else None, comment=comment)
    if not form.is_valid():
        return _show(request, "desk/edit.html", form, comment, status=400 if form.errors else 200)
    said = {"by": request.user, "seen": form.cleaned_data["edition"], "now": timezone.now()}
    try:
        deed = edit_words(comment, form.words, **said, reason=form.why)
    except ChangedMeanwhileError:
        return _show(request, "desk/edit.html", form, comment, status=409, notice=CHANGED)
    return redirect(f"{page}?done={deed.pk}" if deed else page)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Approves the comment and answers it, both or neither. What is approved already is only answered."""
    comment = _with_post(comment_id)
    if comment.is_gone:
        page = reverse("desk:comment", args=[comment.pk])
        return refused(request, "This comment cannot be answered", IS_GONE, way_on=page, status=409)
    form = ReplyForm(request.POST if request.method == "POST" else None, comment=comment)
    if not form.is_valid():
        return _show(request, "desk/reply.html", form, comment, status=400 if form.errors else 200)
    try:
        said = _approve_and_answer(request, comment, form)
    except ChangedMeanwhileError:
        return _show(request, "desk/reply.html", form, comment, status=409, notice=CHANGED)
    return redirect(f"{reverse('desk:queue', args=['held'])}?{said}")


@transaction.atomic
def _approve_and_answer(request: HttpRequest, comment: Comment, form: ReplyForm) -> str:
    """Returns what the next page is to say."""
    deed = approve(comment, by=request.user, seen=form.cleaned_data["edition"])
    if comment.status != Comment.Status.APPROVED:
        # Somebody has moved it meanwhile, and is not overruled in passing.
        raise ChangedMeanwhileError
    draft = Draft(name=writer_name(request.user), text=form.cleaned_data["text"], answers=comment)
    sender = sender_of(request, user=request.user)
    submit_comment(draft, post=comment.post, sender=sender, now=timezone.now())
    return f"done={deed.pk}" if deed else f"answered={comment.pk}"


def _with_post(comment_id: str) -> Comment:
    return get_object_or_404(Comment.objects.select_related("post", "parent"), pk=comment_id)


def _show(
    request: HttpRequest,
    page: str,
    form: WordingForm | ReplyForm,
    comment: Comment,
    *,
    status: int,
    notice: str = "",
) -> HttpResponse:
    if notice:
        # The next press is about the words that stand there now.
        form.data = form.data.copy()
        form.data["edition"] = comment.stand if page == "desk/reply.html" else comment.edition
    context = {"form": form, "comment": comment, "notice": notice, "signed": writer_name(request.user)}
    return render(request, page, context, status=status)
