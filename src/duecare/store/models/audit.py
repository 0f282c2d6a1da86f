"""Rounds of files: what could be drawn, what was, who grades it, what was graded and when that was opened."""

from django.db import models


class Round(models.Model):
    """One round: which files are reviewed by whom, by which method and schemes, and how far it has come.

    Shape:   `kind` is inspection, internal, single_file or revisit; `schemes` and `leads` are by side; `plan` is
             {"sizes": [[stratum, paired, inspector_only, force_only] ...], "beacon": [name, time of pulse] or null}, fixed
             before any number is committed; `known_at` is the moment of the draw: a file is read as it was known then;
             `ends` says by side when who ended it.
    """

    name = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    method = models.CharField(max_length=40)
    schemes = models.JSONField(default=dict)
    leads = models.JSONField(default=dict)
    frame_of = models.JSONField(default=dict)
    frame = models.BinaryField(default=b"")
    frame_hash = models.CharField(max_length=64, blank=True)
    plan = models.JSONField(default=dict)
    plan_hash = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    known_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    ends = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    follow_up_due_on = models.DateField(null=True)
    follow_up_owner = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "audit_round"


class RoundNumber(models.Model):
    """The number to which a side committed, and the one it revealed.

    Shape:   the value of a beacon stands under the side `beacon`, without a commitment: the plan names its pulse.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    side = models.CharField(max_length=16)
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    committed_by = models.CharField(max_length=150)
    number = models.CharField(max_length=128, blank=True)
    revealed_at = models.DateTimeField(null=True)
    revealed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "audit_number"
        constraints = [models.UniqueConstraint(fields=["round", "side"], name="audit_number_side")]


class RoundGrader(models.Model):
    """An account that grades for a side in this round, with its officer number where it has one."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    side = models.CharField(max_length=16)
    account = models.CharField(max_length=150)
    officer = models.CharField(max_length=40, blank=True)
    named_at = models.DateTimeField()

    class Meta:
        db_table = "audit_grader"
        constraints = [models.UniqueConstraint(fields=["round", "account"], name="audit_grader_once")]


