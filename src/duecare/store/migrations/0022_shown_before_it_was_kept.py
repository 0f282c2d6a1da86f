"""Of releases drafted before looks were kept: what was open to somebody on a list counts as shown, looked at or not."""

from datetime import datetime

from django.db import migrations

from duecare.vocabulary import clock


def note_what_was_open(apps, schema_editor):
    """Note each version as shown to those on its list whose time began while it was the latest and not out."""
    version_of, published_of, shown_of = (
        apps.get_model("store", name) for name in ("ReleaseVersion", "ReleasePublished", "ReleaseShown")
    )
    out = dict(published_of.objects.values_list("release_id", "at"))
    following, now = {}, clock.current_moment()
    for version in version_of.objects.defer("content", "inside").order_by("-number"):
        until = min(following.get(version.release_id, now), out.get(version.release_id, now))
        following[version.release_id] = version.drafted_at
        for account, from_when in version.access:
            at = max(version.drafted_at, datetime.fromisoformat(from_when))
            if at < until:
                shown_of.objects.get_or_create(version=version, account=account, defaults={"at": at})


class Migration(migrations.Migration):
    """Rows alone; nothing of a table is changed."""

    dependencies = [
        ('store', '0021_releases_shown'),
    ]

    operations = [
        migrations.RunPython(note_what_was_open, migrations.RunPython.noop, elidable=False),
    ]
