"""What goes in at the one door, and what comes out of it."""

from dataclasses import dataclass

from comments.models import Comment


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to say, cleaned by the form or by an importer. `answers` is None for a root.

    `honeypot`, `form_age` (seconds, None when unknown) and `form_is_ours` are what the form noticed.
    """

    name: str
    text: str
    email: str = ""
    website: str = ""
    answers: Comment | None = None
    honeypot: str = ""
    form_age: float | None = None
    form_is_ours: bool = True


@dataclass(frozen=True)
class Submission:
    """The stored comment, and whether this call stored it (False: it was there already)."""

    comment: Comment
    is_new: bool
