"""Short ids that sort by the time they were made, for paths in the thread tree.

Twelve base-36 characters: eight of milliseconds since 1970, which last until 25 May 2059, and four random
ones. Two ids of one millisecond meet once in 1,679,616 times: the column is unique, and the writer tries
again.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
TIME_LENGTH = 8
RANDOM_LENGTH = 4
ID = re.compile(rf"[{ALPHABET}]{{{TIME_LENGTH + RANDOM_LENGTH}}}")

# Sorts after every id in byte order: a path's descendants lie between the path and `path + AFTER`.
AFTER = "~"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def new_id(now: datetime) -> str:
    """An id for a moment (with time zone). Raises OverflowError outside 1970 to 2059."""
    milliseconds = (now - EPOCH) // MILLISECOND
    if not 0 <= milliseconds < len(ALPHABET) ** TIME_LENGTH:
        raise OverflowError(f"Ids have no room for the time {now}.")
    return _base36(milliseconds) + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))


def _base36(number: int) -> str:
    digits = ""
    for _ in range(TIME_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def time_of(id: str) -> datetime:
    """The moment an id was made, in UTC, to the millisecond. Raises ValueError for what is no id."""
    if not ID.fullmatch(id):
        raise ValueError(f"{id!r} is not an id.")
    return EPOCH + int(id[:TIME_LENGTH], 36) * MILLISECOND


def number_of(id: str) -> int:
    """The id as a number, which sorts as the id does and fits into eight bytes with a sign."""
    return int(id, len(ALPHABET))


def number_at(moment: datetime, key: int) -> int:
    """The number of an id of this moment whose random part is the end of `key`.

    Moments before 1970 count as the first one that ids have room for, those after 2059 as the last."""
    parts = len(ALPHABET) ** RANDOM_LENGTH
    milliseconds = min(max(0, (moment - EPOCH) // MILLISECOND), len(ALPHABET) ** TIME_LENGTH - 1)
    return milliseconds * parts + key % parts
