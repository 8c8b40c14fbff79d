"""Search over posts: what is found, in which order, and that any input is safe."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import SearchEntry
from blog.search import find, hits_of
from blog.search_query import read_query
from blog.views import POSTS_PER_PAGE, SEARCHES
from blog.writing import save_post
from lib.fulltext import Phrase
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db


def titles(query: str) -> list[str]:
    now = timezone.now()
    found = find(read_query(query), now)
    return [hit.shown.post.title for hit in hits_of(found.of(None), found.phrases, now)]


def topics(query: str) -> list[str]:
    return [topic.name for topic in find(read_query(query), timezone.now()).topics]


def test_every_word_must_occur_somewhere():
    make_post("Downhill", plain_text="A wire in the knee.")
    make_post("Uphill", plain_text="A quiet knee.")
    assert titles("knee wire") == ["Downhill"]


@pytest.mark.parametrize("field", ["title", "deck", "plain_text"])
def test_words_are_found_wherever_they_stand(field):
    make_post(slug="here", **{"title": "A post", field: "The Iliotibial band"})
    assert len(titles("iliotibial")) == 1


def test_topic_names_are_found():
    make_post("A post", topics=[make_topic("Plantar fascia")])
    assert titles("plantar") == ["A post"]


def test_other_names_of_a_topic_are_found_whatever_the_letters():
    make_post("A post", topics=[make_topic("IT band", aliases=["Köhler's knee", "ITBS"])])
    assert titles("köhler") == titles("KÖHLER'S") == titles("itbs") == ["A post"]


@pytest.mark.parametrize("query", ["[]", '["', '",', "[ ]"])
def test_how_other_names_are_stored_is_not_searched(query):
    make_post("A post", topics=[make_topic("IT band"), make_topic("Knee", aliases=["ITBS", "runner’s knee"])])
    assert titles(query) == []


@pytest.mark.parametrize("query", ["über", "Über", "ÜBER", "überlastung", "ÜBERLASTUNG", "élève"])
def test_capitals_of_other_alphabets_are_found(query):
    make_post("A post", plain_text="Überlastung. Élève und ÉLÈVE.")
    assert titles(query) == ["A post"]


@pytest.mark.parametrize("query", ["ITBS", "it band", "iliotibial band"])
def test_any_name_of_a_topic_finds_what_says_another(query):
    make_topic("IT band", aliases=["ITBS", "iliotibial band"])
    make_post("Says one", plain_text="My IT band again.")
    make_post("Says other", plain_text="They call it ITBS.")
    make_post("Says neither", plain_text="A knee.")
    assert sorted(titles(query)) == ["Says one", "Says other"]


@pytest.mark.parametrize("query", ["run", "runs", "running", "Running’s", "RUNNING"])
def test_forms_of_a_word_are_one_word(query):
    make_post("A post", plain_text="She was running again.")
    assert titles(query) == ["A post"]


def test_words_as_typed_in_other_languages_are_found_with_and_without_accents():
    make_post("A post", plain_text="L’entraînement après la blessure. Колено. 膝の痛み。")
    for query in ("entraînement", "entrainement", "blessure", "КОЛЕНО", "膝", "痛み"):
        assert titles(query) == ["A post"], query


def test_small_words_are_left_out_where_others_are_left():
    make_post("A post", plain_text="Knees need weeks.")
    assert titles("how is the knee") == ["A post"]
    assert titles('"the knee"') == []


def test_last_word_may_be_a_beginning_where_nothing_else_is_found():
    make_post("A post", plain_text="Under the kneecap.")
    assert titles("under kneec") == ["A post"]
    make_post("Whole", plain_text="Under a kneec.")
    assert titles("under kneec") == ["Whole"]


def test_title_comes_before_deck_before_side_by_side_before_apart():
    now = timezone.now()
    for age, title, fields in [
        (4, "Calf raises", {}),
        (3, "Deck", {"deck": "Calf raises daily."}),
        (2, "Together", {"plain_text": "Do calf raises."}),
        (1, "Apart", {"plain_text": "It raises a calf."}),
    ]:
        make_post(title, publish_at=now - timedelta(days=age), **fields)
    assert titles("calf raises") == ["Calf raises", "Deck", "Together", "Apart"]


def test_phrase_does_not_reach_from_the_title_into_the_deck():
    make_post("About the knee", deck="Pain is a word.")
    assert titles('"knee pain"') == []


def test_scheduled_post_is_found_from_its_second_and_a_withdrawn_one_until_then():
    now = timezone.now()
    make_post("Knee", publish_at=now + timedelta(days=1), withdraw_at=now + timedelta(days=2))
    assert titles("knee") == []
    with time_machine.travel(now + timedelta(days=1, seconds=1), tick=False):
        assert titles("knee") == ["Knee"]
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert titles("knee") == []


def test_saved_post_is_found_by_its_new_words_alone(mara):
    post = save_post(make_post("Old"), now=timezone.now())
    post.title = "Achilles"
    save_post(post, now=timezone.now())
    assert titles("achilles") == ["Achilles"]
    assert titles("old") == []
    post.publish_at = None
    save_post(post, now=timezone.now())
    assert titles("achilles") == []
    assert not SearchEntry.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no words in rows")
def test_words_of_a_long_post_stand_in_its_entry():
    """Beside it they would be three pages more to read for each row that may hold a phrase."""
    body = " ".join(f"word{number}" for number in range(300))
    save_post(make_post("Knee", body=f"<p>{body}</p>"), now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pg_column_size(words)) FROM blog_searchentry")
        assert cursor.fetchone()[0] > 2_500
        cursor.execute(
            "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'blog_searchentry'"
        )
        assert cursor.fetchone() == (0,)


def test_common_word_is_read_only_so_far(monkeypatch, client):
    monkeypatch.setattr("blog.search.MAX_HITS", 3)
    for number in range(5):
        make_post(f"Knee {number}", slug=f"knee-{number}")
    page = client.get("/search/", {"q": "knee"}).content.decode()
    assert "3+ results for" in page
    assert "the best of many" in page


def test_long_query_is_searched_as_far_as_it_goes_and_says_so(client):
    make_post("Knee")
    page = client.get("/search/", {"q": "knee " * 3000}).content.decode()
    assert "1 result for" in page
    assert "Only the beginning was searched" in page


def test_word_of_a_topic_and_word_of_the_text_may_stand_together():
    knee = make_topic("Knee", aliases=["patella"])
    make_post("Downhill", plain_text="A wire.", topics=[knee, make_topic("Hips")])
    make_post("Uphill", plain_text="Nothing.", topics=[knee])
    assert titles("patella wire") == ["Downhill"]


def test_post_with_many_topics_is_found_once_and_in_one_pass():
    """However many words and topics, the topics and the places are one query each, and the posts one more."""
    make_post("A post", topics=[make_topic(f"Knee {number}") for number in range(6)])
    with CaptureQueriesContext(connection) as captured:
        assert titles("k kn kne knee 1 2 3 4") == ["A post"]
    assert len(captured) == 3


def test_word_typed_twice_counts_once():
    assert [term.text for term in read_query("Knee knee KNEE wire").terms] == ["KNEE", "wire"]


def test_hit_in_the_title_comes_first():
    now = timezone.now()
    make_post("Hips", publish_at=now - timedelta(days=9))
    make_post("Knees", plain_text="Weak hips.", publish_at=now - timedelta(days=1))
    assert titles("hips") == ["Hips", "Knees"]


def test_posts_that_say_it_come_before_those_that_only_carry_the_topic():
    now, band = timezone.now(), make_topic("IT band")
    make_post("Tagged", topics=[band], publish_at=now - timedelta(days=1))
    make_post("Older", plain_text="My IT band.", publish_at=now - timedelta(days=9))
    make_post("Newer", plain_text="My IT band.", topics=[band], publish_at=now - timedelta(days=5))
    make_post("The IT band", topics=[band], publish_at=now - timedelta(days=20))
    assert titles("it band") == ["The IT band", "Newer", "Older", "Tagged"]


def test_part_of_a_word_in_the_title_is_no_hit_there():
    now = timezone.now()
    make_post("Written", plain_text="It.", publish_at=now - timedelta(days=9))
    make_post("Legs", plain_text="It.", publish_at=now - timedelta(days=1))
    assert titles("it") == ["Legs", "Written"]


@pytest.mark.parametrize(
    "query", ['"IT band"', "“it band”", "„IT band“", '"  it   band "', 'second "it band"']
)
def test_words_in_quotes_are_found_side_by_side(query):
    make_post("Together", plain_text="The second day, and the IT band.")
    make_post("Apart", plain_text="The second day. A band of it.")
    assert titles(query) == ["Together"]


def test_phrase_keeps_its_quotes_in_the_field_and_has_one_pair_in_the_heading(client):
    make_post("The IT band")
    page = client.get("/search/", {"q": '"IT band"'}).content.decode()
    assert "1 result for “<bdi>IT band</bdi>”" in page
    assert 'value="&quot;IT band&quot;"' in page


@pytest.mark.parametrize("query", ['"IT band', 'IT band"', '"IT" "band"', '"" IT band', "IT “band"])
def test_quotes_without_a_phrase_in_them_are_left_out(query):
    make_post("Apart", plain_text="A band of it.")
    assert titles(query) == ["Apart"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("it band", ["IT band"]),
        ('"IT band"', ["IT band"]),
        ("band", ["IT band"]),
        ("itbs", ["IT band"]),
        ("waist", ["Waistband"]),
        ("knee", ["IT band", "Runner’s knee"]),
        ("knee band", []),
        ("downhill", []),
    ],
)
def test_topics_that_are_called_so_are_found(query, names):
    """Whole names count, from the beginning of a word: “band” is in no “waistband”."""
    make_topic("IT band", aliases=["ITBS", "outside-knee pain"])
    make_topic("Runner’s knee", slug="runners-knee")
    make_topic("Waistband")
    assert topics(query) == names


def test_topics_stand_above_the_posts_and_only_on_the_first_page(client):
    band = make_topic("IT band")
    for number in range(POSTS_PER_PAGE + 1):
        make_post(f"Band {number}", slug=f"band-{number}", topics=[band])
    first = client.get("/search/", {"q": "band"}).content.decode()
    assert f"{POSTS_PER_PAGE + 2} results" in first
    assert first.index('Injury topic: <a href="/topics/it-band/">IT band</a>') < first.index("Band 20")
    assert "Injury topic:" not in client.get("/search/", {"q": "band", "page": "2"}).content.decode()


def test_topic_without_posts_is_a_result(client):
    make_topic("Shin splints")
    page = client.get("/search/", {"q": "shin"}).content.decode()
    assert "1 result for" in page
    assert "/topics/shin-splints/" in page


def test_search_costs_three_queries_besides_frame_and_limit(client, django_assert_num_queries):
    make_post("Bands", topics=[make_topic("IT band")])
    with django_assert_num_queries(5):
        client.get("/search/", {"q": "band"})


def test_unpublished_posts_are_never_found():
    make_post("Draft on hips", publish_at=None)
    assert titles("hips") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "%",
        "_",
        "%%",
        "' OR 1=1 --",
        '"open quote',
        "((((",
        "\\",
        "x" * 5000,
        "a\x00b",
        "\u202eabc",
        "NEAR(",
        "knee NEAR/2 hip",
        "AND OR NOT",
        "a:knee ^knee {b}: x",
        "*",
        "'''",
        "& | ! <-> :*",
        "🏃‍♀️ 🦵",
        "ﷺ שלום",
        "' kne\\",
        "knee " * 2000,
        "日本",
        "\ud800x",
    ],
)
def test_any_input_is_safe(client, query):
    make_post()
    if "\ud800" not in query:
        assert client.get("/search/", {"q": query}).status_code == 200
    assert isinstance(titles(query), list)


def test_wildcards_are_plain_characters():
    make_post("Nothing special")
    assert titles("%%") == []
    assert titles("__") == []


def test_search_page_shows_the_query_escaped(client):
    content = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_search_is_neither_kept_nor_listed(client):
    response = client.get("/search/", {"q": "hips"})
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_only_posts_on_the_page_get_a_snippet():
    posts = [make_post(f"Knee {number}", slug=f"knee-{number}") for number in range(3)]
    now = timezone.now()
    found = find(read_query("knee"), now).of(None)
    assert len(found) == 3
    with CaptureQueriesContext(connection) as captured:
        [hit] = hits_of(found[:1], [Phrase(("second",))], now)
    assert len(captured) == 1
    assert hit.shown.post in posts
    assert "<mark>second</mark>" in hit.shown.snippet


def test_pages_of_results_keep_the_query_and_nothing_else(client):
    for number in range(POSTS_PER_PAGE + 1):
        make_post(f"Knee & hip {number}", slug=f"knee-{number}")
    first = client.get("/search/", {"q": "knee & hip", "utm_source": "evil"}).content.decode()
    assert 'href="/search/?q=knee+%26+hip&amp;page=2"' in first
    assert "evil" not in first
    second = client.get("/search/", {"q": "knee & hip", "page": "2"}).content.decode()
    assert 'href="/search/?q=knee+%26+hip">Previous page' in second
    assert second.count('class="hit"') == 1


# ---------- too many searches ----------


def test_network_that_searches_too_often_is_asked_to_wait_and_keeps_its_words(client):
    for _ in range(SEARCHES):
        assert client.get("/search/", {"q": "hips"}).status_code == 200
    response = client.get("/search/", {"q": 'hips "and" knees'})
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "no-store" in response["Cache-Control"]
    assert 'value="hips &quot;and&quot; knees"' in response.content.decode()
    assert client.get("/search/", {"q": "hips"}, REMOTE_ADDR="203.0.113.9").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert client.get("/search/", {"q": "hips"}).status_code == 200


def test_empty_field_is_no_search(client):
    for _ in range(SEARCHES + 1):
        assert client.get("/search/").status_code == 200
