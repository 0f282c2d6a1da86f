"""Rounds as kept: what each was planned as, who committed to what, which files were drawn, who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import Max, Q

from duecare.audit.rounds.sample_draw import Drawn, FrameKey, Sample
from duecare.record.pole import CaseKey
from duecare.store.models import Allotted, Round, RoundGrader, RoundNumber, SampledFile, SealedGrade


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the files of a set that a side grades: how many there are, have a grader, are in, are opened."""

    set: str
    files: int
    allotted: int
    submitted: int
    opened: int = 0


def round_named(round_name: str, *, to_change: bool = False) -> Round | None:
    """The round of this name; `to_change` keeps others from changing it within the transaction."""
    table_rows = Round.objects.filter(name=round_name)
    if to_change and connection.vendor == "postgresql":
        table_rows = table_rows.select_for_update()
    return table_rows.first()


def every_round() -> tuple[Round, ...]:
    """Every round, the one opened last first."""
    return tuple(Round.objects.order_by("-opened_at", "-pk").select_related("follows").defer("frame"))


def followed_by(audit_round: Round) -> str:
    """Which round, by name, follows this one? Empty where none does."""
    return Round.objects.filter(follows=audit_round).order_by("pk").values_list("name", flat=True).first() or ""


def open_round(**fields: Any) -> Round:
    """Keep a round that has just been opened."""
    return Round.objects.create(**fields)


def keep_plan(
    audit_round: Round, *, frame: bytes, frame_hash: str, plan_json: Mapping[str, Any], plan_hash: str, frame_of: Any
) -> None:
    """Keep what is to be drawn from, and how much of it."""
    audit_round.frame, audit_round.frame_hash, audit_round.plan, audit_round.plan_hash, audit_round.frame_of = (
        frame,
        frame_hash,
        dict(plan_json),
        plan_hash,
        frame_of,
    )
    audit_round.save(update_fields=["frame", "frame_hash", "plan", "plan_hash", "frame_of"])


def rows_of_frame(audit_round: Round) -> list[tuple[str, str, list[str]]]:
    """Which files could be drawn: (source, case_ref, stratum)?"""
    return [
        (str(source), str(case_ref), list(stratum))
        for source, case_ref, stratum in orjson.loads(bytes(audit_round.frame))
    ]


def keep_lead(audit_round: Round, side_name: str, account: str) -> None:
    """Remember who led this side last."""
    if audit_round.leads.get(side_name) != account:
        audit_round.leads = {**audit_round.leads, side_name: account}
        audit_round.save(update_fields=["leads"])


def numbers_of(audit_round: Round) -> tuple[RoundNumber, ...]:
    """What each side, and the beacon, handed over, by name of side."""
    return tuple(RoundNumber.objects.filter(round=audit_round).order_by("side"))


def keep_commitment(
    audit_round: Round, side_name: str, commitment: str, recorded_at: datetime, account_name: str
) -> None:
    """Keep to what this side committed itself."""
    RoundNumber.objects.create(
        round=audit_round, side=side_name, commitment=commitment, committed_at=recorded_at, committed_by=account_name
    )


def keep_number(audit_round: Round, side_name: str, number: str, recorded_at: datetime, account_name: str) -> None:
    """Keep which number this side revealed."""
    RoundNumber.objects.filter(round=audit_round, side=side_name).update(
        number=number, revealed_at=recorded_at, revealed_by=account_name
    )


def keep_pulse(audit_round: Round, side_name: str, value: str, recorded_at: datetime, account_name: str) -> None:
    """Keep which value the beacon published."""
    RoundNumber.objects.create(
        round=audit_round,
        side=side_name,
        committed_at=audit_round.opened_at,
        committed_by="",
        number=value,
        revealed_at=recorded_at,
        revealed_by=account_name,
    )


def keep_sample(
    audit_round: Round,
    sample: Sample,
    frame_counts: Mapping[tuple[str, ...], int],
    seed_text: str,
    recorded_at: datetime,
) -> None:
    """Keep what was drawn, each file with its set, place and probability; the round was drawn at this moment."""
    SampledFile.objects.bulk_create(_sampled_file(audit_round, drawn_file, frame_counts) for drawn_file in sample.drawn)
    audit_round.seed, audit_round.known_at, audit_round.drawn_at = seed_text, recorded_at, recorded_at
    audit_round.save(update_fields=["seed", "known_at", "drawn_at"])


def keep_replacement(removed_file: SampledFile, replacement: Drawn, reason: str, recorded_at: datetime) -> SampledFile:
    """Take a file out and put the next of its stratum in its place; every file of the stratum has been reached again."""
    last_number = SampledFile.objects.filter(round=removed_file.round).aggregate(last=Max("out_number"))["last"] or 0
    SampledFile.objects.filter(pk=removed_file.pk).update(
        out_reason=reason, out_number=last_number + 1, out_at=recorded_at
    )
    same_stratum = [
        stratum_file.pk
        for stratum_file in SampledFile.objects.filter(round=removed_file.round)
        if stratum_file.stratum == removed_file.stratum
    ]
    SampledFile.objects.filter(pk__in=same_stratum).update(reached=int(replacement.probability * removed_file.held))
    new_file = _sampled_file(removed_file.round, replacement, {tuple(removed_file.stratum): removed_file.held})
    new_file.save(force_insert=True)
    return new_file


