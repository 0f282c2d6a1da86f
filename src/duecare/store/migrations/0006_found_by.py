"""What a page asks of an assessment is found by an index: what can still be done, and whose a line is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Live findings by duty; lines of the worklist and of visits by person and case."""

    dependencies = [
        ("store", "0005_officer"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="findingrow",
            index=models.Index(
                condition=models.Q(("is_late_now", True), ("is_open_now", True), _connector="OR"),
                fields=["run", "duty", "is_late_now"],
                name="finding_live",
            ),
        ),
        migrations.AddIndex(
            model_name="workrow",
            index=models.Index(
                condition=models.Q(("person__isnull", False)), fields=["run", "person"], name="work_person"
            ),
        ),
        migrations.AddIndex(
            model_name="visitrow",
            index=models.Index(fields=["run", "person"], name="visit_person"),
        ),
        migrations.AddIndex(
            model_name="visitrow",
            index=models.Index(fields=["run", "case_source", "case_ref"], name="visit_case"),
        ),
    ]
