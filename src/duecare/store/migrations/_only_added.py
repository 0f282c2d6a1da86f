"""Guards by which the database refuses to alter, take away or empty the rows of a table that is only ever added to."""

from django.db import migrations


def only_added(*tables, deeds=("UPDATE", "DELETE")):
    """The operation that guards these tables against these deeds; whose rows may be deleted, may be emptied too.

    A migration that has run is never made anew: let what this does to a table stay what it is.
    """

    def guard(apps, schema_editor):
        """Set the guards."""
        is_postgres = schema_editor.connection.vendor == "postgresql"
        for table in tables:
            for deed in deeds:
                name = f"only_added_{table}_{deed.lower()}"
                refuse = (
                    "EXECUTE FUNCTION duecare_only_added()"
                    if is_postgres
                    else f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
                )
                schema_editor.execute(f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW {refuse}')
            if is_postgres and "DELETE" in deeds:
                schema_editor.execute(
                    f'CREATE TRIGGER only_added_{table}_truncate BEFORE TRUNCATE ON "{table}"'
                    " FOR EACH STATEMENT EXECUTE FUNCTION duecare_only_added()"
                )

    return migrations.RunPython(guard, migrations.RunPython.noop, elidable=False)
