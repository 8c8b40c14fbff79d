"""Text that is neither spam nor ham, in ninety languages: the messages of Django's own translations.

The prior is trained on few languages. Learning that these texts say nothing either way keeps it from taking a
language for a sign of spam.
"""

import gettext
import random
import re
from collections.abc import Iterator
from pathlib import Path

import django

# Each text joins a few messages, as a comment joins a few sentences; so many texts a language at most.
MESSAGES_IN_A_TEXT = (1, 1, 2, 3, 5, 8)
TEXTS_IN_A_LANGUAGE = 40
SHORTEST_MESSAGE = 8
SEED = 5

_PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[sd]|\{[a-z_]*\}|<[^>]+>|%%")


def neutral_texts() -> list[str]:
    """The texts, always the same and in the same order for one version of Django."""
    draw = random.Random(SEED)  # noqa: S311  (a choice, no secret)
    return [text for messages in _messages_by_language() for text in _joined(messages, draw)]


def _messages_by_language() -> list[list[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted(Path(django.__file__).parent.rglob("locale/*/LC_MESSAGES/django.mo")):
        found.setdefault(path.parts[-3], set()).update(_messages_in(path))
    return [sorted(found[language]) for language in sorted(found)]


def _messages_in(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    for original, message in catalogue.items():
        if original and isinstance(message, str):
            text = " ".join(_PLACEHOLDER.sub(" ", message).split())
            if len(text) >= SHORTEST_MESSAGE:
                yield text


def _joined(messages: list[str], draw: random.Random) -> Iterator[str]:
    """The messages in a drawn order, a few to a text."""
    draw.shuffle(messages)
    place = 0
    for _ in range(TEXTS_IN_A_LANGUAGE):
        if place >= len(messages):
            return
        number = draw.choice(MESSAGES_IN_A_TEXT)
        yield ". ".join(messages[place : place + number])
        place += number
