"""Accounts in the admin: Django's own form, under which the names on posts and in feeds are changed."""

from __future__ import annotations

from django.contrib import admin

# Importing it registers Django's own admin of accounts, whose place ours takes.
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from blog.admin.public import PublicAdmin

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(PublicAdmin, UserAdmin):
    """A writer's name stands on public pages, so a changed one makes them anew."""
