"""The signed stamp in each comment form: when and under which post the form was made.

A page from the cache carries the stamp of the moment it was built, so its age is only an upper bound of the
time the visitor had; the elapsed seconds that the page's script adds are another. An old stamp is never a
reason to refuse anything: pages stay open for days.
"""

from datetime import UTC, datetime

from django.core import signing

_SALT = "comments.stamp"


def new_stamp(post_id: int, now: datetime) -> str:
    return signing.dumps([post_id, int(now.timestamp())], salt=_SALT)


def read_stamp(stamp: str, post_id: int) -> datetime | None:
    """When the form was made; None when the stamp is missing, forged or from another post's form."""
    try:
        stamped_post, seconds = signing.loads(stamp, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(seconds, tz=UTC) if stamped_post == post_id else None


def form_age(made_at: datetime | None, elapsed: int | None, now: datetime) -> float | None:
    """Seconds the visitor had at most, from what is known; None when nothing is."""
    bounds = [] if elapsed is None else [float(elapsed)]
    if made_at:
        bounds.append(max(0.0, (now - made_at).total_seconds()))
    return min(bounds, default=None)
