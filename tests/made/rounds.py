"""Rounds as rows of a store: drawn, allotted, graded and opened, without the steps that do so in service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from duecare.audit.grading import file_judgement
from duecare.audit.rounds.frame_file import Case, Frame
from duecare.store.models import (
    Allotted,
    OpenedGrade,
    OrganisationKey,
    Round,
    SampledFile,
    SealedGrade,
)

DRAWN = datetime(2016, 4, 1, 9, tzinfo=UTC)
OPENED = datetime(2016, 6, 1, 9, tzinfo=UTC)
SCHEME = "case-files-2014"
GRADERS = {"force": "force-auditor", "inspectorate": "an-inspector"}


def a_round(name: str = "spring 2016", frame: Frame | None = None, **changes: Any) -> Round:
    """A round that was drawn."""
    values: dict[str, Any] = {
        "title": f"The round {name}",
        "kind": "inspection",
        "method": "child-protection-2014",
        "schemes": {"force": SCHEME, "inspectorate": SCHEME},
        "leads": {"force": "audit-lead", "inspectorate": "lead-inspector"},
        "opened_at": DRAWN - timedelta(days=7),
        "opened_by": "audit-lead",
        "known_at": DRAWN,
        "drawn_at": DRAWN,
        "frame": frame.canonical if frame else b"",
        "frame_hash": frame.hash if frame else "",
    }
    return Round.objects.create(name=name, **{**values, **changes})


def a_file(of: Round, case: Case, set_: str = "paired", rank: int = 1, reached: int = 1, held: int = 1) -> SampledFile:
    """One file of its sample, allotted to the graders of its set."""
    file = SampledFile.objects.create(
        round=of, case_source=case.source, case_ref=case.case_ref, stratum=list(case.stratum), set=set_, rank=rank,
        reached=reached, held=held,
    )  # fmt: skip
    sides = {"paired": ("force", "inspectorate"), "force_only": ("force",), "inspector_only": ("inspectorate",)}[set_]
    for side in sides:
        Allotted.objects.create(file=file, side=side, account=GRADERS[side], allotted_at=DRAWN)
    return file


def grade(
    file: SampledFile,
    side: str,
    word: str,
    *,
    account: str = "",
    at: datetime = DRAWN + timedelta(days=10),
    opened_at: datetime | None = OPENED,
    topics: Mapping[str, str] | None = None,
    suspect: str = "",
    narrative: str = "Why it is so.",
    supersedes: SealedGrade | None = None,
    reason: str = "",
) -> SealedGrade:
    """A judgement submitted, and opened unless told not."""
    account = account or GRADERS[side]
    grades = {"child": word, **({"suspect": suspect} if suspect else {})}
    said = file_judgement.GradingForm(grades, topics or {}, {}, narrative)
    judged = file_judgement.Judgement(
        file.round.name, file.case_source, file.case_ref, side, account, file.round.method, SCHEME, said, reason
    )
    sealed = file_judgement.seal_judgement(judged)
    key, _ = OrganisationKey.objects.get_or_create(
        side=side, defaults={"public": b"k" * 32, "made_at": DRAWN, "made_by": "x"}
    )
    row = SealedGrade.objects.create(
        file=file, side=side, account=account, seal=sealed.seal, concealed=b"concealed", key=key, submitted_at=at,
        supersedes=supersedes,
    )  # fmt: skip
    if opened_at is not None:
        open_grade(row, judged, file_judgement.unseal_content(sealed.content)[1], opened_at)
    return row


def open_grade(row: SealedGrade, judged: file_judgement.Judgement, salt: str, at: datetime = OPENED) -> None:
    """What its side opened."""
    OpenedGrade.objects.create(
        sealed=row,
        grade=judged.said.grades["child"],
        body=judged.as_json(),
        salt=salt,
        opened_at=at,
        opened_by=f"{row.side}-lead",
    )


def graded(of: Round, pairs: Iterable[tuple[str, str]], **changes: Any) -> list[SampledFile]:
    """Paired files C0, C1, … of the source cris with these grades: the force's, then the inspectorate's."""
    files = []
    for at, (force, inspectorate) in enumerate(pairs):
        file = a_file(of, Case("cris", f"C{at}", ()), rank=at + 1)
        grade(file, "force", force, **changes)
        grade(file, "inspectorate", inspectorate, **changes)
        files.append(file)
    return files
