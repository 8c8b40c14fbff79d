"""What is new to a moderator: found by an index, and known for longer than mails are kept."""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Coalesce

SETTLES_FOR = timedelta(minutes=1)


def read_from_mails(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    mails = apps.get_model("comments", "Mail").objects.filter(kind="moderator")
    for preferences in apps.get_model("comments", "ModeratorPreferences").objects.all():
        sent_at = mails.filter(moderator=preferences).aggregate(last=models.Max("sent_at"))["last"]
        if sent_at:
            preferences.told_until = sent_at - SETTLES_FOR
            preferences.save(update_fields=["told_until"])


class Migration(migrations.Migration):
    dependencies = [("comments", "0020_stands_and_tokens")]

    operations = [
        migrations.AddField(
            model_name="moderatorpreferences",
            name="told_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.F("status"),
                models.Case(
                    models.When(is_edited_by_team=True, then="created_at"),
                    default=Coalesce("edited_at", "created_at"),
                ),
                models.F("id"),
                condition=models.Q(("status", "held")),
                name="comment_waits_since",
            ),
        ),
        migrations.RunPython(read_from_mails, migrations.RunPython.noop),
    ]