class SampledFile(models.Model):
    """A file that was drawn: in which set, at which place, with what probability, and whether it was taken out.

    Shape:   `set` is paired, inspector_only or force_only; the probability is `reached` of `held`; `out_number` counts
             from 1 in the order in which files of the round were taken out.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    case_source = models.CharField(max_length=80)
    case_ref = models.CharField(max_length=200)
    stratum = models.JSONField(default=list)
    set = models.CharField(max_length=16)
    rank = models.IntegerField()
    reached = models.IntegerField()
    held = models.IntegerField()
    out_reason = models.CharField(max_length=40, blank=True)
    out_number = models.IntegerField(null=True)
    out_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_file"
        constraints = [
            models.UniqueConstraint(fields=["round", "case_source", "case_ref"], name="audit_file_once"),
        ]
        indexes = [models.Index(fields=["case_source", "case_ref"], name="audit_file_case")]


class Allotted(models.Model):
    """The grader of a side to whom this file is allotted."""

    file = models.ForeignKey(SampledFile, on_delete=models.PROTECT)
    side = models.CharField(max_length=16)
    account = models.CharField(max_length=150)
    allotted_at = models.DateTimeField()

    class Meta:
        db_table = "audit_allotted"
        constraints = [models.UniqueConstraint(fields=["file", "side"], name="audit_allotted_side")]
        indexes = [models.Index(fields=["account"], name="audit_allotted_account")]


class OrganisationKey(models.Model):
    """The public key with which a side's grades are concealed; the private half is never kept here.

    Shape:   `came_at` is when it came with seals from the other side's Duecare, and None where its side made it here: only
             for those is anything concealed.
    """

    side = models.CharField(max_length=16)
    public = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    came_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_key"


class DraftGrade(models.Model):
    """What a grader has written so far, concealed under a key that only their browser keeps."""

    file = models.ForeignKey(SampledFile, on_delete=models.PROTECT)
    account = models.CharField(max_length=150)
    concealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "audit_draft"
        constraints = [models.UniqueConstraint(fields=["file", "account"], name="audit_draft_once")]


class SealedGrade(models.Model):
    """A judgement as submitted: its seal for all, its content for its own side's key; never changed.

    Shape:   a correction is another row that `supersedes` this one; its reason is concealed with it.
    """

    file = models.ForeignKey(SampledFile, on_delete=models.PROTECT)
    side = models.CharField(max_length=16)
    account = models.CharField(max_length=150)
    seal = models.CharField(max_length=64)
    concealed = models.BinaryField()
    key = models.ForeignKey(OrganisationKey, on_delete=models.PROTECT)
    submitted_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True)

    class Meta:
        db_table = "audit_sealed"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "side"], condition=models.Q(supersedes__isnull=True), name="audit_sealed_first"
            )
        ]
        indexes = [models.Index(fields=["file", "side"], name="audit_sealed_side")]


class OpenedGrade(models.Model):
    """A judgement after its side opened it: what was sealed, and the salt that proves it."""

    sealed = models.OneToOneField(SealedGrade, on_delete=models.PROTECT)
    grade = models.CharField(max_length=40)
    body = models.JSONField()
    salt = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)

    class Meta:
        db_table = "audit_opened"


class OutsideGrade(models.Model):
    """One row of grades of an audit run elsewhere, as given.

    Shape:   keyed by round, case, side and grader; `row` is the row whole.
    """

    round = models.CharField(max_length=120)
    case_source = models.CharField(max_length=80, blank=True)
    case_ref = models.CharField(max_length=200)
    side = models.CharField(max_length=16)
    set = models.CharField(max_length=16)
    grader = models.CharField(max_length=150, blank=True)
    case_kind = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=40)
    referred_back = models.BooleanField(null=True)
    graded_at = models.DateTimeField(null=True)
    row = models.JSONField()
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "audit_outside"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "case_source", "case_ref", "side", "grader"], name="audit_outside_once"
            )
        ]


class Reconciled(models.Model):
    """The judgement on which a third grader or a meeting settled, beside the two, and why.

    Shape:   `suspect` is the other grade of an investigation; empty where it has none.
    """

    file = models.OneToOneField(SampledFile, on_delete=models.PROTECT)
    by = models.CharField(max_length=16)
    grade = models.CharField(max_length=40)
    suspect = models.CharField(max_length=40, blank=True, default="")
    narrative = models.TextField()
    accounts = models.JSONField(default=list)
    settled_at = models.DateTimeField()

    class Meta:
        db_table = "audit_reconciled"


class ReferredBack(models.Model):
    """A case sent back because a child is still at risk: by whom, for what, and how it stood then.

    Shape:   `events` names the facts written by it so far; `frozen` is the file's evidence as it was, and its hash.
    """

    case_source = models.CharField(max_length=80)
    case_ref = models.CharField(max_length=200)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True)
    danger = models.TextField()
    child = models.CharField(max_length=300)
    must_act = models.CharField(max_length=150)
    referred_at = models.DateTimeField()
    referred_by = models.CharField(max_length=150)
    frozen = models.BinaryField()
    frozen_hash = models.CharField(max_length=64)
    seen_confirmed_at = models.DateTimeField(null=True)
    seen_confirmed_by = models.CharField(max_length=150, blank=True)
    events = models.JSONField(default=list)

    class Meta:
        db_table = "audit_referred_back"
        indexes = [models.Index(fields=["case_source", "case_ref"], name="audit_referred_case")]


class ErrorFound(models.Model):
    """An error that a review of one file found, whom it wronged, and what those criticised answer.

    Shape:   posts, never names. `answer` invited at `invited_at`; the error is final at `final_at`, never before one is
             given or its time has run out.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True)
    round_name = models.CharField(max_length=120)
    case_source = models.CharField(max_length=80, blank=True)
    case_ref = models.CharField(max_length=200)
    error = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    wronged = models.CharField(max_length=20)
    should = models.TextField(blank=True)
    did = models.TextField(blank=True)
    standard = models.TextField(blank=True)
    known_from = models.DateTimeField(null=True)
    consequence = models.TextField(blank=True)
    post = models.CharField(max_length=120, blank=True)
    remedy = models.TextField(blank=True)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=150)
    invited_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_error"
        indexes = [models.Index(fields=["round_name", "case_source", "case_ref"], name="audit_error_case")]
