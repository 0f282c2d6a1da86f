"""Whether a case sent back is open again is worked out from its facts, and kept nowhere."""

from django.db import migrations


class Migration(migrations.Migration):
    """No moment of reopening."""

    dependencies = [("store", "0013_reasons_are_sealed")]

    operations = [migrations.RemoveField(model_name="referredback", name="reopened_at")]