def files_of(audit_round: Round, *, set_names: Iterable[str] | None = None) -> tuple[SampledFile, ...]:
    """The files that stand in the sample, by number; only those of these sets, where some are named."""
    table_rows = SampledFile.objects.filter(round=audit_round, out_reason="").order_by("pk")
    return tuple(table_rows if set_names is None else table_rows.filter(set__in=list(set_names)))


def cases_of_rounds(names: Sequence[str]) -> set[CaseKey]:
    """Every case whose file stands in the sample of one of these rounds."""
    table_rows = SampledFile.objects.filter(round__name__in=list(names), out_reason="")
    return {CaseKey(*case_pair) for case_pair in table_rows.values_list("case_source", "case_ref")}


def taken_out(audit_round: Round) -> tuple[tuple[FrameKey, str], ...]:
    """Which files were taken out of the sample and why, in the order in which they were."""
    table_rows = SampledFile.objects.filter(round=audit_round).exclude(out_reason="").order_by("out_number")
    return tuple(((table_row.case_source, table_row.case_ref), table_row.out_reason) for table_row in table_rows)


def graders_of_side(audit_round: Round, side_name: str) -> tuple[RoundGrader, ...]:
    """Who grades for this side, in the order in which they were named."""
    return tuple(RoundGrader.objects.filter(round=audit_round, side=side_name).order_by("pk"))


def grader_named(audit_round: Round, account: str) -> RoundGrader | None:
    """This account as a grader of the round, for whichever side."""
    return RoundGrader.objects.filter(round=audit_round, account=account).first()


def keep_grader(audit_round: Round, side_name: str, account: str, officer: str, recorded_at: datetime) -> None:
    """Name a grader."""
    RoundGrader.objects.create(
        round=audit_round, side=side_name, account=account, officer=officer, named_at=recorded_at
    )


def without_grader(audit_round: Round, side_name: str, set_names: Iterable[str]) -> tuple[SampledFile, ...]:
    """Which standing files of these sets has nobody of this side yet?"""
    allotted_files = Allotted.objects.filter(file__round=audit_round, side=side_name).values("file_id")
    table_rows = SampledFile.objects.filter(round=audit_round, out_reason="", set__in=list(set_names))
    return tuple(table_rows.exclude(pk__in=allotted_files).order_by("pk"))


def keep_allotment(side_name: str, account_of_file: Mapping[int, str], recorded_at: datetime) -> None:
    """Keep which file, by number, which account has."""
    Allotted.objects.bulk_create(
        Allotted(file_id=file_number, side=side_name, account=account, allotted_at=recorded_at)
        for file_number, account in sorted(account_of_file.items())
    )


def grader_loads(audit_round: Round, side_name: str) -> dict[str, int]:
    """The number of standing files of each grader of this side."""
    table_rows = Allotted.objects.filter(file__round=audit_round, file__out_reason="", side=side_name).values_list(
        "account", flat=True
    )
    return dict(Counter(table_rows))


def is_submitted(sampled_file: SampledFile, side_name: str) -> bool:
    """True where this side has graded the file."""
    return SealedGrade.objects.filter(file=sampled_file, side=side_name).exists()


def side_progress(audit_round: Round, side_name: str, set_names: Iterable[str]) -> tuple[Progress, ...]:
    """Progress of this side, set by set."""
    files = SampledFile.objects.filter(round=audit_round, out_reason="")
    own_grades = Q(sealedgrade__side=side_name)
    stand = SealedGrade.objects.filter(side=side_name, sealedgrade__isnull=True, openedgrade__isnull=False)
    return tuple(
        Progress(
            set_name,
            files.filter(set=set_name).count(),
            files.filter(set=set_name, allotted__side=side_name).distinct().count(),
            files.filter(own_grades, set=set_name).distinct().count(),
            stand.filter(file__in=files.filter(set=set_name)).count(),
        )
        for set_name in set_names
    )


def keep_end(
    audit_round: Round,
    side_name: str,
    recorded_at: datetime,
    account_name: str,
    *,
    is_last: bool,
    due_on: date | None,
    owner: str,
) -> None:
    """Keep that this side ended the round; with the last of them it has ended."""
    audit_round.ends = {**audit_round.ends, side_name: {"at": recorded_at.isoformat(), "by": account_name}}
    audit_round.ended_at = recorded_at if is_last else None
    audit_round.follow_up_due_on, audit_round.follow_up_owner = due_on, owner
    audit_round.save(update_fields=["ends", "ended_at", "follow_up_due_on", "follow_up_owner"])


def _sampled_file(audit_round: Round, drawn_file: Drawn, frame_counts: Mapping[tuple[str, ...], int]) -> SampledFile:
    stratum_size = frame_counts[drawn_file.case.stratum]
    return SampledFile(
        round=audit_round,
        case_source=drawn_file.case.source,
        case_ref=drawn_file.case.case_ref,
        stratum=list(drawn_file.case.stratum),
        set=drawn_file.set,
        rank=drawn_file.rank,
        reached=int(drawn_file.probability * stratum_size),
        held=stratum_size,
    )
