"""The practice wave's words: complete, the same for the same night, and leading nowhere that exists."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from comments.models.comment import MAX_NAME, MAX_WEBSITE
from demo import library
from demo.campaigns import _new_text, read_campaigns, read_honest, spam_of

NIGHT = date(2026, 11, 23)
SPAM = spam_of(NIGHT, 1)
HONEST = [arrival for versions in read_honest().values() for arrival in versions]
EVERYTHING = [*SPAM, *HONEST]

RESERVED = (".example", ".test", ".invalid")
HOST = re.compile(r"(?://|[\w+-]@)([\w.-]+\w)")
PHONE = re.compile(r"[+(]?\d[\d ()-]{8,}\d")
# Numbers that Ofcom, the FCC's numbering plan and the Bundesnetzagentur keep for stories.
NOBODYS_PHONE = re.compile(
    r"\+44 1632 960 |020 7946 0|\+1 202 555 01|\(202\) 555-01|\+49 30 23125 |030 23125 "
)


def test_a_wave_has_two_hundred_spam_comments_from_forty_templates():
    assert len(SPAM) == 200
    assert sum(len(campaign["texts"]) for campaign in read_campaigns().values()) == 40
    assert len(read_campaigns()) >= 8


def test_the_same_night_brings_the_same_wave_and_another_one_another():
    assert spam_of(NIGHT, 1) == SPAM
    for night, number in ((NIGHT, 2), (NIGHT + timedelta(days=1), 1)):
        assert {spam.text for spam in spam_of(night, number)} != {spam.text for spam in SPAM}


def test_texts_are_equal_only_where_a_campaign_repeats_itself():
    repeats = sum(campaign["repeats"] for campaign in read_campaigns().values())
    assert repeats > 10
    assert len(SPAM) - len({spam.text for spam in SPAM}) == repeats


def test_every_part_is_filled_in_night_after_night():
    for night in range(20):
        for spam in spam_of(NIGHT + timedelta(days=night), 1):
            assert not re.search(r"[{}]", f"{spam.text} {spam.name} {spam.website}")


def test_every_list_of_parts_is_asked_for():
    for title, campaign in read_campaigns().items():
        templates = [*campaign["texts"], *campaign["names"], *campaign["websites"]]
        within = [word for words in campaign["parts"].values() for word in words]
        assert set(campaign["parts"]) == set(re.findall(r"\{(\w+)\}", " ".join(templates + within))), title


def test_one_comments_shop_is_the_same_in_its_text_and_beside_its_name():
    both = [spam for spam in SPAM if spam.website and "://" in spam.text]
    assert both
    for spam in both:
        assert len(set(HOST.findall(f"{spam.text} {spam.website.replace('www.', '')}"))) == 1


def test_it_advertises_only_places_that_cannot_exist():
    hosts = [host for arrival in EVERYTHING for host in HOST.findall(f"{arrival.text} {arrival.website}")]
    assert len(hosts) > 100
    assert all(host.endswith(RESERVED) for host in hosts)


def test_it_gives_only_telephone_numbers_that_nobody_has():
    phones = [phone for arrival in EVERYTHING for phone in PHONE.findall(arrival.text)]
    assert len(phones) > 5
    assert [phone for phone in phones if not NOBODYS_PHONE.match(phone)] == []


def test_what_it_sends_fits_the_form():
    for arrival in EVERYTHING:
        assert 0 < len(arrival.name) <= MAX_NAME
        assert len(arrival.website) <= MAX_WEBSITE
        assert arrival.form_age > 0


def test_it_comes_between_eleven_and_seven_from_many_networks():
    assert all(timedelta() <= arrival.after < timedelta(hours=8) for arrival in EVERYTHING)
    hours = Counter(arrival.after // timedelta(hours=1) for arrival in SPAM)
    assert set(hours) == set(range(8))
    assert len({arrival.network for arrival in SPAM}) > 40


def test_some_of_it_fills_in_the_hidden_field_or_comes_without_a_stamp():
    assert any(spam.honeypot for spam in SPAM)
    assert not all(spam.form_is_ours for spam in SPAM)
    assert all(honest.form_is_ours and not honest.honeypot for honest in HONEST)


def test_honest_comments_are_of_five_kinds_with_as_many_versions_each():
    assert set(read_honest()) == {"short", "thanks", "link", "brand", "first"}
    assert {len(versions) for versions in read_honest().values()} == {3}
    assert len({honest.name for honest in HONEST}) == len({honest.text for honest in HONEST}) == 15


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.name)
def test_an_honest_comment_is_about_a_post_that_is_out(honest):
    published = {post.slug for post in library.read_posts() if post.published}
    assert honest.post in published
    assert honest.is_honest


def test_a_campaign_with_too_few_words_for_its_comments_is_found_out():
    with pytest.raises(ValueError, match="too few parts"):
        _new_text("Buy {thing}", {"thing": ["pills"]}, Random(1), known=["Buy pills"])
