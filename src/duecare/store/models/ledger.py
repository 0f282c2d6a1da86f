"""The ledger's tables: entries are only ever added, and the tree over them is one row."""

from django.db import models


class LedgerEntry(models.Model):
    """One act: who, when, what, why, to whom, with what outcome, and the opaque ids it touched."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=25)
    actor = models.CharField(max_length=150)
    act = models.CharField(max_length=20)
    purpose = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=200)
    ids = models.TextField()
    ids_hash = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_entry"


class LedgerIds(models.Model):
    """The sorted ids of an entry that holds only their hash."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True)
    ids = models.JSONField()

    class Meta:
        db_table = "ledger_ids"


class LedgerTree(models.Model):
    """The compact range over all entries; the one row whose lock orders the writers."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    range_bytes = models.BinaryField()

    class Meta:
        db_table = "ledger_tree"
