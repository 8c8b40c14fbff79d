"""Asking an outside service: what it is told, what its answers mean, and that its failures change nothing."""

import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

import pytest
from django.db import connection

from comments import akismet
from comments.akismet import REST_SECONDS, Service, is_private_way, opinion_of
from comments.models import Comment
from comments.spam.candidate import Candidate, Opinion
from comments.submit import submit_comment
from tests.comments.spam.cast import HONEST_TEXT, candidate
from tests.makers import NOW, make_draft, make_post, make_sender, make_writer

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    """A stand-in's answer with these headers, written with underscores."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


@dataclass
class StandIn:
    """A service on this machine that answers what a test says and remembers what it was asked."""

    answer: Answer = field(default_factory=lambda: answer(b"false"))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode("ascii")
        fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        self.asked.append((handler.path, fields))
        try:
            self.answer(handler)
        except OSError:
            assert self.asked  # whoever gave up waiting has hung up


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stand_in(settings) -> Iterator[StandIn]:
    it = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            it.take(self)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    settings.AKISMET_URL = f"http://127.0.0.1:{server.server_port}/1.1/"
    settings.AKISMET_KEY = "key-of-the-tests"
    yield it
    it.is_over.set()
    server.shutdown()
    running.join()
    server.server_close()


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    """Each test begins with a service that is well, and with time standing still."""
    clock = Clock()
    monkeypatch.setattr(akismet, "service", Service(clock))
    return clock


def asked(comment: Candidate | None = None) -> Opinion | None:
    return opinion_of(comment or candidate(), permalink="/2026/03/downhill/")


# ---------- what it is told ----------
def test_service_is_told_the_comment_and_no_more(stand_in, settings) -> None:
    """Each field that leaves the machine, as docs/operating.md lists them."""
    settings.ALLOWED_HOSTS = ["blog.example.org", "www.example.org"]
    settings.HTTPS = True
    asked(candidate(email="ines@example.org", website="https://ines.example/", network="3f1c9a"))
    assert stand_in.asked == [
        (
            "/1.1/comment-check",
            {
                "api_key": "key-of-the-tests",
                "blog": "https://blog.example.org/",
                "blog_lang": "en_gb",
                "permalink": "https://blog.example.org/2026/03/downhill/",
                "user_ip": "127.0.0.1",
                "comment_type": "comment",
                "comment_author": "Ines",
                "comment_author_url": "https://ines.example/",
                "comment_content": HONEST_TEXT,
            },
        )
    ]


def test_reply_is_called_one(stand_in) -> None:
    asked(candidate(parent_name="Jonas"))
    assert stand_in.asked[0][1]["comment_type"] == "reply"


@pytest.mark.parametrize(
    ("hosts", "blog"), [([".example.org"], "http://example.org/"), (["*"], "http://localhost/")]
)
def test_home_page_has_the_first_host_that_is_named(stand_in, settings, hosts, blog) -> None:
    settings.ALLOWED_HOSTS = hosts
    asked()
    assert stand_in.asked[0][1]["blog"] == blog


def test_any_text_arrives(stand_in) -> None:
    """Half a character, which no encoding has, becomes a question mark."""
    assert asked(candidate(text="é & = ❤ \x00\n\ud800")) is Opinion.HAM
    assert stand_in.asked[0][1]["comment_content"] == "é & = ❤ \x00\n?"


# ---------- who is not asked about ----------
@pytest.mark.parametrize("missing", ["AKISMET_URL", "AKISMET_KEY"])
def test_nobody_is_asked_unless_address_and_key_are_set(stand_in, settings, missing) -> None:
    setattr(settings, missing, "")
    assert asked() is None
    assert not stand_in.asked


def test_nobody_is_asked_about_staff(stand_in) -> None:
    """They are published whatever anybody thinks."""
    assert asked(candidate(is_staff=True)) is None
    assert not stand_in.asked


# ---------- what its answers mean ----------
@pytest.mark.parametrize(
    ("sent", "opinion"),
    [
        (answer(b"false"), Opinion.HAM),
        (answer(b"true"), Opinion.SPAM),
        (answer(b"true\n", X_akismet_pro_tip="discard"), Opinion.DISCARD),
        (answer(b"true", X_akismet_pro_tip="something new"), Opinion.SPAM),
        (answer(b"false", X_akismet_pro_tip="discard"), Opinion.HAM),
    ],
    ids=["ham", "spam", "discard", "another tip", "ham with a tip"],
)
def test_answer_is_an_opinion(stand_in, sent, opinion) -> None:
    stand_in.answer = sent
    assert asked() is opinion


# ---------- what is no opinion ----------
def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff this is not HTTP\r\n\r\n" * 10)


def endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\nfalse")


NO_OPINIONS = {
    "wrong key": answer(b"invalid", X_akismet_debug_help="no such key"),
    "nothing": answer(b""),
    "a page": answer(b"<html>false</html>"),
    "other letters": answer(b"False"),
    "half an answer": answer(b"fal", Content_Length="5"),
    "an error": answer(b"false", status=500),
    "too many requests": answer(b"true", status=429),
    "elsewhere": answer(b"false", status=302, Location="/1.1/elsewhere"),
    "elsewhere, the same way": answer(b"true", status=307, Location="/1.1/elsewhere"),
    "much too long": answer(b"false" + b" " * 10_000_000),
    "no HTTP": garbage,
    "headers without end": endless_headers,
    "hung up": lambda handler: None,
}


@pytest.mark.parametrize("sent", NO_OPINIONS.values(), ids=NO_OPINIONS.keys())
def test_odd_answer_is_no_opinion(stand_in, sent) -> None:
    """And is asked for once, wherever a redirect points."""
    stand_in.answer = sent
    assert asked() is None
    assert [path for path, _fields in stand_in.asked] == ["/1.1/comment-check"]


def silence(stand_in: StandIn) -> Answer:
    return lambda handler: stand_in.is_over.wait(10)


def trickle(stand_in: StandIn) -> Answer:
    """An answer of which every byte comes in time, and the last one never."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not stand_in.is_over.wait(0.02):
            handler.wfile.write(b"y")

    return send


