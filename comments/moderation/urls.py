"""The addresses of the desk, all behind the gate."""

from django.urls import path, re_path

from comments.moderation import blocklist, scorecard, views
from comments.moderation.gate import guarded
from comments.moderation.queues import TABS

app_name = "desk"

urlpatterns = guarded(
    [
        path("", views.home, name="home"),
        path("log/", views.show_log, name="log"),
        path("log/<int:deed_id>/undo/", views.undo, name="undo"),
        path("scorecard/", scorecard.show_scorecard, name="scorecard"),
        path("blocklist/", blocklist.show_blocklist, name="blocklist"),
        path("blocklist/<int:term_id>/remove/", blocklist.remove, name="unblock"),
        path("comments/<slug:comment_id>/", views.show_comment, name="comment"),
        path("comments/<slug:comment_id>/act/", views.act, name="act"),
        path("comments/<slug:comment_id>/keep/", views.keep, name="keep"),
        re_path(rf"^(?P<status>{'|'.join(TABS)})/$", views.show_queue, name="queue"),
    ]
)
