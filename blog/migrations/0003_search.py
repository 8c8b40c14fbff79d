"""What search finds: the entries, and their words in the way of each database."""

import django.db.models.deletion
from django.db import migrations, models

from lib.fulltext import FTS5_TOKENIZER

WORDS = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE blog_searchwords USING fts5(words, columnsize=0, tokenize='{FTS5_TOKENIZER}')",
        """CREATE TRIGGER blog_searchentry_gone AFTER DELETE ON blog_searchentry
           BEGIN DELETE FROM blog_searchwords WHERE rowid = OLD.number; END""",
    ],
    # Without fastupdate a search never reads a list of rows that wait to be indexed.
    "postgresql": [
        "ALTER TABLE blog_searchentry ADD COLUMN words tsvector NOT NULL",
        "CREATE INDEX blog_searchentry_words ON blog_searchentry USING gin (words) WITH (fastupdate = off)",
    ],
}
NO_WORDS = {"sqlite": ["DROP TABLE blog_searchwords"], "postgresql": []}


def create_words(apps, schema_editor):
    for statement in WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    for statement in NO_WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_site_profile")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=20)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="blog.post"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_entry_once")],
            },
        ),
        migrations.RunPython(create_words, drop_words),
    ]
