"""Whose address a request has, which network that is, and hashes in place of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.network import client_address, keyed_hash, network_of

PROXY = "10.0.0.1"


def meta(forwarded: str | None = None, peer: str = PROXY) -> dict[str, str]:
    return {"REMOTE_ADDR": peer} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})


# ---------- the visitor's address ----------
def test_without_proxies_the_peer_is_the_visitor():
    assert client_address(meta(peer="198.51.100.7"), 0) == "198.51.100.7"


def test_without_proxies_a_forwarded_header_is_not_believed():
    assert client_address(meta("192.0.2.66", peer="198.51.100.7"), 0) == "198.51.100.7"


def test_behind_one_proxy_the_last_entry_is_the_visitor():
    assert client_address(meta("198.51.100.7"), 1) == "198.51.100.7"


def test_entries_a_visitor_invents_are_not_believed():
    """Proxies append: what stands further left may be anybody's word."""
    assert client_address(meta("127.0.0.1, 192.0.2.66, 198.51.100.7"), 1) == "198.51.100.7"


def test_behind_two_proxies_the_last_but_one_entry_is_the_visitor():
    assert client_address(meta("192.0.2.66, 198.51.100.7, 10.0.0.2"), 2) == "198.51.100.7"


def test_fewer_entries_than_proxies_give_the_peer():
    assert client_address(meta("198.51.100.7"), 2) == PROXY


def test_missing_header_gives_the_peer():
    assert client_address(meta(), 1) == PROXY


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("198.51.100.7:4711", "198.51.100.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ('"[2001:db8::7]:4711"', "2001:db8::7"),
        ("2001:0DB8:0:0:0:0:0:7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("[::ffff:198.51.100.7]:80", "198.51.100.7"),
        ("  198.51.100.7  ", "198.51.100.7"),
    ],
)
def test_address_is_read_in_every_usual_spelling(entry, address):
    assert client_address(meta(entry), 1) == address


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "unknown",
        "_hidden",
        "1.2.3",
        "1.2.3.4.5",
        "999.1.1.1",
        "[2001:db8::7",
        "[]",
        "1.2.3.4:x",
        "<script>",
        "%",
        ":::",
    ],
)
def test_broken_entry_gives_the_peer(entry):
    assert client_address(meta(entry), 1) == PROXY


def test_unix_socket_without_a_proxy_has_no_address():
    assert client_address({"REMOTE_ADDR": ""}, 0) == ""
    assert client_address({}, 1) == ""


def test_unix_socket_behind_a_proxy_has_the_visitors_address():
    assert client_address(meta("198.51.100.7", peer=""), 1) == "198.51.100.7"


@given(st.text(), st.integers(min_value=0, max_value=3))
def test_any_header_gives_an_address(forwarded, proxies):
    address = client_address(meta(forwarded), proxies)
    assert network_of(address)


# ---------- networks ----------
@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.255", "203.0.113.0/24"),
        ("2001:db8:1:1ff:1::7", "2001:db8:1:100::/56"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("[2001:db8::7]:80", "2001:db8::/56"),
    ],
)
def test_network_of_an_address(address, network):
    assert network_of(address) == network


def test_neighbours_share_a_network_and_strangers_do_not():
    assert network_of("2001:db8:1:1aa::1") == network_of("2001:db8:1:1ff::2")
    assert network_of("2001:db8:1:1aa::1") != network_of("2001:db8:1:2aa::1")


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113", "203.0.113.0/24"])
def test_what_is_no_address_has_no_network(address):
    assert network_of(address) == ""


# ---------- hashes ----------
def test_hash_is_32_hex_characters_of_hmac_sha256():
    """Worked out once with: printf 'address\\000%s' 203.0.113.7 | openssl dgst -sha256 -hmac key"""
    assert keyed_hash("203.0.113.7", key="key", purpose="address") == "ca46e11641e9476ee7581e7b7f240e08"


def test_hash_of_the_same_value_is_the_same():
    assert keyed_hash("a", key="k", purpose="p") == keyed_hash("a", key="k", purpose="p")


@pytest.mark.parametrize(("value", "key", "purpose"), [("b", "k", "p"), ("a", "l", "p"), ("a", "k", "q")])
def test_another_value_key_or_purpose_gives_another_hash(value, key, purpose):
    assert keyed_hash(value, key=key, purpose=purpose) != keyed_hash("a", key="k", purpose="p")


@pytest.mark.parametrize(("key", "purpose"), [("", "p"), ("k", "")])
def test_hash_without_key_or_purpose_is_refused(key, purpose):
    with pytest.raises(ValueError, match="key and a purpose"):
        keyed_hash("a", key=key, purpose=purpose)


@given(st.text(st.characters()))
def test_any_text_can_be_hashed(value):
    assert len(keyed_hash(value, key="k", purpose="p")) == 32
