"""Whether a comment speaks of what its post speaks of."""

import pytest

from comments.spam.verdict import Decision
from comments.spam.words import telling_stems
from tests.comments.spam.cast import KNOWN, codes, finding_of, verdict_on

POST = (
    "The physiotherapist measured both ankles and said that the left calf was weaker by a third. We "
    "agreed on eccentric exercises, three times a day, with the heel hanging from a stair. For the first "
    "fortnight the tendon complained each morning, and I wrote down how stiff it felt, from nothing to "
    "unbearable. Running was forbidden, cycling was allowed, swimming encouraged. After a month the "
    "swelling had gone and the stiffness lasted for ten minutes. I bought softer shoes, threw away the "
    "racing flats, and went back to the forest path with its gentle gradient. The surgeon had wanted an "
    "injection. My insurance refused it, which in hindsight was a blessing. Patience, boring routine and "
    "honest notes brought me back to the start line in October, slower and grateful, with a marathon "
    "entry for the following spring."
)
ON_TOPIC = (
    "My physiotherapist gave me eccentric exercises too, and the tendon was stiff in the morning for weeks. "
    "What helped was cycling and swimming, softer shoes, and a routine of writing notes. The injection was "
    "offered by my surgeon as well, and I refused. A gentle gradient is the right place to begin."
)
OFF_TOPIC = (
    "Our agency offers affordable backlinks and content marketing for companies that need more customers. "
    "The campaigns are tailored to your budget and the results are visible in the search engines of the "
    "world. For a quotation or a free consultation contact the sales department with the address of your "
    "homepage."
)
GERMAN = (
    "Ich hatte letztes Jahr dasselbe Problem mit der Achillessehne und habe sechs Wochen lang exzentrische "
    "Übungen gemacht, zuerst beidbeinig, danach einbeinig auf einer Treppenstufe. Wichtig war vor allem die "
    "Geduld, denn zwischendurch wurde es immer wieder schlimmer, bevor es endlich besser wurde."
)
FLATTERY = "Wonderful blog, so informative, I told all my friends and family about it."
# Each takes up one word more.
TAKING_UP = (
    "My tendon hurts too.",
    "My tendon and my ankles hurt too.",
    "Cycling helped my tendon and my ankles.",
    "Cycling and swimming helped my tendon and my ankles.",
)
UNDER_POST = {"post_title": "What the tendon taught me", "post_text": POST}


def found(text: str, **changes: object) -> list[str]:
    return codes(verdict_on(text=text, **(UNDER_POST | changes)))


def test_comment_that_takes_up_much_of_the_post_has_it_spoken_for() -> None:
    """Each word it takes up counts."""
    assert found(ON_TOPIC) == ["on_topic"]


@pytest.mark.parametrize(
    ("text", "points"), [*zip((*TAKING_UP, ON_TOPIC), (-0.4, -0.8, -1.2, -1.6, -1.6), strict=True)]
)
def test_each_word_that_is_taken_up_speaks_for_the_comment_up_to_four(text: str, points: float) -> None:
    """Copying the fifth one brings nothing."""
    assert finding_of(verdict_on(text=text, **UNDER_POST), "on_topic").points == points


def test_long_comment_about_something_else_is_off_topic_and_still_published() -> None:
    """People digress."""
    assert found(OFF_TOPIC) == ["off_topic"]
    assert verdict_on(text=OFF_TOPIC, **UNDER_POST).decision is Decision.PUBLISH


def test_short_comment_is_neither() -> None:
    """Ten words can be about anything."""
    assert found("Backlinks and content marketing for your homepage, contact our agency.") == []


def test_comment_in_another_language_is_neither() -> None:
    """It shares no words because it cannot."""
    assert found(GERMAN) == []


def test_comment_on_what_others_said_below_the_post_is_not_off_topic() -> None:
    """Talk wanders, and whoever follows it is no spammer."""
    talk = telling_stems("My agency has customers all over the world and a budget for marketing campaigns.")
    assert found(OFF_TOPIC, post_talk=talk) == ["on_topic"]


def test_reply_that_takes_up_a_word_of_its_parent_is_neither() -> None:
    """It answers somebody."""
    assert found(OFF_TOPIC, parent_text="Has anybody an agency for backlinks?", parent_name="Jonas") == []
    assert found(ON_TOPIC, parent_text="Which exercises?", parent_name="Jonas") == []


def test_reply_that_takes_up_nothing_is_judged_like_any_comment() -> None:
    """Programs press the reply link as well."""
    assert found(OFF_TOPIC, parent_text="Get well soon, Mara!", parent_name="Jonas") == ["off_topic"]


def test_short_post_is_not_missed() -> None:
    """There is little in it to take up."""
    assert found(OFF_TOPIC, post_text="It held, and then it did not.") == []


def test_copy_of_the_post_is_not_on_topic() -> None:
    """Programs copy what they find."""
    assert found(POST) == []


@pytest.mark.parametrize("topics", [("IT band",), ("knee pain",)])
def test_short_words_of_title_and_topics_count(topics: tuple[str, ...]) -> None:
    """A knee has four letters."""
    assert "knee" in telling_stems("My knee", shortest=4)
    assert found(ON_TOPIC, post_topics=topics) == ["on_topic"]


def test_known_commenter_gets_no_bonus_beside_their_trust() -> None:
    """Trust has a limit that nothing adds to."""
    assert codes(verdict_on(KNOWN, text=ON_TOPIC, **UNDER_POST)) == ["approved_before"]


@pytest.mark.parametrize(
    "payload", [{"text": f"{FLATTERY} https://a.example"}, {"website": "https://a.example"}]
)
def test_praise_that_fits_every_page_with_a_link_is_off_topic(payload: dict[str, str]) -> None:
    """The payload may stand in the text or in the website field."""
    assert "off_topic_link" in found(**({"text": FLATTERY} | payload))


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (FLATTERY, {}),
        ("My tendon says thanks: https://a.example", {}),
        ("Chin up!", {"website": "https://a.example"}),
        (f"{FLATTERY} https://a.example", {"history": KNOWN}),
    ],
    ids=["no link", "takes up a word", "greeting with a website", "known commenter"],
)
def test_honest_links_are_not_called_off_topic(text: str, changes: dict[str, object]) -> None:
    assert "off_topic_link" not in found(text, **changes)
