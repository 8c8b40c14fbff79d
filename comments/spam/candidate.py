"""What the filter is told: one comment that asks to be published, and what is known of the past.

Both are plain facts. The caller gathers them (from the form, the request and the tables); the filter looks
nothing up by itself, so the same facts always lead to the same verdict.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum


class Opinion(StrEnum):
    """What an outside service thinks of a comment. `discard` is spam it has no doubt about."""

    HAM = "ham"
    SPAM = "spam"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A comment before its verdict, as its writer sent it.

    `network` is a keyed hash of the sender's network, never an address. `honeypot` is what came in the form
    field that people cannot see. `form_age` is in seconds, from the first showing of the form to its sending,
    and None when unknown (a mention has no form). `form_is_ours` is False when the form's signed stamp was
    missing or forged. `parent_name` is the name above the comment that is answered, None for a root;
    `parent_text` is what it says, and `answers_writer` whether it carries the writer's badge. `post_talk` is
    what the talk under the post is about (`comments.spam.words.telling_stems` of its latest comments).
    """

    name: str
    text: str
    email: str
    website: str
    network: str
    honeypot: str = ""
    form_age: float | None = None
    form_is_ours: bool = True
    post_title: str
    post_text: str
    post_topics: tuple[str, ...] = ()
    post_talk: frozenset[str] = frozenset()
    parent_name: str | None = None
    parent_text: str = ""
    answers_writer: bool = False
    is_staff: bool = False
    submitted_at: datetime


class Blocked(StrEnum):
    """What an entry of the blocklist is about."""

    WORD = "word"
    DOMAIN = "domain"
    ADDRESS = "address"
    PATTERN = "pattern"
    NETWORK = "network"


class Strength(StrEnum):
    """What a moderator wants an entry of the blocklist to lead to, when nothing speaks for the comment."""

    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedEntry:
    """One entry of the moderators' blocklist, in the form that `comments.spam.blocklist.tidied` gives it.

    Of a pattern the value says nothing to the filter: see `History.patterns_matched`. `note` says why it is
    there, for other moderators.
    """

    number: int
    kind: Blocked
    value: str
    strength: Strength
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What came before the candidate, in counts, and what others say of it.

    The candidate itself is never counted.

    `recent_from_network`: comments from the same network in the last 10 minutes.
    `recent_same_text`: comments with the same normalised text in the last 30 days, under any post.
    `same_text_here`: those of them that stand under the candidate's own post.
    `approved_before`, `rejected_before`: verdicts of moderators on this commenter, who has proved to be the
    same person (by signed cookie or confirmed mail; a typed address proves nothing).
    `network_rejected`: comments from the same network that moderators rejected.
    `near_held`, `near_rejected`: comments of the last 30 days, under any post, that say nearly the same and
    wait for a person, or were refused by one; exact repeats are not among them.
    `domain_rejected`: comments with a domain of the candidate's that moderators rejected in the last 30 days.
    `domain_approved`: comments with all of its domains that moderators, or the passing of a day, approved.
    `blocked`: the entries of the blocklist that hold now.
    `patterns_matched`: the numbers of those of them that are patterns and match. The caller looks, because it
    takes more than the standard library to do that in bounded time.
    `service_says`: the opinion of an outside service, None where none was asked or answered.

    Raises ValueError for a negative count.
    """

    recent_from_network: int = 0
    recent_same_text: int = 0
    same_text_here: int = 0
    approved_before: int = 0
    rejected_before: int = 0
    network_rejected: int = 0
    near_held: int = 0
    near_rejected: int = 0
    domain_rejected: int = 0
    domain_approved: int = 0
    blocked: tuple[BlockedEntry, ...] = ()
    patterns_matched: frozenset[int] = frozenset()
    service_says: Opinion | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.type is int and getattr(self, field.name) < 0:
                raise ValueError(f"{field.name} counts comments and cannot be negative")

    @property
    def is_first_comment(self) -> bool:
        """True while no moderator has approved anything by this commenter."""
        return self.approved_before == 0

    @property
    def same_text_elsewhere(self) -> int:
        """Comments with the same text under other posts."""
        return max(0, self.recent_same_text - self.same_text_here)
