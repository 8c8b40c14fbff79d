"""How the desk answers a button: back to the page it stood on, or a page that says why nothing was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode


def back(request: HttpRequest, otherwise: str, **said: object) -> HttpResponse:
    """To the page of the desk whose button was pressed, with what to say there; never to another site."""
    page = request.POST.get("back", "").partition("#")[0]
    if not page.startswith(reverse("desk:home")):
        page = otherwise
    return redirect(f"{page}{'&' if '?' in page else '?'}{urlencode(said)}")


def refused(request: HttpRequest, heading: str, reason: str, *, way_on: str, status: int) -> HttpResponse:
    """A page that says why nothing was done, with a way on."""
    context = {"heading": heading, "reason": reason, "way_on": way_on}
    return render(request, "desk/refused.html", context, status=status)
