"""Who works on the site: writers and moderators. Their comments carry a badge, and their names are theirs."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Q, QuerySet

from comments.models import Comment

# Superusers have it without being given it; the group "Moderators" is made with it by a migration.
CODENAME = "moderate_comment"
PERMISSION = f"comments.{CODENAME}"
_MODERATES = (
    Q(is_superuser=True) | Q(groups__permissions__codename=CODENAME) | Q(user_permissions__codename=CODENAME)
)


def may_moderate(user: AbstractUser | AnonymousUser) -> bool:
    return user.has_perm(PERMISSION)


def is_team(user: AbstractUser | AnonymousUser) -> bool:
    return user.is_authenticated and (user.is_staff or may_moderate(user))


def team() -> QuerySet[AbstractUser]:
    """Everybody for whom `is_team` is true; somebody may be in it twice."""
    return get_user_model().objects.filter(Q(is_staff=True) | _MODERATES, is_active=True)


def moderators() -> QuerySet[AbstractUser]:
    """Everybody for whom `may_moderate` is true; somebody may be in it twice."""
    return get_user_model().objects.filter(_MODERATES, is_active=True)


def badge_of(user: AbstractUser) -> Comment.Badge:
    return Comment.Badge.AUTHOR if user.is_staff else Comment.Badge.MODERATOR
