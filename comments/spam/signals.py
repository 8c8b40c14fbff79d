"""What a comment is recognised by at this site: its words, links, name, website and shape.

Features of the text model (`comments.spam.features`), and two kinds that it does not have because they mean
nothing elsewhere: the words of the name and the host of the website. Runs of characters are left out: they
are several times as many as all others, and louder words do as well. Each kind is a group of a fixed length,
so that a long text does not drown the name. A signal is the number of a place in one row of tables, which
bounds memory whatever people write; beside it stands what a person can read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

from comments.spam.features import HOST_BUCKETS, TEXT_BUCKETS, Features, host_features, letters_of, value_in
from comments.spam.reading import WORD, fold
from comments.spam.traits import website_host

NAME_BUCKETS = 1 << 16

# Longer names and websites are no names and no websites.
LONGEST_NAME = 200
LONGEST_WEBSITE = 500


class Kind(StrEnum):
    WORDS = "words"
    HOSTS = "hosts"
    NAME = "name"
    WEBSITE = "website"
    SHAPE = "shape"


# How loud each kind may be: words are what sites differ in.
_LENGTHS = {Kind.WORDS: 2.0, Kind.HOSTS: 1.0, Kind.NAME: 1.0, Kind.WEBSITE: 1.0, Kind.SHAPE: 1.0}

# Where each kind's table begins.
_BEGINS = {
    Kind.WORDS: 0,
    Kind.HOSTS: TEXT_BUCKETS,
    Kind.NAME: TEXT_BUCKETS + HOST_BUCKETS,
    Kind.WEBSITE: TEXT_BUCKETS + HOST_BUCKETS + NAME_BUCKETS,
    Kind.SHAPE: TEXT_BUCKETS + 2 * HOST_BUCKETS + NAME_BUCKETS,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The signals of one kind. `value` is the value of each; `labels` leads from the signal to its words,
    which are empty for the shape, whose bins nobody can read one by one."""

    kind: Kind
    value: float
    labels: dict[int, str]


def signals_of(features: Features, *, name: str, website: str) -> tuple[Group, ...]:
    """The groups that are not empty. Nothing in a name or a website can make this raise."""
    host = website_host(website[:LONGEST_WEBSITE])
    groups = (
        _group(Kind.WORDS, features.text.words),
        _group(Kind.HOSTS, features.text.hosts),
        _group(Kind.NAME, {_bucket(word, NAME_BUCKETS): word for word in _words_of(name)}),
        _group(Kind.WEBSITE, dict.fromkeys(_buckets(host_features(host)), host) if host else {}),
        _group(Kind.SHAPE, dict.fromkeys(features.bins, "")),
    )
    return tuple(group for group in groups if group.labels)


def _group(kind: Kind, labels: dict[int, str]) -> Group:
    begin = _BEGINS[kind]
    return Group(
        kind, value_in(labels, _LENGTHS[kind]), {begin + bucket: label for bucket, label in labels.items()}
    )


def _words_of(name: str) -> list[str]:
    """The words of a name in lower case; numbers are all alike."""
    return WORD.findall(letters_of(fold(name[:LONGEST_NAME])[0]))


def _buckets(features: Iterable[str]) -> Iterable[int]:
    return (_bucket(feature, HOST_BUCKETS) for feature in features)


def _bucket(feature: str, buckets: int) -> int:
    return crc32(feature.encode("utf-8", "surrogatepass")) % buckets
