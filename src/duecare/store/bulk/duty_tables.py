"""From the rows that stand to the tables that duties are judged on: bodies read once, dates and days by their own readers."""

from __future__ import annotations

from duecare.duty.engine.units import day_number, to_micros
from duecare.record.record_from_body import time_of
from duecare.store.bulk.duckdb_engine import Duck
from duecare.vocabulary.partial_date import read_partial_date

BODY_COLUMNS = (
    '{"kind":"VARCHAR","happened_at":"VARCHAR","area":"VARCHAR","officer":"VARCHAR","risk":"VARCHAR","outcome":"VARCHAR",'
    '"detail":"JSON"}'
)
CASE_COLUMNS = '{"kind":"VARCHAR","area":"VARCHAR","closed_at":"VARCHAR"}'
PERSON = '{"date_of_birth":"VARCHAR","due_on":"VARCHAR","sex":"VARCHAR"}'


def give_tables(engine: Duck) -> None:
    """Make the given tables of `events`, `ties`, `cases` and `persons` as they stand, and of `whose`.

    Shape:   `whose(record_source, record_id, person)` covers every record held or tied.
    """
    _give_events(engine)
    _give_cases(engine)
    _give_persons(engine)
    if not engine.has("given_tie"):
        read_ties(engine)


def read_ties(engine: Duck) -> None:
    """Make the given table of `ties` as they stand."""
    engine.keep(
        "given_tie",
        "SELECT source, key AS event_id, tie[1] AS record_source, tie[2] AS record_id, tie[3] AS role FROM (SELECT source,"
        """ key, unnest(from_json(json_extract(body, '$.ties'), '[["VARCHAR"]]')) AS tie FROM ties)""",
    )


def _give_events(engine: Duck) -> None:
    engine.keep(
        "read_event",
        "SELECT source, key AS event_id, v.kind, v.happened_at, version_at, case_source, case_ref, v.area, v.officer,"
        " v.risk, v.outcome, CAST(v.detail AS VARCHAR) AS detail FROM (SELECT source, key, version_at, case_source,"
        f" case_ref, json_transform(body, '{BODY_COLUMNS}') AS v FROM events)",
    )
    day_rows = engine.rows("SELECT DISTINCT happened_at FROM read_event WHERE length(happened_at) = 10")
    _load_days(engine, [day_text for (day_text,) in day_rows])
    exact = "epoch_us(try_cast(CASE WHEN length(e.happened_at) > 10 THEN e.happened_at END AS TIMESTAMPTZ))"
    engine.keep(
        "given_event",
        f"SELECT e.source, e.event_id, e.kind, coalesce(d.earliest, {exact}) AS earliest,"
        f" coalesce(d.latest, {exact}) AS latest, e.version_at * 1000000 AS written_at, e.case_source, e.case_ref,"
        " coalesce(e.area, '') AS area, coalesce(e.officer, '') AS officer, coalesce(e.risk, '') AS risk,"
        " coalesce(e.outcome, '') AS outcome, e.detail FROM read_event e LEFT JOIN whole_day d ON d.said = e.happened_at",
    )
    engine.forget("read_event")


def _give_cases(engine: Duck) -> None:
    engine.keep("read_case", f"SELECT source, key, json_transform(body, '{CASE_COLUMNS}') AS v FROM cases")
    closing_rows = engine.rows(
        "SELECT DISTINCT v.closed_at FROM read_case WHERE v.closed_at IS NOT NULL AND v.closed_at <> ''"
    )
    _load_days(engine, [day_text for (day_text,) in closing_rows])
    engine.keep(
        "given_case",
        "SELECT c.source AS case_source, c.key AS case_ref, c.v.kind AS kind, coalesce(c.v.area, '') AS area,"
        " d.earliest AS closed_earliest, d.latest AS closed_latest FROM read_case c"
        " LEFT JOIN whole_day d ON d.said = c.v.closed_at",
    )
    engine.forget("read_case", "whole_day")


def _give_persons(engine: Duck) -> None:
    engine.keep("read_person", f"SELECT source, key, json_transform(body, '{PERSON}') AS v FROM persons")
    birth_rows = engine.rows("SELECT DISTINCT coalesce(v.date_of_birth, ''), coalesce(v.due_on, '') FROM read_person")
    birth_days = []
    for birth_text, due_on in birth_rows:
        if birth_text or due_on:
            possible_days = read_partial_date(birth_text or due_on)
            birth_days.append(
                (birth_text, due_on, day_number(possible_days.earliest), day_number(possible_days.latest))
            )
    types = {"born": "VARCHAR", "due_on": "VARCHAR", "first": "INTEGER", "last": "INTEGER"}
    engine.load("birth", types, birth_days)
    engine.keep(
        "given_record",
        "SELECT w.record_source, w.record_id, w.person, b.first AS born_first, b.last AS born_last,"
        " coalesce(p.v.sex, '') AS sex FROM whose w LEFT JOIN read_person p ON p.source = w.record_source"
        " AND p.key = w.record_id LEFT JOIN birth b ON b.born = coalesce(p.v.date_of_birth, '')"
        " AND b.due_on = coalesce(p.v.due_on, '')",
    )
    engine.forget("read_person", "birth")


def _load_days(engine: Duck, day_texts: list[str]) -> None:
    day_rows = [
        (day_text, to_micros(time_of(day_text).earliest), to_micros(time_of(day_text).latest)) for day_text in day_texts
    ]
    engine.load("whole_day", {"said": "VARCHAR", "earliest": "BIGINT", "latest": "BIGINT"}, day_rows)
