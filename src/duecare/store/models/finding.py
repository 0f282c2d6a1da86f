"""What was worked out in an assessment: findings, and the lines of the worklist."""

from django.db import models


class AssessRun(models.Model):
    """One assessment of everything; the pointer `assess` names the run in force."""

    at = models.DateTimeField()
    as_of = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    rulebook = models.CharField(max_length=64)
    link_run = models.BigIntegerField(default=0)
    link_moves = models.BigIntegerField(default=0)
    upto_delivery = models.BigIntegerField(default=0)
    findings = models.BigIntegerField(default=0)
    overdue = models.BigIntegerField(default=0)
    by_duty = models.JSONField(default=dict)

    class Meta:
        db_table = "assess_run"


class FindingRow(models.Model):
    """One finding, with the columns it is found by; `body` is the finding whole.

    Shape:   `is_late_now`, `is_open_now`: it can still be done, and is no local standard that is only suggested; as at the
             assessment. `told_later`: the steps of its ladder that had not come then, as JSON.
    """

    run = models.ForeignKey(AssessRun, on_delete=models.CASCADE)
    finding = models.CharField(max_length=16)
    duty = models.CharField(max_length=60)
    ref = models.CharField(max_length=8)
    state = models.CharField(max_length=16)
    authority = models.CharField(max_length=24)
    source = models.CharField(max_length=80)
    case_source = models.CharField(max_length=80, null=True)
    case_ref = models.CharField(max_length=200, null=True)
    person = models.CharField(max_length=16, null=True)
    area = models.CharField(max_length=120, null=True)
    due_at = models.BigIntegerField(null=True)
    body = models.BinaryField()
    is_late_now = models.BooleanField(default=False)
    is_open_now = models.BooleanField(default=False)
    told_later = models.BinaryField(null=True)

    class Meta:
        db_table = "finding"
        indexes = [
            models.Index(fields=["run", "state", "due_at"], name="finding_state"),
            models.Index(fields=["run", "case_source", "case_ref"], name="finding_case"),
            models.Index(fields=["run", "person"], name="finding_person"),
            models.Index(fields=["run", "duty", "state"], name="finding_duty"),
            models.Index(
                fields=["run", "duty", "is_late_now"],
                name="finding_live",
                condition=models.Q(is_late_now=True) | models.Q(is_open_now=True),
            ),
        ]


class TurningMoment(models.Model):
    """When the result of one case, or of one person outside any case, next changes by itself.

    Shape:   only what cannot be worked out from the due time and ladder of each finding has a row.
    Units:   seconds since 1970, UTC.
    """

    run = models.ForeignKey(AssessRun, on_delete=models.CASCADE)
    case_source = models.CharField(max_length=80, null=True)
    case_ref = models.CharField(max_length=200, null=True)
    person = models.CharField(max_length=16, null=True)
    at = models.BigIntegerField()

    class Meta:
        db_table = "turning_moment"
        indexes = [
            models.Index(fields=["run", "at"], name="turning_moment_at"),
            models.Index(fields=["run", "case_source", "case_ref"], name="turning_moment_case"),
            models.Index(fields=["run", "person"], name="turning_moment_person"),
        ]


class Scoped(models.Model):
    """What need to know asks of a line: where it lies, who is named on it, whether it is restricted or sealed.

    Shape:   `names` are the numbers of those allocated and supervising, as `|a|b|`; `…_plain` are stripped, case-folded.
    """

    case_source = models.CharField(max_length=80, null=True)
    case_ref = models.CharField(max_length=200, null=True)
    person = models.CharField(max_length=16, null=True)
    area = models.CharField(max_length=120, blank=True)
    team = models.CharField(max_length=120, blank=True)
    area_plain = models.CharField(max_length=120, blank=True)
    team_plain = models.CharField(max_length=120, blank=True)
    names = models.TextField(blank=True)
    is_restricted = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    is_in_custody = models.BooleanField(default=False)

    class Meta:
        abstract = True


class WorkRow(Scoped):
    """One line of the worklist: a case or person, what it is ordered by, and when it next changes.

    Units:   moments in whole seconds since 1970, UTC.
    """

    run = models.ForeignKey(AssessRun, on_delete=models.CASCADE)
    case_kind = models.CharField(max_length=30, blank=True)
    officer = models.CharField(max_length=80, blank=True)
    is_unallocated = models.BooleanField(default=False)
    step = models.SmallIntegerField()
    danger = models.CharField(max_length=20, blank=True)
    danger_at = models.BigIntegerField(null=True)
    order_at = models.BigIntegerField()
    next_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "worklist_line"
        indexes = [
            models.Index(fields=["run", "step", "-is_unallocated", "order_at"], name="work_order"),
            models.Index(fields=["run", "area_plain"], name="work_area"),
            models.Index(fields=["run", "next_at"], name="work_next"),
            models.Index(fields=["run", "case_source", "case_ref"], name="work_case"),
            models.Index(fields=["run", "person"], name="work_person", condition=models.Q(person__isnull=False)),
        ]


class VisitRow(Scoped):
    """One registered sex offender and the visit owed: what the board of visits counts.

    Units:   moments in whole seconds since 1970, UTC; None where there is none, or none is known.
    """

    run = models.ForeignKey(AssessRun, on_delete=models.CASCADE)
    risk = models.CharField(max_length=12)
    manager = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=16)
    finding = models.CharField(max_length=16)
    due_at = models.BigIntegerField(null=True)
    last_seen_at = models.BigIntegerField(null=True)
    last_attempt_at = models.BigIntegerField(null=True)
    attempts = models.IntegerField(default=0)

    class Meta:
        db_table = "visit"
        indexes = [
            models.Index(fields=["run", "risk"], name="visit_risk"),
            models.Index(fields=["run", "person"], name="visit_person"),
            models.Index(fields=["run", "case_source", "case_ref"], name="visit_case"),
        ]
