"""Texts of realistic length for the benchmark: comments, an article, names. Nobody reads them.

Words are those of honest comments, because the spam filter holds what it cannot read; they come in any order,
so the texts compress as English does. Lengths follow a log-normal distribution, as those of real comments do:
most are a few sentences, some are long letters.
"""

import math
import re
from random import Random

from comments.spam.candidate import History
from comments.spam.judge import judge
from comments.spam.records import Record, candidate_of, read_records
from comments.spam.training import OWN_COMMENTS
from comments.spam.verdict import Decision

# Characters aimed at. Whole sentences make it more: half of all comments have less than 220, the mean is 280.
MEDIAN_COMMENT = 160
SPREAD = 0.9
SHORTEST, LONGEST = 20, 2_500
PARAGRAPH = 450


def _sentences() -> list[str]:
    """The sentences of the project's own honest comments in English."""
    with OWN_COMMENTS.open("rb") as lines:
        honest = [record.text for record in read_records(lines, labelled=True) if not record.is_spam]
    found = (sentence for text in honest if text.isascii() for sentence in _ENDS.split(text))
    return [
        sentence for sentence in found if len(sentence.split()) >= FEWEST_WORDS and "http" not in sentence
    ]


FEWEST_WORDS = 5
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
SENTENCES = _sentences()
# Names are words that begin sentences.
NAMES = sorted({sentence.split()[0].strip(".,!?'\"").capitalize() for sentence in SENTENCES})


def sentence(draw: Random) -> str:
    return draw.choice(SENTENCES)


def paragraph(draw: Random, length: int) -> str:
    """Whole sentences until there are at least `length` characters."""
    sentences = [sentence(draw)]
    while sum(map(len, sentences)) + len(sentences) < length:
        sentences.append(sentence(draw))
    return " ".join(sentences)


def comment_text(draw: Random) -> str:
    """A comment's source, now and then with the Markdown that readers use, never with a link."""
    length = int(min(LONGEST, max(SHORTEST, draw.lognormvariate(math.log(MEDIAN_COMMENT), SPREAD))))
    parts = [paragraph(draw, min(PARAGRAPH, length))]
    while (left := length - sum(map(len, parts))) > SHORTEST:
        parts.append(paragraph(draw, min(PARAGRAPH, left)))
    return "\n\n".join(_dressed(part, draw) for part in parts)


def published_text(draw: Random, name: str) -> str:
    """A comment never said before that the spam filter publishes."""
    while True:
        text = f"{comment_text(draw)} That was on day {draw.randrange(10**6)}."
        if (
            judge(candidate_of(Record(id="", author=name, url_domain="", text=text)), History()).decision
            is Decision.PUBLISH
        ):
            return text


def _dressed(part: str, draw: Random) -> str:
    chance = draw.random()
    if chance < 0.05:
        return "\n".join(f"- {sentence(draw)}" for _ in range(3))
    if chance < 0.10:
        return f"> {sentence(draw)}\n\n{part}"
    if chance < 0.20:
        word = part.split(" ", 1)[0]
        return part.replace(word, f"*{word}*", 1)
    return part


def name(draw: Random) -> str:
    """One of many first names, now and then with a last name."""
    first = draw.choice(NAMES)
    return first if draw.random() < 0.6 else f"{first} {draw.choice(NAMES)}"


def article(draw: Random, *, sections: int = 5) -> str:
    """An article's HTML of about 900 words, as the writer's editor would leave it."""
    return "".join(
        f"<h2>{sentence(draw)}</h2>"
        f"<p>{paragraph(draw, 500)}</p><p>{paragraph(draw, 400)}</p>"
        f"<blockquote><p>{sentence(draw)}</p></blockquote>"
        for _ in range(sections)
    )
