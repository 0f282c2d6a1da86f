"""Pairs of records drawn by chance, and what clerks held of them, blind to each other: no judgements; only added to."""

from django.db import models


class LinkSample(models.Model):
    """One draw of pairs, over strata of weight, of the run of linkage then in force.

    Shape:   `strata`: [name, joined?, pairs in it, drawn] each; `records` and `people` as they were at the draw.
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    seed = models.CharField(max_length=64)
    link_run = models.BigIntegerField()
    model = models.CharField(max_length=120)
    records = models.BigIntegerField()
    people = models.BigIntegerField()
    strata = models.JSONField()

    class Meta:
        db_table = "link_sample"


class SampledPair(models.Model):
    """A pair that was drawn, in the order in which clerks are asked: by chance, not by stratum."""

    sample = models.ForeignKey(LinkSample, on_delete=models.CASCADE)
    place = models.IntegerField()
    stratum = models.CharField(max_length=80)
    a_source = models.CharField(max_length=80)
    a_record = models.CharField(max_length=200)
    b_source = models.CharField(max_length=80)
    b_record = models.CharField(max_length=200)

    class Meta:
        db_table = "sampled_pair"
        constraints = [models.UniqueConstraint(fields=["sample", "place"], name="sampled_pair_place")]


class LinkAnswer(models.Model):
    """What one clerk held of a drawn pair."""

    pair = models.ForeignKey(SampledPair, on_delete=models.CASCADE)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10)

    class Meta:
        db_table = "link_answer"
        constraints = [models.UniqueConstraint(fields=["pair", "by"], name="link_answer_once")]
