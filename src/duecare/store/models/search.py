"""What search finds records by: worked out from facts, updated to them, and rebuilt at will."""

from django.db import models


class SearchRecord(models.Model):
    """One standing record of a person as it is compared.

    Shape:   `id` is a hash of source and record_id. `is_apart`: of somebody sealed; it has no keys, is counted nowhere
             and is looked at for nobody but those named on them.
    """

    id = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=80)
    record_id = models.CharField(max_length=400)
    body = models.BinaryField()
    is_apart = models.BooleanField(default=False)

    class Meta:
        db_table = "search_record"
        indexes = [models.Index(fields=["id"], name="search_apart", condition=models.Q(is_apart=True))]


class SearchKey(models.Model):
    """A record that has this key; a key is the hash of its words."""

    pk = models.CompositePrimaryKey("key", "record")
    key = models.BigIntegerField()
    record = models.BigIntegerField()

    class Meta:
        db_table = "search_key"


class SearchTerm(models.Model):
    """How many records bear a term of a column: under the hash of the two, and of each column alone for its total."""

    term = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "search_term"


class SearchWord(models.Model):
    """A word that stands in names, and in how many records."""

    word = models.CharField(max_length=200, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "search_word"
