"""The same text once more."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on


def test_text_sent_once_under_another_post_is_held() -> None:
    """Perhaps a person who wrote under the wrong post first."""
    verdict = verdict_on(History(recent_same_text=1))
    assert codes(verdict) == ["same_text_elsewhere"]
    assert verdict.decision is Decision.HOLD


@pytest.mark.parametrize("count", [2, 3, 300])
def test_text_sent_twice_or_more_under_other_posts_is_spam(count: int) -> None:
    """A campaign."""
    verdict = verdict_on(History(recent_same_text=count))
    assert codes(verdict) == ["same_text_often"]
    assert verdict.decision is Decision.SPAM


def test_text_already_under_this_post_is_held() -> None:
    """Most likely sent twice by mistake."""
    verdict = verdict_on(History(recent_same_text=1, same_text_here=1))
    assert codes(verdict) == ["same_text_here"]
    assert verdict.decision is Decision.HOLD


def test_text_here_and_under_another_post_gives_two_findings() -> None:
    """Each place is counted once, and together they are spam."""
    verdict = verdict_on(History(recent_same_text=2, same_text_here=1))
    assert codes(verdict) == ["same_text_here", "same_text_elsewhere"]
    assert verdict.decision is Decision.SPAM


@pytest.mark.parametrize(
    "history",
    [
        History(recent_same_text=1, approved_before=500),
        History(recent_same_text=1, same_text_here=1, approved_before=500),
        History(recent_same_text=5, approved_before=500),
    ],
)
def test_repeated_text_of_a_well_known_commenter_is_held(history: History) -> None:
    """Nobody needs to read it twice, and nobody trusted is called a spammer for it."""
    assert verdict_on(history).decision is Decision.HOLD


@pytest.mark.parametrize("text", ["Thank you!", "Same here.", "👍", "!!!", "Get well soon, Mara!"])
def test_short_phrase_that_came_before_is_published(text: str) -> None:
    """People thank each other in the same words."""
    verdict = verdict_on(History(recent_same_text=3, same_text_here=1), text=text)
    assert codes(verdict) == ["same_short_text"]
    assert verdict.decision is Decision.PUBLISH


def test_short_phrase_padded_with_invisible_characters_stays_short() -> None:
    """Length is measured on the normalised text."""
    assert codes(verdict_on(History(recent_same_text=1), text="Thank" + "\u200b" * 50 + " you")) == [
        "same_short_text"
    ]


def test_more_here_than_anywhere_is_counted_as_here_only() -> None:
    """The two counts may be taken a moment apart."""
    history = History(recent_same_text=0, same_text_here=1)
    assert history.same_text_elsewhere == 0
    assert codes(verdict_on(history)) == ["same_text_here"]


def test_commenter_is_told_of_a_double_but_not_of_a_campaign() -> None:
    """The first helps a reader, the second a spammer."""
    here = finding_of(verdict_on(History(recent_same_text=1, same_text_here=1)), "same_text_here")
    often = finding_of(verdict_on(History(recent_same_text=2)), "same_text_often")
    assert here.reader_words == "the same text already sent under this post"
    assert often.reader_words is None


def test_moderator_reads_how_often_the_text_was_sent() -> None:
    """The number is in the words."""
    assert "12 times" in finding_of(verdict_on(History(recent_same_text=12)), "same_text_often").words
