"""Finds the next lines of a sweep that is undone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0018_moderatormails"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="deed",
            index=models.Index(
                condition=models.Q(("sweep__isnull", False)),
                fields=["sweep", "comment"],
                name="deed_of_sweep",
            ),
        ),
    ]
