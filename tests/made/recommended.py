"""The real register of 2016, paraphrased; accounts that act on recommendations; rounds that test them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tests.made.rounds import a_file, a_round, grade

from duecare.assessment.rules_in_force import rulebook_with
from duecare.audit.rounds.frame_file import Case, build_frame
from duecare.config import read_config
from duecare.figure import FigureValue, hash_of_catalogue
from duecare.rulebook.force_policy import read_policy
from duecare.store.figures import figure_snapshots
from duecare.store.models import Round

MET_2016 = Path(__file__).parent / "met_2016_register.csv"
"""Nine topics in our words, with the status log of recommendation 4104; all numbers but that one are ours."""

ACCOUNTS = {
    "lead-insp": "lead_inspector",
    "chief": "chief_officer",
    "mayor": "mayors_office",
    "expert": "expert",
    "bcu": "bcu_lead",
    "audit-lead": "audit_lead",
}
OF_ALL = {"kinds": [], "areas": [], "opened_from": None, "opened_to": None, "by": ["kind"], "of_claims": False}


def enrol_all() -> None:
    """One account for each role that has a part in the register."""
    from duecare.store import accounts

    for name, role in ACCOUNTS.items():
        officer = {"chief": "CO1", "bcu": "BL1"}.get(name, "")
        accounts.enrol_account(
            name, [role], display_name=name, officer=officer, areas=["Eastmoor"] if name == "bcu" else []
        )


def a_snapshot(
    period: str,
    values: Iterable[FigureValue],
    at: datetime,
    watermarks: tuple[tuple[str, int, str, str], ...] = (),
    **rests_on: str,
) -> figure_snapshots.Snapshot:
    """What a snapshot of this period, taken at this moment, holds: counted by today's rulebook and catalogue unless told."""
    rulebook = rulebook_with(read_policy(read_config().policy))
    by = {"rulebook": rulebook, "catalogue": hash_of_catalogue(), **rests_on}
    rests = figure_snapshots.RestsOn(by["rulebook"], "", by["catalogue"], "", 0, 0, 0, watermarks, 0, "", "")
    kept = tuple(figure_snapshots.KeptFigure(f"{period}-{place}", value) for place, value in enumerate(values))
    return figure_snapshots.Snapshot(
        id=1, period=period, as_of=at, known_at=at, taken_at=at, taken_by="x", rests_on=rests, values=kept, members={}
    )  # fmt: skip


def a_test_round(
    name: str, drawn_at: datetime, good: int, bad: int, ungraded: int = 0, by: str = "", **changes: object
) -> Round:
    """A round of 40 files, of which so many were drawn, graded by inspectors but for some, opened, and ended."""
    cases = [Case("cris", f"T{at:02}", ("crime",)) for at in range(40)]
    values: dict[str, object] = {
        "frame": build_frame(cases), "drawn_at": drawn_at, "known_at": drawn_at, "ended_at": drawn_at, "frame_of": OF_ALL,
    }  # fmt: skip
    of = a_round(name, **{**values, **changes})
    for at, case in enumerate(cases[: good + bad + ungraded]):
        file = a_file(of, case, "inspector_only", rank=at + 1, reached=good + bad + ungraded, held=40)
        if at >= good + bad:
            continue
        grade(file, "inspectorate", "good" if at < good else "inadequate", account=by, at=drawn_at, opened_at=drawn_at)
    return of
