"""Why a judgement was corrected is concealed with it, and no longer stands beside it for whoever reads the table."""

from django.db import migrations


class Migration(migrations.Migration):
    """The reason is a part of what is sealed."""

    dependencies = [("store", "0012_keys_that_came")]

    operations = [migrations.RemoveField(model_name="sealedgrade", name="reason")]
