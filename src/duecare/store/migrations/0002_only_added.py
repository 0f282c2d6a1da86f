"""Facts of accepted deliveries and ledger entries are only ever added: the database itself refuses anything else."""

from django.db import migrations

SEEN = """(SELECT "state" FROM "delivery" WHERE "id" = OLD."delivery_id") = 'accepted'"""

GUARDS = [
    ("fact", "UPDATE", SEEN),
    ("fact", "DELETE", SEEN),
    ("event_tie", "UPDATE", SEEN),
    ("event_tie", "DELETE", SEEN),
    ("set_aside_row", "UPDATE", SEEN),
    ("set_aside_row", "DELETE", SEEN),
    ("ledger_entry", "UPDATE", "1 = 1"),
    ("ledger_entry", "DELETE", "1 = 1"),
    ("ledger_ids", "UPDATE", "1 = 1"),
    ("ledger_ids", "DELETE", "1 = 1"),
    ("ledger_tree", "DELETE", "1 = 1"),
]


def forward(apps, schema_editor):
    """Set the guards, and begin the ledger's tree."""
    from duecare.ledger import CompactRange

    apps.get_model("store", "LedgerTree").objects.create(only=1, range_bytes=CompactRange().to_bytes())
    is_postgres = schema_editor.connection.vendor == "postgresql"
    if is_postgres:
        schema_editor.execute(
            "CREATE FUNCTION duecare_only_added() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$",
            params=None,
        )
        schema_editor.execute(
            "CREATE FUNCTION duecare_only_added_once_seen() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN IF (SELECT state FROM delivery WHERE id = OLD.delivery_id) = 'accepted' THEN"
            " RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,
        )
    for table, deed, condition in GUARDS:
        name = f"only_added_{table}_{deed.lower()}"
        if is_postgres:
            function = "duecare_only_added_once_seen" if condition is SEEN else "duecare_only_added"
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {function}()'
            )
        else:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW WHEN {condition}'
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
    if is_postgres:
        for table in sorted({table for table, _, _ in GUARDS}):
            schema_editor.execute(
                f'CREATE TRIGGER only_added_{table}_truncate BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT'
                " EXECUTE FUNCTION duecare_only_added()"
            )


class Migration(migrations.Migration):
    """What is seen is never changed."""

    dependencies = [("store", "0001_tables")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop, elidable=False)]
