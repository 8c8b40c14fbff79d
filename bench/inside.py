"""What has to happen inside the site's own process: filling its database and counting its queries.

    python -m bench.inside fill               prints where the pages and forms are
    python -m bench.inside queries < rows     prints the number of queries by row
    python -m bench.inside search             adds many posts and comments, prints what a search takes

Both print JSON. The benchmark itself never loads Django, because it measures sites on several databases.
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402  (models can be read only after set-up)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.content import fill, gather_statistics  # noqa: E402
from bench.search import measure_search  # noqa: E402
from comments.faces import rendered  # noqa: E402
from lib.pagecache import store  # noqa: E402

BOUNDS_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def count_queries(rows: list[dict]) -> dict[str, int]:
    """Each row is asked twice; the second answer counts, with everything else warm."""
    return {row["name"]: _count(row) for row in rows}


def _count(row: dict) -> int:
    first, second = row["requests"]
    _ask(first)
    if not row["keeps_pages"]:
        store.clear()
        rendered.clear()
    with CaptureQueriesContext(connection) as captured:
        status = _ask(second)
    if status != row["status"]:
        raise RuntimeError(f"{row['name']} answered {status} instead of {row['status']}.")
    return sum(not query["sql"].startswith(BOUNDS_OF_TRANSACTIONS) for query in captured)


def _ask(request: dict) -> int:
    headers = request["headers"]
    content_type = headers.get("Content-Type", "")
    return (
        Client()
        .generic(
            request["method"], request["path"], request["body"], content_type=content_type, headers=headers
        )
        .status_code
    )


def main(command: str) -> None:
    if command == "fill":
        print(json.dumps(fill()))
        gather_statistics()
    elif command == "search":
        print(json.dumps(measure_search()))
    else:
        print(json.dumps(count_queries(json.load(sys.stdin))))


if __name__ == "__main__":
    main(sys.argv[1])
