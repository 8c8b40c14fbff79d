"""What goes in at the one door, and what comes out of it."""

from dataclasses import dataclass

from comments.models import Comment


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to say, cleaned by the form or by an importer. `answers` is None for a root.

    `honeypot`, `form_age` (seconds, None when unknown) and `form_is_ours` are what the form noticed.
    `wants_answers` and `wants_thread` ask for mails about answers to it, and about everything under its post.
    """

    name: str
    text: str
    email: str = ""
    website: str = ""
    answers: Comment | None = None
    honeypot: str = ""
    form_age: float | None = None
    form_is_ours: bool = True
    wants_answers: bool = False
    wants_thread: bool = False


@dataclass(frozen=True)
class Submission:
    """The stored comment, and whether this call stored it (False: it was there already)."""

    comment: Comment
    is_new: bool
