"""Which officer an event names, as a column: whose cases change with an officer's absence is asked at every look."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db import migrations, models

AT_ONCE = 5_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Say of every event that is kept already what a landing says of a new one; the guard stands aside meanwhile."""
    connection = schema_editor.connection
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgres:
            cursor.execute('ALTER TABLE "fact" DISABLE TRIGGER only_added_fact_update')
            guard = 'ALTER TABLE "fact" ENABLE TRIGGER only_added_fact_update'
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'only_added_fact_update'")
            (guard,) = cursor.fetchone()
            cursor.execute("DROP TRIGGER only_added_fact_update")
        for some in _events(apps.get_model("store", "Fact")):
            cursor.executemany('UPDATE "fact" SET "officer" = %s WHERE "id" = %s', some)
        cursor.execute(guard)


def _events(facts: Any) -> Iterator[list[tuple[str, int]]]:
    last = 0
    while rows := list(
        facts.objects.filter(pk__gt=last, kind__isnull=False).order_by("pk").values_list("pk", "body")[:AT_ONCE]
    ):
        said = ((pk, str(orjson.loads(bytes(body)).get("officer") or "").strip().casefold()) for pk, body in rows)
        yield [(officer, pk) for pk, officer in said if officer]
        last = rows[-1][0]


class Migration(migrations.Migration):
    """The officer an event names, without case."""

    dependencies = [
        ("store", "0004_late_now"),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="officer",
            field=models.TextField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(condition=models.Q(("officer__isnull", False)), fields=["officer"], name="fact_officer"),
        ),
    ]
