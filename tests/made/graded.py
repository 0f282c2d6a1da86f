"""A small round over the few cases: drawn, allotted to graders of both sides, each side with its key."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.made.deliveries import Made, Row, write
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import InProcess, Store, asking

from duecare.access.viewer import Viewer
from duecare.audit.grading.file_judgement import Answer, GradingForm
from duecare.audit.grading.grading_method import grading_methods
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit.make_side_key import make_side_key

ROUND, METHOD = "spring", "child-protection-2014"
PASSPHRASE = "a made up passphrase"
SIDES = ("force", "inspectorate")
SETS = {"OPEN": "paired", "SETTLED": "paired", "MISSING": "inspector_only", "CUSTODY": "force_only"}
OPEN = CaseKey(SOURCE, "OPEN")
# Which files were given to each side.
GIVEN = {"force": ("CUSTODY", "OPEN", "SETTLED"), "inspectorate": ("MISSING", "OPEN", "SETTLED")}
VIEWERS = {
    "auditor": Viewer("auditor", frozenset({"auditor"})),
    "other-auditor": Viewer("other-auditor", frozenset({"auditor"})),
    "audit-lead": Viewer("audit-lead", frozenset({"audit_lead"})),
    "inspector": Viewer("inspector", frozenset({"inspector"})),
    "lead-inspector": Viewer("lead-inspector", frozenset({"lead_inspector"})),
    "of-both": Viewer("of-both", frozenset({"auditor", "inspector"})),
}
GRADER = {"force": "auditor", "inspectorate": "inspector"}
LEAD = {"force": "audit-lead", "inspectorate": "lead-inspector"}


def as_(who: str, now: datetime) -> Request:
    """One of these accounts, at the command line."""
    return Request(dataclasses.replace(VIEWERS[who], channel="command"), "a test", now, channel="command")


def said(
    case: str = "OPEN", *, grade: str = "good", suspect: str = "good", narrative: str = "", **answers: Answer
) -> GradingForm:
    """A complete judgement of one of the files; an investigation where someone is suspected, as in OPEN."""
    investigation = case == "OPEN"
    given = {
        one.id: Answer(next(word for word in one.answers if word not in one.words_for))
        for heading in grading_methods()[METHOD].asked(is_investigation=investigation)
        for one in heading.questions
    }
    grades = {"child": grade} | ({"suspect": suspect} if investigation else {})
    return GradingForm(grades=grades, answers=given | answers, narrative=narrative)


@contextmanager
def graded(store: Store, folder: Path, now: datetime) -> Iterator[Store]:
    """This store, in use, with the few cases and a round over four of them, drawn at `now`."""
    from duecare.store import accounts
    from duecare.store.models import Allotted, Round, SampledFile

    with filled(store, folder / "few", now):
        for name, viewer in VIEWERS.items():
            accounts.enrol_account(name, sorted(viewer.roles), display_name=name.title())
        of = Round.objects.create(
            name=ROUND, title="Spring round", kind="inspection", method=METHOD, opened_at=now, opened_by="audit-lead",
            schemes=dict.fromkeys(SIDES, "case-files-2014"),
            leads={side: LEAD[side] for side in SIDES}, known_at=now, drawn_at=now,
            frame_hash="f" * 64, seed="5" * 64,
        )  # fmt: skip
        for rank, (ref, set_) in enumerate(SETS.items(), 1):
            file = SampledFile.objects.create(
                round=of, case_source=SOURCE, case_ref=ref, set=set_, rank=rank, reached=1, held=1, stratum=["made up"]
            )
            for side in SIDES:
                if set_ in ("paired", "inspector_only" if side == "inspectorate" else "force_only"):
                    Allotted.objects.create(file=file, side=side, account=GRADER[side], allotted_at=now)
        for side in SIDES:
            make_side_key(as_(LEAD[side], now), side, folder / f"{side}.pem", PASSPHRASE)
        yield store


def deliver(store: Store, folder: Path, received: datetime, events: Sequence[Row], ties: Sequence[Row] = ()) -> None:
    """Receive these events, at this moment."""
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    path = write(Made({"events": events, "ties": list(ties)}, source=SOURCE), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        (took,) = receive_files(asking(received), store.config, [path], source=SOURCE)
    assert (took.status, took.set_aside) == ("accepted", 0), took.reasons


def later(now: datetime, hours: float = 1) -> datetime:
    """So many hours afterwards."""
    return now + timedelta(hours=hours)
