"""Verbs on many comments: on those chosen in a queue, and on all that a filter lets through, with progress.

Access is the gate's business (`comments.moderation.urls`). What happens is `comments.moderation.sweeping`'s.
"""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.models import Deed, Sweep
from comments.models.deed import MAX_REASON, MAX_TOKEN
from comments.moderation.actions import line_for
from comments.moderation.answers import back, refused
from comments.moderation.forms import DeedForm
from comments.moderation.log import about
from comments.moderation.narrowing import filters_of
from comments.moderation.preferences import keys_are_on
from comments.moderation.queues import FIRST_ORDER, label_of, page_of_queue
from comments.moderation.sieve import QUEUES, Sieve, sieve_from
from comments.moderation.sweeping import MoreThanShownError, advance, begin_choice, begin_sweep, seen_in, stop
from comments.moderation.tasks import start
from lib.ids import ID

CANNOT_DO = "That could not be done"
# A page has fewer; more were never shown to be chosen.
MOST_CHOSEN = 100
SHOWN = 5
FIRST_YEAR = 2000


@require_POST
def do_to_chosen(request: HttpRequest) -> HttpResponse:
    """One verb on the comments whose boxes are ticked. Each box says which edition its moderator saw."""
    queue = reverse("desk:queue", args=[QUEUES[0]])
    form = DeedForm(request.POST)
    picked = [value.partition(":") for value in request.POST.getlist("pick")[:MOST_CHOSEN]]
    editions = {key: edition for key, _, edition in picked if ID.fullmatch(key)}
    if not form.is_valid():
        return refused(request, CANNOT_DO, form.complaint, way_on=queue, status=400)
    if not editions:
        reason = "No comment was chosen. Tick the boxes beside the comments first."
        return refused(request, CANNOT_DO, reason, way_on=_page_before(request, queue), status=400)
    line = line_for(form.cleaned_data["verb"], by=request.user, reason=form.why, now=timezone.now())
    sweep = start(partial(begin_choice, line, editions))
    return back(request, queue, done=sweep.deed_id)


def _page_before(request: HttpRequest, otherwise: str) -> str:
    page = request.POST.get("back", "")
    return page if page.startswith(reverse("desk:home")) else otherwise


@require_http_methods(["GET", "HEAD", "POST"])
def do_to_all(request: HttpRequest, status: str) -> HttpResponse:
    """Asks what to do with all comments that a filter lets through, says how many they are, and does it."""
    sieve = sieve_from(status, request.GET)
    if request.method != "POST":
        return _ask(request, sieve)
    form = DeedForm(request.POST)
    seen_at, count = _moment(request.POST.get("seen_at", "")), request.POST.get("count", "")
    if not form.is_valid() or seen_at is None or not (count.isascii() and count.isdigit()):
        return _ask(request, sieve, wrong=form.complaint or "Look at the number once more, and confirm it.")
    line = line_for(form.cleaned_data["verb"], by=request.user, reason=form.why, now=timezone.now())
    try:
        token = request.POST.get("token", "")[:MAX_TOKEN] or None
        confirmed = {"seen_at": seen_at, "count": int(count[:18]), "token": token}
        sweep = start(partial(begin_sweep, line, sieve, **confirmed))
    except MoreThanShownError as more:
        wrong = f"There are {more.count:,} now, more than you were shown. Look once more, and confirm it."
        return _ask(request, sieve, wrong=wrong)
    if sweep.ended_at is None:
        return redirect("desk:sweep", sweep.pk)
    return redirect(f"{reverse('desk:queue', args=[status])}?done={sweep.deed_id}")


def _ask(request: HttpRequest, sieve: Sieve, *, wrong: str = "") -> HttpResponse:
    """What was typed and chosen stays in the form."""
    now = timezone.now()
    page = page_of_queue(sieve, order=FIRST_ORDER, after="", now=now)
    queue = reverse("desk:queue", args=[sieve.queue])
    context = {
        "count": seen_in(sieve, now).count(),
        "seen_at": now.isoformat(),
        "token": get_random_string(MAX_TOKEN),
        "label": label_of(sieve.queue),
        "queue": sieve.queue,
        "filters": filters_of(sieve, order=FIRST_ORDER, page=page),
        "some": page.rows[:SHOWN],
        "why": Deed.ReasonCode.choices,
        "typed": request.POST,
        "reason_length": MAX_REASON,
        "wrong": wrong,
        "keys_on": keys_are_on(request.user),
        "queue_page": f"{queue}?{urlencode(sieve.query)}" if sieve.is_narrowed else queue,
    }
    return render(request, "desk/sweep_ask.html", context, status=409 if wrong else 200)


def _moment(text: str) -> datetime | None:
    """The moment that a page was made, as the page wrote it; not one that is still to come."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if not moment or not timezone.is_aware(moment) or moment.year < FIRST_YEAR:
        return None
    return moment if moment <= timezone.now() else None


@require_safe
def show_sweep(request: HttpRequest, sweep_id: int) -> HttpResponse:
    """How far a sweep has come; looked at again by itself while it runs."""
    sweep = get_object_or_404(Sweep.objects.select_related("deed__by", "deed__undoes"), pk=sweep_id)
    looked_at = sweep.done_count + sweep.left_count
    context = {
        "sweep": sweep,
        "about": about(sweep.deed),
        "looked_at": min(looked_at, sweep.total),
        "most": max(sweep.total, 1),
        "way_on": reverse("desk:log"),
        "keys_on": keys_are_on(request.user),
    }
    return render(request, "desk/sweep.html", context)


@require_POST
def steer_sweep(request: HttpRequest, sweep_id: int) -> HttpResponse:
    """Stops a sweep, or does its next portion without waiting for a worker."""
    sweep = get_object_or_404(Sweep, pk=sweep_id)
    if request.POST.get("do") == "stop":
        stop(sweep, now=timezone.now())
    else:
        advance(sweep.pk, now=timezone.now())
    return redirect("desk:sweep", sweep.pk)
