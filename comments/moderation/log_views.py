"""The pages of the desk's log: lines to search, and the same as a file.

Access is the gate's business (`comments.moderation.urls`).
"""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comments.models import Deed
from comments.moderation.log import as_csv, moderators, page_of_log, wanted_from
from comments.moderation.notices import notice_in


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    wanted = wanted_from(request.GET)
    page = page_of_log(wanted, number=request.GET.get("page"), now=now)
    kept = urlencode(wanted.query)
    context = {
        "page": page,
        "wanted": wanted,
        "is_narrowed": bool(kept),
        "keep": kept,
        "verbs": Deed.Verb.choices,
        "moderators": moderators(),
        "notice": notice_in(request.GET, now=now),
        "here": f"{request.path}?{urlencode(wanted.query | {'page': page.number})}",
    }
    return render(request, "desk/log.html", context)


@require_safe
def export_log(request: HttpRequest) -> StreamingHttpResponse:
    """The lines asked for, and each comment's line in a sweep, as a file for a spreadsheet."""
    wanted = wanted_from(request.GET)
    answer = StreamingHttpResponse(as_csv(wanted), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moderation-log-{timezone.localdate()}.csv"'
    return answer
