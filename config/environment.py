"""Readers for the settings that need more than one line of the environment."""

import secrets
from pathlib import Path
from typing import Any

from environ import Env

# WAL lets readers go on while one writes; FULL makes an acknowledged comment survive a power cut;
# IMMEDIATE takes the write lock at the start, so that two writers queue instead of failing half-way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
}
# Seconds. A page is built in less; whoever waits longer for a kept one loses.
REDIS_OPTIONS = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}
# Seconds, for each word with the mail server. A mail is some ten of them; see WORK_PATIENCE.
MAIL_TIMEOUT = 15
POSTGRESQL_POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
# Queries that come again are prepared on the server, which spares both sides a third of the work. A pooler
# such as PgBouncer may answer each transaction from another server process, so it gets neither. Compiling
# a query (JIT) takes a hundred milliseconds; ours are done in ten, and those that look long only look so.
POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 5, "options": "-c jit=off"}


def database_from(env: Env, var_dir: Path) -> dict[str, Any]:
    """The default database: DATABASE_URL, or an SQLite file in `var/`."""
    settings = env.db_url_config(env.str("DATABASE_URL", default="") or f"sqlite:///{var_dir / 'db.sqlite3'}")
    if "sqlite" in settings["ENGINE"]:
        Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        return settings | {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    if not env.bool("DATABASE_POOL", default=True):
        return settings
    options = POSTGRESQL_OPTIONS | settings.get("OPTIONS", {})
    return settings | {"OPTIONS": options | {"pool": POSTGRESQL_POOL}}


def cache_from(env: Env) -> dict[str, Any]:
    """The default cache: CACHE_URL, or this process's memory. A Redis that hangs is given up soon."""
    settings = env.cache_url("CACHE_URL", default="locmemcache://")
    if "redis" not in settings["BACKEND"]:
        return settings
    return settings | {"OPTIONS": REDIS_OPTIONS | settings.get("OPTIONS", {})}


def mail_from(env: Env, var_dir: Path, *, debug: bool) -> dict[str, Any]:
    """Django's settings for sending mail: EMAIL_URL, or in development files in `var/mail/`."""
    url = env.str("EMAIL_URL", default="")
    if url:
        return env.email_url_config(url) | {"EMAIL_TIMEOUT": MAIL_TIMEOUT}
    kept = (
        "config.development_mail.FolderBackend" if debug else "django.core.mail.backends.dummy.EmailBackend"
    )
    return {"EMAIL_BACKEND": kept, "EMAIL_FILE_PATH": str(var_dir / "mail")}


def development_secret_key(var_dir: Path) -> str:
    """A key made on the first start and kept, so sign-ins outlive a restart; never used without DEBUG."""
    path = var_dir / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
