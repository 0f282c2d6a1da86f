"""Rounds as kept: what each was planned as, who committed to what, which files were drawn, who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import F, Max, Q, QuerySet

from duecare.audit.rounds.frame_file import FrameKey
from duecare.audit.rounds.sample_draw import Sample, SampleDraw
from duecare.record.pole import CaseKey
from duecare.store.audit.audit_round import AuditRound, HandedNumber, NamedGrader, Progress, RoundFile
from duecare.store.models import Allotted, Round, RoundGrader, RoundNumber, SampledFile, SealedGrade


def round_named(round_name: str, *, to_change: bool = False) -> AuditRound | None:
    """The round of this name; `to_change` keeps others from changing it within the transaction."""
    table_rows = _round_rows().filter(name=round_name)
    if to_change and connection.vendor == "postgresql":
        table_rows = table_rows.select_for_update(of=("self",))
    table_row = table_rows.first()
    return _read_round(table_row, bytes(table_row.frame)) if table_row is not None else None


def every_round() -> tuple[AuditRound, ...]:
    """Every round, the one opened last first, without its frame."""
    table_rows = _round_rows().order_by("-opened_at", "-pk").defer("frame")
    return tuple(_read_round(table_row, None) for table_row in table_rows)


def followed_by(audit_round: AuditRound) -> str:
    """The name of the round that follows this one; empty where none does."""
    return Round.objects.filter(follows=audit_round.id).order_by("pk").values_list("name", flat=True).first() or ""


def open_round(
    *,
    name: str,
    title: str,
    kind: str,
    method: str,
    schemes: Mapping[str, str],
    leads: Mapping[str, str],
    opened_at: datetime,
    opened_by: str,
    follows: AuditRound | None,
) -> None:
    """Keep a round that has just been opened."""
    Round.objects.create(
        name=name,
        title=title,
        kind=kind,
        method=method,
        schemes=dict(schemes),
        leads=dict(leads),
        opened_at=opened_at,
        opened_by=opened_by,
        follows_id=follows.id if follows is not None else None,
    )


def keep_plan(
    audit_round: AuditRound,
    *,
    frame: bytes,
    frame_hash: str,
    plan_json: Mapping[str, Any],
    plan_hash: str,
    frame_of: Any,
) -> None:
    """Keep what is to be drawn from, and how much of it."""
    Round.objects.filter(pk=audit_round.id).update(
        frame=frame, frame_hash=frame_hash, plan=dict(plan_json), plan_hash=plan_hash, frame_of=frame_of
    )


def frame_bytes(audit_round: AuditRound) -> bytes:
    """The frame of this round as JSON; empty where it has none yet."""
    if audit_round.frame is not None:
        return audit_round.frame
    return bytes(Round.objects.filter(pk=audit_round.id).values_list("frame", flat=True).get())


def rows_of_frame(audit_round: AuditRound) -> list[tuple[str, str, list[str]]]:
    """The files that could be drawn: (source, case_ref, stratum)."""
    return [
        (str(source), str(case_ref), list(stratum))
        for source, case_ref, stratum in orjson.loads(frame_bytes(audit_round))
    ]


def keep_lead(audit_round: AuditRound, side_name: str, account: str) -> None:
    """Remember who led this side last."""
    if audit_round.leads.get(side_name) != account:
        Round.objects.filter(pk=audit_round.id).update(leads={**audit_round.leads, side_name: account})


def numbers_of(audit_round: AuditRound) -> tuple[HandedNumber, ...]:
    """What each side, and the beacon, handed over, by name of side."""
    return tuple(
        HandedNumber(
            table_row.side, table_row.commitment, table_row.committed_at, table_row.number, table_row.revealed_at
        )
        for table_row in RoundNumber.objects.filter(round=audit_round.id).order_by("side")
    )


def keep_commitment(
    audit_round: AuditRound, side_name: str, commitment: str, recorded_at: datetime, account_name: str
) -> None:
    """Keep to what this side committed itself."""
    RoundNumber.objects.create(
        round_id=audit_round.id,
        side=side_name,
        commitment=commitment,
        committed_at=recorded_at,
        committed_by=account_name,
    )


def keep_number(audit_round: AuditRound, side_name: str, number: str, recorded_at: datetime, account_name: str) -> None:
    """Keep which number this side revealed."""
    RoundNumber.objects.filter(round_id=audit_round.id, side=side_name).update(
        number=number, revealed_at=recorded_at, revealed_by=account_name
    )


def keep_pulse(audit_round: AuditRound, side_name: str, value: str, recorded_at: datetime, account_name: str) -> None:
    """Keep which value the beacon published."""
    RoundNumber.objects.create(
        round_id=audit_round.id,
        side=side_name,
        committed_at=audit_round.opened_at,
        committed_by="",
        number=value,
        revealed_at=recorded_at,
        revealed_by=account_name,
    )


def keep_sample(
    audit_round: AuditRound,
    sample: Sample,
    frame_counts: Mapping[tuple[str, ...], int],
    seed_text: str,
    recorded_at: datetime,
) -> None:
    """Keep what was drawn, each file with its set, place and probability; the round was drawn at this moment."""
    SampledFile.objects.bulk_create(
        _sampled_file(audit_round.id, drawn_file, frame_counts) for drawn_file in sample.drawn
    )
    Round.objects.filter(pk=audit_round.id).update(seed=seed_text, known_at=recorded_at, drawn_at=recorded_at)


def keep_replacement(removed_file: RoundFile, replacement: SampleDraw, reason: str, recorded_at: datetime) -> RoundFile:
    """Take a file out and put the next of its stratum in its place; every file of the stratum has been reached again."""
    own_files = SampledFile.objects.filter(round=removed_file.round_id)
    last_number = own_files.aggregate(last=Max("out_number"))["last"] or 0
    SampledFile.objects.filter(pk=removed_file.id).update(
        out_reason=reason, out_number=last_number + 1, out_at=recorded_at
    )
    same_stratum = [
        file_id for file_id, stratum in own_files.values_list("pk", "stratum") if tuple(stratum) == removed_file.stratum
    ]
    SampledFile.objects.filter(pk__in=same_stratum).update(reached=int(replacement.probability * removed_file.held))
    new_row = _sampled_file(removed_file.round_id, replacement, {removed_file.stratum: removed_file.held})
    new_row.save(force_insert=True)
    return _read_file(new_row)


def files_of(audit_round: AuditRound, *, set_names: Iterable[str] | None = None) -> tuple[RoundFile, ...]:
    """The files that stand in the sample, by number; only those of these sets, where some are named."""
    table_rows = SampledFile.objects.filter(round=audit_round.id, out_reason="").order_by("pk")
    wanted_rows = table_rows if set_names is None else table_rows.filter(set__in=list(set_names))
    return tuple(_read_file(table_row) for table_row in wanted_rows)


def cases_of_rounds(names: Sequence[str]) -> set[CaseKey]:
    """Every case whose file stands in the sample of one of these rounds."""
    table_rows = SampledFile.objects.filter(round__name__in=list(names), out_reason="")
    return {CaseKey(*case_pair) for case_pair in table_rows.values_list("case_source", "case_ref")}


def taken_out(audit_round: AuditRound) -> tuple[tuple[FrameKey, str], ...]:
    """Which files were taken out of the sample and why, in the order in which they were."""
    table_rows = SampledFile.objects.filter(round_id=audit_round.id).exclude(out_reason="").order_by("out_number")
    return tuple(((table_row.case_source, table_row.case_ref), table_row.out_reason) for table_row in table_rows)


def graders_of_side(audit_round: AuditRound, side_name: str) -> tuple[NamedGrader, ...]:
    """Who grades for this side, in the order in which they were named."""
    table_rows = RoundGrader.objects.filter(round=audit_round.id, side=side_name).order_by("pk")
    return tuple(NamedGrader(table_row.account, table_row.officer) for table_row in table_rows)


def grader_named(audit_round: AuditRound, account: str) -> NamedGrader | None:
    """This account as a grader of the round, for whichever side."""
    table_row = RoundGrader.objects.filter(round=audit_round.id, account=account).first()
    return NamedGrader(table_row.account, table_row.officer) if table_row is not None else None


def keep_grader(audit_round: AuditRound, side_name: str, account: str, officer: str, recorded_at: datetime) -> None:
    """Name a grader."""
    RoundGrader.objects.create(
        round_id=audit_round.id, side=side_name, account=account, officer=officer, named_at=recorded_at
    )


def without_grader(audit_round: AuditRound, side_name: str, set_names: Iterable[str]) -> tuple[RoundFile, ...]:
    """The standing files of these sets that nobody of this side has yet."""
    allotted_files = Allotted.objects.filter(file__round_id=audit_round.id, side=side_name).values("file_id")
    table_rows = SampledFile.objects.filter(round_id=audit_round.id, out_reason="", set__in=list(set_names))
    return tuple(_read_file(table_row) for table_row in table_rows.exclude(pk__in=allotted_files).order_by("pk"))


def keep_allotment(side_name: str, account_of_file: Mapping[int, str], recorded_at: datetime) -> None:
    """Keep which file, by number, which account has."""
    Allotted.objects.bulk_create(
        Allotted(file_id=file_number, side=side_name, account=account, allotted_at=recorded_at)
        for file_number, account in sorted(account_of_file.items())
    )


def grader_loads(audit_round: AuditRound, side_name: str) -> dict[str, int]:
    """The number of standing files of each grader of this side."""
    table_rows = Allotted.objects.filter(
        file__round_id=audit_round.id, file__out_reason="", side=side_name
    ).values_list("account", flat=True)
    return dict(Counter(table_rows))


def is_submitted(sampled_file: RoundFile, side_name: str) -> bool:
    """True where this side has graded the file."""
    return SealedGrade.objects.filter(file=sampled_file.id, side=side_name).exists()


def side_progress(audit_round: AuditRound, side_name: str, set_names: Iterable[str]) -> tuple[Progress, ...]:
    """Progress of this side, set by set."""
    files = SampledFile.objects.filter(round_id=audit_round.id, out_reason="")
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
    audit_round: AuditRound,
    side_name: str,
    recorded_at: datetime,
    account_name: str,
    *,
    is_last: bool,
    due_on: date | None,
    owner: str,
) -> None:
    """Keep that this side ended the round; with the last of them it has ended."""
    Round.objects.filter(pk=audit_round.id).update(
        ends={**audit_round.ends, side_name: {"at": recorded_at.isoformat(), "by": account_name}},
        ended_at=recorded_at if is_last else None,
        follow_up_due_on=due_on,
        follow_up_owner=owner,
    )


def _round_rows() -> QuerySet[Round]:
    return Round.objects.annotate(follows_name=F("follows__name"))


def _read_round(table_row: Any, frame: bytes | None) -> AuditRound:
    return AuditRound(
        id=table_row.pk,
        name=table_row.name,
        title=table_row.title,
        kind=table_row.kind,
        method=table_row.method,
        schemes=table_row.schemes,
        leads=table_row.leads,
        frame_of=table_row.frame_of,
        frame=frame,
        frame_hash=table_row.frame_hash,
        plan=table_row.plan,
        plan_hash=table_row.plan_hash,
        seed=table_row.seed,
        opened_at=table_row.opened_at,
        known_at=table_row.known_at,
        drawn_at=table_row.drawn_at,
        ends=table_row.ends,
        ended_at=table_row.ended_at,
        follows=table_row.follows_name or "",
        follow_up_due_on=table_row.follow_up_due_on,
        follow_up_owner=table_row.follow_up_owner,
    )


def _read_file(table_row: SampledFile) -> RoundFile:
    return RoundFile(
        id=table_row.pk,
        round_id=table_row.round_id,
        case=CaseKey(table_row.case_source, table_row.case_ref),
        stratum=tuple(table_row.stratum),
        set=table_row.set,
        held=table_row.held,
    )


def _sampled_file(round_id: int, drawn_file: SampleDraw, frame_counts: Mapping[tuple[str, ...], int]) -> SampledFile:
    stratum_size = frame_counts[drawn_file.case.stratum]
    return SampledFile(
        round_id=round_id,
        case_source=drawn_file.case.source,
        case_ref=drawn_file.case.case_ref,
        stratum=list(drawn_file.case.stratum),
        set=drawn_file.set,
        rank=drawn_file.rank,
        reached=int(drawn_file.probability * stratum_size),
        held=stratum_size,
    )
