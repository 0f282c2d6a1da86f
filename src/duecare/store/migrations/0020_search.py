"""What search finds records by."""

from django.db import migrations, models


def make_keys(apps, schema_editor):
    """The keys lie in their own order, without a second copy, where the database can do that."""
    end = "" if schema_editor.connection.vendor == "postgresql" else " WITHOUT ROWID"
    schema_editor.execute(
        'CREATE TABLE "search_key" ("key" bigint NOT NULL, "record" bigint NOT NULL, PRIMARY KEY ("key", "record"))'
        + end
    )


def drop_keys(apps, schema_editor):
    """Worked out from facts: nothing is lost."""
    schema_editor.execute('DROP TABLE "search_key"')


class Migration(migrations.Migration):
    """Records as they are compared, their keys, and how frequent terms and words are."""

    dependencies = [("store", "0019_releases")]

    operations = [
        migrations.CreateModel(
            name="SearchRecord",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=80)),
                ("record_id", models.CharField(max_length=400)),
                ("body", models.BinaryField()),
                ("is_apart", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "search_record",
                "indexes": [models.Index(condition=models.Q(("is_apart", True)), fields=["id"], name="search_apart")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_keys, drop_keys)],
            state_operations=[
                migrations.CreateModel(
                    name="SearchKey",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key", "record", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.BigIntegerField()),
                        ("record", models.BigIntegerField()),
                    ],
                    options={"db_table": "search_key"},
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": "search_term"},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": "search_word"},
        ),
    ]
