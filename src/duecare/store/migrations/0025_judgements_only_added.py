"""Judgements are only ever added, and taken back once: the database itself refuses anything else."""

from django.db import migrations

from duecare.store.migrations._only_added import only_added

SAID = ("judgement_id", "a_source", "a_record", "b_source", "b_record", "verdict", "by", "at", "reason")


def guard(apps, schema_editor):
    """What was said is never altered; what was taken back is never altered again."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    refuse = (
        "EXECUTE FUNCTION duecare_only_added()"
        if is_postgres
        else "BEGIN SELECT RAISE(ABORT, 'judgement is only ever added to'); END"
    )
    columns = ", ".join(f'"{column}"' for column in SAID)
    schema_editor.execute(
        f'CREATE TRIGGER only_added_judgement_said BEFORE UPDATE OF {columns} ON "judgement" FOR EACH ROW {refuse}'
    )
    schema_editor.execute(
        'CREATE TRIGGER only_added_judgement_undone BEFORE UPDATE ON "judgement" FOR EACH ROW'
        f' WHEN (OLD."undone_at" IS NOT NULL) {refuse}'
    )


class Migration(migrations.Migration):
    """Guards alone; nothing of a table is changed."""

    dependencies = [
        ('store', '0024_link_moves'),
    ]

    operations = [
        only_added("judgement", deeds=("DELETE",)),
        migrations.RunPython(guard, migrations.RunPython.noop, elidable=False),
    ]
