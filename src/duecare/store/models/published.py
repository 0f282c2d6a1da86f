"""Published totals of audits run elsewhere."""

from django.db import models


class PublishedTotal(models.Model):
    """One row of published totals, as typed from its public source."""

    set_id = models.CharField(max_length=80)
    measure = models.CharField(max_length=80, blank=True)
    row = models.JSONField()
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "published_total"
        constraints = [models.UniqueConstraint(fields=["set_id", "measure"], name="published_set")]
