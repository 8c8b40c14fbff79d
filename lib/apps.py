"""Makes `lib` an app, so that the one table behind the rate limit has a home."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibConfig(AppConfig):
    name = "lib"
    label = "lib"
    verbose_name = _("Shared parts")
    default_auto_field = "django.db.models.BigAutoField"
