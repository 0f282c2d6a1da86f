"""Generated histories: what several sources said over time, as deliveries with versions, withdrawals and late rows."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from tests.made.deliveries import Made, Row, write
from tests.made.worlds import BORN, START, events

from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import iso_text

OFFICERS = "staff"
LATEST = START + timedelta(days=900)
_FOLDERS = itertools.count()


@dataclass(frozen=True)
class Version:
    """One version of one thing, as rows by sheet: an event has its ties with it."""

    source: str
    sheet: str
    key: str
    written_at: datetime
    row: Row
    ties: tuple[Row, ...] = ()

    def stamped(self) -> dict[str, str]:
        """Its row with its time of writing."""
        return {**self.row, "written_at": iso_text(self.written_at)}


@dataclass(frozen=True)
class History:
    """Deliveries in one order of arrival."""

    deliveries: tuple[Made, ...]

    def written(self, folder: Path) -> list[Path]:
        """Write each as a folder; where they lie."""
        place = folder / f"history-{next(_FOLDERS)}"
        return [write(made, place / f"{made.source}-{number:03d}") for number, made in enumerate(self.deliveries)]

    def by(self, moment: datetime) -> History:
        """What of it had been written by this moment."""
        kept = (_by(made, moment) for made in self.deliveries)
        return History(tuple(made for made in kept if made is not None))


def _by(made: Made, moment: datetime) -> Made | None:
    late = iso_text(moment)
    stated = iso_text(made.extracted_at) if made.extracted_at else ""
    rows = {
        name: [row for row in some if (row.get("written_at") or stated) <= late]
        for name, some in made.rows.items()
        if name != "ties"
    }
    if "ties" in made.rows:
        gone = {row["event_id"] for row in made.rows.get("events", ())} - {row["event_id"] for row in rows["events"]}
        rows["ties"] = [row for row in made.rows["ties"] if row["event_id"] not in gone]
    header = {name: list({column for row in some for column in row}) for name, some in made.rows.items()}
    rows = {name: some for name, some in rows.items() if some or name == "ties"}
    if not any(rows.values()):
        return None
    if made.extracted_at is not None and made.extracted_at > moment:
        # Not yet extracted by then: what it holds had been written all the same, and came with an earlier extract.
        return dataclasses.replace(made, rows=rows, header=header, scope="changes", extracted_at=moment)
    return dataclasses.replace(made, rows=rows, header=header)


def event_rows(event: EventRecord) -> tuple[dict[str, str], tuple[Row, ...]]:
    """An event and its ties as rows of the neutral layout."""
    when = event.happened_at
    row = {
        "event_id": event.event_id,
        "kind": event.kind,
        "happened_at": iso_text(when.earliest) if when.is_exact else when.latest.date().isoformat(),
        "case_ref": event.case.case_ref if event.case else "",
        "case_source": event.case.source if event.case and event.case.source != event.source else "",
        "officer": event.officer,
        "risk": event.risk,
        "outcome": event.outcome,
        "detail": json.dumps(dict(event.detail)) if event.detail else "",
    }
    ties = tuple(
        {
            "event_id": event.event_id,
            "record_id": tie.record.record_id,
            "role": tie.role,
            "source": tie.record.source if tie.record.source != event.source else "",
        }
        for tie in event.ties
    )
    return {name: value for name, value in row.items() if value}, ties


_days = st.integers(0, 400).map(lambda n: timedelta(days=n // 4, hours=n % 7))


@st.composite
def versions(draw, most=2):
    """Every version of every thing: events near the limits of duties, people, cases, an officer and posts."""
    found: list[Version] = []
    for event in draw(events(most=most)):
        row, ties = event_rows(event)
        at = event.written_at
        found.append(Version(event.source, "events", event.event_id, at, row, ties))
        for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
            at += draw(st.sampled_from((timedelta(0), timedelta(hours=3), timedelta(days=2))))
            change = draw(st.sampled_from(("deleted", "later", "officer", "ties", "case")))
            changed = dict(row)
            if change == "deleted":
                changed["deleted"] = "true"
            elif change == "later" and "T" in row["happened_at"]:
                moved = datetime.fromisoformat(row["happened_at"]) + timedelta(hours=draw(st.integers(-30, 30)))
                changed["happened_at"] = iso_text(moved)
            elif change == "officer":
                changed["officer"] = draw(st.sampled_from(("X1", "X3")))
            elif change == "case":
                changed["case_ref"] = "2"
            its = ties[1:] if change == "ties" else ties
            found.append(
                Version(event.source, "events", event.event_id, at, changed, () if change == "deleted" else its)
            )
    for name in "ABC":
        for born in draw(st.lists(st.sampled_from(BORN), max_size=2)):
            person = {"record_id": name, "given_names": "Made", "family_name": f"Up-{name}", "date_of_birth": born}
            if draw(st.integers(0, 5)) == 0:
                person["deleted"] = "true"
            found.append(Version("s", "persons", name, START + draw(_days), person))
    for source, ref in draw(st.lists(st.sampled_from((("s", "1"), ("s", "2"), ("t", "1"))), max_size=4)):
        case = {"case_ref": ref, "kind": draw(st.sampled_from(("crime", "child_concern"))), "area": "E1"}
        if draw(st.booleans()):
            case["closed_at"] = iso_text(START + draw(_days))
        found.append(Version(source, "cases", ref, START + draw(_days), case))
    for officer in draw(st.lists(st.sampled_from(("X1", "X2")), max_size=2)):
        away = START + draw(_days)
        back = away + timedelta(days=draw(st.integers(1, 40)))
        row = {"officer": officer, "supervisor": "S1", "absent_from": iso_text(away)}
        if draw(st.booleans()):
            row["absent_to"] = iso_text(back)
        found.append(Version(OFFICERS, "officers", f"{officer}{iso_text(away)}", START + draw(_days), row))
    for kind in draw(st.lists(st.sampled_from(("detective_inspector", "chief_officer_lead")), max_size=2)):
        post = {
            "post": f"P-{kind}",
            "kind": kind,
            "holder": draw(st.sampled_from(("H1", "H2"))),
            "from": iso_text(START),
        }
        found.append(Version(OFFICERS, "posts", kind, START + draw(_days), post))
    return found


def _delivery(some: Sequence[Version], source: str, extracted_at: datetime | None, scope: str) -> Made:
    rows: dict[str, list[Row]] = {}
    for version in some:
        rows.setdefault(version.sheet, []).append(version.stamped())
        if version.sheet == "events":
            rows.setdefault("ties", []).extend(version.ties)
    return Made(rows, source, extracted_at, scope)


@st.composite
def histories(draw, most=2):
    """What the sources said, spread over deliveries: some with manifests, some full, some rows more than once."""
    said = draw(versions(most=most))
    made: list[Made] = []
    for source in sorted({version.source for version in said}):
        parts: list[list[Version]] = [[] for _ in range(draw(st.integers(1, 3)))]
        for version in (version for version in said if version.source == source):
            for number in {draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))}:
                if not any(other.sheet == version.sheet and other.key == version.key for other in parts[number]):
                    parts[number].append(version)
        for part in filter(None, parts):
            written = max(version.written_at for version in part)
            how = draw(st.sampled_from(("none", "changes", "full", "full")))
            extracted = None if how == "none" else written + draw(st.sampled_from((timedelta(0), timedelta(days=3))))
            made.append(_delivery(part, source, extracted, "full" if how == "full" else "changes"))
    return History(tuple(draw(st.permutations(made))))


@st.composite
def drips(draw, most=3, last=4):
    """What the sources said, most of it in one delivery a source, and then version by version, each a delivery."""
    said = draw(st.permutations(draw(versions(most=most))))
    cut = len(said) - draw(st.integers(1, last))
    made = []
    for source in sorted({version.source for version in said}):
        first: dict[tuple[str, str], Version] = {}
        for version in said[: max(0, cut)]:
            if version.source == source:
                first.setdefault((version.sheet, version.key), version)
        if first:
            made.append(_delivery(list(first.values()), source, None, "changes"))
    made += [_delivery([version], version.source, None, "changes") for version in said[max(0, cut) :]]
    return History(tuple(made))


@st.composite
def reordered(draw, history: History):
    """The same deliveries in another order."""
    return History(tuple(draw(st.permutations(history.deliveries))))


moments = st.integers(100 * 24, 500 * 24).map(lambda n: START + timedelta(hours=600 * 24 - n))


def far(made: Iterable[Made]) -> datetime:
    """A moment after everything."""
    del made
    return LATEST.astimezone(UTC)
