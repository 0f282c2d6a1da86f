"""In SQL: the prepared facts as of one moment, as far as the declarations name them; every later statement reads them."""

from __future__ import annotations

from datetime import timedelta

from duecare.duty.engine.declaration_tables import Shape
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.roster_tables import duty_vacancies
from duecare.duty.engine.units import day_number, day_of, to_micros
from duecare.duty.roster import Roster
from duecare.vocabulary.ages import attains_age_on

FIRST_CLOSING = 1000
"""From this place on stand the closings that only the rows of cases tell."""


def make_facts(engine: Engine, shape: Shape, as_of: int, roster: Roster, grace: timedelta) -> None:
    """Make `fact`, `vacancy`, `person`, `tied`, `in_case` and `cast_of` from the prepared tables."""
    engine.load("kind_of", {"kind": "VARCHAR", "kind_no": "INTEGER"}, [*shape.kinds.items(), ("absence", 0)])
    _make_facts(engine, shape, as_of)
    _load_vacancies(engine, roster, grace)
    _make_people(engine, shape)
    _make_ties(engine, as_of)


def _make_facts(engine: Engine, shape: Shape, as_of: int) -> None:
    closed = shape.kinds["case_closed"]
    engine.keep(
        "closing",
        f"SELECT case_no, earliest, latest FROM event_no WHERE kind = 'case_closed' AND NOT is_row AND earliest <= {as_of}",
    )
    engine.keep(
        "fact",
        "SELECT e.event, e.source, e.event_id, e.kind, k.kind_no, e.earliest, e.latest, e.written_at, e.event AS seq,"
        " e.case_no, e.origin, e.officer, e.who, e.risk, e.outcome, e.detail, e.area, e.day, e.is_row FROM event_no e"
        f" JOIN kind_of k ON k.kind = e.kind WHERE NOT e.is_row AND e.earliest <= {as_of}"
        " UNION ALL SELECT e.event, e.source, e.event_id, e.kind, 0, e.earliest, e.latest, e.written_at, e.event, e.case_no,"
        " e.origin, e.officer, e.who, e.risk, e.outcome, e.detail, e.area, e.day, TRUE FROM event_no e"
        " WHERE e.is_row AND e.kind = 'absence'"
        f" UNION ALL SELECT e.event, e.source, e.event_id, e.kind, {closed}, e.earliest, e.latest, e.written_at, e.event,"
        " e.case_no, e.origin, e.officer, e.who, e.risk, e.outcome, e.detail, e.area, e.day, TRUE FROM event_no e"
        f" WHERE e.is_row AND e.kind = 'case_closed' AND e.earliest <= {as_of} AND NOT EXISTS (SELECT 1 FROM closing c"
        " WHERE c.case_no = e.case_no AND c.earliest <= e.latest AND e.earliest <= c.latest)",
    )
    engine.forget("closing")


def _load_vacancies(engine: Engine, roster: Roster, grace: timedelta) -> None:
    types = {"officer": "VARCHAR", "source": "VARCHAR", "event_id": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT"}
    table_rows = [
        (
            officer,
            vacancy.source,
            vacancy.event_id,
            to_micros(vacancy.from_),
            None if vacancy.to is None else to_micros(vacancy.to),
        )
        for officer, vacancy in duty_vacancies(roster, grace)
    ]
    engine.load("vacant", types, table_rows)
    engine.keep(
        "vacancy",
        "SELECT v.officer, v.from_at, v.to_at, a.event FROM vacant v JOIN absence_of a ON a.source = v.source"
        " AND a.event_id = v.event_id AND a.officer = v.officer",
    )


def _make_people(engine: Engine, shape: Shape) -> None:
    day_rows = {
        birth_day
        for (birth_day,) in engine.rows("SELECT born_first FROM born_of UNION SELECT born_last FROM born_of")
        if birth_day is not None
    }
    types = {"day": "INTEGER"} | {f"at_{age_years}": "INTEGER" for age_years in shape.ages}
    table_rows = [
        (day, *(day_number(attains_age_on(day_of(day), birth_day)) for birth_day in shape.ages))
        for day in sorted(day_rows)
    ]
    engine.load("attains", types, table_rows)
    columns = "".join(
        f", a.at_{age_years} AS first_{age_years}, b.at_{age_years} AS last_{age_years}" for age_years in shape.ages
    )
    engine.keep(
        "person",
        f"SELECT p.*{columns} FROM born_of p LEFT JOIN attains a ON a.day = p.born_first"
        " LEFT JOIN attains b ON b.day = p.born_last",
    )


def _make_ties(engine: Engine, as_of: int) -> None:
    engine.keep(
        "tied",
        "SELECT t.event, t.person_no, bit_or(t.bit) AS roles, e.case_no, e.earliest,"
        f" CASE WHEN e.earliest <= {as_of} THEN k.kind_no END AS kind_no FROM tie_no t JOIN event_no e ON e.event = t.event"
        " LEFT JOIN kind_of k ON k.kind = e.kind GROUP BY t.event, t.person_no, k.kind_no, e.case_no, e.earliest",
    )
    engine.keep("in_case", "SELECT DISTINCT person_no, case_no FROM tied WHERE case_no IS NOT NULL")
    engine.keep(
        "cast_of",
        f"SELECT case_no, person_no, bit_or(roles) AS roles FROM tied WHERE case_no IS NOT NULL AND earliest <= {as_of}"
        " GROUP BY case_no, person_no",
    )
