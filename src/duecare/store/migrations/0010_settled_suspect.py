"""A settled file of an investigation has two grades, and what was settled never changes."""

from django.db import migrations, models


def forward(apps, schema_editor):
    """Set the guards."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for deed in ("UPDATE", "DELETE"):
        name = f"only_added_audit_reconciled_{deed.lower()}"
        if is_postgres:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "audit_reconciled" FOR EACH ROW'
                " EXECUTE FUNCTION duecare_only_added()"
            )
        else:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "audit_reconciled" FOR EACH ROW'
                " BEGIN SELECT RAISE(ABORT, 'audit_reconciled is only ever added to'); END"
            )
    if is_postgres:
        schema_editor.execute(
            'CREATE TRIGGER only_added_audit_reconciled_truncate BEFORE TRUNCATE ON "audit_reconciled"'
            " FOR EACH STATEMENT EXECUTE FUNCTION duecare_only_added()"
        )


class Migration(migrations.Migration):
    """The suspect's grade of a settled file; a settled judgement is only ever added."""

    dependencies = [("store", "0009_grades_only_added")]

    operations = [
        migrations.AddField(
            model_name="reconciled", name="suspect", field=models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
