"""What the filter answers: a decision, how sure it is, and every finding that led there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

# Far past certainty in either direction. Not-a-number and infinity, which would spoil every sum, lie outside.
MOST_POINTS = 100


class Decision(StrEnum):
    """What becomes of a comment at first; a moderator may always decide otherwise."""

    PUBLISH = "publish"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule saw.

    `points` are natural log-odds: above zero towards spam, below zero away from it. `words` is a sentence for
    the moderator, without a full stop, because the desk prints the points behind it. `reader_words` completes
    "It waits because of …" for the commenter, and is None when telling would only teach a spammer.

    Raises ValueError when the points are not a number between -MOST_POINTS and MOST_POINTS.
    """

    code: str
    points: float
    words: str
    reader_words: str | None = None

    def __post_init__(self) -> None:
        if not -MOST_POINTS <= self.points <= MOST_POINTS:
            raise ValueError(f"{self.code}: points must lie between {-MOST_POINTS} and {MOST_POINTS}")

    def as_record(self) -> dict[str, Any]:
        """The finding as a dictionary that JSON can hold."""
        return {
            "code": self.code,
            "points": self.points,
            "words": self.words,
            "reader_words": self.reader_words,
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """The finding that `as_record` described. Raises KeyError when code, points or words are missing."""
        return cls(
            code=record["code"],
            points=record["points"],
            words=record["words"],
            reader_words=record.get("reader_words"),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one candidate. `version` names the rules that made it, so that it can be made again."""

    decision: Decision
    probability: float
    findings: tuple[Finding, ...]
    version: str
