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
    """Of the files of a set that a side grades: how many are there, have a grader, are in, are opened?"""

    set: str
    files: int
    allotted: int
    submitted: int
    opened: int = 0


def round_named(name: str, *, to_change: bool = False) -> Round | None:
    """The round of this name; `to_change` keeps others from changing it within the transaction."""
    rows = Round.objects.filter(name=name)
    if to_change and connection.vendor == "postgresql":
        rows = rows.select_for_update()
    return rows.first()


def every_round() -> tuple[Round, ...]:
    """Every round, the one opened last first."""
    return tuple(Round.objects.order_by("-opened_at", "-pk").select_related("follows").defer("frame"))


def followed_by(of: Round) -> str:
    """Which round, by name, follows this one? Empty where none does."""
    return Round.objects.filter(follows=of).order_by("pk").values_list("name", flat=True).first() or ""


def open_round(**fields: Any) -> Round:
    """Keep a round that has just been opened."""
    return Round.objects.create(**fields)


def keep_plan(
    of: Round, *, frame: bytes, frame_hash: str, plan: Mapping[str, Any], plan_hash: str, frame_of: Any
) -> None:
    """Keep what is to be drawn from, and how much of it."""
    of.frame, of.frame_hash, of.plan, of.plan_hash, of.frame_of = frame, frame_hash, dict(plan), plan_hash, frame_of
    of.save(update_fields=["frame", "frame_hash", "plan", "plan_hash", "frame_of"])


def rows_of_frame(of: Round) -> list[tuple[str, str, list[str]]]:
    """Which files could be drawn: (source, case_ref, stratum)?"""
    return [(str(source), str(ref), list(stratum)) for source, ref, stratum in orjson.loads(bytes(of.frame))]


def keep_lead(of: Round, side: str, account: str) -> None:
    """Remember who led this side last."""
    if of.leads.get(side) != account:
        of.leads = {**of.leads, side: account}
        of.save(update_fields=["leads"])


def numbers_of(of: Round) -> tuple[RoundNumber, ...]:
    """What each side, and the beacon, handed over, by name of side."""
    return tuple(RoundNumber.objects.filter(round=of).order_by("side"))


def keep_commitment(of: Round, side: str, commitment: str, at: datetime, by: str) -> None:
    """Keep to what this side committed itself."""
    RoundNumber.objects.create(round=of, side=side, commitment=commitment, committed_at=at, committed_by=by)


def keep_number(of: Round, side: str, number: str, at: datetime, by: str) -> None:
    """Keep which number this side revealed."""
    RoundNumber.objects.filter(round=of, side=side).update(number=number, revealed_at=at, revealed_by=by)


def keep_pulse(of: Round, side: str, value: str, at: datetime, by: str) -> None:
    """Keep which value the beacon published."""
    RoundNumber.objects.create(
        round=of, side=side, committed_at=of.opened_at, committed_by="", number=value, revealed_at=at, revealed_by=by
    )


def keep_sample(of: Round, sample: Sample, held: Mapping[tuple[str, ...], int], seed: str, at: datetime) -> None:
    """Keep what was drawn, each file with its set, place and probability; the round was drawn at this moment."""
    SampledFile.objects.bulk_create(_file(of, one, held) for one in sample.drawn)
    of.seed, of.known_at, of.drawn_at = seed, at, at
    of.save(update_fields=["seed", "known_at", "drawn_at"])


def keep_replacement(out: SampledFile, by: Drawn, reason: str, at: datetime) -> SampledFile:
    """Take a file out and put the next of its stratum in its place; every file of the stratum has been reached anew."""
    last = SampledFile.objects.filter(round=out.round).aggregate(last=Max("out_number"))["last"] or 0
    SampledFile.objects.filter(pk=out.pk).update(out_reason=reason, out_number=last + 1, out_at=at)
    same = [row.pk for row in SampledFile.objects.filter(round=out.round) if row.stratum == out.stratum]
    SampledFile.objects.filter(pk__in=same).update(reached=int(by.probability * out.held))
    made = _file(out.round, by, {tuple(out.stratum): out.held})
    made.save(force_insert=True)
    return made


