"""The bar above a queue that says what has just happened, with Undo.

A page is told what to say by its own address (`?done=<deed>`; `?already=`, `?changed=`, `?kept=` and a
comment), so that the bar stays for as long as the page does, survives a reload, and needs neither a session
nor a script.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from blog.people import writer_name
from comments.models import Comment, Deed
from comments.moderation.actions import STATUS_IN_WORDS, undoable
from comments.moderation.queues import summary_of
from lib.ids import ID

# Of digits in the number of a deed: as long as the database counts.
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Notice:
    """`deed` is the one that its Undo button undoes, or None where there is nothing to undo."""

    words: str
    deed: Deed | None = None


def notice_in(query: QueryDict, *, now: datetime) -> Notice | None:
    """What the address asks the page to say; None when it asks nothing, or names what is not there."""
    done = query.get("done", "")
    if done.isascii() and done.isdigit() and len(done) <= LONGEST_NUMBER:
        deed = Deed.objects.select_related("comment").filter(pk=int(done)).first()
        return deed and _after(deed, now=now)
    if ID.fullmatch(query.get("already", "")):
        comment = Comment.objects.filter(pk=query["already"]).first()
        return comment and _unchanged(comment)
    if ID.fullmatch(query.get("changed", "")):
        return Notice("Its writer has changed it since you saw it. Nothing was done; this is how it is now")
    if ID.fullmatch(query.get("kept", "")):
        comment = Comment.objects.filter(pk=query["kept"]).first()
        return comment and Notice(f"Kept as it is, and its reports are settled: {_quoted(comment)}")
    return None


def _after(deed: Deed, *, now: datetime) -> Notice:
    if deed.verb == Deed.Verb.UNDO:
        return Notice(f"Undone: {_quoted(deed.comment)} is {STATUS_IN_WORDS[deed.after]} again")
    words = f"{deed.get_verb_display()} {_quoted(deed.comment)}"
    return Notice(words, deed if undoable(now).filter(pk=deed.pk).exists() else None)


def _unchanged(comment: Comment) -> Notice:
    last = comment.deeds.select_related("by").first()
    by = f" by {writer_name(last.by)}" if last and last.by else ""
    return Notice(f"Already {STATUS_IN_WORDS[comment.status]}{by}: {_quoted(comment)}")


def _quoted(comment: Comment) -> str:
    return f"“{summary_of(comment)}”"
