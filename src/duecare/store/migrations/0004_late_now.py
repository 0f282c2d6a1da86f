"""What of the findings can still be done, as columns, so that the front page counts it without reading each of them."""

from typing import Any

import orjson
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """Say of every finding that is kept already what `keep_findings` says of a new one."""
    del schema_editor
    rows = apps.get_model("store", "FindingRow").objects
    for state, column in (("overdue", "is_late_now"), ("open", "is_open_now")):
        some: list[int] = []
        for pk, body in rows.filter(state=state).values_list("pk", "body").iterator(2_000):
            said = orjson.loads(bytes(body))
            if said["ended_at"] is None and said["adopted"] is not False:
                some.append(pk)
            if len(some) == 500:
                rows.filter(pk__in=some).update(**{column: True})
                some = []
        rows.filter(pk__in=some).update(**{column: True})


class Migration(migrations.Migration):
    """Whether a finding is late now, or open now."""

    dependencies = [
        ("store", "0003_present_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="findingrow",
            name="is_late_now",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="findingrow",
            name="is_open_now",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
