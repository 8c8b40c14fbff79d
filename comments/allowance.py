"""How much one network may write within ten minutes: comments, edits, and previews of them."""

import logging
from datetime import datetime

from django.conf import settings

from comments.identity import Sender
from lib.throttle import spend

logger = logging.getLogger(__name__)

WAIT_SECONDS = 600
# A preview costs work too, though less.
PREVIEWS_PER_COMMENT = 5
TOO_MANY = "Many comments came from your network in a short time. Please wait some minutes and send it again."


def may_write(sender: Sender, now: datetime, *, is_preview: bool = False) -> bool:
    """Takes one from the allowance of the sender's network; False when it is used up. The team has none."""
    if sender.is_staff:
        return True
    if not sender.network:
        logger.warning("a comment without an address: behind a proxy, TRUSTED_PROXIES must say so")
    what, times = ("preview", PREVIEWS_PER_COMMENT) if is_preview else ("comment", 1)
    limit = settings.COMMENT_LIMIT * times
    return spend(f"{what}:{sender.network}", limit=limit, seconds=WAIT_SECONDS, now=now)
