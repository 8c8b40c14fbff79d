"""The visitors: a few connections kept open, each asking again as soon as it was answered.

They are threads of the benchmark's own process on raw sockets: the less the visitors do, the more of the
machine the servers have. Requests are finished bytes before the clock starts.
"""

import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain

CONNECTIONS = 4
TIMEOUT = 60
BODILESS = {204, 304}

# What a browser sends with every request, so that the servers have as much to read as in life.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br",
    "Upgrade-Insecure-Requests": "1",
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request to `host` ("127.0.0.1:8000"); `headers` come on top of those of every browser."""

    path: str
    host: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def all_headers(self) -> dict[str, str]:
        length = {"Content-Length": str(len(self.body.encode()))} if self.body else {}
        return {"Host": self.host, **BROWSER, **self.headers, **length}

    def encoded(self) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.all_headers().items()]
        return "\r\n".join([*lines, "", self.body]).encode()

    def to(self, host: str, path: str) -> "Request":
        return replace(self, host=host, path=path)


@dataclass(frozen=True, slots=True)
class Answer:
    head: bytes
    body: bytes = b""

    @property
    def status(self) -> int:
        return int(self.head[9:12])

    def header(self, name: str) -> str:
        """The value of a header, "" when it is missing."""
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of some requests: seconds for all of them, seconds for each, answers without bodies."""

    seconds: float
    latencies: list[float]
    answers: list[Answer]


class Connection:
    """A connection that is kept open between requests."""

    def __init__(self, host: str) -> None:
        name, _, port = host.partition(":")
        self._socket = socket.create_connection((name, int(port)), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """Raises ConnectionError when the server hangs up instead of answering."""
        self._socket.sendall(request)
        received = self._receive()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, body = Answer(received[:end]), received[end + 4 :]
        missing = _length_of(head) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        return Answer(head.head, b"".join(parts))

    def _receive(self) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("The server closed the connection before it had answered.")
        return received


def _length_of(answer: Answer) -> int:
    if answer.status in BODILESS:
        return 0
    length = answer.header("Content-Length")
    if not length:
        raise ConnectionError(f"The answer says no length: {answer.head!r}")
    return int(length)


def ask(request: Request) -> Answer:
    """One request on a connection of its own."""
    with Connection(request.host) as connection:
        return connection.ask(request.encoded())


def visit(requests: Sequence[Request], *, connections: int = CONNECTIONS) -> Visit:
    """Sends the requests, all to one server, shared out among the connections."""
    host = requests[0].host
    shares = [[request.encoded() for request in requests[start::connections]] for start in range(connections)]
    with ThreadPoolExecutor(connections) as threads:
        began = time.perf_counter()
        done = list(threads.map(_visit_alone, [host] * connections, shares))
        seconds = time.perf_counter() - began
    pairs = list(chain.from_iterable(done))
    return Visit(seconds, [latency for latency, _ in pairs], [answer for _, answer in pairs])


def _visit_alone(host: str, requests: Sequence[bytes]) -> list[tuple[float, Answer]]:
    done = []
    with Connection(host) as connection:
        for request in requests:
            began = time.perf_counter()
            answer = connection.ask(request)
            done.append((time.perf_counter() - began, Answer(answer.head)))
    return done
