"""The tokens at the end of each mail: they stop that mail's follow, and open the reader's preferences.

A token is signed and not stored, names a reader and what the mail was about, and does not expire: an old mail
must be as easy to stop as a new one. Whoever holds one can stop, start again and set how often mails come,
and nothing else.
"""

import re
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

# What a token is about when the mail was about no single thing.
EVERYTHING = "all.0"
MAX_TOKEN = 120
_PLAIN = re.compile(r"(\d{1,18})\.((?:comment|post|topic|all)\.[0-9a-z]{1,12})")
_signer = signing.Signer(salt="comments.following_tokens")


@dataclass(frozen=True)
class Subscription:
    """A reader's key, and what they follow as `Follow.target` names it, or EVERYTHING."""

    reader_id: int
    target: str = EVERYTHING

    @property
    def is_everything(self) -> bool:
        return self.target == EVERYTHING


def token_for(subscription: Subscription) -> str:
    return _signer.sign(f"{subscription.reader_id}.{subscription.target}")


def read_token(token: str) -> Subscription | None:
    """None for a token that we did not make."""
    if len(token) > MAX_TOKEN:
        return None
    try:
        plain = _PLAIN.fullmatch(_signer.unsign(token))
    except signing.BadSignature:
        return None
    return Subscription(int(plain[1]), plain[2]) if plain else None


def stop_path(subscription: Subscription) -> str:
    return reverse("comments:stop", args=[token_for(subscription)])


def preferences_path(subscription: Subscription) -> str:
    return reverse("comments:preferences", args=[token_for(subscription)])
