"""Asking to follow, confirming, stopping, and the page where readers see what they follow.

Nothing changes by a GET: mail scanners open every link. The one POST that asks nobody where it comes from is
`stop`: a mail program sends it (RFC 8058), and its token is all that it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.models import Post, Topic
from comments import following
from comments.following_forms import FollowForm, LinkForm, RhythmForm
from comments.following_tokens import Subscription, preferences_path, read_token
from comments.mailed_links import find_link
from comments.models import MailedLink, Reader
from comments.readers import forget_reader, know_reader, known_reader
from lib.origin import ELSEWHERE, is_foreign
from lib.throttle import later, spend
from lib.visitors import has_session, keep_for_going_back, keep_private, network_hash

# Addresses that one network may type in so many seconds.
ASKS = 10
ASK_SECONDS = 600
FOLLOWS_PER_PAGE = 50
CONFIRM = MailedLink.Purpose.CONFIRM
_TOO_MANY = "Many addresses came from your network in a short time. Please wait some minutes and try again."
_form = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_form
def follow_post(request: HttpRequest, post_id: int) -> HttpResponse:
    talking = Post.objects.published().exclude(commenting=Post.Commenting.CLOSED)
    return _follow(request, get_object_or_404(talking, pk=post_id), timezone.now())


@csrf_exempt
@_form
def follow_topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _follow(request, get_object_or_404(Topic, slug=slug), timezone.now())


def _follow(request: HttpRequest, target: Post | Topic, now: datetime) -> HttpResponse:
    """Takes an address. The answer is the same whether or not we know it."""
    if not settings.MAILS:
        raise Http404("This site sends no mails.")
    form = FollowForm(request.POST if request.method == "POST" else None)
    page = {"request": request, "target": target, "form": form}
    if request.method != "POST":
        return keep_private(_follow_page(**page, asked=request.GET.get("asked", "")))
    if is_foreign(request):
        return keep_for_going_back(_follow_page(**page, notice=ELSEWHERE, status=403))
    if not form.is_valid():
        return keep_for_going_back(_follow_page(**page, status=400))
    if not _may_ask(request, now):
        refused = _follow_page(**page, notice=_TOO_MANY, status=429)
        return keep_for_going_back(later(refused, ASK_SECONDS))
    is_proven = not form.is_from_a_program and following.ask_to_follow(
        form.cleaned_data["email"], [target], known_as=known_reader(request), now=now
    )
    return keep_private(redirect(f"{request.path}?asked={'done' if is_proven else 'mail'}"))


def _follow_page(*, request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    target = context["target"]
    context |= {"is_topic": isinstance(target, Topic), "needs_token": has_session(request)}
    return render(request, "comments/follow.html", context, status=status)


def _may_ask(request: HttpRequest, now: datetime) -> bool:
    return spend(f"follow:{network_hash(request)}", limit=ASKS, seconds=ASK_SECONDS, now=now)


@csrf_exempt
@_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. It shows what it would do; its button does it, once."""
    now = timezone.now()
    link = find_link(token, CONFIRM, now=now)
    if link is None:
        return _dead_link(request)
    foreign = request.method == "POST" and is_foreign(request)
    if request.method != "POST" or foreign:
        pending = link.reader.follows.pending().with_targets().filter(created_at__lte=link.created_at)
        context = {"follows": pending, "needs_token": has_session(request), "notice": ELSEWHERE * foreign}
        return keep_private(render(request, "comments/confirm.html", context, status=403 if foreign else 200))
    if not following.confirm(link, now=now):
        return _dead_link(request)
    response = keep_private(redirect(f"{reverse('comments:following')}?done=confirm"))
    know_reader(request, response, link.reader)
    return response


def _dead_link(request: HttpRequest) -> HttpResponse:
    return keep_private(render(request, "comments/dead_link.html", status=404))


