"""The words of a text as the filter compares them: normalised, in order, and the few that say what it is
about.

Chinese, Japanese and Thai set no spaces between words, so each of their characters is taken for one.
"""

import re

from comments.spam.text import normalise_for_comparison

# Han, kana and the scripts of South-East Asia (Thai, Lao, Burmese, Khmer).
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)

# A word says what a text is about from this length on; shorter ones mostly hold sentences together.
TELLING_LENGTH = 5
# In a title every word counts: "knee", "calf", "race".
TELLING_LENGTH_IN_TITLES = 4
# "downhill" and "downhills", "Physio" and "Physiotherapie" are one: what is left where endings differ.
STEM_LENGTH = 5
# "the", "and", "with"; "und", "der", "mit".
LONGEST_LINK = 4

# Words of English that go with any topic. Other languages get along without: most such words are short, and
# what is left of them only makes the rule on topics a little milder.
_GO_WITH_ANYTHING = """
    about across actually after afterwards again against almost already also although always another
    anybody anyone anything around article articles back became because become been before behind being
    believe better between beyond came cannot certain certainly clearly come comment comments content
    could couldn definitely despite different does done down during either enough especially even ever
    every everybody everyone everything exactly excellent except explain fantastic finally first follow
    following forward from further getting giving good great greatly happen happened have having helpful
    here herself himself however information inside instead interesting into itself just keeping knowledge
    like likely little long looking made make making many matter mention mentioned might moment more most
    much must myself nearly needed neither never next nobody nothing obviously once only other others
    otherwise ourselves over part people perhaps person please possible probably provide quickly rather
    reading really reason recently regarding remember said same saying second seemed several shared
    sharing should shouldn simply since some someone something sometimes somewhat somewhere started
    starting still strong such take taking than thanks that their them themselves then there these they
    thing things thinking this those though thought through time together towards trying under understand
    unless until useful usually valuable various very want wanted website well were what whatever when
    whenever where whether which while whose will with without wonderful wondering work would wouldn
    writing year years your yours yourself
"""
_SAY_NOTHING = frozenset(_GO_WITH_ANYTHING.split())


def words_of(text: str) -> list[str]:
    """The normalised words in order."""
    return spaced(normalise_for_comparison(text)).split()


def spaced(text: str) -> str:
    """The text with spaces around the characters of scripts that set none."""
    return _UNSPACED.sub(lambda run: f" {' '.join(run[0])} ", text)


def telling_stems(*texts: str, shortest: int = TELLING_LENGTH) -> frozenset[str]:
    """The beginnings of the words, of this length or longer, that say what the texts are about."""
    return frozenset(
        word[:STEM_LENGTH]
        for text in texts
        for word in words_of(text)
        if len(word) >= shortest and word.isalpha() and word not in _SAY_NOTHING
    )


def linking_words(text: str) -> list[str]:
    """The short words that hold sentences together, as often as they come: they give a language away."""
    return [word for word in words_of(text) if len(word) <= LONGEST_LINK and word.isalpha()]
