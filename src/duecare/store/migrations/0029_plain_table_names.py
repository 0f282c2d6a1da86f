"""Three tables are named for what is in them: candidate pairs, lines of the worklist, the runs in force."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rename the tables; their rows, indexes and keys stay as they are."""

    dependencies = [("store", "0028_turning_moments")]

    operations = [
        migrations.AlterModelTable(name="pair", table="candidate_pair"),
        migrations.AlterModelTable(name="workrow", table="worklist_line"),
        migrations.AlterModelTable(name="pointer", table="current_run"),
    ]
