"""Who sends a comment, as far as this machine can know it without an account.

A commenter is known by a signed cookie that lists what this browser wrote (`lib.visitors`); writers and
moderators are known by their session. Network addresses are never stored: only keyed hashes of the network
they belong to.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

from comments.readers import known_reader
from comments.team import is_team
from lib import network
from lib.visitors import has_session, remembered


@dataclass(frozen=True)
class Sender:
    """`network` is a keyed hash, empty where the address is not known; `own_ids` is what this browser wrote;
    `user` is a writer or moderator; `reader_id` is whose mailed link this browser opened."""

    network: str
    own_ids: tuple[str, ...] = ()
    user: AbstractUser | None = None
    reader_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.user is not None


def sender_of(request: HttpRequest, *, user: AbstractUser | None = None) -> Sender:
    """`user` only after the caller has checked the request's CSRF token."""
    address = network.client_address(request.META, settings.TRUSTED_PROXIES)
    its_network = network.network_of(address)
    hashed = (
        network.keyed_hash(its_network, key=settings.SECRET_KEY, purpose="network") if its_network else ""
    )
    return Sender(network=hashed, own_ids=remembered(request), user=user, reader_id=known_reader(request))


def team_member(request: HttpRequest) -> AbstractUser | None:
    """The writer or moderator who is signed in, or None. Reads the session only when there is one."""
    if not has_session(request):
        return None
    return request.user if is_team(request.user) else None
