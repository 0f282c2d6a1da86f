"""Snapshots of figures: what each rests on, its values, the lines they were counted from, and answers to differences."""

from django.db import models


class FigureSnapshot(models.Model):
    """The figures of one period as worked out at one moment, with all they rest on; only ever added to.

    Shape:   `rests_on` holds hashes, versions, watermarks and the ledger's head; `period` is `2026-Q3` or `2026-09`.
    """

    period = models.CharField(max_length=10)
    as_of = models.DateTimeField()
    known_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)
    rests_on = models.JSONField()

    class Meta:
        db_table = "figure_snapshot"
        indexes = [models.Index(fields=["period", "-id"], name="figure_snapshot_period")]


class FigureKept(models.Model):
    """What one figure came to at one cut; `key` names it outside. Only ever added to.

    Shape:   `cut` is JSON of dimension and value; `why` says why there is no value, `why_not_sure` why no interval.
    """

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.PROTECT)
    key = models.CharField(max_length=16, unique=True)
    figure = models.CharField(max_length=100)
    cut = models.TextField()
    part = models.BigIntegerField()
    whole = models.BigIntegerField(null=True)
    unknown = models.BigIntegerField()
    value = models.FloatField(null=True)
    why = models.CharField(max_length=300, blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    method = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField(null=True)
    why_not_sure = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "figure_kept"
        indexes = [models.Index(fields=["snapshot", "figure"], name="figure_kept_figure")]


class FigureLine(models.Model):
    """One line that a figure counted; never changed, and taken away only when the person is erased.

    Shape:   `counts` None: it is not known. `amount` None: nothing is measured; `is_endless`: it had not happened yet.
    """

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.PROTECT)
    figure = models.CharField(max_length=100)
    key = models.CharField(max_length=300)
    at = models.BigIntegerField()
    counts = models.BooleanField(null=True)
    why = models.CharField(max_length=300, blank=True)
    case_source = models.CharField(max_length=80, null=True)
    case_ref = models.CharField(max_length=200, null=True)
    person = models.CharField(max_length=16, null=True)
    amount = models.FloatField(null=True)
    is_endless = models.BooleanField(default=False)
    cuts = models.TextField()
    stratum = models.CharField(max_length=300, blank=True)
    frame = models.BigIntegerField(default=0)

    class Meta:
        db_table = "figure_line"
        indexes = [
            models.Index(fields=["snapshot", "figure", "at"], name="figure_line_figure"),
            models.Index(fields=["case_source", "case_ref"], name="figure_line_case"),
        ]


class DifferenceAnswered(models.Model):
    """What a named officer said of a difference between groups: explained, or what changes. Only ever added to."""

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.PROTECT)
    figure = models.CharField(max_length=100)
    dimension = models.CharField(max_length=24)
    group = models.CharField(max_length=80)
    answer = models.CharField(max_length=10)
    words = models.TextField()
    officer = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        db_table = "difference_answered"
        indexes = [models.Index(fields=["figure", "dimension", "group"], name="difference_answered_what")]
