"""The shape of a generated thread: who answers whom, and when. The same seed gives the same thread.

People answer what was said lately, so a reply goes to one of the last comments. That keeps branches of long
threads about as large as those of short ones, and a page of 20 branches comparable between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench import words

# Comments that begin a branch of their own.
ROOT_SHARE = 0.3
# How far back people look for something to answer.
RECENT = 40


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of a thread. `answers` is the index of an earlier one, None for the root of a branch."""

    name: str
    text: str
    answers: int | None


def make_thread(size: int, *, seed: int) -> list[Said]:
    """A thread of `size` comments in the order in which they were written."""
    draw = Random(seed)
    return [Said(words.name(draw), words.comment_text(draw), _answered(index, draw)) for index in range(size)]


def _answered(index: int, draw: Random) -> int | None:
    if index == 0 or draw.random() < ROOT_SHARE:
        return None
    return draw.randrange(max(0, index - RECENT), index)


def depths_of(thread: Sequence[Said], *, deepest: int) -> list[int]:
    """How deep each comment stands; answers to a comment at the deepest level stand beside it."""
    depths: list[int] = []
    for said in thread:
        depths.append(0 if said.answers is None else min(deepest, depths[said.answers] + 1))
    return depths
