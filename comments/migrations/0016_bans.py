"""Bans: networks as a kind of entry, and the comment that a ban was made from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0015_patterns"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="blockedterm",
            name="blocked_term_once",
        ),
        migrations.AddField(
            model_name="blockedterm",
            name="source",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bans",
                to="comments.comment",
            ),
        ),
        migrations.AlterField(
            model_name="blockedterm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("word", "Word or phrase"),
                    ("domain", "Domain"),
                    ("address", "Mail address"),
                    ("pattern", "Pattern"),
                    ("network", "Network"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="blockedterm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None), models.Q(("value", ""), _negated=True)),
                fields=("kind", "value"),
                name="blocked_term_once",
            ),
        ),
    ]