@pytest.mark.parametrize("slow", [silence, trickle])
def test_slow_service_is_given_up(stand_in, settings, slow) -> None:
    """After AKISMET_TIMEOUT in all, however lively it seems."""
    settings.AKISMET_TIMEOUT = 0.2
    stand_in.answer = slow(stand_in)
    assert asked() is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/1.1/",
        "http://blog.example/1.1/",
        "https://[broken/",
        "https://127.0.0.1:99999/",
        "https://" + "x" * 70 + ".invalid/",
        "ftp://127.0.0.1/",
        "nonsense",
    ],
)
def test_address_that_leads_nowhere_is_no_opinion(settings, url) -> None:
    """Nothing listens, or the address is none, or readers' words would travel in the open."""
    settings.AKISMET_URL, settings.AKISMET_KEY = url, "key"
    assert asked() is None


def test_https_needs_a_certificate(stand_in, settings) -> None:
    """A server without one gets nothing; the names on certificates are checked."""
    settings.AKISMET_URL = settings.AKISMET_URL.replace("http:", "https:")
    assert asked() is None
    assert not stand_in.asked
    assert akismet._certificates().verify_mode is ssl.CERT_REQUIRED
    assert akismet._certificates().check_hostname


# ---------- after a failure ----------
def test_failed_service_is_left_alone_for_a_minute(stand_in, clock) -> None:
    """So that it slows one comment and not each; then it gets another chance."""
    stand_in.answer = answer(b"", status=503)
    assert asked() is None
    stand_in.answer = answer(b"true")
    clock.seconds += REST_SECONDS - 1
    assert asked() is None
    assert len(stand_in.asked) == 1
    clock.seconds += 1
    assert asked() is Opinion.SPAM


def test_failure_is_logged_once_and_without_anybodys_words(stand_in, caplog) -> None:
    """Neither the comment's, nor the key, nor what the service said."""
    stand_in.answer = answer(b"invalid: " + HONEST_TEXT.encode(), X_akismet_debug_help=HONEST_TEXT)
    with caplog.at_level(logging.DEBUG):
        asked()
        asked()
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage() == (
        "no opinion from AKISMET_URL, left alone for 60 s: neither true nor false; AKISMET_KEY may be wrong"
    )


# ---------- through the one door ----------
@pytest.fixture
def send(db, silent_text_model) -> Callable[..., Comment]:
    """Posts an honest comment under one post."""
    post = make_post()

    def send(text: str = "Mine took six weeks.", **sender: object) -> Comment:
        draft, who = make_draft(text, email="ines@example.org"), make_sender(**sender)
        return submit_comment(draft, post=post, sender=who, now=NOW).comment

    return send


def test_opinion_stands_among_the_findings_of_a_comment(stand_in, send) -> None:
    """A stranger called spam waits, and the desk can say why."""
    stand_in.answer = answer(b"true")
    comment = send()
    assert comment.status == Comment.Status.HELD
    assert [finding["code"] for finding in comment.findings] == ["service_says"]
    told = stand_in.asked[0][1]
    assert told["permalink"].endswith(comment.post.get_absolute_url())
    assert "ines@example.org" not in str(told)


def test_service_is_not_asked_while_a_transaction_is_open(stand_in, send, monkeypatch) -> None:
    """It may take two seconds, in which nobody else could write to SQLite."""
    depth = []
    monkeypatch.setattr(
        akismet.service, "opinion", lambda fields: depth.append(len(connection.savepoint_ids))
    )
    before = len(connection.savepoint_ids)
    send()
    assert depth == [before]


def test_service_is_not_asked_about_the_writers_own_comments(stand_in, send) -> None:
    assert send(user=make_writer("vera", "Vera Holt")).status == Comment.Status.APPROVED
    assert not stand_in.asked


@pytest.mark.parametrize("sent", [*NO_OPINIONS.values(), None], ids=[*NO_OPINIONS.keys(), "nobody there"])
def test_failing_service_changes_nothing(stand_in, settings, send, sent) -> None:
    """The comment, its status and its findings are those of a site that asks nobody."""
    if sent:
        stand_in.answer = sent
    else:
        settings.AKISMET_URL = "http://127.0.0.1:1/"
    failed = send("See https://a.example/ for the drill.")
    settings.AKISMET_URL = ""
    alone = send("See https://a.example/ for that drill.")
    assert (failed.status, failed.probability, failed.findings) == (
        alone.status,
        alone.probability,
        alone.findings,
    )
    assert Comment.objects.count() == 2


def test_slow_service_changes_nothing(stand_in, settings, send) -> None:
    settings.AKISMET_TIMEOUT = 0.2
    stand_in.answer = silence(stand_in)
    comment = send()
    assert comment.status == Comment.Status.APPROVED
    assert comment.findings == []


# ---------- private ways ----------
@pytest.mark.parametrize(
    ("url", "is_private"),
    [
        ("https://rest.akismet.com/1.1/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://localhost/", True),
        ("http://[::1]/", True),
        ("http://rest.akismet.com/1.1/", False),
        ("http://localhost.example/", False),
        ("http://127.0.0.1@rest.example/", False),
        ("https:///1.1/", False),
        ("rest.akismet.com", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_private_way_is_https_or_this_machine(url, is_private) -> None:
    assert is_private_way(url) is is_private
