"""The frame around every page: the site's name, its words and its navigation, read once for each version."""

from dataclasses import dataclass

from django.http import HttpRequest

from blog.models import SiteProfile


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Frame:
    """What the base template shows on every page."""

    name: str
    tagline: str
    description: str
    footer_note: str
    header: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()


# The last frame of this process and the version it belongs to. Replaced whole, so threads need no lock.
_kept: tuple[int, Frame] | None = None


def frame_for(version: int | None) -> Frame:
    """The frame of a site version; read from the database when the version is new or not known."""
    global _kept
    if _kept and version and _kept[0] == version:
        return _kept[1]
    frame = _read_frame()
    if version:
        _kept = (version, frame)
    return frame


def forget_frame() -> None:
    global _kept
    _kept = None


def origin_of(request: HttpRequest) -> str:
    """Scheme and host, as canonical addresses and feeds need them."""
    return f"{request.scheme}://{request.get_host()}"


def site_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `site` (the frame) and `origin`."""
    version = getattr(request, "site_version", None)
    return {"site": frame_for(version), "origin": origin_of(request)}


def _read_frame() -> Frame:
    """Profile and navigation in one query: a row for each navigation item, or one row without."""
    rows = list(
        SiteProfile.objects.filter(pk=1)
        .order_by("navigation__position", "navigation__pk")
        .values_list(
            "name",
            "tagline",
            "description",
            "footer_note",
            "navigation__place",
            "navigation__label",
            "navigation__address",
        )
    )
    profile = rows[0][:4] if rows else _default_words()
    places = {"header": [], "footer": []}
    for *_words, place, label, address in rows:
        if place:
            places[place].append(Link(label, address))
    return Frame(*profile, header=tuple(places["header"]), footer=tuple(places["footer"]))


def _default_words() -> tuple[str, str, str, str]:
    profile = SiteProfile()
    return profile.name, profile.tagline, profile.description, profile.footer_note
