"""A rate limit as one row a key, right under any number of processes and hosts.

A window begins with the first use after the last window ended and lasts a fixed time; within it a key is
granted `limit` uses. One statement reads, decides and writes, so two requests at the same moment cannot
both take the last use. The price of a fixed window: around its end up to twice the limit can pass in a
short time.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.http import HttpResponse

from lib.models import LONGEST_WINDOW, Allowance

# The same words for SQLite (3.35 or later) and PostgreSQL. `used` stops one above the limit.
SPEND = f"""
    INSERT INTO {Allowance._meta.db_table} AS kept (key, window_start, used) VALUES (%(key)s, %(now)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        window_start = CASE WHEN kept.window_start <= %(over)s THEN excluded.window_start
                            ELSE kept.window_start END,
        used = CASE WHEN kept.window_start <= %(over)s THEN 1
                    WHEN kept.used > %(limit)s THEN kept.used
                    ELSE kept.used + 1 END
    RETURNING used
"""  # noqa: S608  (the table's name is ours; every value is bound)


def spend(key: str, *, limit: int, seconds: int, now: datetime) -> bool:
    """Take one use from a key's allowance; False when `limit` uses were granted within the window already.

    A refused use does not lengthen the window. Call it outside a transaction: one that is rolled back gives
    the use back, and one that stays open makes others with the same key wait. The key has 1 to 64
    characters (`lib.network.keyed_hash` gives 32), the window lasts up to a day; else ValueError.
    """
    window = timedelta(seconds=seconds)
    if not 0 < len(key) <= 64 or not timedelta(0) < window <= LONGEST_WINDOW:
        raise ValueError("An allowance needs a key of 1 to 64 characters and a window of 1 second to 1 day.")
    values = {"key": key, "now": _for_database(now), "over": _for_database(now - window), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(SPEND, values)
        (used,) = cursor.fetchone()
    return used <= limit


def give_back(key: str) -> None:
    """Return one granted use. A limit on failures spends before each try and gives back after a success."""
    Allowance.objects.filter(key=key, used__gt=0).update(used=F("used") - 1)


def later(response: HttpResponse, seconds: int) -> HttpResponse:
    """Says in an answer (429) when it is worth trying again. Source: RFC 6585, section 4."""
    response.headers["Retry-After"] = str(seconds)
    return response


def _for_database(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)
