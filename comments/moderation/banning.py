"""The desk's page that bans whoever wrote a comment. Asking for it shows who is meant and asks; its button
does it. A ban is lifted on the blocklist.

Access is the gate's business (`comments.moderation.urls`). What happens is `comments.blocking`'s.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comments.blocking import ban, bans_on, known_of
from comments.models import Comment
from comments.moderation.answers import refused
from comments.moderation.ban_form import BanForm

CANNOT_BAN = "Nobody was banned"
GONE = "The comment has been deleted for good. Nobody was banned."


@require_http_methods(["GET", "HEAD", "POST"])
def show_ban(request: HttpRequest, comment_id: str) -> HttpResponse:
    now = timezone.now()
    comment = get_object_or_404(Comment.objects.defer("text", "html", "findings"), pk=comment_id)
    known, banned = known_of(comment), bans_on(comment, now=now)
    form = BanForm(request.POST if request.method == "POST" else None, known=known, banned=banned)
    if known and form.is_valid():
        try:
            made = ban(comment, by=request.user, now=now, **form.wish(now))
        except Comment.DoesNotExist:
            return refused(request, CANNOT_BAN, GONE, way_on=reverse("desk:blocklist"), status=409)
        # Where nothing is new, the page itself says what is banned already.
        return redirect(f"{reverse('desk:blocklist')}?banned={comment.pk}" if made else request.path)
    context = {
        "comment": comment,
        "form": form if known.keys() - banned else None,
        "banned": banned.values(),
        "is_known": bool(known),
    }
    return render(request, "desk/ban.html", context, status=400 if form.errors else 200)
