"""The addresses of the desk, all behind the gate."""

from django.urls import path, re_path

from comments.moderation import (
    banning,
    blocklist,
    log_views,
    preferences,
    scorecard,
    sweep_views,
    views,
    wording_views,
)
from comments.moderation.gate import guarded
from comments.moderation.sieve import EVERYTHING, TABS

app_name = "desk"

QUEUE = rf"(?P<status>{'|'.join([*TABS, EVERYTHING])})"

urlpatterns = guarded(
    [
        path("", views.home, name="home"),
        path("log/", log_views.show_log, name="log"),
        path("log/export/", log_views.export_log, name="export"),
        path("log/<int:deed_id>/undo/", views.take_back, name="undo"),
        path("scorecard/", scorecard.show_scorecard, name="scorecard"),
        path("blocklist/", blocklist.show_blocklist, name="blocklist"),
        path("blocklist/<int:term_id>/remove/", blocklist.remove, name="unblock"),
        path("chosen/", sweep_views.do_to_chosen, name="chosen"),
        path("sweeps/<int:sweep_id>/", sweep_views.show_sweep, name="sweep"),
        path("sweeps/<int:sweep_id>/steer/", sweep_views.steer_sweep, name="steer"),
        path("preferences/", preferences.show_preferences, name="preferences"),
        path("comments/<slug:comment_id>/", views.show_comment, name="comment"),
        path("comments/<slug:comment_id>/act/", views.act, name="act"),
        path("comments/<slug:comment_id>/keep/", views.keep, name="keep"),
        path("comments/<slug:comment_id>/edit/", wording_views.edit, name="edit"),
        path("comments/<slug:comment_id>/reply/", wording_views.reply, name="reply"),
        re_path(rf"^{QUEUE}/$", views.show_queue, name="queue"),
        re_path(rf"^{QUEUE}/sweep/$", sweep_views.do_to_all, name="sweep-all"),
        path("comments/<slug:comment_id>/ban/", banning.show_ban, name="ban"),
    ]
)
