"""A moderator's own page at the desk: how often mails come, and whether its pages listen to keys."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comments.models import ModeratorPreferences

NO_ADDRESS = "Your account has no mail address, so none will come. Whoever runs the site can add one."


class PreferencesForm(forms.Form):
    """Asks about mails only where the site sends some."""

    mails = forms.ChoiceField(
        label="Mails about what waits",
        choices=ModeratorPreferences.Mails.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Choose how often mails come",
            "invalid_choice": "Choose how often mails come",
        },
    )
    keys = forms.BooleanField(
        label=ModeratorPreferences._meta.get_field("keys").verbose_name,
        required=False,
        help_text="Single letters that do what the buttons do. Switch them off if they get in your way.",
    )

    def __init__(self, data: object = None, *, saved: ModeratorPreferences) -> None:
        chosen = {"mails": saved.mails, "keys": saved.keys}
        super().__init__(data, initial=chosen, use_required_attribute=False)
        if settings.MAILS:
            email = saved.user.email
            self.fields["mails"].help_text = f"They go to {email}." if email else NO_ADDRESS
        else:
            del self.fields["mails"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


@require_http_methods(["GET", "HEAD", "POST"])
def show_preferences(request: HttpRequest) -> HttpResponse:
    saved = ModeratorPreferences.objects.of(request.user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, saved=saved)
    if form.is_valid():
        ModeratorPreferences.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        return redirect(f"{reverse('desk:preferences')}?saved=1")
    context = {"form": form, "notice": "Saved" if "saved" in request.GET and not form.errors else ""}
    return render(request, "desk/preferences.html", context, status=400 if form.errors else 200)


def keys_are_on(user: AbstractUser) -> bool:
    """Whether the desk's pages listen to keys for this moderator. One query."""
    return ModeratorPreferences.objects.of(user).keys
