"""Which keys came with the other side's seals: nothing is concealed for those."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A key knows whether its side made it here."""

    dependencies = [("store", "0011_first_grade_once")]

    operations = [
        migrations.AddField(model_name="organisationkey", name="came_at", field=models.DateTimeField(null=True)),
    ]
