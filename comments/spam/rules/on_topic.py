"""Whether the comment speaks of what the post and the talk below it speak of.

What a text is about is in its long words (`comments.spam.words`). A long comment that shares none of them
with post, topics and latest comments is off the point, as advertisements are; each one shared speaks for it,
because praise that fits every page shares none. People digress, and programs copy titles: so nothing is said
of replies that take up a word of what they answer, of long texts in another language than the post, or of
copies of it; and known commenters get no bonus beside the trust they have.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.text import links_in
from comments.spam.verdict import Finding
from comments.spam.words import TELLING_LENGTH_IN_TITLES, linking_words, telling_stems, words_of

OFF_TOPIC_POINTS = 1.0
# Praise that fits every page, and a link: what comment spam looks like on a day without pills.
OFF_TOPIC_LINK_POINTS = 1.4
GREETING = 10
# For each telling word that is shared, up to so many.
ON_TOPIC_POINTS = -0.4
MOST_SHARED = 4

# Telling words that a comment needs before it can be off any topic.
LONG_COMMENT = 12
# A post of fewer says too little to be missed.
LONG_POST = 30
# One word in so many may be shared by chance: stems are short.
CHANCE = 15
# A text of which nearly every telling word stands in the post was probably taken from there.
COPIED_SHARE = 0.9
FEWEST_COPIED = 8

# In the same language most of the short words are the same. In two related ones a fifth may be.
SAME_LANGUAGE = 0.4


def check_on_topic(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a long comment that shares much, or next to nothing, with its post and the talk there."""
    said = telling_stems(candidate.text)
    if said & telling_stems(candidate.parent_text):
        return
    headline = _headline(candidate)
    topic = headline | telling_stems(candidate.post_text) | candidate.post_talk
    said |= telling_stems(candidate.text, shortest=TELLING_LENGTH_IN_TITLES) & headline
    common = said & topic
    if len(common) * CHANCE > len(said):
        if history.is_first_comment and len(common) < COPIED_SHARE * max(len(said), FEWEST_COPIED):
            points = round(ON_TOPIC_POINTS * min(len(common), MOST_SHARED), 1)
            yield Finding("on_topic", points, "Takes up what the post and its comments are about")
    elif not common and len(topic) >= LONG_POST and _leads_away(candidate, history):
        words = "A link in a text that takes up nothing of the post and its comments"
        told = "a link that has nothing to do with the post"
        yield Finding("off_topic_link", OFF_TOPIC_LINK_POINTS, words, told)
    elif is_long(candidate.text) and len(topic) >= LONG_POST and _is_same_language(candidate):
        yield Finding(
            "off_topic", OFF_TOPIC_POINTS, "A long text that takes up nothing of the post and its comments"
        )


def is_long(text: str) -> bool:
    """Whether a text has enough telling words for this rule to have an opinion."""
    return len(telling_stems(text)) >= LONG_COMMENT


def _leads_away(candidate: Candidate, history: History) -> bool:
    """Whether a stranger's comment seems to be there for its link or its website. A greeting of a few words
    may well come with a website."""
    if not history.is_first_comment:
        return False
    if candidate.website.strip() and len(words_of(candidate.text)) > GREETING:
        return True
    return bool(links_in(candidate.text))


def _headline(candidate: Candidate) -> frozenset[str]:
    """What the post is about in its own words, short ones included."""
    return telling_stems(candidate.post_title, *candidate.post_topics, shortest=TELLING_LENGTH_IN_TITLES)


def _is_same_language(candidate: Candidate) -> bool:
    """Whether enough of the comment's short words stand in the post as well."""
    ours = set(linking_words(candidate.post_text))
    theirs = linking_words(candidate.text)
    return sum(word in ours for word in theirs) >= SAME_LANGUAGE * len(theirs) > 0
