"""Comments as JSON lines: how labelled data and other programs hand comments to the filter.

Each line is one object in UTF-8. `id` (text or a number), `author`, `url_domain` and `text` must be there;
`post_title`, `post_text`, `source`, `group` and `label` may be. Other fields are ignored, blank lines
skipped. Text is taken as it comes: NUL and half surrogates are for the filter to cope with.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from comments.spam.candidate import Candidate

LABELS = {"spam": True, "ham": False}

_DEMANDED = ("author", "url_domain", "text")
_OPTIONAL = ("post_title", "post_text", "source", "group")

# Records carry no time. A fixed one makes the same line the same candidate on every day.
_SOME_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


class BadLineError(ValueError):
    """A line that is no record; the message names the line, counted from 1, and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One comment from outside. `is_spam` is None without a label.

    `url_domain` is the host of the address its writer gave, "" for none. `source` names the site it was
    written on; comments of one campaign share a `group`.
    """

    id: str | int
    author: str
    url_domain: str
    text: str
    post_title: str = ""
    post_text: str = ""
    source: str = ""
    group: str = ""
    is_spam: bool | None = None


def read_records(lines: Iterable[bytes], *, labelled: bool = False) -> Iterator[Record]:
    """The records of some lines, one by one. With `labelled`, each has to have a label.

    Raises BadLineError at the first line that is no record.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _record_in(line, number=number, labelled=labelled)


def candidate_of(record: Record) -> Candidate:
    """The candidate that the record describes, sent by a form of ours that was open for an unknown time."""
    domain = record.url_domain.strip()
    return Candidate(
        name=record.author,
        text=record.text,
        email="",
        website=f"https://{domain}/" if domain else "",
        network="",
        post_title=record.post_title,
        post_text=record.post_text,
        submitted_at=_SOME_MOMENT,
    )


def _record_in(line: bytes, *, number: int, labelled: bool) -> Record:
    try:
        record = _record_from(_object_in(line))
        if labelled and record.is_spam is None:
            raise ValueError("“label” is missing")
    except ValueError as wrong:
        raise BadLineError(f"line {number}: {wrong}") from None
    return record


def _object_in(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as wrong:
        raise ValueError(f"not JSON: {wrong.msg} at column {wrong.colno}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _record_from(found: dict[str, Any]) -> Record:
    demanded = {name: _text_in(found, name) for name in _DEMANDED}
    optional = {name: _text_in(found, name) for name in _OPTIONAL if found.get(name) is not None}
    return Record(id=_id_in(found), **demanded, **optional, is_spam=_label_in(found))


def _id_in(found: dict[str, Any]) -> str | int:
    value = _value_in(found, "id")
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("“id” must be text or a whole number")
    return value


def _text_in(found: dict[str, Any], name: str) -> str:
    value = _value_in(found, name)
    if not isinstance(value, str):
        raise ValueError(f"“{name}” must be text")
    return value


def _value_in(found: dict[str, Any], name: str) -> Any:
    if name not in found:
        raise ValueError(f"“{name}” is missing")
    return found[name]


def _label_in(found: dict[str, Any]) -> bool | None:
    label = found.get("label")
    if label is None:
        return None
    if not isinstance(label, str) or label not in LABELS:
        raise ValueError("“label” must be “spam” or “ham”")
    return LABELS[label]
