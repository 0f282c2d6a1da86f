"""Which records are one person: runs of linkage, their pairs and members, human judgements, old names."""

from django.db import models


class LinkRun(models.Model):
    """One linkage of all records; the pointer `link` names the run in force.

    Shape:   `guards` are those by which it linked, as JSON; empty where they were not kept yet.
    """

    at = models.DateTimeField()
    model = models.CharField(max_length=120)
    records = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    pairs = models.BigIntegerField(default=0)
    for_review = models.BigIntegerField(default=0)
    upto_delivery = models.BigIntegerField(default=0)
    guards = models.TextField(blank=True, default="")

    class Meta:
        db_table = "link_run"


class Membership(models.Model):
    """The person to whom a record belongs, in one run."""

    run = models.ForeignKey(LinkRun, on_delete=models.CASCADE)
    source = models.CharField(max_length=80)
    record_id = models.CharField(max_length=200)
    person = models.CharField(max_length=16)

    class Meta:
        db_table = "membership"
        indexes = [
            models.Index(fields=["run", "source", "record_id"], name="member_record"),
            models.Index(fields=["run", "person"], name="member_person"),
        ]


class Pair(models.Model):
    """The evidence for and against two records being one person."""

    run = models.ForeignKey(LinkRun, on_delete=models.CASCADE)
    a = models.CharField(max_length=300)
    b = models.CharField(max_length=300)
    weight = models.FloatField()
    probability = models.FloatField()
    levels = models.TextField(blank=True)
    held = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "candidate_pair"
        indexes = [
            models.Index(fields=["run", "a"], name="pair_a"),
            models.Index(fields=["run", "b"], name="pair_b"),
            models.Index(fields=["run", "weight"], name="pair_weight"),
        ]


class LinkTerm(models.Model):
    """How many records bore a term of a column when everything was linked; only terms that two or more bore.

    Shape:   `term` is the hash under which search counts it too; that of a column alone for its total.
    """

    run = models.ForeignKey(LinkRun, on_delete=models.CASCADE)
    term = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        db_table = "link_term"
        indexes = [models.Index(fields=["run", "term"], name="link_term_run")]


class LinkMove(models.Model):
    """A record came to be another person's since its run of linkage was put in force.

    Shape:   the pointer `link_moves` names the last one. An empty `was`: the record was not linked before; an empty
             `now`: it is withdrawn.
    """

    run = models.ForeignKey(LinkRun, on_delete=models.CASCADE)
    source = models.CharField(max_length=80)
    record_id = models.CharField(max_length=200)
    was = models.CharField(max_length=16, blank=True)
    now = models.CharField(max_length=16, blank=True)

    class Meta:
        db_table = "link_move"


class Judgement(models.Model):
    """What a named person held of two records; superseded or undone, never overwritten."""

    judgement_id = models.CharField(max_length=32, unique=True)
    a_source = models.CharField(max_length=80)
    a_record = models.CharField(max_length=200)
    b_source = models.CharField(max_length=80)
    b_record = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "judgement"


class PersonAlias(models.Model):
    """An id that once named a person, and the founding record it was made of, so that it keeps answering."""

    alias = models.CharField(max_length=16, primary_key=True)
    source = models.CharField(max_length=80)
    record_id = models.CharField(max_length=200)

    class Meta:
        db_table = "person_alias"


class Pointer(models.Model):
    """The run in force of each kind (`link`, `assess`), one row each."""

    name = models.CharField(max_length=20, primary_key=True)
    run = models.BigIntegerField()

    class Meta:
        db_table = "current_run"
