"""What a link in a mail asks for, put as a question: opening it does nothing, pressing the button does.

Mail programs and virus scanners open links by themselves. So a link to a comment's page names what the
moderator had in mind (`?ask=approve`), and the page asks above the comment. A link may say which edition of
the words stood in the mail (`&seen=`); when they have been changed since, the question says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from comments.models import Comment, Deed, Report
from comments.moderation.actions import STATUS_AFTER, STATUS_IN_WORDS

KEEP = "keep"
_QUESTIONS = {
    Deed.Verb.APPROVE: ("Approve this comment?", "Approve"),
    Deed.Verb.HOLD: ("Hold this comment?", "Hold"),
    Deed.Verb.SPAM: ("Put this comment among the spam?", "Spam"),
    Deed.Verb.TRASH: ("Move this comment to the trash?", "Trash"),
    KEEP: ("Keep this comment as it is, and settle its reports?", "Keep, nothing wrong"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`button` is empty when there is nothing to do any more, and `words` say why."""

    words: str
    button: str = ""
    verb: str = ""
    address: str = ""
    was_changed: bool = False


def question_in(query: QueryDict, comment: Comment) -> Question | None:
    """What the address asks about the comment; None when it asks nothing that the desk can do."""
    asked = query.get("ask", "")
    if asked not in _QUESTIONS:
        return None
    if answer := _already(asked, comment):
        return Question(f"{answer} There is nothing left to do.")
    words, button = _QUESTIONS[asked]
    name = "desk:keep" if asked == KEEP else "desk:act"
    address = reverse(name, args=[comment.pk])
    return Question(words, button, asked, address, query.get("seen", comment.edition) != comment.edition)


def _already(asked: str, comment: Comment) -> str:
    """Why nothing is left to do, as a sentence; empty while something is."""
    if comment.is_gone:
        return f"This comment was {STATUS_IN_WORDS[comment.status]}."
    if asked == KEEP:
        is_open = Report.objects.open().filter(comment=comment).exists()
        return "" if is_open else "The reports on this comment are settled already."
    is_done = comment.status == STATUS_AFTER[asked]
    return f"This comment is {STATUS_IN_WORDS[comment.status]} already." if is_done else ""
