"""The sign-in of writers and moderators, the admin's included. Readers need no account.

Passwords can be guessed so many times from one network and so many times for one name, whether anybody has
that name or not. Each attempt takes one use before the password is looked at, so that parallel guesses are
counted too, and gets it back when it was right.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lib.network import keyed_hash
from lib.throttle import give_back, spend
from lib.visitors import network_hash

FAILURES = 10
SECONDS = 15 * 60
TOO_MANY = (
    "Too many attempts to sign in have failed. Please wait a quarter of an hour, then try again; "
    "until then even the right password is not looked at."
)


class SignIn(LoginView):
    template_name = "registration/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        # One after the other: a network that is refused does not use up what others have for the name.
        if all(spend(key, limit=FAILURES, seconds=SECONDS, now=now) for key in _keys(request)):
            return super().post(request, *args, **kwargs)
        return self._later()

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        for key in _keys(self.request):
            give_back(key)
        return super().form_valid(form)

    def get_default_redirect_url(self) -> str:
        """The writer came to write, a moderator to moderate."""
        return reverse("admin:index" if self.request.user.is_staff else "desk:home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without Django's own `site` and `site_name`, which would hide the site's frame (`blog.site`)."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        return context

    def _later(self) -> HttpResponse:
        """The form again, its name kept, with nothing checked."""
        form = AuthenticationForm(self.request, initial={"username": self.request.POST.get("username", "")})
        context = self.get_context_data(form=form, notice=TOO_MANY)
        return self.render_to_response(context, status=429, headers={"Retry-After": str(SECONDS)})


def _keys(request: HttpRequest) -> tuple[str, str]:
    typed = unicodedata.normalize("NFKC", request.POST.get("username", "")).strip().casefold()
    name = keyed_hash(typed, key=settings.SECRET_KEY, purpose="sign-in")
    return f"sign-in:network:{network_hash(request)}", f"sign-in:name:{name}"
