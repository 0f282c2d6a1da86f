"""What happened to recommendations: a table that the database only lets be added to."""

from django.db import migrations, models

from duecare.store.migrations._only_added import only_added


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
        only_added("recommendation_fact"),
    ]
