"""Keeps the names of writers and moderators, and names that only look like them, to those people."""

from comments.team import team
from lib.text import skeleton

# Words that a reader takes for a badge.
ROLES = frozenset({"author", "moderator", "admin", "administrator", "webmaster"})
# A short name stands inside many others.
LONG_ENOUGH = 6


def is_team_name(name: str) -> bool:
    """Whether `name` would be read as the name of somebody with a badge."""
    if any(word in ROLES for word in name.casefold().replace("(", " ").replace(")", " ").split()):
        return True
    wanted = skeleton(name)
    return bool(wanted) and any(_passes_for(wanted, full, username) for full, username in _team_names())


def _passes_for(wanted: str, full_name: str, username: str) -> bool:
    """Whether a name is one of these two, or carries the full name with something around it."""
    full = skeleton(full_name)
    return wanted in (full, skeleton(username)) or (len(full) >= LONG_ENOUGH and full in wanted)


def _team_names() -> list[tuple[str, str]]:
    """Full name and user name of each."""
    rows = team().values_list("first_name", "last_name", "username")
    return [(f"{first} {last}", username) for first, last, username in rows]
