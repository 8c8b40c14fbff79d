"""A mail server of some lines: it takes every mail, and can be told to strike at any line it hears.

It speaks as much of RFC 5321 as Django's client asks for.
"""

import socketserver
from collections.abc import Callable
from email import message_from_bytes
from threading import Condition, Thread


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 test")
        while line := self._hear():
            command = line.split(None, 1)[0].upper()
            if command == b"DATA":
                self._say("354 go on")
                self._take()
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self._hear()) not in (b"", b".\r\n"):
            lines.append(line)
        if line:
            self.server.keep(b"".join(lines))
            self._say("250 taken")

    def _hear(self) -> bytes:
        line = self.rfile.readline()
        self.server.heard()
        return line

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on `port` within a `with`, and keeps whom each mail went to in `taken`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port = self.server_address[1]
        self.taken: list[tuple[str, str]] = []
        self.changed = Condition()
        self._strike: Callable[[], None] | None = None
        self._lines_until_strike = 0

    def __enter__(self) -> "MailServer":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()

    def strike_after(self, lines: int, strike: Callable[[], None]) -> None:
        with self.changed:
            self._lines_until_strike, self._strike = lines, strike

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that is killed hangs up; nothing needs to be said of it."""

    def heard(self) -> None:
        with self.changed:
            self._lines_until_strike -= 1
            if self._strike and self._lines_until_strike <= 0:
                self._strike()
                self._strike = None
                self.changed.notify_all()

    def keep(self, data: bytes) -> None:
        message = message_from_bytes(data)
        with self.changed:
            self.taken.append((message["To"], message["Message-ID"]))
            self.changed.notify_all()

    def wait_for_strike(self, seconds: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self._strike is None, seconds)

    def wait_for_addresses(self, count: int, seconds: float) -> bool:
        """Whether mails for so many different addresses arrive in time."""
        with self.changed:
            return self.changed.wait_for(lambda: len({to for to, _ in self.taken}) >= count, seconds)
