"""In SQL: one finding from all readings of a timeline: its state, not known where readings differ, its reason and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from duecare.duty.engine.duty_groups import PARTS, DutyShape, TimePlace
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.pauses_sql import clipped_select
from duecare.duty.engine.readings_sql import Packing
from duecare.duty.engine.rules import RULES_OF_ONE
from duecare.duty.engine.turns import CLOSING, EPISODE, SUPERSEDED
from duecare.duty.engine.units import sql_text

NO_NUMBER = "CAST(NULL AS BIGINT)"
NO_OCCURRENCE = {"duty": "INTEGER", "line": "BIGINT", "k": "BIGINT", "manner": "INTEGER", "sheet": "BIGINT"}
NO_OCCURRENCE |= {
    "trigger": "BIGINT",
    "number": "INTEGER",
    "started_at": "BIGINT",
    "rule": "INTEGER",
    "allow": "INTEGER",
}
NO_OCCURRENCE |= {"due_at": "BIGINT", "due_on": "INTEGER", "unknown": "VARCHAR", "met": "BIGINT", "met_at": "BIGINT"}
NO_OCCURRENCE |= {"excused": "BIGINT", "ended": "BIGINT", "ended_at": "BIGINT", "ended_how": "INTEGER"}
NO_OCCURRENCE |= {"stopped_at": "BIGINT", "state": "VARCHAR", "dated": "BIGINT"}
NO_OCCURRENCE |= dict.fromkeys(("from_at", "to_at", "until", "limit_until", "stops"), "BIGINT")
SAID_STATE = "due_at, due_on, unknown, met, met_at, excused, ended, ended_at, ended_how, stopped_at, state, dated"


def put_readings_together(
    engine: Engine, manners: Sequence[DutyShape], packing: Packing, as_of: int, *, with_evidence: bool = True
) -> None:
    """Make `row`, and `evidence` where it is wanted, of the occurrences of all manners, each in its `M_row`."""
    engine.load("no_occurrence", NO_OCCURRENCE, [])
    selects = ["SELECT * FROM no_occurrence", *(_make_occurrences(manner, packing) for manner in manners)]
    engine.keep("occurrence", " UNION ALL ".join(selects))
    engine.forget(*(f"{manner.name}_row" for manner in manners))
    _make_verdicts(engine, as_of)
    _make_rows(engine, manners)
    if with_evidence:
        _make_evidence(engine, manners, as_of)
    engine.forget("occurrence", "no_occurrence", "verdict", "why", "teller", "late_of", "row_told")


def _make_occurrences(manner: DutyShape, packing: Packing) -> str:
    """Of rows of one sheet with the same trigger and number, the last stands."""
    within, after = manner.lies is TimePlace.WITHIN_EPISODES, manner.lies is TimePlace.AFTER_EPISODES
    columns = [
        f"{packing.duty('o.sheet')} AS duty, {packing.line('o.sheet')} AS line, {packing.reading('o.sheet')} AS k",
        f"{manner.lies.value} AS manner, o.sheet, o.trigger, o.number, o.start AS started_at, o.rule, o.allow",
        ", ".join(f"o.{column_name.strip()}" for column_name in SAID_STATE.split(",")),
        "o.from_at, o.to_at" if within else f"{NO_NUMBER} AS from_at, {NO_NUMBER} AS to_at",
        "o.until" if after else f"{NO_NUMBER} AS until",
        "o.limit_until",
        "o.stops" if manner.pauses else f"{NO_NUMBER} AS stops",
    ]
    source = f"{manner.name}_row"
    if manner.is_long:
        order = "PARTITION BY sheet, trigger, number ORDER BY lead DESC, idx DESC, turn DESC"
        source = f"(SELECT * FROM (SELECT *, row_number() OVER ({order}) AS standing FROM {source}) WHERE standing = 1)"
    return f"SELECT {', '.join(columns)} FROM {source} o"


def _make_verdicts(engine: Engine, as_of: int) -> None:
    """Make `verdict(duty, line, trigger, number, first_k, is_one, is_sure, reason)` of the lines with doubts.

    Shape:   a reading without the row speaks against it, unless it puts the trigger itself after as-of.
    """
    engine.keep(
        "doubtful",
        "SELECT o.duty, o.line, o.trigger, o.number, o.k, o.state FROM occurrence o"
        " JOIN unsure u ON u.duty = o.duty AND u.line = o.line",
    )
    engine.keep(
        "grid",
        "SELECT y.duty, y.line, y.trigger, y.number, y.first_k, y.readings, r.k, coalesce(d.state, '') AS state,"
        " d.state IS NULL AND t.event IS NOT NULL AS is_hidden FROM (SELECT duty, line, trigger, number, min(k) AS first_k,"
        " count(*) AS readings FROM doubtful GROUP BY duty, line, trigger, number) y"
        " JOIN reading r ON r.duty = y.duty AND r.line = y.line"
        " LEFT JOIN doubtful d ON d.duty = y.duty AND d.line = y.line AND d.trigger = y.trigger AND d.number = y.number"
        " AND d.k = r.k LEFT JOIN (SELECT c.duty, c.line, c.k, c.event FROM chosen c JOIN fact f ON f.event = c.event"
        f" WHERE c.is_time AND f.latest > {as_of}) t"
        " ON t.duty = y.duty AND t.line = y.line AND t.k = r.k AND t.event = y.trigger",
    )
    alone = "SELECT duty, line, k, min(reason) AS reason FROM chosen GROUP BY duty, line, k HAVING count(*) = 1"
    partition = "PARTITION BY duty, line, trigger, number"
    engine.keep(
        "why",
        f"SELECT duty, line, trigger, number, reason FROM (SELECT g.*, a.reason, row_number() OVER (PARTITION BY g.duty,"
        f" g.line, g.trigger, g.number ORDER BY g.k) AS place FROM (SELECT *, max(CASE WHEN k = 0 "
        f"THEN state END) OVER ({partition})"
        f" AS before FROM grid) g JOIN ({alone}) a ON a.duty = g.duty AND a.line = g.line AND a.k = g.k"
        " WHERE g.state <> g.before) WHERE place = 1",
    )
    every_select = (
        "SELECT duty, line, string_agg(reason, '; ' ORDER BY i) AS reasons FROM (SELECT duty, line, reason, min(i) AS i"
        " FROM doubt GROUP BY duty, line, reason) GROUP BY duty, line"
    )
    engine.keep(
        "verdict",
        "SELECT g.duty, g.line, g.trigger, g.number, g.first_k, g.is_one, (g.is_one OR g.readings = 1) AS is_sure,"
        " CASE WHEN NOT g.is_one THEN coalesce(w.reason, e.reasons) END AS reason FROM (SELECT duty, line, trigger, number,"
        " first_k, readings, min(CASE WHEN NOT is_hidden THEN state END) = max(CASE WHEN NOT is_hidden THEN state END)"
        " AS is_one FROM grid GROUP BY duty, line, trigger, number, first_k, readings) g"
        " LEFT JOIN why w ON w.duty = g.duty AND w.line = g.line AND w.trigger = g.trigger AND w.number = g.number"
        f" LEFT JOIN ({every_select}) e ON e.duty = g.duty AND e.line = g.line",
    )
    engine.forget("doubtful", "grid")


def _make_rows(engine: Engine, manners: Sequence[DutyShape]) -> None:
    late_duties = [
        (number, duty.late_excused_by_detail[1])
        for manner in manners
        for number, duty in manner.duties
        if duty.late_excused_by_detail is not None
    ]
    engine.load("late_of", {"duty": "INTEGER", "reason": "VARCHAR"}, late_duties)
    kind_name, excused = "replace(e.kind, '_', ' ')", "replace(x.kind, '_', ' ')"
    why_sql = (
        f"CASE WHEN o.ended_how = {CLOSING} THEN 'the case was closed before it was due'"
        f" WHEN o.ended_how = {SUPERSEDED} THEN 'superseded by ' || {kind_name}"
        f" WHEN o.ended_how = {EPISODE} AND o.ended IS NULL THEN 'ended by the next episode before it was due'"
        f" WHEN o.ended_how IS NOT NULL THEN 'ended by ' || {kind_name} || ' before it was due' END"
    )
    reason = (
        "CASE o.state WHEN 'cannot_tell' THEN o.unknown WHEN 'not_applicable' THEN o.ended_why WHEN 'excused' THEN"
        " CASE WHEN o.met IS NOT NULL THEN o.late_reason ELSE 'excused by ' || o.excused_kind END END"
    )
    told_sql = (
        f"SELECT o.*, t.ref, l.reason AS late_reason, {why_sql} AS ended_why, {excused} AS excused_kind,"
        " coalesce(v.is_one, TRUE) AS is_one, coalesce(v.is_sure, TRUE) AS is_sure,"
        " v.duty IS NOT NULL AS is_doubtful, v.reason AS doubts"
        " FROM occurrence o JOIN turn_of t ON t.allow = o.allow LEFT JOIN verdict v ON v.duty = o.duty AND v.line = o.line"
        " AND v.trigger = o.trigger AND v.number = o.number LEFT JOIN late_of l ON l.duty = o.duty"
        " LEFT JOIN fact e ON e.event = o.ended LEFT JOIN fact x ON x.event = o.excused"
        " WHERE v.duty IS NULL OR v.first_k = o.k"
    )
    engine.keep(
        "row_told",
        f"SELECT row_number() OVER () AS row, o.*, CASE WHEN o.is_one THEN {reason} ELSE o.doubts END AS reason,"
        f" CASE WHEN o.is_one THEN o.state ELSE 'cannot_tell' END AS verdict FROM ({told_sql}) o",
    )
    engine.keep(
        "row",
        f"SELECT row, duty, line, trigger, number, started_at, rule % {RULES_OF_ONE} AS rule, ref, due_at, due_on, unknown,"
        " met, met_at, excused, ended, ended_at, ended_why, stopped_at, verdict AS state, reason, is_sure, is_doubtful"
        " FROM row_told",
    )


def _make_evidence(engine: Engine, manners: Sequence[DutyShape], as_of: int) -> None:
    """Make `evidence`: of the first reading's row, and of every reading's where they differ."""
    columns = "manner, sheet, trigger, dated, met, excused, ended, started_at, stopped_at, from_at, to_at, until"
    columns += ", limit_until, stops"
    other_columns = ", ".join(f"o.{column_name.strip()}" for column_name in columns.split(","))
    engine.keep(
        "teller",
        f"SELECT row, {columns} FROM row_told UNION ALL SELECT r.row, {other_columns} FROM row_told r JOIN occurrence o"
        " ON o.duty = r.duty AND o.line = r.line AND o.trigger = r.trigger AND o.number = r.number"
        " WHERE NOT r.is_one AND o.k <> r.k",
    )
    selects = [
        f"SELECT row, {sql_text(role_name)} AS role, {column} AS event FROM teller WHERE {column} IS NOT NULL"
        for role_name, column in (
            ("started", "trigger"),
            ("started", "dated"),
            ("met", "met"),
            ("excused", "excused"),
            ("ended", "ended"),
        )
    ]
    for manner in manners:
        own_select = (
            "(SELECT row, sheet, started_at AS start, stopped_at, from_at, to_at, until, limit_until, stops FROM teller"
        )
        own_select += f" WHERE manner = {manner.lies.value})"
        if manner.any(lambda duty: duty.attempted_by):
            selects.append(
                f"SELECT t.row, 'attempted', x.event FROM {own_select} t JOIN {manner.name}_placed x ON x.sheet = t.sheet"
                f" AND x.part = {PARTS['attempted']} WHERE x.moment >= t.start"
                " AND (t.stopped_at IS NULL OR x.moment <= t.stopped_at)"
                " AND (t.from_at IS NULL OR (x.moment >= t.from_at AND (t.to_at IS NULL OR x.moment <= t.to_at)))"
                " AND (t.until IS NULL OR x.moment < t.until)"
            )
        if manner.pauses:
            stops = clipped_select(
                manner,
                own_select,
                as_of,
                "d.row, d.stops, row_number() OVER (PARTITION BY d.row, d.sheet ORDER BY x.spot) AS place",
            )
            selects.append(f"SELECT row, 'paused', event FROM ({stops}) WHERE place <= stops")
    engine.keep("evidence", f"SELECT DISTINCT row, role, event FROM ({' UNION ALL '.join(selects)})")
