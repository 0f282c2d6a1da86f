"""From the given tables to facts, cases and people, numbered, each as of one moment."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.duty.engine.days import load_days, london_day, on_days
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.shape import Shape
from duecare.duty.engine.units import day_number, day_of, micros
from duecare.duty.roster import Vacancy, plain
from duecare.vocabulary.calendar import attains_age_on

FIRST_CLOSING = 1000
"""From this place on stand the closings that only the rows of cases tell."""


def make_facts(engine: Engine, shape: Shape, as_of: int, vacancies: Iterable[tuple[str, Vacancy]]) -> None:
    """Make `fact`, `event_no`, `tied`, `cast_of`, `case_of` and `person` of what is given."""
    _small(engine, shape, vacancies)
    _cases(engine, shape, as_of)
    _events(engine, as_of)
    _people(engine, shape)
    _ties(engine, as_of)


def _small(engine: Engine, shape: Shape, vacancies: Iterable[tuple[str, Vacancy]]) -> None:
    engine.load("kind_of", {"kind": "VARCHAR", "kind_no": "INTEGER"}, [*shape.kinds.items(), ("absence", 0)])
    engine.load(
        "given_absence",
        {
            "source": "VARCHAR",
            "event_id": "VARCHAR",
            "officer": "VARCHAR",
            "earliest": "BIGINT",
            "written_at": "BIGINT",
            "from_at": "BIGINT",
            "to_at": "BIGINT",
        },
        [
            (
                v.source,
                v.event_id,
                officer,
                micros(v.absent_from),
                micros(v.written_at),
                micros(v.from_),
                None if v.to is None else micros(v.to),
            )
            for officer, v in vacancies
        ],
    )
    officers = [one for (one,) in engine.rows("SELECT DISTINCT officer FROM given_event WHERE officer <> ''")]
    engine.load("officer_of", {"officer": "VARCHAR", "who": "VARCHAR"}, [(one, plain(one)) for one in officers])
    sources = [
        one
        for (one,) in engine.rows(
            "SELECT source FROM given_event UNION SELECT case_source FROM given_case UNION SELECT source FROM given_absence"
        )
    ]
    engine.load("source_of", {"source": "VARCHAR", "source_no": "INTEGER"}, [(s, n) for n, s in enumerate(sources, 1)])
    load_days(
        engine,
        "fact_day",
        "SELECT earliest AS moment FROM given_event UNION ALL SELECT closed_earliest FROM given_case UNION ALL"
        " SELECT earliest FROM given_absence",
    )


def _cases(engine: Engine, shape: Shape, as_of: int) -> None:
    closed = shape.kinds["case_closed"]
    engine.keep(
        "case_of",
        "SELECT row_number() OVER (ORDER BY k.case_source, k.case_ref) AS case_no, k.case_source, k.case_ref,"
        " coalesce(c.kind, '') AS kind, coalesce(c.area, '') AS area, c.closed_earliest, c.closed_latest"
        " FROM (SELECT DISTINCT case_source, case_ref FROM given_event WHERE case_ref IS NOT NULL) k"
        " LEFT JOIN given_case c ON c.case_source = k.case_source AND c.case_ref = k.case_ref",
    )
    engine.keep(
        "given_closing",
        "SELECT c.case_no, c.case_source AS source, c.case_ref, c.closed_earliest AS earliest, c.closed_latest AS latest"
        f" FROM case_of c WHERE c.closed_earliest <= {as_of} AND NOT EXISTS (SELECT 1 FROM given_event e"
        f" JOIN kind_of k ON k.kind = e.kind AND k.kind_no = {closed} WHERE e.case_source = c.case_source"
        f" AND e.case_ref = c.case_ref AND e.earliest <= {as_of} AND e.earliest <= c.closed_latest"
        " AND c.closed_earliest <= e.latest)",
    )


def _events(engine: Engine, as_of: int) -> None:
    engine.keep(
        "event_no",
        "SELECT row_number() OVER (ORDER BY written_at, source, event_id) AS event, * FROM ("
        "SELECT e.source, e.event_id, k.kind_no, e.earliest, e.latest, e.written_at, c.case_no, e.officer, e.risk,"
        " e.outcome, e.detail, e.area, FALSE AS is_row FROM given_event e LEFT JOIN kind_of k ON k.kind = e.kind"
        " LEFT JOIN case_of c ON c.case_source = e.case_source AND c.case_ref = e.case_ref"
        " UNION ALL SELECT g.source, 'closed_at:' || g.case_ref, k.kind_no, g.earliest, g.latest, g.latest, g.case_no, '',"
        " '', '', CAST(NULL AS VARCHAR), '', TRUE FROM given_closing g JOIN kind_of k ON k.kind = 'case_closed'"
        " UNION ALL SELECT source, event_id, 0, earliest, earliest, written_at, CAST(NULL AS BIGINT), '', '', '',"
        " CAST(NULL AS VARCHAR), '', TRUE FROM given_absence)",
    )
    engine.keep(
        "fact",
        "SELECT e.event, e.source, e.event_id, k.kind, e.kind_no, e.earliest, e.latest, e.written_at, e.event AS seq,"
        " e.case_no, coalesce(e.case_no, -s.source_no) AS origin, e.officer, coalesce(o.who, '') AS who, e.risk,"
        f" e.outcome, e.detail, e.area, {london_day('fact_day', 'e.earliest')} AS day, e.is_row FROM event_no e"
        " JOIN kind_of k ON k.kind_no = e.kind_no JOIN source_of s ON s.source = e.source"
        " LEFT JOIN officer_of o ON o.officer = e.officer"
        f" JOIN fact_day ON {on_days('fact_day', 'e.earliest')} WHERE e.earliest <= {as_of} OR e.kind_no = 0",
    )
    engine.keep(
        "vacancy",
        "SELECT a.officer, a.from_at, a.to_at, e.event FROM given_absence a JOIN event_no e ON e.source = a.source"
        " AND e.event_id = a.event_id AND e.kind_no = 0",
    )


def _people(engine: Engine, shape: Shape) -> None:
    engine.keep(
        "born_of",
        "SELECT row_number() OVER (ORDER BY person) AS person_no, person,"
        " CASE WHEN max(born_first) <= min(born_last) THEN max(born_first) ELSE min(born_first) END AS born_first,"
        " CASE WHEN max(born_first) <= min(born_last) THEN min(born_last) ELSE max(born_last) END AS born_last,"
        " CASE WHEN count(DISTINCT nullif(sex, '')) = 1 THEN max(nullif(sex, '')) ELSE '' END AS sex"
        " FROM given_record GROUP BY person",
    )
    days = {
        day
        for (day,) in engine.rows("SELECT born_first FROM born_of UNION SELECT born_last FROM born_of")
        if day is not None
    }
    types = {"day": "INTEGER"} | {f"at_{age}": "INTEGER" for age in shape.ages}
    rows = [(day, *(day_number(attains_age_on(day_of(day), age)) for age in shape.ages)) for day in sorted(days)]
    engine.load("attains", types, rows)
    columns = "".join(f", a.at_{age} AS first_{age}, b.at_{age} AS last_{age}" for age in shape.ages)
    engine.keep(
        "person",
        f"SELECT p.*{columns} FROM born_of p LEFT JOIN attains a ON a.day = p.born_first"
        " LEFT JOIN attains b ON b.day = p.born_last",
    )


def _ties(engine: Engine, as_of: int) -> None:
    roles = [one for (one,) in engine.rows("SELECT DISTINCT role FROM given_tie")]
    engine.load("role_of", {"role": "VARCHAR", "bit": "BIGINT"}, [(r, 1 << n) for n, r in enumerate(sorted(roles))])
    engine.keep(
        "tied",
        "SELECT e.event, p.person_no, bit_or(r.bit) AS roles, e.case_no, e.earliest,"
        f" CASE WHEN e.earliest <= {as_of} THEN e.kind_no END AS kind_no FROM given_tie t"
        " JOIN event_no e ON e.source = t.source AND e.event_id = t.event_id AND NOT e.is_row"
        " JOIN given_record g ON g.record_source = t.record_source AND g.record_id = t.record_id"
        " JOIN person p ON p.person = g.person JOIN role_of r ON r.role = t.role"
        " GROUP BY e.event, p.person_no, e.kind_no, e.case_no, e.earliest",
    )
    engine.keep("in_case", "SELECT DISTINCT person_no, case_no FROM tied WHERE case_no IS NOT NULL")
    engine.keep(
        "cast_of",
        f"SELECT case_no, person_no, bit_or(roles) AS roles FROM tied WHERE case_no IS NOT NULL AND earliest <= {as_of}"
        " GROUP BY case_no, person_no",
    )
