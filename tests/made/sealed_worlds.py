"""Two worlds for G15, with a sealed case and without it: whoever is not named on it must be served the same in both.

What a sealed case does for safety is not hidden, and no part of these worlds: a danger told of in it reaches whoever holds
the child, and a duty that was met by it is met for everyone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made import doubtful
from tests.made.deliveries import Made, write
from tests.made.few_cases import ACCOUNTS, AREA, SOURCE, few
from tests.made.stores import DATA_OFFICER, InProcess, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text

NOW = doubtful.NOW
# Of the few cases, what is sealed is taken away: here it comes later, and in one world alone.
SEALED_BEFORE = {"child-sealed", "offender-sealed", "child-of-sealed-case"}
ADDRESS, PHONE = "9 Hidden Lodge", "07700 900777"


@dataclass(frozen=True)
class World:
    """One store, with the sealed case or without it."""

    store: Store
    with_sealed: bool


def back(hours: float) -> str:
    return iso_text((NOW - timedelta(hours=hours)).replace(microsecond=0))


def without_what_is_sealed() -> Made:
    made = few(NOW)
    gone = {row["event_id"] for row in made.rows["events"] if row["case_ref"] == "SEALED"}
    gone |= {row["event_id"] for row in made.rows["ties"] if row["record_id"] == "offender-sealed"}
    made.rows["persons"] = [row for row in made.rows["persons"] if row["record_id"] not in SEALED_BEFORE]
    made.rows["cases"] = [row for row in made.rows["cases"] if row["case_ref"] != "SEALED"]
    made.rows["events"] = [row for row in made.rows["events"] if row["event_id"] not in gone]
    made.rows["ties"] = [
        row for row in made.rows["ties"] if row["event_id"] not in gone and row["record_id"] not in SEALED_BEFORE
    ]
    return made


def person(record: str, given: str, family: str, born: str, **more: str) -> dict[str, str]:
    return {
        "record_id": record, "given_names": given, "family_name": family, "date_of_birth": born, "written_at": back(300)
    } | more  # fmt: skip


def event(name: str, kind: str, case: str, hours: float, **more: str) -> dict[str, str]:
    return {
        "event_id": name, "kind": kind, "case_ref": case, "happened_at": back(hours), "written_at": back(hours)
    } | more  # fmt: skip


def tie(name: str, record: str, role: str = "child") -> dict[str, str]:
    return {"event_id": name, "record_id": record, "role": role}


def later(*, with_sealed: bool) -> Made:
    """A case in which little is owed, one that is sent back, and in one world what is sealed: its rows come last in every sheet.

    Shape:   a sealed child stands in two open cases too, to whom everything is owed, and a sealed record in one that is much
             like a child of another; the sealed case has a child who is nowhere else, a child and a suspect of open cases, a
             second record of a child of an open case with another address, and records that are hard to tell from each other.
             Offenders of open cases were tried, moved and named otherwise in it; one is registered in it alone. A child is
             detained by a sealed case of custody.
    """
    rows: dict[str, list[Any]] = {
        "persons": [person("quiet", "Quietus", "Lambourne", "2013-03-03")],
        "cases": [{"case_ref": "QUIET", "kind": "child_concern", "area": AREA, "written_at": back(260)}],
        "events": [
            event("Q1", "concern_reported", "QUIET", 250, risk="green"),
            event("Q2", "investigator_allocated", "QUIET", 249, officer="X1", team="Team one"),
            event("Q4", "supervisor_reviewed", "QUIET", 248, officer="S1"),
            event("Q5", "supervisor_reviewed", "QUIET", 100, officer="S1"),
            event("Q3", "child_seen", "QUIET", 249, detail=json.dumps({"alone": True})),
            event("B1", "case_referred_back", "SETTLED", 18),
            event("B2", "charged", "QUIET", 40),
        ],
        "ties": [tie("Q1", "quiet"), tie("Q3", "quiet"), tie("B1", "child-settled"), tie("B2", "quiet")],
    }
    if with_sealed:
        rows["persons"] += [
            person("hidden", "Hiddenia", "Obscuranto", "2012-02-02", address=ADDRESS, phone=PHONE),
            person("veiled", "Veilia", "Cloakmore", "2011-01-01", sealed="true"),
            person("twice", *names_of("child-settled"), "2012-05-01", address=ADDRESS, phone=PHONE),
            person("detained", "Heldia", "Covertley", "2011-06-06"),
            person("managed", "Managus", "Covertley", "1975-01-01"),
            otherwise_named("offender-alone"),
            person("veiled-twin", "Quietus", "Lambourne", "", sealed="true"),
        ]
        rows["cases"] += [
            {"case_ref": ref, "kind": kind, "area": AREA, "sealed": "true", "written_at": back(260)}
            for ref, kind in (("SEALED", "child_concern"), ("SEALEDCELL", "custody"))
        ]
        rows["events"] += [
            event("S1", "concern_reported", "SEALED", 240, risk="red"),
            event("S2", "investigator_allocated", "SEALED", 239, officer="X9", team="Team nine"),
            event("S3", "information_received", "SEALED", 200),
            event("S4", "offender_registered", "SEALED", 9000, outcome="sentence"),
            event("S5", "visit_plan_set", "SEALED", 1999, detail=json.dumps({"every": "P2M"})),
            event("S6", "visit", "SEALED", 8, outcome="not_seen"),
            event("S7", "information_received", "SEALED", 7, area="Westfen", team="Team nine", officer="X9"),
            event("S8", "looked_after_started", "SEALED", 100),
            event("S10", "return_interview_held", "SEALED", 90),
            event("S9", "case_referred_back", "SEALED", 30),
            event("C1", "custody_arrived", "SEALEDCELL", 5, detail=json.dumps({"reason": "arrest"})),
            event("C2", "detention_authorised", "SEALEDCELL", 4.5),
        ]
        rows["ties"] += [
            tie("Q1", "veiled"), tie("S1", "hidden"), tie("S1", "child-in-both"), tie("S1", "suspect", "suspect"),
            tie("S3", "twice"), tie("B1", "veiled"), tie("S4", "managed", "offender"), tie("S5", "managed", "offender"),
            tie("S6", "offender", "offender"), tie("S7", "offender-alone", "offender"),
            tie("S7", "named-otherwise", "offender"), tie("S9", "hidden"), tie("C1", "detained", "detainee"),
            tie("C2", "detained", "detainee"), tie("S8", "child-detained"), tie("S8", "quiet"), tie("B2", "veiled"),
            tie("S10", "hidden"), tie("B1", "veiled-twin"),
        ]  # fmt: skip
        for number in range(8):
            born = "" if number % 2 else f"200{number}-02-02"
            given = f"Doubtia{'bcdf'[number // 2]}or"
            rows["persons"].append(person(f"alike-{number}", given, "Umbrageous", born, postcode="NM4 4BB"))
            rows["ties"].append(tie("S3", f"alike-{number}", "witness"))
    return Made(rows, source=SOURCE, sequence=2, extracted_at=NOW.astimezone(UTC))


def names_of(record: str) -> tuple[str, str]:
    (row,) = [row for row in few(NOW).rows["persons"] if row["record_id"] == record]
    return row["given_names"], row["family_name"]


def otherwise_named(record: str) -> dict[str, str]:
    """Another record of this person, who has one given name more in it, written later than their own."""
    (row,) = [dict(row) for row in few(NOW).rows["persons"] if row["record_id"] == record]
    return row | {
        "record_id": "named-otherwise", "given_names": f"{row['given_names']} Secretus", "written_at": back(200)
    }  # fmt: skip


def viewer(name: str) -> Viewer:
    if name == "data":
        return DATA_OFFICER
    if name == "inspector":
        return Viewer(name, frozenset({"detective_inspector"}), areas=frozenset({doubtful.AREA}))
    roles, officer, teams, areas = ACCOUNTS[name]
    return Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))


def people() -> list[str]:
    """The ids of everyone, in either world."""
    from duecare.person.identity import record_person_id

    records = [(SOURCE, row["record_id"]) for row in few(NOW).rows["persons"]]
    records += [(doubtful.SOURCE, name) for name in doubtful.PEOPLE]
    records += [(SOURCE, row["record_id"]) for row in later(with_sealed=True).rows["persons"]]
    return [record_person_id(RecordKey(*record)) for record in records]


@contextmanager
def two_worlds(folder: Path) -> Iterator[tuple[World, World]]:
    """Both worlds, with the sealed case and without: what is open, linked and assessed; then the later delivery, too."""
    stores = Stores(folder)
    try:
        begun = stores.new()
        with begun() as config:
            _begin(config, folder)
        begun.wrapper.close()
        worlds = World(begun, True), World(stores.copy(begun), False)
        for world in worlds:
            with world.store() as config:
                _go_on(config, folder, with_sealed=world.with_sealed)
        yield worlds
    finally:
        stores.drop()


def _begin(config: Any, folder: Path) -> None:
    from duecare.assessment.full_run import run_full_assessment
    from duecare.use_cases.linkage.link_all import link_all_records

    _take(config, without_what_is_sealed(), folder / "few-1")
    _take(config, doubtful.doubtful(), folder / "doubt-1")
    link_all_records(asking(NOW), config)
    run_full_assessment(asking(NOW), config)


def _go_on(config: Any, folder: Path, *, with_sealed: bool) -> None:
    from duecare.assessment.refresh_affected import refresh_affected
    from duecare.use_cases.linkage.link_affected import link_affected

    _take(config, later(with_sealed=with_sealed), folder / str(with_sealed) / "few-2")
    link_affected(asking(NOW), config)
    refresh_affected(asking(NOW))


def _take(config: Any, made: Made, folder: Path) -> None:
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        (took,) = receive_files(asking(NOW), config, [write(made, folder)])
        assert (took.status, took.set_aside) == ("accepted", 0), took.reasons
