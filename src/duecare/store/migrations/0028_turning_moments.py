"""When the state of what is assessed next changes by itself, and who is still to be notified of what is late."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row a case or person with such a moment; the later steps of a ladder beside the finding."""

    dependencies = [
        ("store", "0027_linked_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="findingrow",
            name="told_later",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="TurningMoment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_source", models.CharField(max_length=80, null=True)),
                ("case_ref", models.CharField(max_length=200, null=True)),
                ("person", models.CharField(max_length=16, null=True)),
                ("at", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.assessrun"),
                ),
            ],
            options={
                "db_table": "turning_moment",
                "indexes": [
                    models.Index(fields=["run", "at"], name="turning_moment_at"),
                    models.Index(fields=["run", "case_source", "case_ref"], name="turning_moment_case"),
                    models.Index(fields=["run", "person"], name="turning_moment_person"),
                ],
            },
        ),
    ]
