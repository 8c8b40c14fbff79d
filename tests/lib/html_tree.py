"""Reads HTML the way a browser does, to see what a page would really hold."""

from bleach._vendor import html5lib  # the only parser here that follows the HTML standard's own algorithm


def elements_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Each element of a fragment with its attributes, in order; what is no plain HTML has its namespace."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [(_name(element), dict(element.attrib)) for element in fragment.iter()][1:]


def _name(element: object) -> str:
    return element.tag if isinstance(element.tag, str) else f"<{element.tag.__name__}>"


def text_of(html: str) -> str:
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return "".join(fragment.itertext())


def links_of(html: str) -> list[str]:
    return [
        attributes["href"] for tag, attributes in elements_of(html) if tag == "a" and "href" in attributes
    ]
