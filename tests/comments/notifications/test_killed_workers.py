"""Workers that are killed at any point lose no mail, and send none twice but the one they had in hand.

Real processes, `kill -9`, and a mail server of the test's own that strikes at a line it hears: anywhere in a
conversation, also between taking a mail and saying so.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import Mail
from comments.notifications.outbox import queue_mail
from tests.comments.notifications.mail_server import MailServer
from tests.makers import make_comment, make_post

ROOT = Path(__file__).resolve().parents[3]
MAILS = 20
KILLS = 3
# Of a conversation of some 36 lines, most are the mail itself.
LINES = 120
PATIENCE = 2


def start_worker(server: MailServer, scratch: Path) -> subprocess.Popen:
    told = {
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
        "WORKER_MAIL_PORT": str(server.port),
        "WORKER_PATIENCE": str(PATIENCE),
        "TMPDIR": str(scratch),
    }
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.02", "--no-startup-delay"]
    return subprocess.Popen([*command, "--no-reload", "-v0"], cwd=ROOT, env=os.environ | told)


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_any_point_lose_no_mail(tmp_path: Path):
    now = timezone.now()
    comment = make_comment(make_post(), created_at=now - timedelta(minutes=1))
    for number in range(MAILS):
        to = f"reader{number}@example.org"
        queue_mail(Mail.Kind.LIVE, to=to, key=f"live:{number}", now=now, comment=comment)
    with MailServer() as server:
        for _ in range(KILLS):
            worker = start_worker(server, tmp_path)
            server.strike_after(random.randint(1, LINES), worker.kill)
            assert server.wait_for_strike(10)
            worker.wait(5)
        worker = start_worker(server, tmp_path)
        try:
            assert server.wait_for_addresses(MAILS, 10)
        finally:
            worker.terminate()
            worker.wait(5)
    # A worker that was killed after the server had the mail could not say so: it is due once more.
    assert Mail.objects.waiting().count() <= KILLS
    times = Counter(server.taken)
    assert len(times) == MAILS, "the same mail has the same Message-ID"
    assert sum(times.values()) <= MAILS + KILLS
