"""Who is asking: the address behind our proxies, its network, and hashes that stand in for both.

Addresses are personal data. They are kept as keyed hashes only, which say "the same visitor" without saying
who.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# "192.0.2.1:443" and "[2001:db8::1]:443"; a port without brackets cannot be told from IPv6.
WITH_PORT = re.compile(r"\[(?P<v6>[^\]]*)\](?::\d+)?|(?P<v4>[\d.]+):\d+")

IPV4_NETWORK = 24  # what one small provider or office shares
IPV6_NETWORK = 56  # what one household is given (RIPE-690)


def client_address(meta: Mapping[str, str], trusted_proxies: int) -> str:
    """The visitor's address from a WSGI environment; "" when there is none (a Unix socket without a proxy).

    Each proxy appends the address it was called from to X-Forwarded-For, so with n proxies of ours the n-th
    entry from the right is the first that no visitor can invent. A missing or broken entry gives REMOTE_ADDR.
    """
    peer = meta.get("REMOTE_ADDR", "")
    entries = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    forwarded = entries[-trusted_proxies] if 0 < trusted_proxies <= len(entries) else ""
    return _canonical(forwarded) or _canonical(peer)


def _canonical(text: str) -> str:
    address = _parse(text)
    return str(address) if address else ""


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """The address without port, brackets and zone; an IPv4 address wrapped in IPv6 is unwrapped."""
    text = text.strip().strip('"')
    with_port = WITH_PORT.fullmatch(text)
    if with_port:
        text = with_port["v6"] or with_port["v4"] or ""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: str) -> str:
    """The network of an address: "203.0.113.0/24" or "2001:db8:0:100::/56"; "" for what is no address."""
    parsed = _parse(address)
    if parsed is None:
        return ""
    prefix = IPV4_NETWORK if parsed.version == 4 else IPV6_NETWORK
    return str(ip_network((parsed, prefix), strict=False))


def keyed_hash(value: str, *, key: str, purpose: str) -> str:
    """32 hex characters (128 bits) of HMAC-SHA256 (RFC 2104) that only the holder of the key can compute.

    The purpose keeps hashes of one value for two uses apart. Raises ValueError for an empty key or purpose.
    """
    if not key or not purpose:
        raise ValueError("A keyed hash needs a key and a purpose.")
    message = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()[:32]
