"""gunicorn as in production, on a port of its own, and how much processor time and memory it takes.

Both the site and its bare measure are started by the same line, so whatever gunicorn costs is in both.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Request, ask

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
GUNICORN = (
    *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
    *("--log-level", "warning", "--no-control-socket"),
)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
LINES_PASSED_ON = 30
# All that the servers get of the shell's environment: nothing a developer has exported changes the figures.
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Server:
    """A running gunicorn. `host` is "127.0.0.1:PORT"."""

    host: str
    process: subprocess.Popen

    def worker_ids(self) -> list[int]:
        return sorted(pid for pid in _process_ids() if _parent_of(pid) == self.process.pid)

    def cpu_seconds(self) -> dict[int, float]:
        """User and system time of each worker so far, by process id."""
        return {pid: _cpu_seconds(pid) for pid in self.worker_ids()}

    def rss_megabytes(self) -> float:
        """Resident memory of the largest worker, in millions of bytes."""
        return max(_rss_bytes(pid) for pid in self.worker_ids()) / 1_000_000


@contextmanager
def running(application: str, *, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Starts gunicorn, waits for its first answer, and stops it whatever happens meanwhile."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening, log.open("wb") as output:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        process = _start(application, environment=environment, listening=listening, output=output)
    try:
        server = Server(host, process)
        _wait_until_ready(server)
        yield server
    finally:
        _stop(process)
        _pass_on(log)


def _start(
    application: str, *, environment: Mapping[str, str], listening: socket.socket, output: object
) -> subprocess.Popen:
    """In a session of its own, so that Ctrl-C reaches the benchmark alone, which then stops its servers."""
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"fd://{listening.fileno()}", application],
        cwd=ROOT,
        env=inherited() | environment,
        pass_fds=[listening.fileno()],
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def _wait_until_ready(server: Server) -> None:
    """Raises RuntimeError when it does not come up; why stands in its log."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.process.poll() is None:
        if _answers(server.host) and len(server.worker_ids()) == WORKERS:
            return
        time.sleep(0.1)
    raise RuntimeError("A server did not start.")


def _answers(host: str) -> bool:
    try:
        return ask(Request("/healthz", host)).status == 200
    except OSError:
        return False


def _stop(process: subprocess.Popen) -> None:
    try:
        process.terminate()
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _pass_on(log: Path) -> None:
    """Servers are silent below a warning; what they did say must not vanish with the scratch files."""
    if lines := log.read_text().splitlines():
        print("\n".join([f"{log.stem} said, at the end:", *lines[-LINES_PASSED_ON:]]), file=sys.stderr)


# ---------- what the system knows about a process ----------
def _process_ids() -> Iterator[int]:
    return (int(entry) for entry in os.listdir("/proc") if entry.isdigit())


def _parent_of(pid: int) -> int | None:
    try:
        # The name of the program, in brackets, may hold spaces; the parent is the second field after it.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _cpu_seconds(pid: int) -> float:
    """By the process's own clock (POSIX clock_getcpuclockid): user and system time of all its threads, in
    nanoseconds, where /proc/<pid>/stat counts hundredths of a second."""
    clock = ctypes.c_int()
    if _libc.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise ProcessLookupError(f"Process {pid} is gone.")
    return time.clock_gettime(clock.value)


def _rss_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(f"Process {pid} is gone.")
