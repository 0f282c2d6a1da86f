"""What figures are counted from, made up: stays in custody, findings, graded files, each where and of whom it is wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.made.timelines import policy

from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.duty.finding import Authority, Finding, State
from duecare.figure import FigureInputs, OfRound, period_named, stays_of
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

QUARTER = period_named("2026-Q3")
START = datetime(2026, 7, 2, 20, tzinfo=UTC)
BORN = read_partial_date("2011-05-01")


def stay(number, *steps, **more):
    """The one stay of a child."""
    (found,) = stays(number, *steps, **more)
    return found


def stays(number, *steps, hours=6.0, born=BORN, area="Eastmoor", arrived=START):
    """One stay in custody: it left after so many hours, and had these steps, each (kind, outcome, hours) or a kind.

    Shape:   none, of someone who was not a child.
    """
    record, case = RecordKey("custody", f"R{number}"), CaseKey("custody", f"C{number}")
    arrived = arrived + timedelta(minutes=number)
    said = [("custody_arrived", "", 0.0), ("detention_authorised", "", 0.5)]
    said += [(step, "", 2.0) if isinstance(step, str) else step for step in steps]
    said += [("custody_left", "released", hours)] if hours else []
    events = [
        EventRecord(
            "custody", f"C{number}#{kind}", kind, When.at(arrived + timedelta(hours=after)), arrived, case, area,
            outcome=outcome, ties=(InvolvementRow(record, "detainee"),),
        )
        for kind, outcome, after in said
    ]  # fmt: skip
    return stays_of(f"P{number}", frozenset({record}), events, born or Unknown("not given"), QUARTER.ends)


def finding(number, state, *, duty="LOCAL-see-the-child", due=START, met=None, adopted=True, area="Eastmoor"):
    """One finding of a duty that fell due then."""
    return Finding(
        finding=f"{number:016x}", duty=duty, ref="AL2", authority=Authority.LOCAL, case_ref=f"M{number}", source="merlin",
        person=f"P{number}", subject=None, area=area, owed_by="investigator", adopted=adopted,
        started_at=due - timedelta(hours=24), due_at=due, due_on=None, met_at=met, ended_at=None, recorded_at=None,
        recorded_late=False, state=State(state), reason="nobody said when" if state == "cannot_tell" else None,
        late_by_hours=None, rule_version="", evidence=(), told=(),
    )  # fmt: skip


def a_round(*pairs, name="round one", frame=None, at=START):
    """A round whose paired files were graded so: (force, inspectorate), None where a side gave no grade."""
    stratum = ("all",) if frame else ()
    files = tuple(
        GradedFile(
            "merlin", f"G{number}", "paired",
            tuple(GradeGiven(side, "x", grade) for side, grade in zip(("force", "inspectorate"), pair, strict=True) if grade),
            case_kind="child_concern", area="Eastmoor", stratum=stratum,
        )
        for number, pair in enumerate(pairs)
    )  # fmt: skip
    scheme = grade_schemes()["case-files-2017"]
    return OfRound(name, at, files, {"force": scheme, "inspectorate": scheme}, {stratum: frame} if frame else {})


def held(**what):
    """What is held for the third quarter of 2026."""
    return FigureInputs(QUARTER, QUARTER.ends, policy(), **what)
