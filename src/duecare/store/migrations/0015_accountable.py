"""Who is accountable for what, and what was signed off: two tables that the database only lets be added to."""

from django.db import migrations, models


TABLES = ("accountable_named", "signed_off")


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
        ('store', '0014_referral_without_reopening'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountableNamed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=120)),
                ('post_kind', models.CharField(max_length=60)),
                ('post_area', models.CharField(blank=True, max_length=120)),
                ('from_on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('named_at', models.DateTimeField()),
                ('named_by', models.CharField(max_length=150)),
            ],
            options={
                'db_table': 'accountable_named',
                'indexes': [models.Index(fields=['over', 'key'], name='accountable_named_key')],
            },
        ),
        migrations.CreateModel(
            name='SignedOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('over', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=120)),
                ('officer', models.CharField(max_length=80)),
                ('words', models.TextField()),
                ('late', models.BigIntegerField(null=True)),
                ('open', models.BigIntegerField(null=True)),
                ('as_of', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
            ],
            options={
                'db_table': 'signed_off',
                'indexes': [models.Index(fields=['over', 'key', 'at'], name='signed_off_key')],
            },
        ),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
