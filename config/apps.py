"""The site itself as a Django app (for its system checks), and the admin it is written in."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers the checks; they read models)


class WriterAdminConfig(AdminConfig):
    default_site = "config.admin.WriterAdminSite"
