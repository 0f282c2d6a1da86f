"""The small made-up force, through the whole chain, held against the truth that only tests read."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.made.demo import Demo

STATES = ("met", "met_late", "open", "overdue", "excused", "not_applicable", "cannot_tell")


@pytest.fixture(scope="module")
def findings(demo: Demo) -> list[dict[str, Any]]:
    """Every finding of the demo store, as the command line gives them."""
    return list(demo.run("findings"))


@pytest.fixture(scope="module")
def people(demo: Demo) -> dict[tuple[str, str], str]:
    """Which person each record is held to be."""
    out = demo.home / "people.csv"
    demo.run("people", "export", str(out))
    with out.open(encoding="utf-8") as file:
        return {(row["source"], row["record_id"]): row["person"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def truth(demo: Demo) -> dict[tuple[str, str], str]:
    """Which person each record truly is."""
    with (demo.home / "deliveries" / "truth" / "people.csv").open(encoding="utf-8") as file:
        return {(row["source"], row["record_id"]): row["true_person"] for row in csv.DictReader(file)}


def test_every_scenario_gives_what_the_truth_says(demo: Demo, findings: list[dict[str, Any]]) -> None:
    wanted = json.loads((demo.home / "deliveries" / "truth" / "cases.json").read_text("utf-8"))
    wrong = []
    for one in wanted:
        case = [f for f in findings if f["case_ref"] == one["case_ref"] and f["ref"] == one["ref"]]
        keys = [
            k for k in ("state", "started_at", "due_at", "met_at") if k in one and not (one["live"] and k == "state")
        ]
        if not any(all(f[k] == one[k] for k in keys) for f in case):
            wrong.append((one["scenario"], one["case_ref"], one["ref"], [{k: f[k] for k in keys} for f in case]))

    assert len(wanted) >= 30
    assert wrong == []


def test_the_17_day_case_at_its_own_dates_is_16_days_late(demo: Demo) -> None:
    (found,) = list(demo.run("findings", "--case", "NM-SC01", "--ref", "AL1"))

    assert found["state"] == "met_late"
    assert found["late_by_hours"] == 384.0
    assert found["due_at"] == "2016-03-02T09:00:00+00:00"
    assert [t["role"] for t in found["told"]] == ["supervisor", "detective_inspector", "chief_officer_lead"]
    assert all(t["person"] for t in found["told"])
    assert [e["role"] for e in found["evidence"]] == ["started", "met"]


def test_the_live_17_day_case_is_unallocated_on_its_ninth_day(demo: Demo) -> None:
    (found,) = list(demo.run("findings", "--case", "NM-SC01-LIVE", "--ref", "AL1"))
    started = datetime.fromisoformat(found["started_at"])

    assert found["state"] == "overdue"
    assert timedelta(days=9) <= datetime.now(started.tzinfo) - started < timedelta(days=10)


def test_every_state_has_at_least_twenty_findings(findings: list[dict[str, Any]]) -> None:
    counts = Counter(finding["state"] for finding in findings)

    assert {state: counts[state] for state in STATES if counts[state] < 20} == {}


def test_findings_stand_in_the_order_of_the_exchange(findings: list[dict[str, Any]]) -> None:
    keys = [(f["due_at"] is None, f["due_at"] or "", f["source"], f["case_ref"] or "", f["finding"]) for f in findings]

    assert keys == sorted(keys)
    # An officer's absence starts a duty again in each of their cases, and the exchange's id of a finding names only the
    # absence: so the case tells such rows apart.
    assert len({(f["finding"], f["source"], f["case_ref"]) for f in findings}) == len(findings)


def test_the_mess_of_real_systems_is_there(
    demo: Demo, people: dict[tuple[str, str], str], truth: dict[tuple[str, str], str]
) -> None:
    wrong = sum(1 for a, b in _pairs(people) if truth[a] != truth[b])
    missed = sum(1 for a, b in _pairs(truth) if people[a] != people[b])

    assert demo.said["refused"] == []
    assert demo.said["set_aside"] > 0
    assert demo.said["stale"] > 0
    assert wrong + missed > 0


def test_linkage_finds_more_than_exact_keys_do(
    demo: Demo, people: dict[tuple[str, str], str], truth: dict[tuple[str, str], str]
) -> None:
    # As in test_linkage: the census bears no names, so that nothing but a number could tell whose its records are.
    truth = {key: who for key, who in truth.items() if key[0] != "cin"}
    found = {pair for pair in _pairs(truth) if people[pair[0]] == people[pair[1]]}
    records = _records(demo)
    exact = {pair for pair in _pairs(truth) if records[pair[0]] and records[pair[0]] == records[pair[1]]}
    all_true = sum(1 for _ in _pairs(truth))
    joined = list(_pairs({key: people[key] for key in truth}))
    right = sum(1 for a, b in joined if truth[a] == truth[b])

    assert len(found ^ exact) >= 0.05 * all_true
    assert len(found) >= 0.90 * all_true
    assert right >= 0.995 * len(joined)


def _pairs(of: dict[tuple[str, str], str]) -> Any:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, person in of.items():
        groups.setdefault(person, []).append(key)
    return (pair for members in groups.values() for pair in itertools.combinations(sorted(members), 2))


def _records(demo: Demo) -> dict[tuple[str, str], tuple[str, ...]]:
    """The exact key of each record: names and whole birth date as written, in whichever layout; empty where one is missing."""
    names = {
        "merlin": ("nominals", "nominal_ref", "forenames", "surname", "dob"),
        "visor": ("offenders", "visor_ref", "forenames", "surname", "dob"),
        "custody": ("records", "custody_ref", "forenames", "surname", "dob"),
        "cris": ("nominals", "nominal_ref", "forenames", "surname", "dob"),
        "cad": ("people", "person_ref", "forenames", "surname", "dob"),
        "pole": ("persons", "record_id", "given_names", "family_name", "date_of_birth"),
    }
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for folder in sorted((demo.home / "deliveries").iterdir()):
        source = folder.name.split("-")[0]
        if source not in names:
            continue
        sheet, ref, *columns = names[source]
        path = folder / f"{sheet}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                for row in csv.DictReader(file):
                    key = tuple((row.get(column) or "").strip().casefold() for column in columns)
                    found[source, row[ref]] = key if all(key) else ()
    return _Default(found)


class _Default(dict[tuple[str, str], tuple[str, ...]]):
    def __missing__(self, key: tuple[str, str]) -> tuple[str, ...]:
        return ()
