"""What happened to recommendations: a table that the database only lets be added to."""

from django.db import migrations, models

TABLE = "recommendation_fact"


def forward(apps, schema_editor):
    """Set the guards."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for deed in ("UPDATE", "DELETE"):
        name = f"only_added_{TABLE}_{deed.lower()}"
        if is_postgres:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "{TABLE}" FOR EACH ROW EXECUTE FUNCTION duecare_only_added()'
            )
        else:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {deed} ON "{TABLE}" FOR EACH ROW'
                f" BEGIN SELECT RAISE(ABORT, '{TABLE} is only ever added to'); END"
            )
    if is_postgres:
        schema_editor.execute(
            f'CREATE TRIGGER only_added_{TABLE}_truncate BEFORE TRUNCATE ON "{TABLE}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION duecare_only_added()"
        )


class Migration(migrations.Migration):
    """Facts of recommendations."""

    dependencies = [("store", "0016_oversight")]

    operations = [
        migrations.CreateModel(
            name="RecommendationFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40)),
                ("sequence", models.IntegerField()),
                ("deed", models.CharField(max_length=20)),
                ("happened_from", models.DateTimeField()),
                ("happened_to", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("party", models.CharField(max_length=20)),
                ("said", models.JSONField()),
            ],
            options={
                "db_table": "recommendation_fact",
                "constraints": [
                    models.UniqueConstraint(fields=("number", "sequence"), name="recommendation_fact_next")
                ],
            },
        ),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
