"""The acceptance scenarios among the worked examples, delivered as files and asked for at the command line."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Inside, inside
from tests.made.deliveries import Made, write
from tests.made.long_runs import mostly_long
from tests.made.stores import Stores
from tests.made.timelines import Scene, hold, scene

from duecare.duty.finding import Finding
from duecare.vocabulary.moments import When, iso_text

HERE = Path(__file__).parents[1] / "spec"
MODULES = [import_module(f"tests.spec.{path.parent.name}.{path.stem}") for path in sorted(HERE.glob("*/test_*.py"))]
SCENARIOS = {
    f"{module.DUTY}: {name}": (module.DUTY, text)
    for module in MODULES
    for name, text in module.EXAMPLES.items()
    if re.search(r"\bSC\d\d\b", name)
}
OWN = {"merlin": "pole", "people": "pole"}
"""A scene's first source, whose own layout is another, is delivered in the neutral one."""


def time(when: When) -> str:
    """A time as a delivery writes it: the day alone where no more is known."""
    return iso_text(when.earliest) if when.is_exact else f"{when.latest:%Y-%m-%d}"


def rows(made: Scene) -> dict[str, dict[str, list[dict[str, str]]]]:
    """The scene as the rows of deliveries, by source and sheet."""
    found: dict[str, dict[str, list[dict[str, str]]]] = {}

    def put(said_by: str, sheet: str, **said: str) -> None:
        row = {name: value for name, value in said.items() if value}
        found.setdefault(OWN.get(said_by, said_by), {}).setdefault(sheet, []).append(row)

    for record in sorted({tie.record for event in made.events for tie in event.ties}):
        known = made.persons.get(record)
        born = f"{known.born.earliest}" if known else ""
        put(record.source, "persons", record_id=record.record_id, date_of_birth=born, sex=known.sex if known else "")
    for key, case in made.cases.items():
        closed = time(case.closed_at) if case.closed_at else ""
        put(key.source, "cases", case_ref=key.case_ref, kind=case.kind, area=case.area, closed_at=closed)
    for event in made.events:
        named = {name: getattr(event, name) for name in ("risk", "outcome", "officer", "area", "team")}
        at = {"happened_at": time(event.happened_at), "written_at": iso_text(event.written_at)}
        ref = event.case.case_ref if event.case else ""
        detail = json.dumps(event.detail) if event.detail else ""
        put(
            event.source, "events", event_id=event.event_id, kind=event.kind, case_ref=ref, detail=detail, **at, **named
        )
        for tie in event.ties:
            whose = "" if tie.record.source == event.source else OWN.get(tie.record.source, tie.record.source)
            put(
                event.source,
                "ties",
                event_id=event.event_id,
                record_id=tie.record.record_id,
                role=tie.role,
                source=whose,
            )
    for officer in made.officers:
        away = {n: iso_text(at) for n in ("absent_from", "absent_to") if (at := getattr(officer, n)) is not None}
        held = ";".join(officer.accreditations)
        put("people", "officers", officer=officer.officer, supervisor=officer.supervisor, accreditations=held, **away)
    for post in made.posts:
        put("people", "posts", post=post.post, kind=post.kind, area=post.area, holder=post.holder)
    return found


@pytest.fixture
def program(stores: Stores, tmp_path: Path) -> Inside:
    """The program on an empty store."""
    return inside(stores.new(), tmp_path)


@pytest.mark.parametrize("name", mostly_long(SCENARIOS, list(SCENARIOS)[::3]))
def test_scenario(program: Inside, tmp_path: Path, name: str) -> None:
    duty, text = SCENARIOS[name]
    made, expected = scene(text)
    folders = [write(Made(sheets), tmp_path / f"{source}-2026-01-01") for source, sheets in rows(made).items()]

    assert program("run", *folders, "--json").code == 0

    for as_of, lines in expected:
        done = program("findings", "--json", "--duty", duty, "--as-of", iso_text(as_of))
        assert done.code == 0, done.err
        said: list[dict[str, Any]] = json.loads(done.out.replace('"pole:', '"merlin:').replace('"pole"', '"merlin"'))
        hold([Finding.from_json(one) for one in said], lines, as_of)


def test_there_are_scenarios_of_most_duties() -> None:
    assert len(SCENARIOS) >= 20
