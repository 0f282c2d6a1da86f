"""In SQL: from stored rows to numbered facts, cases, people and ties: prepared once for any moment and any rulebook."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.london_days import load_days, london_day, on_days
from duecare.duty.engine.roster_tables import duty_absences
from duecare.duty.engine.units import to_micros
from duecare.duty.roster import Roster, plain_number

PREPARED = ("event_no", "case_of", "born_of", "record_of", "tie_no", "role_of", "absence_of")
"""What preparing leaves, and all that judging reads."""


def prepare_tables(engine: Engine, roster: Roster) -> None:
    """Make the prepared tables, and let the given ones go.

    Shape:   `event_no` holds also the closing that each case's row tells (is_row) and each absence (kind absence).
    """
    _load_small(engine, roster)
    engine.keep(
        "case_of",
        "SELECT row_number() OVER (ORDER BY k.case_source, k.case_ref) AS case_no, k.case_source, k.case_ref,"
        " c.case_ref IS NOT NULL AS is_held, coalesce(c.kind, '') AS kind, coalesce(c.area, '') AS area, c.closed_earliest,"
        " c.closed_latest FROM (SELECT DISTINCT case_source, case_ref FROM given_event WHERE case_ref IS NOT NULL) k"
        " LEFT JOIN given_case c ON c.case_source = k.case_source AND c.case_ref = k.case_ref",
    )
    _make_events(engine)
    _make_people(engine)
    _make_ties(engine)
    engine.forget("given_event", "given_tie", "given_record", "given_case", "given_absence", "fact_day", "officer_of")


def _load_small(engine: Engine, roster: Roster) -> None:
    texts = ("source", "event_id", "officer")
    types = dict.fromkeys(texts, "VARCHAR") | {"earliest": "BIGINT", "written_at": "BIGINT"}
    table_rows = [
        (vacancy.source, vacancy.event_id, officer, to_micros(vacancy.absent_from), to_micros(vacancy.written_at))
        for officer, vacancy in duty_absences(roster)
    ]
    engine.load("given_absence", types, table_rows)
    officers = _distinct_values(engine, "SELECT DISTINCT officer FROM given_event WHERE officer <> ''")
    engine.load(
        "officer_of",
        {"officer": "VARCHAR", "who": "VARCHAR"},
        [(officer, plain_number(officer)) for officer in officers],
    )
    sources = _distinct_values(
        engine,
        "SELECT source FROM given_event UNION SELECT case_source FROM given_case UNION SELECT source FROM given_absence",
    )
    engine.load(
        "source_of",
        {"source": "VARCHAR", "source_no": "INTEGER"},
        [(source_name, source_number) for source_number, source_name in enumerate(sources, 1)],
    )
    roles = sorted(_distinct_values(engine, "SELECT DISTINCT role FROM given_tie"))
    engine.load(
        "role_of",
        {"role": "VARCHAR", "bit": "BIGINT"},
        [(role_name, 1 << role_number) for role_number, role_name in enumerate(roles)],
    )
    load_days(
        engine,
        "fact_day",
        "SELECT earliest AS moment FROM given_event UNION ALL SELECT closed_earliest FROM given_case UNION ALL"
        " SELECT earliest FROM given_absence",
    )


def _make_events(engine: Engine) -> None:
    engine.keep(
        "event_no",
        "SELECT n.*, coalesce(n.case_no, -s.source_no) AS origin, coalesce(o.who, '') AS who,"
        f" {london_day('fact_day', 'n.earliest')} AS day"
        " FROM (SELECT row_number() OVER (ORDER BY written_at, source, event_id) AS event, * FROM ("
        "SELECT e.source, e.event_id, e.kind, e.earliest, e.latest, e.written_at, c.case_no, e.officer, e.risk,"
        " e.outcome, e.detail, e.area, FALSE AS is_row FROM given_event e"
        " LEFT JOIN case_of c ON c.case_source = e.case_source AND c.case_ref = e.case_ref"
        " UNION ALL SELECT case_source, 'closed_at:' || case_ref, 'case_closed', closed_earliest, closed_latest,"
        " closed_latest, case_no, '', '', '', CAST(NULL AS VARCHAR), '', TRUE FROM case_of"
        " WHERE closed_earliest IS NOT NULL"
        " UNION ALL SELECT source, event_id, 'absence', earliest, earliest, written_at, CAST(NULL AS BIGINT), '', '', '',"
        " CAST(NULL AS VARCHAR), '', TRUE FROM given_absence)) n"
        f" JOIN source_of s ON s.source = n.source JOIN fact_day ON {on_days('fact_day', 'n.earliest')}"
        " LEFT JOIN officer_of o ON o.officer = n.officer",
    )
    engine.keep(
        "absence_of",
        "SELECT a.officer, a.source, a.event_id, e.event FROM given_absence a JOIN event_no e ON e.source = a.source"
        " AND e.event_id = a.event_id AND e.is_row AND e.kind = 'absence'",
    )


def _make_people(engine: Engine) -> None:
    engine.keep(
        "born_of",
        "SELECT row_number() OVER (ORDER BY person) AS person_no, person,"
        " CASE WHEN max(born_first) <= min(born_last) THEN max(born_first) ELSE min(born_first) END AS born_first,"
        " CASE WHEN max(born_first) <= min(born_last) THEN min(born_last) ELSE max(born_last) END AS born_last,"
        " CASE WHEN count(DISTINCT nullif(sex, '')) = 1 THEN max(nullif(sex, '')) ELSE '' END AS sex"
        " FROM given_record GROUP BY person",
    )
    engine.keep(
        "record_of",
        "SELECT row_number() OVER (ORDER BY g.record_source || ':' || g.record_id) AS record_no, g.record_source,"
        " g.record_id, p.person_no FROM given_record g JOIN born_of p ON p.person = g.person",
    )


def _make_ties(engine: Engine) -> None:
    engine.keep(
        "tie_no",
        "SELECT e.event, g.record_no, g.person_no, r.bit FROM given_tie t"
        " JOIN event_no e ON e.source = t.source AND e.event_id = t.event_id AND NOT e.is_row"
        " JOIN record_of g ON g.record_source = t.record_source AND g.record_id = t.record_id"
        " JOIN role_of r ON r.role = t.role",
    )


def _distinct_values(engine: Engine, select: str) -> Iterable[str]:
    return [distinct_value for (distinct_value,) in engine.rows(select)]
