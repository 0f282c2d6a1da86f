"""The opened grades of a round drawn here, as kept; `audit/rounds/comparable_round` decides when they may be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Max

from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.audit.rounds.comparable_round import may_be_compared
from duecare.audit.rounds.frame_file import Stratum
from duecare.record.pole import CaseKey
from duecare.store.audit.audit_round import AuditRound
from duecare.store.audit.round_records import frame_bytes
from duecare.store.facts.fact_lookup import areas_known, cases_known
from duecare.store.models import OpenedGrade, ReferredBack, Round, SampledFile, SealedGrade


@dataclass(frozen=True, slots=True)
class Narrated:
    """What one grader wrote of one file, and which of their grades it is.

    Shape:   `body` is the judgement as it was sealed; `is_counted` is false for a correction made after any grade of its
             set was opened, which stands beside and changes no figure.
    """

    side: str
    account: str
    grade: str
    body: Mapping[str, Any]
    submitted_at: datetime
    reason: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One file with everything both sides wrote of it.

    Shape:   `narrated` in order of submission.
    """

    number: int
    key: CaseKey
    set: str
    stratum: Stratum
    narrated: tuple[Narrated, ...]


def round_names() -> tuple[tuple[str, bool], ...]:
    """Every round opened here, in turn, and whether its grades may be compared."""
    return tuple(
        (round_name, _is_round_open(round_id, has_ended=ended_at is not None))
        for round_id, round_name, ended_at in Round.objects.order_by("opened_at", "name").values_list(
            "pk", "name", "ended_at"
        )
    )


def times_drawn() -> dict[str, datetime]:
    """When each round that was drawn here was drawn."""
    drawn = Round.objects.exclude(drawn_at=None).values_list("name", "drawn_at")
    return {round_name: drawn_at for round_name, drawn_at in drawn if drawn_at is not None}


def is_open(audit_round: AuditRound) -> bool:
    """Whether the grades of this round may be compared, as `may_be_compared` decides.

    Shape:   a side opens a set when all its grades are in for both.
    """
    return _is_round_open(audit_round.id, has_ended=audit_round.ended_at is not None)


def opened_at(audit_round: AuditRound) -> datetime:
    """The time at which the last of its grades was opened. Ask `is_open` first."""
    last_opened = OpenedGrade.objects.filter(sealed__file__round=audit_round.id).aggregate(last=Max("opened_at"))[
        "last"
    ]
    assert isinstance(last_opened, datetime)
    return last_opened


def opened_files(audit_round: AuditRound) -> tuple[OpenedFile, ...]:
    """Every file of the sample with what was opened of it. Ask `is_open` first.

    Shape:   in order of source and reference; files taken out are left out.
    """
    sampled_files = SampledFile.objects.filter(round=audit_round.id, out_reason="").order_by("case_source", "case_ref")
    opened = (
        OpenedGrade.objects.filter(sealed__file__in=sampled_files)
        .select_related("sealed__file")
        .order_by("sealed__submitted_at", "sealed_id")
    )
    first_opened: dict[str, datetime] = {}
    for opened_row in opened:
        first_opened[opened_row.sealed.file.set] = min(
            opened_row.opened_at, first_opened.get(opened_row.sealed.file.set, opened_row.opened_at)
        )
    by_file: dict[int, list[Narrated]] = {}
    for opened_row in opened:
        sealed = opened_row.sealed
        by_file.setdefault(sealed.file_id, []).append(
            Narrated(
                sealed.side,
                sealed.account,
                opened_row.grade,
                opened_row.body,
                sealed.submitted_at,
                str(opened_row.body.get("reason", "")),
                is_counted=sealed.supersedes_id is None or sealed.submitted_at <= first_opened[sealed.file.set],
            )
        )
    return tuple(
        OpenedFile(
            sampled_file.pk,
            CaseKey(sampled_file.case_source, sampled_file.case_ref),
            sampled_file.set,
            tuple(sampled_file.stratum),
            tuple(by_file.get(sampled_file.pk, ())),
        )
        for sampled_file in sampled_files
    )


def as_files(audit_round: AuditRound, files: Iterable[OpenedFile]) -> tuple[GradedFile, ...]:
    """These files with the one grade of each grader that counts: the last submitted before anything was opened.

    Shape:   kind and area as known at the draw.
    """
    opened_list = tuple(files)
    case_keys = [graded_file.key for graded_file in opened_list]
    cases, areas = cases_known(case_keys, audit_round.known_at), areas_known(case_keys, audit_round.known_at)
    sent_back = set(ReferredBack.objects.filter(round=audit_round.id).values_list("case_source", "case_ref"))
    graded_files = []
    for opened_file in opened_list:
        counted = {
            (narrated.side, narrated.account): narrated for narrated in opened_file.narrated if narrated.is_counted
        }
        case_record = cases.get(opened_file.key)
        graded_files.append(
            GradedFile(
                opened_file.key.source,
                opened_file.key.case_ref,
                opened_file.set,
                tuple(_given_grade(narrated) for narrated in counted.values()),
                case_kind=case_record.kind if case_record else "",
                area=areas.get(opened_file.key, ""),
                stratum=opened_file.stratum,
                referred_back=(opened_file.key.source, opened_file.key.case_ref) in sent_back,
            )
        )
    return tuple(graded_files)


def frame_sizes(audit_round: AuditRound) -> dict[Stratum, int]:
    """How many files stood in each stratum of the frame from which this round was drawn.

    Shape:   empty where no frame was kept.
    """
    frame = frame_bytes(audit_round)
    if not frame:
        return {}
    return dict(sorted(Counter(tuple(within) for _, _, within in orjson.loads(frame)).items()))


def _is_round_open(round_id: int, *, has_ended: bool) -> bool:
    in_sample = {"file__round": round_id, "file__out_reason": ""}
    sealed = set(SealedGrade.objects.filter(**in_sample).values_list("file__set", "side"))
    sampled_sets = set(SampledFile.objects.filter(round=round_id, out_reason="").values_list("set", flat=True))
    opened = OpenedGrade.objects.filter(sealed__file__round=round_id).values_list("sealed__file__set", "sealed__side")
    return may_be_compared(sampled_sets, sealed, opened, has_ended=has_ended)


def _given_grade(narrated: Narrated) -> GradeGiven:
    topics = narrated.body.get("topics") or {}
    suspect = (narrated.body.get("grades") or {}).get("suspect", "")
    return GradeGiven(narrated.side, narrated.account, narrated.grade, narrated.submitted_at, topics, suspect)
