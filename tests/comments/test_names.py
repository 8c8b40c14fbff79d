"""Names of writers and moderators belong to them, and so do names that look like theirs."""

import pytest
from django.contrib.auth.models import Permission

from comments.names import is_team_name
from comments.team import is_team, team
from tests.makers import make_moderator, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mara_and_sam():
    make_writer(), make_moderator()


@pytest.mark.parametrize(
    "name",
    [
        "Mara Lindqvist",
        "mara lindqvist",
        "MaraLindqvist",
        "Mara  Lindqvist",
        "Mаra Lindqvist",
        "M4ra"[:1] + "ara Lindqv1st",
        "mara",
        "Sam Okoro",
        "SAM OK0RO",
        "Mara Lindqvist (author)",
        "Mara Lindqvist ★ Author",
        "The real Mara Lindqvist",
        "Sam (moderator)",
        "Author",
        "site ADMIN",
        "S\u200bam Okoro",
    ],
)
def test_team_names_and_their_look_alikes_are_taken(name):
    assert is_team_name(name)


@pytest.mark.parametrize(
    "name", ["Ines", "Marama Lindqvist", "Samuel", "Mara L. from Leeds", "李雷", "😀", "–"]
)
def test_other_names_are_free(name):
    assert not is_team_name(name)


def test_everybody_with_a_badge_has_their_name_to_themselves(django_user_model):
    """However they came by the right: the group, the permission itself, or all of them."""
    permission = Permission.objects.get(codename="moderate_comment")
    direct = django_user_model.objects.create_user("ada", first_name="Ada", last_name="Bell")
    direct.user_permissions.add(permission)
    django_user_model.objects.create_superuser("root", first_name="Rut", last_name="Olsen")
    django_user_model.objects.create_user("reader", first_name="Rita", last_name="Reader")
    for user in django_user_model.objects.all():
        assert is_team(user) == (user in team()) == is_team_name(user.get_full_name()), user


def test_name_of_somebody_who_left_is_free_again(django_user_model):
    django_user_model.objects.filter(username="sam").update(is_active=False)
    assert not is_team_name("Sam Okoro")
