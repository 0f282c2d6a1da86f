"""Every version of every fact, only ever added."""

from django.db import models

from duecare.store.models.delivery import Delivery


class Fact(models.Model):
    """One version of one row of one source.

    Shape:   (source, sheet, key) names the row; the version that stands at a moment is the one with the highest
             (version_at, sha256) at or before it. `is_by_receipt`: the source gave no time, so receipt is its version.
             `officer` is the number an event names, stripped and without case.
    Units:   `version_at` and `happened_at` (its earliest) in whole seconds since 1970, UTC.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    source = models.CharField(max_length=80)
    sheet = models.CharField(max_length=8)
    key = models.CharField(max_length=400)
    version_at = models.BigIntegerField()
    is_by_receipt = models.BooleanField()
    sha256 = models.BinaryField(max_length=32)
    is_withdrawn = models.BooleanField()
    body = models.BinaryField()
    file = models.CharField(max_length=200)
    row = models.BigIntegerField()
    is_sealed = models.BooleanField(default=False)
    kind = models.CharField(max_length=40, null=True)
    happened_at = models.BigIntegerField(null=True)
    case_source = models.CharField(max_length=80, null=True)
    case_ref = models.CharField(max_length=200, null=True)
    officer = models.TextField(null=True)

    class Meta:
        db_table = "fact"
        indexes = [
            models.Index(fields=["source", "sheet", "key", "version_at"], name="fact_key"),
            models.Index(
                fields=["case_source", "case_ref"], name="fact_case", condition=models.Q(case_ref__isnull=False)
            ),
            models.Index(fields=["kind", "happened_at"], name="fact_kind", condition=models.Q(kind__isnull=False)),
            models.Index(fields=["officer"], name="fact_officer", condition=models.Q(officer__isnull=False)),
            models.Index(fields=["sheet", "is_sealed"], name="fact_sealed", condition=models.Q(is_sealed=True)),
        ]


class EventTie(models.Model):
    """An event that may concern a record: some version of its ties names the record; the winning version decides."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    source = models.CharField(max_length=80)
    event_id = models.CharField(max_length=400)
    record_source = models.CharField(max_length=80)
    record_id = models.CharField(max_length=200)

    class Meta:
        db_table = "event_tie"
        indexes = [
            models.Index(fields=["record_source", "record_id"], name="tie_record"),
            models.Index(fields=["source", "event_id"], name="tie_event"),
        ]


class Handle(models.Model):
    """The random name under which the ledger speaks of a record or case.

    Shape:   `person` is the id a record has while it is its own person, so that an unlinked record can be opened.
    """

    kind = models.CharField(max_length=6)
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=400)
    handle = models.CharField(max_length=32, unique=True)
    person = models.CharField(max_length=16, blank=True, db_index=True)

    class Meta:
        db_table = "handle"
        constraints = [models.UniqueConstraint(fields=["kind", "source", "key"], name="handle_key")]
        indexes = [models.Index(fields=["kind", "key"], name="handle_ref")]
