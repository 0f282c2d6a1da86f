"""A handful of made-up people and cases, each with a name found nowhere else, for tests of who sees what and what is owed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.deliveries import Made, Row, write
from tests.made.kept_scenes import fill_or_copy
from tests.made.stores import InProcess, Store, asking

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text

SOURCE = "few"
AREA = "Eastmoor"

# record: (born in, restricted, sealed)
PEOPLE = {
    "child-open": (2014, "", ""),
    "child-restricted": (2013, "true", ""),
    "child-sealed": (2012, "", "true"),
    "child-of-sealed-case": (2011, "", ""),
    "child-of-restricted-case": (2010, "", ""),
    "child-in-both": (2015, "", ""),
    "child-detained": (2011, "", ""),
    "child-missing": (2012, "", ""),
    "child-settled": (2012, "", ""),
    "suspect": (1980, "", ""),
    "offender": (1970, "", ""),
    "offender-sealed": (1971, "", "true"),
    "offender-alone": (1972, "", ""),
}
CASES = {
    "OPEN": ("child_concern", "", ""),
    "SEALED": ("child_concern", "", "true"),
    "RESTRICTED": ("child_concern", "true", ""),
    "CUSTODY": ("custody", "", ""),
    "MISSING": ("missing", "", ""),
    "SETTLED": ("child_concern", "", ""),
    "MANAGED": ("offender", "", ""),
}
# hours before now, kind, case, ties, fields
EVENTS: tuple[tuple[float, str, str, dict[str, str], dict[str, object]], ...] = (
    (
        50,
        "concern_reported",
        "OPEN",
        {
            "child-open": "child",
            "child-restricted": "child",
            "child-sealed": "child",
            "child-in-both": "child",
            "suspect": "suspect",
        },
        {"risk": "amber", "officer": "X1"},
    ),
    (49, "supervisor_allocated", "OPEN", {}, {"officer": "S1"}),
    (20, "suspect_contact", "OPEN", {"child-open": "child", "suspect": "suspect"}, {}),
    (60, "concern_reported", "SEALED", {"child-of-sealed-case": "child", "child-in-both": "child"}, {"risk": "red"}),
    (59, "investigator_allocated", "SEALED", {}, {"officer": "X9", "team": "Team nine"}),
    (45, "child_seen", "SEALED", {"child-in-both": "child"}, {"detail": {"alone": True}}),
    (60, "concern_reported", "RESTRICTED", {"child-of-restricted-case": "child"}, {"risk": "green"}),
    (59, "investigator_allocated", "RESTRICTED", {}, {"officer": "X8", "team": "Team one"}),
    (6, "custody_arrived", "CUSTODY", {"child-detained": "detainee"}, {"detail": {"reason": "arrest"}}),
    (5.5, "detention_authorised", "CUSTODY", {"child-detained": "detainee"}, {}),
    (4, "detainee_placed", "CUSTODY", {"child-detained": "detainee"}, {"outcome": "cell"}),
    (1, "bail_refused", "CUSTODY", {"child-detained": "detainee"}, {}),
    (90, "missing_reported", "MISSING", {"child-missing": "child"}, {"risk": "high"}),
    (40, "missing_returned", "MISSING", {"child-missing": "child"}, {}),
    (39, "strategy_discussion_held", "MISSING", {"child-missing": "child"}, {"detail": {"s47": True}}),
    (30, "concern_reported", "SETTLED", {"child-settled": "child"}, {"risk": "green"}),
    (29, "investigator_allocated", "SETTLED", {}, {"officer": "X7", "team": "Team one"}),
    (29, "child_seen", "SETTLED", {"child-settled": "child"}, {}),
    # Not yet: whoever looks in two days must find it.
    (-47, "concern_reported", "SETTLED", {"child-settled": "child"}, {"risk": "red"}),
    (9000, "offender_registered", "MANAGED", {"offender": "offender"}, {"outcome": "sentence"}),
    (8990, "offender_manager_allocated", "MANAGED", {}, {"officer": "M1"}),
    (2000, "risk_assessed", "MANAGED", {"offender": "offender"}, {"risk": "high"}),
    (1999, "visit_plan_set", "MANAGED", {"offender": "offender"}, {"detail": {"every": "P2M"}}),
    (1500, "visit", "MANAGED", {"offender": "offender"}, {"outcome": "seen"}),
    (30, "visit", "MANAGED", {"offender": "offender"}, {"outcome": "not_seen"}),
    (-50, "visit", "MANAGED", {"offender": "offender"}, {"outcome": "seen"}),
    (9000, "offender_registered", "", {"offender-sealed": "offender"}, {"outcome": "sentence"}),
    (1999, "visit_plan_set", "", {"offender-sealed": "offender"}, {"detail": {"every": "P3M"}}),
    (9000, "offender_registered", "", {"offender-alone": "offender"}, {"outcome": "sentence"}),
    (2100, "visit_plan_set", "", {"offender-alone": "offender"}, {"detail": {"every": "P3M"}}),
)


def canaries() -> dict[str, tuple[str, ...]]:
    """By record: what stands in it and nowhere else, and must not be shown unless it is logged."""
    found = {}
    for number, record in enumerate(PEOPLE):
        mark = "".join("bcdfghjklm"[int(digit)] for digit in f"{number:02d}")
        found[record] = (f"Gi{mark}ven", f"Fa{mark}mily", f"{100 + number} Made Up Street", f"07700 900{number:03d}")
    return found


def person_of(record: str) -> str:
    """Under which id does this record answer, while nothing is linked?"""
    return record_person_id(RecordKey(SOURCE, record))


def few(now: datetime) -> Made:
    """The delivery, its times worked out back from `now`."""

    def back(hours: float) -> str:
        return iso_text((now - timedelta(hours=hours)).replace(microsecond=0))

    marks = canaries()
    persons = [
        {
            "record_id": record,
            "given_names": marks[record][0],
            "family_name": marks[record][1],
            "date_of_birth": date(born, 5, 1).isoformat(),
            "address": marks[record][2],
            "phone": marks[record][3],
            "restricted": restricted,
            "sealed": sealed,
            "written_at": back(9100),
        }
        for record, (born, restricted, sealed) in PEOPLE.items()
    ]
    cases = [
        {
            "case_ref": ref,
            "kind": kind,
            "area": AREA,
            "restricted": restricted,
            "sealed": sealed,
            "written_at": back(9100),
        }
        for ref, (kind, restricted, sealed) in CASES.items()
    ]
    events: list[Row] = []
    ties: list[Row] = []
    for number, (hours, kind, case, tied, fields) in enumerate(EVENTS):
        detail = fields.get("detail")
        events.append(
            {
                "event_id": f"E{number}",
                "kind": kind,
                "happened_at": back(hours),
                "case_ref": case,
                **{name: str(value) for name, value in fields.items() if name != "detail"},
                "detail": json.dumps(detail) if detail else "",
                "written_at": back(max(hours, 0)),
            }
        )
        ties += [{"event_id": f"E{number}", "record_id": record, "role": role} for record, role in tied.items()]
    officers = [
        {"officer": "S1", "name": "Supervisor One", "team": "Team one", "from": "2015-01-01"},
        {"officer": "X1", "name": "Officer One", "team": "Team one", "supervisor": "S1", "from": "2015-01-01"},
        # Away from tomorrow: two days later what they hold is vacant.
        {
            "officer": "X7",
            "name": "Officer Seven",
            "supervisor": "S1",
            "from": "2015-01-01",
            "absent_from": back(-24),
        },
    ]
    posts = [
        {"post": "P1", "kind": "detective_inspector", "area": AREA, "holder": "D1", "from": "2015-01-01"},
        {"post": "P2", "kind": "chief_officer_lead", "holder": "C1", "from": "2015-01-01"},
    ]
    return Made(
        {"persons": persons, "cases": cases, "events": events, "ties": ties, "officers": officers, "posts": posts},
        source=SOURCE,
        extracted_at=now.astimezone(UTC),
    )


# who signs in: (roles, officer, teams, areas)
ACCOUNTS = {
    "chief": (["chief_officer"], "", [], []),
    "lead": (["bcu_lead"], "", [], [AREA]),
    "nine": (["investigator"], "X9", ["Team nine"], []),
    "one": (["supervisor"], "S1", ["Team one"], []),
    "eight": (["investigator"], "X8", [], []),
    "custody": (["custody_officer"], "", [], []),
    "data": (["data_officer"], "", [], []),
    "stranger": (["home_office"], "", [], []),
}


@contextmanager
def filled(store: Store, folder: Path, now: datetime, *, anew: bool = False) -> Iterator[Store]:
    """This store, in use, with the few cases received and assessed, and the accounts enrolled.

    Shape:   `anew`: filled by the code as it is patched now, not copied.
    """
    from duecare.assessment.full_run import run_full_assessment
    from duecare.store import accounts
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    with pytest.MonkeyPatch.context() as patch, store() as config:
        from duecare.extract import delivery

        patch.setattr(delivery, "Child", InProcess)
        content = few(now)
        path = write(content, folder / f"{SOURCE}-1")

        def fill() -> None:
            (took,) = receive_files(asking(now), config, [path])
            assert (took.status, took.set_aside) == ("accepted", 0), took.reasons
            run_full_assessment(asking(now), config)
            for name, (roles, officer, teams, areas) in ACCOUNTS.items():
                accounts.enrol_account(
                    name, roles, display_name=name.title(), officer=officer, teams=teams, areas=areas
                )

        if anew:
            fill()
        else:
            fill_or_copy(config, ("few cases", now, repr(content)), fill)
        yield store
