"""Atom 1.0 (RFC 4287) with the whole text of each entry, which Django's own Atom feed has no place for.

Used like Django's feed types. The text comes from `item_extra_kwargs` as `content_html`, as for
`lib.jsonfeed.JSONFeed`; the description is the summary.
"""

from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator


class FullTextAtomFeed(Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content_html"], {"type": "html"})
