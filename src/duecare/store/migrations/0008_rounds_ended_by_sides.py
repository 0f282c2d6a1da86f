"""A round is ended by each of its sides; files are taken out in an order; a beacon's value may be longer than a number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Who ended a round for which side, in which order files were taken out, and room for a beacon's value."""

    dependencies = [
        ("store", "0007_audit_rounds"),
    ]

    operations = [
        migrations.AddField(model_name="round", name="ends", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="sampledfile", name="out_number", field=models.IntegerField(null=True)),
        migrations.AlterField(
            model_name="roundnumber", name="number", field=models.CharField(blank=True, max_length=128)
        ),
    ]
