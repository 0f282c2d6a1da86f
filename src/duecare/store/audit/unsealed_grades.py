"""The grades of a round drawn here, once every side has opened its own; before that, nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Max

from duecare.audit.grading.graded_file import Given, GradedFile
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import areas_known, cases_known
from duecare.store.models import OpenedGrade, ReferredBack, Round, SampledFile, SealedGrade


@dataclass(frozen=True, slots=True)
class Narrated:
    """What did one grader write of one file, and which of their grades is it?

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
    """Which file is it, with everything both sides wrote of it?

    Shape:   `narrated` in order of submission.
    """

    number: int
    key: CaseKey
    set: str
    stratum: Stratum
    narrated: tuple[Narrated, ...]


def round_named(name: str) -> Round | None:
    """The round of this name, if one was opened here."""
    return Round.objects.filter(name=name).first()


def rounds() -> tuple[tuple[str, bool], ...]:
    """Every round opened here, in turn, and whether its grades may be compared."""
    return tuple((one.name, is_open(one)) for one in Round.objects.order_by("opened_at", "name"))


def times_drawn() -> dict[str, datetime]:
    """When was each round that was drawn here drawn?"""
    drawn = Round.objects.exclude(drawn_at=None).values_list("name", "drawn_at")
    return {name: at for name, at in drawn if at is not None}


def is_open(one: Round) -> bool:
    """Has every side opened its grades of every set that it grades in this round?

    Shape:   a side opens a set when all its grades are in for both; of a round that was ended, a set needs only those who
             submitted anything of it.
    """
    mine = {"file__round": one, "file__out_reason": ""}
    sealed = set(SealedGrade.objects.filter(**mine).values_list("file__set", "side"))
    held = set(SampledFile.objects.filter(round=one, out_reason="").values_list("set", flat=True))
    owing = sealed if one.ended_at else sealed | {(name, side) for name in held for side in GRADED_BY[name]}
    opened = OpenedGrade.objects.filter(sealed__file__round=one).values_list("sealed__file__set", "sealed__side")
    return bool(owing) and owing <= set(opened)


def opened_at(one: Round) -> datetime:
    """When was the last of its grades opened? Ask `is_open` first."""
    last = OpenedGrade.objects.filter(sealed__file__round=one).aggregate(last=Max("opened_at"))["last"]
    assert isinstance(last, datetime)
    return last


def opened_files(one: Round) -> tuple[OpenedFile, ...]:
    """Every file of the sample with what was opened of it. Ask `is_open` first.

    Shape:   in order of source and reference; files taken out are left out.
    """
    kept = SampledFile.objects.filter(round=one, out_reason="").order_by("case_source", "case_ref")
    opened = (
        OpenedGrade.objects.filter(sealed__file__in=kept)
        .select_related("sealed__file")
        .order_by("sealed__submitted_at", "sealed_id")
    )
    first: dict[str, datetime] = {}
    for row in opened:
        first[row.sealed.file.set] = min(row.opened_at, first.get(row.sealed.file.set, row.opened_at))
    by_file: dict[int, list[Narrated]] = {}
    for row in opened:
        sealed = row.sealed
        by_file.setdefault(sealed.file_id, []).append(
            Narrated(
                sealed.side,
                sealed.account,
                row.grade,
                row.body,
                sealed.submitted_at,
                str(row.body.get("reason", "")),
                is_counted=sealed.supersedes_id is None or sealed.submitted_at <= first[sealed.file.set],
            )
        )
    return tuple(
        OpenedFile(
            file.pk,
            CaseKey(file.case_source, file.case_ref),
            file.set,
            tuple(file.stratum),
            tuple(by_file.get(file.pk, ())),
        )
        for file in kept
    )


def as_files(one: Round, files: Iterable[OpenedFile]) -> tuple[GradedFile, ...]:
    """These files with the one grade of each grader that counts: the last submitted before anything was opened.

    Shape:   kind and area as known at the draw.
    """
    held = tuple(files)
    keys = [file.key for file in held]
    cases, areas = cases_known(keys, one.known_at), areas_known(keys, one.known_at)
    back = set(ReferredBack.objects.filter(round=one).values_list("case_source", "case_ref"))
    found = []
    for file in held:
        counted = {(word.side, word.account): word for word in file.narrated if word.is_counted}
        case = cases.get(file.key)
        found.append(
            GradedFile(
                file.key.source,
                file.key.case_ref,
                file.set,
                tuple(_given(word) for word in counted.values()),
                case_kind=case.kind if case else "",
                area=areas.get(file.key, ""),
                stratum=file.stratum,
                referred_back=(file.key.source, file.key.case_ref) in back,
            )
        )
    return tuple(found)


def frame_sizes(one: Round) -> dict[Stratum, int]:
    """How many files stood in each stratum of the frame from which this round was drawn?

    Shape:   empty where no frame was kept.
    """
    if not one.frame:
        return {}
    return dict(sorted(Counter(tuple(within) for _, _, within in orjson.loads(bytes(one.frame))).items()))


def _given(word: Narrated) -> Given:
    topics = word.body.get("topics") or {}
    suspect = (word.body.get("grades") or {}).get("suspect", "")
    return Given(word.side, word.account, word.grade, word.submitted_at, topics, suspect)
