"""One first grade of a file and side: only corrections come after it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Of a file and side there is one judgement that supersedes none."""

    dependencies = [("store", "0010_settled_suspect")]

    operations = [
        migrations.AddConstraint(
            model_name="sealedgrade",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", True)), fields=("file", "side"), name="audit_sealed_first"
            ),
        ),
    ]
