"""The bar above a page of the desk that says what has just happened, with Undo.

A page is told what to say by its own address (`?done=<deed>`; `?already=`, `?answered=` or `?changed=` and a
comment), so that the bar stays for as long as the page does, survives a reload, and needs neither a session
nor a script.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from blog.people import writer_name
from comments.models import Comment, Deed
from comments.moderation.actions import STATUS_IN_WORDS
from comments.moderation.log import about
from comments.moderation.queues import summary_of
from comments.moderation.sieve import is_number
from comments.moderation.undoing import undoable
from lib.ids import ID

Verb = Deed.Verb

CHANGED = "It has been changed since you saw it. Nothing was done; this is how it is now"


@dataclass(frozen=True, slots=True)
class Notice:
    """`deed` is the one that its Undo button undoes, or None where there is nothing to undo."""

    words: str
    deed: Deed | None = None


def notice_in(query: Mapping[str, str], *, now: datetime) -> Notice | None:
    """What the address asks the page to say; None when it asks nothing, or names what is not there."""
    done = query.get("done", "")
    if is_number(done):
        related = ("comment", "term", "whole", "undoes")
        deed = Deed.objects.select_related(*related).filter(pk=int(done)).first()
        return deed and _after(deed, now=now)
    if ID.fullmatch(query.get("already", "")):
        comment = Comment.objects.filter(pk=query["already"]).first()
        return comment and _unchanged(comment)
    if ID.fullmatch(query.get("answered", "")):
        comment = Comment.objects.filter(pk=query["answered"]).first()
        return comment and Notice(f"Your reply to “{summary_of(comment)}” is on the page")
    return Notice(CHANGED) if ID.fullmatch(query.get("changed", "")) else None


def _after(deed: Deed, *, now: datetime) -> Notice:
    if deed.verb == Verb.UNDO:
        return Notice(_undone(deed))
    return Notice(_done(deed), deed if undoable(now).filter(pk=deed.pk).exists() else None)


def _done(deed: Deed) -> str:
    if hasattr(deed, "whole"):
        return f"{deed.get_verb_display()} {about(deed)}{_left(deed)}"
    if deed.verb == Verb.KEEP:
        return f"Kept as it is, and its reports are settled: {_quoted(deed)}"
    return f"{deed.get_verb_display()} {_quoted(deed)}"


def _undone(deed: Deed) -> str:
    if deed.term:
        return f"Undone: {about(deed)} is {'off' if deed.term.removed_at else 'on'} the blocklist again"
    if hasattr(deed, "whole"):
        return f"Undone for {about(deed)}{_left(deed)}"
    if deed.before == deed.after:
        return f"Undone: {_quoted(deed)} is as it was before"
    return f"Undone: {_quoted(deed)} is {STATUS_IN_WORDS[deed.after]} again"


def _left(deed: Deed) -> str:
    """What a sweep could not do, which a moderator has to hear."""
    left = deed.whole.left_count
    if not left:
        return ""
    return (
        f"; {left:,} {'was' if left == 1 else 'were'} left alone, being decided already or changed meanwhile"
    )


def _unchanged(comment: Comment) -> Notice:
    verdicts = comment.deeds.verdicts().select_related("by").order_by("-pk")
    last = None if comment.is_gone else verdicts.first()
    by = f" by {writer_name(last.by)}" if last and last.by else ""
    return Notice(f"Already {STATUS_IN_WORDS[comment.status]}{by}: “{summary_of(comment)}”")


def _quoted(deed: Deed) -> str:
    return about(deed) if deed.comment is None else f"“{about(deed)}”"
