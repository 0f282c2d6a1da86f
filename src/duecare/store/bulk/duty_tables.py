"""From the rows that stand to the tables that duties are judged on: bodies read once, dates and days by their own readers."""

from __future__ import annotations

from duecare.duty.engine.units import day_number, to_micros
from duecare.record.kept import time_of
from duecare.store.bulk.duckdb_engine import Duck
from duecare.vocabulary.partial import read_partial_date

BODY = (
    '{"kind":"VARCHAR","happened_at":"VARCHAR","area":"VARCHAR","officer":"VARCHAR","risk":"VARCHAR","outcome":"VARCHAR",'
    '"detail":"JSON"}'
)
CASE = '{"kind":"VARCHAR","area":"VARCHAR","closed_at":"VARCHAR"}'
PERSON = '{"date_of_birth":"VARCHAR","due_on":"VARCHAR","sex":"VARCHAR"}'


def give(engine: Duck) -> None:
    """Make the given tables of `events`, `ties`, `cases` and `persons` as they stand, and of `whose`.

    Shape:   `whose(record_source, record_id, person)` covers every record held or tied.
    """
    _events(engine)
    _cases(engine)
    _persons(engine)
    if not engine.has("given_tie"):
        read_ties(engine)


def read_ties(engine: Duck) -> None:
    """Make the given table of `ties` as they stand."""
    engine.keep(
        "given_tie",
        "SELECT source, key AS event_id, tie[1] AS record_source, tie[2] AS record_id, tie[3] AS role FROM (SELECT source,"
        """ key, unnest(from_json(json_extract(body, '$.ties'), '[["VARCHAR"]]')) AS tie FROM ties)""",
    )


def _events(engine: Duck) -> None:
    engine.keep(
        "read_event",
        "SELECT source, key AS event_id, v.kind, v.happened_at, version_at, case_source, case_ref, v.area, v.officer,"
        " v.risk, v.outcome, CAST(v.detail AS VARCHAR) AS detail FROM (SELECT source, key, version_at, case_source,"
        f" case_ref, json_transform(body, '{BODY}') AS v FROM events)",
    )
    days = engine.rows("SELECT DISTINCT happened_at FROM read_event WHERE length(happened_at) = 10")
    _load_days(engine, [day for (day,) in days])
    exact = "epoch_us(try_cast(CASE WHEN length(e.happened_at) > 10 THEN e.happened_at END AS TIMESTAMPTZ))"
    engine.keep(
        "given_event",
        f"SELECT e.source, e.event_id, e.kind, coalesce(d.earliest, {exact}) AS earliest,"
        f" coalesce(d.latest, {exact}) AS latest, e.version_at * 1000000 AS written_at, e.case_source, e.case_ref,"
        " coalesce(e.area, '') AS area, coalesce(e.officer, '') AS officer, coalesce(e.risk, '') AS risk,"
        " coalesce(e.outcome, '') AS outcome, e.detail FROM read_event e LEFT JOIN whole_day d ON d.said = e.happened_at",
    )
    engine.forget("read_event")


def _cases(engine: Duck) -> None:
    engine.keep("read_case", f"SELECT source, key, json_transform(body, '{CASE}') AS v FROM cases")
    said = engine.rows("SELECT DISTINCT v.closed_at FROM read_case WHERE v.closed_at IS NOT NULL AND v.closed_at <> ''")
    _load_days(engine, [one for (one,) in said])
    engine.keep(
        "given_case",
        "SELECT c.source AS case_source, c.key AS case_ref, c.v.kind AS kind, coalesce(c.v.area, '') AS area,"
        " d.earliest AS closed_earliest, d.latest AS closed_latest FROM read_case c"
        " LEFT JOIN whole_day d ON d.said = c.v.closed_at",
    )
    engine.forget("read_case", "whole_day")


def _persons(engine: Duck) -> None:
    engine.keep("read_person", f"SELECT source, key, json_transform(body, '{PERSON}') AS v FROM persons")
    said = engine.rows("SELECT DISTINCT coalesce(v.date_of_birth, ''), coalesce(v.due_on, '') FROM read_person")
    rows = []
    for born, due_on in said:
        if born or due_on:
            days = read_partial_date(born or due_on)
            rows.append((born, due_on, day_number(days.earliest), day_number(days.latest)))
    types = {"born": "VARCHAR", "due_on": "VARCHAR", "first": "INTEGER", "last": "INTEGER"}
    engine.load("birth", types, rows)
    engine.keep(
        "given_record",
        "SELECT w.record_source, w.record_id, w.person, b.first AS born_first, b.last AS born_last,"
        " coalesce(p.v.sex, '') AS sex FROM whose w LEFT JOIN read_person p ON p.source = w.record_source"
        " AND p.key = w.record_id LEFT JOIN birth b ON b.born = coalesce(p.v.date_of_birth, '')"
        " AND b.due_on = coalesce(p.v.due_on, '')",
    )
    engine.forget("read_person", "birth")


def _load_days(engine: Duck, said: list[str]) -> None:
    rows = [(one, to_micros(time_of(one).earliest), to_micros(time_of(one).latest)) for one in said]
    engine.load("whole_day", {"said": "VARCHAR", "earliest": "BIGINT", "latest": "BIGINT"}, rows)
