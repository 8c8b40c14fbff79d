"""Whose website is shown, as a link on the name: that of somebody of whom good comments are known.

Who comes for the link alone leaves one in the first comment; who stays has been read once.
"""

from datetime import datetime

from comments.history import own_verdicts
from comments.identity import Sender


def may_give_website(sender: Sender, now: datetime) -> bool:
    """Whether a person approved a comment of this browser, or one stood for a day."""
    approved, _rejected = own_verdicts(sender, now)
    return approved > 0