@csrf_exempt
@_form
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends what a mail was about: by this page's button, or by the mail program's own (RFC 8058)."""
    subscription, reader = _subscription_of(token)
    if reader is None:
        return _dead_link(request)
    if request.method == "POST" and subscription.is_everything:
        following.stop_all(reader, now=timezone.now())
    elif request.method == "POST":
        following.stop(reader, subscription.target)
    context = {
        "is_stopped": request.method == "POST",
        "is_everything": subscription.is_everything,
        "target": subscription.target,
        "what": None if subscription.is_everything else following.find_target(subscription.target),
        "kind": subscription.target.partition(".")[0],
        "preferences": preferences_path(subscription),
        "needs_token": has_session(request),
    }
    return keep_private(render(request, "comments/stop.html", context))


def _subscription_of(token: str) -> tuple[Subscription | None, Reader | None]:
    subscription = read_token(token)
    return subscription, subscription and Reader.objects.filter(pk=subscription.reader_id).first()


@csrf_exempt
@_form
def my_following(request: HttpRequest) -> HttpResponse:
    """The preferences of whom this browser is known as."""
    reader = Reader.objects.filter(pk=known_reader(request)).first()
    if reader is None:
        context = {"form": LinkForm(), "has_mails": settings.MAILS, "needs_token": has_session(request)}
        return keep_private(render(request, "comments/unknown_reader.html", context))
    return _preferences(request, reader)


@csrf_exempt
@_form
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """The preferences of whoever got the mail with this token."""
    _, reader = _subscription_of(token)
    return _preferences(request, reader) if reader else _dead_link(request)


def _preferences(request: HttpRequest, reader: Reader) -> HttpResponse:
    notice = ""
    if request.method == "POST":
        if not is_foreign(request):
            return _change(request, reader, timezone.now())
        notice = ELSEWHERE
    follows = reader.follows.exclude(confirmed_at=None).with_targets()
    context = {
        "reader": reader,
        "masked": mask(reader.email),
        "page": Paginator(follows, FOLLOWS_PER_PAGE).get_page(request.GET.get("page")),
        "pending": reader.follows.pending().with_targets(),
        "rhythm": RhythmForm(initial={"rhythm": reader.rhythm}),
        "is_known": known_reader(request) == reader.pk,
        "needs_token": has_session(request),
        "notice": notice,
        "done": request.GET.get("done", ""),
        "stopped": request.GET.get("target", ""),
    }
    return keep_private(render(request, "comments/following.html", context, status=403 if notice else 200))


def mask(email: str) -> str:
    """An address as its owner knows it again, and whoever looks over their shoulder does not."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"


def _change(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    deed = request.POST.get("do", "")
    target = request.POST.get("rhythm" if deed == "rhythm" else "target", "")
    if deed not in _DEEDS:
        return keep_private(redirect(request.path))
    is_done = _DEEDS[deed](reader, target, now)
    query = f"?done={deed}" if is_done else "?done=nothing"
    undo = f"&target={target}" if is_done and deed == "stop" else ""
    response = keep_private(redirect(f"{request.path}{query}{undo}"))
    if deed == "forget":
        forget_reader(response)
    return response


def _set_rhythm(reader: Reader, rhythm: str, _now: datetime) -> bool:
    if rhythm not in Reader.Rhythm:
        return False
    following.change_rhythm(reader, Reader.Rhythm(rhythm))
    return True


def _stop_all(reader: Reader, _target: str, now: datetime) -> bool:
    following.stop_all(reader, now=now)
    return True


def _start_all(reader: Reader, _target: str, _now: datetime) -> bool:
    following.start_all(reader)
    return True


_DEEDS: dict[str, Callable[[Reader, str, datetime], bool]] = {
    "stop": lambda reader, target, _now: following.stop(reader, target),
    "start": lambda reader, target, now: following.start(reader, target, now=now),
    "stop_all": _stop_all,
    "start_all": _start_all,
    "rhythm": _set_rhythm,
    "forget": lambda _reader, _target, _now: True,
}
