"""The site's settings as the tests see them: development's parts, nothing of the shell's, nothing slow.

Only DATABASE_URL passes through, so that the same tests run on SQLite and on PostgreSQL. Whatever a test
writes goes to a directory of this process that is removed at the end.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ |= {
    "DEBUG": "1",  # for the parts that exist only in development; switched off again below
    "DEMO": "1",
    "HTTPS": "0",
    "SECRET_KEY": "only-the-tests-know-this-key-and-it-protects-nothing-at-all",
    "CACHE_URL": "locmemcache://",
    "DATABASE_POOL": "0",  # a pool would hold connections that keep a test database from being dropped
    "PAGE_CACHE_MEGABYTES": "16",  # on, as in production: a change that forgets to raise a version shows
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "TRUSTED_PROXIES": "0",
    "TIME_ZONE": "Europe/London",
    "LOG_LEVEL": "WARNING",
    "AKISMET_URL": "",  # nothing leaves the machine that runs the tests
    "AKISMET_KEY": "",
    "EMAIL_URL": "",
    "MAIL_FROM": "mail@example.org",
    "SITE_URL": "https://blog.example.org",
}

from config.environment import POSTGRESQL_OPTIONS
from config.settings import *  # noqa: F403  (it reads the environment set above)
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

SCRATCH = Path(tempfile.mkdtemp(prefix="second-wind-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

DEBUG = False
MEDIA_ROOT = str(SCRATCH / "media")
STATIC_ROOT = str(SCRATCH / "static")
Path(STATIC_ROOT).mkdir(
    exist_ok=True
)  # whitenoise warns of a directory that is not there, and a warning is an error
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Every query in a loop that one query could answer fails the request that sent it.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_ALLOWLIST = [
    {"model": "sessions.Session"},  # signing out reads the session twice, inside Django
    {"model": "auth.User", "field": "get()"},  # the admin reads who is signed in, and who is chosen as author
]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file rather than memory: the browser's requests then have connections of their own, as in production.
    DATABASES["default"] |= {
        "TEST": {"NAME": str(SCRATCH / "tests.sqlite3")},
        "OPTIONS": DATABASES["default"]["OPTIONS"]
        | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"},
    }
else:
    # As in production, where queries are prepared on the server.
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
