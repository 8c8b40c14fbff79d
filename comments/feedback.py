"""The pages on which readers say something of a comment without writing one: reactions and reports.

As for comments, no token protects what stands on pages that are the same for everybody: where a request comes
from decides (`lib.origin`), and Django's token too where there is a session.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.models import Comment, Reaction
from comments.places import place_of
from comments.reacting import chosen_under, has_reacted, react
from comments.report_form import ReportForm
from comments.reporting import Complaint, has_reported, report
from comments.voices import keep_chosen, keep_voice, stored_key, voice_of
from lib.ids import ID
from lib.markup import stored_html
from lib.origin import has_token_fault, is_same_origin
from lib.throttle import give_back, later, spend
from lib.visitors import has_session, keep_for_going_back, keep_private, network_hash, remembered

DAY = 24 * 60 * 60
HOUR = 60 * 60
# A family or an office behind one address may agree; a browser that forgets itself may not vote for hours.
NEW_VOICES = 5
PRESSES = 60
PRESSES_SECONDS = 600
REPORTS = 10

_FOREIGN = "Reactions and reports are taken only from a page of this site. Nothing was changed."
_STALE = "This page was open for a while, or from before you signed in. Load it again and press once more."
_OWN = "This comment is your own. Reactions to it are for others to give."
_GONE = "The comment is no longer there, so nothing was changed."
_OFTEN = "Your network has reacted to many comments, or to this one, in a short time. Please try again later."
_REPORTED_OFTEN = "Many reports came from your network, or on this comment. Please try again later."


@csrf_exempt
@require_POST
def take_reaction(request: HttpRequest) -> HttpResponse:
    """Pressing a button gives a reaction, changes it, or takes it back; then back to the comment."""
    kind, comment = _pressed(request)
    if fault := _fault(request):
        return _refuse(request, fault, comment=comment, status=403)
    if comment is None or kind is None:
        return _refuse(request, _GONE, comment=None, status=404)
    if comment.pk in remembered(request):
        return _refuse(request, _OWN, comment=comment, status=403)
    voice, network = voice_of(request), network_hash(request)
    key = stored_key(voice)
    if wait := _seconds_to_wait(comment, key=key, network=network, now=timezone.now()):
        return later(_refuse(request, _OFTEN, comment=comment, status=429), wait)
    try:
        stands = react(comment, kind, key=key, network=network)
    except Comment.DoesNotExist:
        return _refuse(request, _GONE, comment=None, status=404)
    if not stands:
        give_back(_turn_at(comment, network))
    return _to_comment(comment, voice)


def _pressed(request: HttpRequest) -> tuple[Reaction.Kind | None, Comment | None]:
    """Which button, and the comment it stands under if readers see it."""
    for kind in Reaction.Kind:
        wanted = request.POST.get(kind.value, "")
        if ID.fullmatch(wanted):
            return kind, Comment.objects.visible().with_post_title().filter(pk=wanted).first()
    return None, None


def _fault(request: HttpRequest) -> str:
    if not is_same_origin(request):
        return _FOREIGN
    return _STALE if has_token_fault(request) else ""


def _seconds_to_wait(comment: Comment, *, key: str, network: str, now: datetime) -> int:
    """0 while the network may go on. Only a new voice counts against the comment's own limit, so that
    changing one's mind stays free."""
    if not spend(f"press:{network}", limit=PRESSES, seconds=PRESSES_SECONDS, now=now):
        return PRESSES_SECONDS
    is_new = not has_reacted(comment, key=key)
    if is_new and not spend(_turn_at(comment, network), limit=NEW_VOICES, seconds=DAY, now=now):
        return DAY
    return 0


def _turn_at(comment: Comment, network: str) -> str:
    return f"react:{comment.pk}:{network}"


def _to_comment(comment: Comment, voice: str) -> HttpResponse:
    """See Other: a reload asks for the comment again and does not press the button again."""
    response = keep_private(HttpResponse(status=303, headers={"Location": place_of(comment)}))
    keep_voice(response, voice)
    chosen = chosen_under(comment.post_id, key=stored_key(voice))
    keep_chosen(response, chosen, path=comment.post.get_absolute_url())
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def take_report(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Asks what is wrong with a comment that readers see, and keeps the answer for the moderators."""
    comment = get_object_or_404(Comment.objects.visible().with_post_title(), pk=comment_id)
    if request.method != "POST":
        return keep_private(_report_page(request, comment, ReportForm()))
    form, now, network = ReportForm(request.POST), timezone.now(), network_hash(request)
    if fault := _fault(request):
        return _report_page(request, comment, form, notice=fault, status=403)
    if not form.is_valid():
        return _report_page(request, comment, form, status=400)
    voice, typed = voice_of(request), form.cleaned_data
    key = stored_key(voice)
    if wait := _seconds_to_report(comment, key=key, network=network, now=now):
        return later(_report_page(request, comment, form, notice=_REPORTED_OFTEN, status=429), wait)
    try:
        report(comment, Complaint(typed["reason"], typed["words"], key, network), now=now)
    except Comment.DoesNotExist:
        return _report_page(request, comment, form, notice=_GONE, status=404)
    response = keep_private(redirect("comments:reported", comment.pk))
    keep_voice(response, voice)
    return response


def _seconds_to_report(comment: Comment, *, key: str, network: str, now: datetime) -> int:
    """0 while the network may go on. A reader who reports once more says nothing new."""
    if not spend(f"report:{network}", limit=REPORTS, seconds=HOUR, now=now):
        return HOUR
    is_new = not has_reported(comment, key=key)
    if is_new and not spend(f"report:{comment.pk}:{network}", limit=NEW_VOICES, seconds=DAY, now=now):
        return DAY
    return 0


@require_safe
def thank(request: HttpRequest, comment_id: str) -> HttpResponse:
    """After a report. The comment may be gone by now; then the way leads home."""
    comment = Comment.objects.visible().with_post_title().filter(pk=comment_id).first()
    back = place_of(comment) if comment else reverse("blog:home")
    return keep_private(render(request, "comments/reported.html", {"comment": comment, "back": back}))


def _report_page(
    request: HttpRequest, comment: Comment, form: ReportForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "comment": comment,
        "html": stored_html(comment.html),
        "form": form,
        "notice": notice,
        "needs_token": has_session(request),
        "back": place_of(comment),
    }
    return keep_for_going_back(render(request, "comments/report.html", context, status=status))


def _refuse(request: HttpRequest, reason: str, *, comment: Comment | None, status: int) -> HttpResponse:
    context = {
        "heading": "Your reaction was not taken",
        "reason": reason,
        "back_url": place_of(comment) if comment else reverse("blog:home"),
        "back_label": "Back to the comment" if comment else "To the home page",
    }
    return keep_private(render(request, "comments/lost.html", context, status=status))
