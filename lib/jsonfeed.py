"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), written from what Django's feed framework collects.

Used like Django's own feed types: `feed_type = JSONFeed`. An item's full text comes from
`item_extra_kwargs` as `content_html`; then its description is the summary, and without it the description
is the content.
"""

import json
from collections.abc import Mapping
from typing import Any, TextIO

from django.utils.feedgenerator import Enclosure, SyndicationFeed, rfc3339_date

VERSION = "https://jsonfeed.org/version/1.1"


class JSONFeed(SyndicationFeed):
    content_type = "application/feed+json"

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed as text. JSON is UTF-8 (RFC 8259, section 8.1): else ValueError."""
        if encoding.lower().replace("-", "") != "utf8":
            raise ValueError(f"A JSON feed is UTF-8, not {encoding}.")
        document = _feed(self.feed) | {"items": [_item(item) for item in self.items]}
        outfile.write(json.dumps(document, ensure_ascii=False))


def _feed(feed: Mapping[str, Any]) -> dict[str, Any]:
    return _present(
        version=VERSION,
        title=feed["title"],
        home_page_url=feed["link"],
        feed_url=feed["feed_url"],
        description=feed["subtitle"] or feed["description"],
        language=feed["language"],
        authors=_authors(feed),
    )


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    content = item.get("content_html")
    return _present(
        id=item["unique_id"] or item["link"],
        url=item["link"],
        title=item["title"],
        summary=item["description"] if content else None,
        date_published=item["pubdate"] and rfc3339_date(item["pubdate"]),
        date_modified=item["updateddate"] and rfc3339_date(item["updateddate"]),
        authors=_authors(item),
        tags=list(item["categories"]),
        attachments=[_attachment(enclosure) for enclosure in item["enclosures"]],
    ) | {"content_html": str(content or item["description"] or "")}


def _authors(source: Mapping[str, Any]) -> list[dict[str, str]]:
    """The one author Django knows, without the mail address: a feed is public."""
    author = _present(name=source["author_name"], url=source["author_link"])
    return [author] if author else []


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    size = str(enclosure.length)
    return _present(
        url=enclosure.url,
        mime_type=enclosure.mime_type,
        size_in_bytes=int(size) if size.isdecimal() else None,
    )


def _present(**values: Any) -> dict[str, Any]:
    """What is there: the format leaves an unknown value out rather than sending it empty."""
    return {name: value for name, value in values.items() if value}
