"""A submitted grade, what was opened of it and the key it was concealed under never change: the database refuses it."""

from django.db import migrations

TABLES = ("audit_sealed", "audit_opened", "audit_key")


def forward(apps, schema_editor):
    """Set the guards."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            name = f"only_added_{table}_{deed.lower()}"
            if is_postgres:
                schema_editor.execute(
                    f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW'
                    " EXECUTE FUNCTION duecare_only_added()"
                )
            else:
                schema_editor.execute(
                    f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW'
                    f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
                )
        if is_postgres:
            schema_editor.execute(
                f'CREATE TRIGGER only_added_{table}_truncate BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT'
                " EXECUTE FUNCTION duecare_only_added()"
            )


class Migration(migrations.Migration):
    """A grade, once in, is only ever added to."""

    dependencies = [("store", "0008_rounds_ended_by_sides")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop, elidable=False)]
