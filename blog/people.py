"""The people who work here, as readers know them."""

from django.contrib.auth.models import AbstractBaseUser


def writer_name(user: AbstractBaseUser) -> str:
    """The full name, or the name they sign in with while they have given no other. Never empty."""
    return user.get_full_name() or user.get_username()
