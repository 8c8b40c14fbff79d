"""Writes one night's comments for moderators to practise on, from the templates under `content/wave/`.

    honest.toml      runners' comments in several versions of each kind; a wave has one of each kind
    *.toml           a campaign each: templates, names and websites whose `{parts}` are filled in at random,
                     how many comments it sends, from how many networks, when, and by what a form would notice

The same night gives the same comments. No Django here: `demo.wave` sends them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from demo.library import CONTENT

FOLDER = CONTENT / "wave"
HONEST = "honest"
NIGHT_BEGINS = time(23)
PART = re.compile(r"\{(\w+)\}")
# Of a comment's parts, before a campaign is found to have too few words for so many comments.
TRIES = 500


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A comment of the night. `after` counts from its beginning; `post` is a slug, "" for whichever it hits;
    `network` is a name that those from the same network share."""

    text: str
    name: str
    after: timedelta
    network: str
    form_age: float
    post: str = ""
    website: str = ""
    honeypot: str = ""
    form_is_ours: bool = True
    kind: str = ""

    @property
    def is_honest(self) -> bool:
        return bool(self.kind)


@dataclass
class _Filling:
    """The words that one comment has for its parts: its shop is the same in the text and beside the name."""

    parts: dict[str, list[str]]
    rng: Random
    chosen: dict[str, str] = field(default_factory=dict)

    def fill(self, template: str) -> str:
        return PART.sub(lambda match: self.fill(self._word(match[1])), template)

    def _word(self, part: str) -> str:
        if part not in self.chosen:
            self.chosen[part] = self.rng.choice(self.parts[part])
        return self.chosen[part]


def read_campaigns() -> dict[str, dict[str, Any]]:
    paths = sorted(path for path in FOLDER.glob("*.toml") if path.stem != HONEST)
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def read_honest() -> dict[str, list[Arrival]]:
    """The versions of each kind of honest comment."""
    kinds: dict[str, list[Arrival]] = {}
    for values in tomllib.loads((FOLDER / f"{HONEST}.toml").read_text(encoding="utf-8"))["comment"]:
        after, seconds = _since_nightfall(values.pop("at")), float(values.pop("seconds"))
        honest = Arrival(**values, after=after, form_age=seconds, network=f"honest {values['name']}")
        kinds.setdefault(honest.kind, []).append(honest)
    return kinds


def spam_of(night: date, number: int) -> list[Arrival]:
    """What all campaigns send in the night's wave of that number."""
    return [
        arrival
        for title, campaign in read_campaigns().items()
        for arrival in _sent(title, campaign, Random(f"{night.isoformat()} {number} {title}"))
    ]


def _sent(title: str, campaign: dict[str, Any], rng: Random) -> Iterator[Arrival]:
    texts = _texts(campaign, rng)
    moments = sorted(_moment(campaign, rng) for _ in texts)
    for (filling, text), after in zip(texts, moments, strict=True):
        website = filling.fill(rng.choice(campaign["websites"]))
        yield Arrival(
            text=text,
            name=filling.fill(rng.choice(campaign["names"])),
            website=website * _is_so(campaign, "with_website", rng),
            after=after,
            network=f"{title} {rng.randrange(campaign['networks'])}",
            form_age=round(rng.uniform(*campaign["seconds"]), 1),
            honeypot=website * _is_so(campaign, "with_hidden_field", rng),
            form_is_ours=not _is_so(campaign, "without_stamp", rng),
        )


def _texts(campaign: dict[str, Any], rng: Random) -> list[tuple[_Filling, str]]:
    """Different ones, the templates by turns, and a few of them word for word once more."""
    templates = cycle(campaign["texts"])
    new: list[tuple[_Filling, str]] = []
    for _ in range(campaign["comments"] - campaign["repeats"]):
        new.append(_new_text(next(templates), campaign["parts"], rng, known=[text for _, text in new]))
    return new + rng.sample(new, campaign["repeats"])


def _new_text(
    template: str, parts: dict[str, list[str]], rng: Random, *, known: Sequence[str]
) -> tuple[_Filling, str]:
    for _ in range(TRIES):
        filling = _Filling(parts, rng)
        text = filling.fill(template)
        if text not in known:
            return filling, text
    raise ValueError(f"too few parts for so many comments: {template}")


def _is_so(campaign: dict[str, Any], share: str, rng: Random) -> bool:
    return rng.random() < campaign[share]


def _moment(campaign: dict[str, Any], rng: Random) -> timedelta:
    begins, ends = _since_nightfall(campaign["starts"]), _since_nightfall(campaign["ends"])
    return begins + timedelta(seconds=rng.randrange(int((ends - begins).total_seconds())))


def _since_nightfall(clock: time) -> timedelta:
    """From 23:00 on, past midnight."""
    minutes = (clock.hour - NIGHT_BEGINS.hour) % 24 * 60 + clock.minute
    return timedelta(minutes=minutes, seconds=clock.second)
