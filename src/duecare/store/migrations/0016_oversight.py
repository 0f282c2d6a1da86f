"""What oversight asked and agreed: a table that the database only lets be added to."""

from django.db import migrations, models


TABLES = ("oversight_entry",)


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

    dependencies = [
        ('store', '0015_accountable'),
    ]

    operations = [
        migrations.CreateModel(
            name='OversightEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('words', models.TextField()),
                ('body', models.CharField(blank=True, max_length=16)),
                ('meeting', models.BigIntegerField(default=0)),
                ('of', models.BigIntegerField(default=0)),
                ('owner', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'oversight_entry',
            },
        ),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