def files_of(of: Round, *, sets: Iterable[str] | None = None) -> tuple[SampledFile, ...]:
    """The files that stand in the sample, by number; only those of these sets, where some are named."""
    rows = SampledFile.objects.filter(round=of, out_reason="").order_by("pk")
    return tuple(rows if sets is None else rows.filter(set__in=list(sets)))


def cases_of_rounds(names: Sequence[str]) -> set[CaseKey]:
    """Every case whose file stands in the sample of one of these rounds."""
    rows = SampledFile.objects.filter(round__name__in=list(names), out_reason="")
    return {CaseKey(*key) for key in rows.values_list("case_source", "case_ref")}


def taken_out(of: Round) -> tuple[tuple[FrameKey, str], ...]:
    """Which files were taken out of the sample and why, in the order in which they were."""
    rows = SampledFile.objects.filter(round=of).exclude(out_reason="").order_by("out_number")
    return tuple(((row.case_source, row.case_ref), row.out_reason) for row in rows)


def graders_of_side(of: Round, side: str) -> tuple[RoundGrader, ...]:
    """Who grades for this side, in the order in which they were named."""
    return tuple(RoundGrader.objects.filter(round=of, side=side).order_by("pk"))


def grader_named(of: Round, account: str) -> RoundGrader | None:
    """This account as a grader of the round, for whichever side."""
    return RoundGrader.objects.filter(round=of, account=account).first()


def keep_grader(of: Round, side: str, account: str, officer: str, at: datetime) -> None:
    """Name a grader."""
    RoundGrader.objects.create(round=of, side=side, account=account, officer=officer, named_at=at)


def without_grader(of: Round, side: str, sets: Iterable[str]) -> tuple[SampledFile, ...]:
    """Which standing files of these sets has nobody of this side yet?"""
    given = Allotted.objects.filter(file__round=of, side=side).values("file_id")
    rows = SampledFile.objects.filter(round=of, out_reason="", set__in=list(sets))
    return tuple(rows.exclude(pk__in=given).order_by("pk"))


def keep_allotment(side: str, whose: Mapping[int, str], at: datetime) -> None:
    """Keep which file, by number, which account has."""
    Allotted.objects.bulk_create(
        Allotted(file_id=file, side=side, account=account, allotted_at=at) for file, account in sorted(whose.items())
    )


def loads(of: Round, side: str) -> dict[str, int]:
    """How many standing files has each grader of this side?"""
    rows = Allotted.objects.filter(file__round=of, file__out_reason="", side=side).values_list("account", flat=True)
    return dict(Counter(rows))


def is_submitted(file: SampledFile, side: str) -> bool:
    """Has this side graded the file?"""
    return SealedGrade.objects.filter(file=file, side=side).exists()


def progress(of: Round, side: str, sets: Iterable[str]) -> tuple[Progress, ...]:
    """How far is this side, set by set?"""
    files = SampledFile.objects.filter(round=of, out_reason="")
    mine = Q(sealedgrade__side=side)
    stand = SealedGrade.objects.filter(side=side, sealedgrade__isnull=True, openedgrade__isnull=False)
    return tuple(
        Progress(
            name,
            files.filter(set=name).count(),
            files.filter(set=name, allotted__side=side).distinct().count(),
            files.filter(mine, set=name).distinct().count(),
            stand.filter(file__in=files.filter(set=name)).count(),
        )
        for name in sets
    )


def keep_end(of: Round, side: str, at: datetime, by: str, *, is_last: bool, due_on: date | None, owner: str) -> None:
    """Keep that this side ended the round; with the last of them it has ended."""
    of.ends = {**of.ends, side: {"at": at.isoformat(), "by": by}}
    of.ended_at = at if is_last else None
    of.follow_up_due_on, of.follow_up_owner = due_on, owner
    of.save(update_fields=["ends", "ended_at", "follow_up_due_on", "follow_up_owner"])


def _file(of: Round, one: Drawn, held: Mapping[tuple[str, ...], int]) -> SampledFile:
    size = held[one.case.stratum]
    return SampledFile(
        round=of,
        case_source=one.case.source,
        case_ref=one.case.case_ref,
        stratum=list(one.case.stratum),
        set=one.set,
        rank=one.rank,
        reached=int(one.probability * size),
        held=size,
    )
