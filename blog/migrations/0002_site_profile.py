"""The one row that holds the site's name and its version, and the two links every site starts with."""

from django.db import migrations


def create_profile(apps, schema_editor):
    site, _ = apps.get_model("blog", "SiteProfile").objects.get_or_create(pk=1)
    NavigationItem = apps.get_model("blog", "NavigationItem")
    NavigationItem.objects.create(site=site, place="header", label="Posts", address="/posts/", position=10)
    NavigationItem.objects.create(
        site=site, place="header", label="Injury topics", address="/topics/", position=20
    )


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]
    operations = [migrations.RunPython(create_profile, migrations.RunPython.noop)]
