"""What a mail says, before it is one: a subject, a template and what the template needs.

Stands alone, so that the builders and the list of them (`comments.notifications.letters`) can both name it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from comments.models import Mail


@dataclass(frozen=True)
class Letter:
    """`template` is the name below `templates/mails/`, without an ending: there is a .txt and a .html of it.
    A letter with an `unsubscribe_url` (absolute) can be stopped: by the mail program's own button if
    `is_one_click`, else by whoever opens it and signs in."""

    subject: str
    template: str
    context: dict[str, object] = field(default_factory=dict)
    unsubscribe_url: str = ""
    is_one_click: bool = True


# Builds the letter of a row from what may be read at that moment; None when there is nothing left to say.
Builder = Callable[[Mail, datetime], Letter | None]


def absolute(path: str) -> str:
    """An address of this site as a mail needs it. `path` begins with a slash."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
