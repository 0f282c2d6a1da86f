"""What came in, when, and what became of every row of it."""

from django.db import models


class Delivery(models.Model):
    """One delivery from one source: its state says whether anyone sees it.

    Shape:   `state` is landing, accepted, held, refused or duplicate; `number` is given at acceptance, without gaps.
    """

    number = models.BigIntegerField(null=True, unique=True)
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=80, db_index=True)
    sequence = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=10)
    extracted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64, db_index=True, blank=True)
    state = models.CharField(max_length=10, db_index=True)
    rows_in = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    set_aside = models.BigIntegerField(default=0)
    stale = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    withdrawn = models.BigIntegerField(default=0)
    files = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    class Meta:
        db_table = "delivery"


class SetAsideRow(models.Model):
    """A row that was not taken, kept as delivered so that it can be corrected."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    file = models.CharField(max_length=200)
    row = models.BigIntegerField()
    column = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    original = models.JSONField(default=list)

    class Meta:
        db_table = "set_aside_row"


class Defect(models.Model):
    """Something noted about a row that was taken all the same."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    file = models.CharField(max_length=200)
    row = models.BigIntegerField()
    column = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "defect"


class PresentKey(models.Model):
    """A key that a full delivery holds, though no version of it that old shows so.

    Shape:   the keys of rows set aside, and those of which only versions newer than the extract are held.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    sheet = models.CharField(max_length=8)
    key = models.CharField(max_length=400)

    class Meta:
        db_table = "present_key"
        indexes = [models.Index(fields=["sheet", "key"], name="present_key_key")]


class CompleteFile(models.Model):
    """A file of a full delivery that holds every key there is: any but one with a row whose key could not be read."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    file = models.CharField(max_length=200)

    class Meta:
        db_table = "complete_file"
