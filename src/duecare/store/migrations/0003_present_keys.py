"""What a full delivery holds, so that a version that arrives late is withdrawn by it only where it should be."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Present keys, and the complete files of a delivery."""

    dependencies = [
        ("store", "0002_only_added"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompleteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=200)),
                ("delivery", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.delivery")),
            ],
            options={
                "db_table": "complete_file",
            },
        ),
        migrations.CreateModel(
            name="PresentKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=400)),
                ("delivery", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.delivery")),
            ],
            options={
                "db_table": "present_key",
                "indexes": [models.Index(fields=["sheet", "key"], name="present_key_key")],
            },
        ),
    ]
