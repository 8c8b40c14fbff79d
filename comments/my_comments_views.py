"""The pages of “my comments”: asking for the link, opening it, the list, changing a comment, the copy.

A mail scanner opens every link, so the link's page only asks; its button begins the session. Without one,
each address below leads to the form that asks for a link.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments.editing_views import change, withdraw
from comments.following_forms import LinkForm
from comments.following_tokens import Subscription, preferences_path
from comments.following_views import mask
from comments.kept import agreed_at, comments_of, record_of, state_of
from comments.mailed_links import find_link
from comments.models import MAX_TEXT, Comment, MailedLink, Reader
from comments.my_comments import PATH, ask_for_link, end_session, keep_session, open_session, session_of
from lib.markup import plain_text
from lib.origin import ELSEWHERE, is_foreign
from lib.text import excerpt
from lib.throttle import later, spend
from lib.visitors import has_session, keep_for_going_back, keep_private, network_hash

# Addresses that one network may type in so many seconds.
ASKS = 10
ASK_SECONDS = 600
PER_PAGE = 50
EXCERPT = 300
_TOO_MANY = "Many addresses came from your network in a short time. Please wait some minutes and try again."
_form = require_http_methods(["GET", "HEAD", "POST"])
# Takes the request, the link with its reader, and what stands in the address.
SessionView = Callable[..., HttpResponse]


def in_session(view: SessionView) -> SessionView:
    """Gives the view the link that this browser opened. Without one there is the form that asks for it; what
    was typed meanwhile is shown to copy."""

    @wraps(view)
    def checked(request: HttpRequest, **values: str) -> HttpResponse:
        link = session_of(request, now=timezone.now())
        if link is not None:
            return view(request, link, **values)
        return _session_over(request) if request.method == "POST" else keep_private(redirect("comments:mine"))

    return checked


def _session_over(request: HttpRequest) -> HttpResponse:
    context = {"is_over": True, "text": _typed(request)}
    return keep_for_going_back(_ask_page(request, LinkForm(), status=403, **context))


@csrf_exempt
@_form
def my_comments(request: HttpRequest) -> HttpResponse:
    """The list, for whoever opened a mailed link; for everybody else the form that asks for one."""
    if not settings.MAILS:
        raise Http404("This site sends no mails.")
    now = timezone.now()
    if request.method == "POST":
        return _ask(request, now)
    if link := session_of(request, now=now):
        return keep_private(_list(request, link.reader, now))
    said = {name: request.GET.get(name, "") for name in ("asked", "done")}
    return keep_private(_ask_page(request, LinkForm(), **said))


def _ask(request: HttpRequest, now: datetime) -> HttpResponse:
    """Takes an address. The answer is the same whether or not we know it."""
    form = LinkForm(request.POST)
    if is_foreign(request):
        return keep_for_going_back(_ask_page(request, form, notice=ELSEWHERE, status=403))
    if not form.is_valid():
        return keep_for_going_back(_ask_page(request, form, status=400))
    if not spend(f"mine:{network_hash(request)}", limit=ASKS, seconds=ASK_SECONDS, now=now):
        refused = _ask_page(request, form, notice=_TOO_MANY, status=429)
        return keep_for_going_back(later(refused, ASK_SECONDS))
    if not form.is_from_a_program:
        ask_for_link(form.cleaned_data["email"], now=now)
    return keep_private(redirect(f"{request.path}?asked=mail"))


def _ask_page(request: HttpRequest, form: LinkForm, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {"form": form, "needs_token": has_session(request)}
    return render(request, "comments/ask_for_link.html", context, status=status)


def _list(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    page = Paginator(comments_of(reader), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "masked": mask(reader.email),
        "agreed_at": agreed_at(reader),
        "page": page,
        "rows": [_row(comment, now) for comment in page],
        "follow_count": reader.follows.count(),
        "preferences": preferences_path(Subscription(reader.pk)),
        "done": request.GET.get("done", ""),
        "needs_token": has_session(request),
    }
    return render(request, "comments/my_comments.html", context)


def _row(comment: Comment, now: datetime) -> dict[str, object]:
    return {
        "comment": comment,
        "excerpt": excerpt(plain_text(comment.html), EXCERPT),
        "state": state_of(comment, now),
        "post": comment.post if comment.post.is_published(now) else None,
        "is_shown": comment.is_visible(now),
        "can_change": comment.status != Comment.Status.TRASH,
    }


@csrf_exempt
@_form
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Its button uses it up, once, and begins the session."""
    now = timezone.now()
    link = find_link(token, MailedLink.Purpose.MY_COMMENTS, now=now)
    if link is None:
        return keep_private(_ask_page(request, LinkForm(), is_dead=True, status=404))
    foreign = request.method == "POST" and is_foreign(request)
    if request.method != "POST" or foreign:
        context = {"notice": ELSEWHERE * foreign, "needs_token": has_session(request)}
        return keep_private(
            render(request, "comments/open_link.html", context, status=403 if foreign else 200)
        )
    if not open_session(link, now=now):
        return keep_private(_ask_page(request, LinkForm(), is_dead=True, status=404))
    response = keep_private(redirect("comments:mine"))
    keep_session(response, link)
    return response


@csrf_exempt
@_form
@in_session
def leave(request: HttpRequest, link: MailedLink) -> HttpResponse:
    """Ends the session, by its button."""
    if request.method != "POST" or is_foreign(request):
        return keep_private(redirect("comments:mine"))
    response = keep_private(redirect(f"{PATH}?done=left"))
    end_session(response, link, now=timezone.now())
    return response


@csrf_exempt
@_form
@in_session
def edit(request: HttpRequest, link: MailedLink, comment_id: str) -> HttpResponse:
    """As from the browser that wrote it, but at any time."""
    comment = comments_of(link.reader).filter(pk=comment_id).first()
    if comment is None:
        return _not_there(request)
    return change(request, comment, back=PATH, done_url=f"{PATH}?done=edited")


@csrf_exempt
@_form
@in_session
def withdraw_one(request: HttpRequest, link: MailedLink, comment_id: str) -> HttpResponse:
    comment = comments_of(link.reader).filter(pk=comment_id).first()
    done_url = f"{PATH}?done=withdrawn"
    if comment:
        return withdraw(request, comment, done_url=done_url, back=PATH)
    if Comment.objects.filter(pk=comment_id, status=Comment.Status.WITHDRAWN).exists():
        return keep_private(redirect(done_url))
    return _not_there(request)


def _not_there(request: HttpRequest) -> HttpResponse:
    """Also for comments of others: nobody learns which there are. What was typed is shown to copy."""
    context = {
        "heading": "This comment is not among yours",
        "reason": "It may have been withdrawn meanwhile. Nothing was changed.",
        "text": _typed(request),
        "back_url": PATH,
        "back_label": "My comments",
    }
    return keep_for_going_back(render(request, "comments/lost.html", context, status=404))


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "")[: 2 * MAX_TEXT]


@require_safe
@in_session
def export(request: HttpRequest, link: MailedLink) -> HttpResponse:
    """Everything that is kept under the address, as a file."""
    record = record_of(link.reader, timezone.now())
    response = JsonResponse(record, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-comments.json"'
    return keep_private(response)
