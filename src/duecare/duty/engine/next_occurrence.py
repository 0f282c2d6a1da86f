"""In SQL: what follows an occurrence: one under a new rule, after a vacancy, the next of a recurrence, or nothing."""

from __future__ import annotations

from duecare.duty.engine.duty_groups import PARTS, DutyShape
from duecare.duty.engine.readings_sql import Packing

NOTHING, NEW_RULE, VACANCY, DISCHARGE, LIMIT = range(5)


def next_occurrence_select(
    manner: DutyShape, packing: Packing, as_of: int, made_table: str, kept_columns: list[str]
) -> str:
    """The SELECT of the next turn of each occurrence of `made_table` that has one, with the columns of a front."""
    prefix, event = manner.name, packing.event
    in_turn = "r.recurs = 2 OR (r.recurs = 1 AND r.met_at <= r.due_at)"
    from_met = f"CASE WHEN r.met_at IS NOT NULL AND ({in_turn}) THEN {DISCHARGE} END"
    from_due = (
        f"CASE WHEN r.recurs = 1 AND r.excused_at IS NULL AND r.due_at < {as_of}"
        f" AND (r.ended_at IS NULL OR r.ended_at > r.due_at) THEN {LIMIT} END"
    )
    how_sql = f"coalesce({from_met}, {from_due}, {NOTHING})"
    columns, joins = "r.*", ""
    whens = {DISCHARGE: ("q.met", "q.met_at", "o.case_no")}
    if manner.restarts:
        how_sql = (
            f"CASE WHEN r.restarts AND r.met_at IS NOT NULL THEN CASE WHEN i.sheet IS NULL THEN {NOTHING} "
            f"ELSE {VACANCY} END"
        )
        how_sql += f" ELSE coalesce({from_met}, {from_due}, {NOTHING}) END"
        columns += ", i.lapse, i.to_at AS vacant_at, i.lapse_case, i.is_absence AS by_absence"
        joins = f" LEFT JOIN {prefix}_island i ON i.sheet = r.sheet AND i.from_at <= r.met_at AND r.met_at < i.to_at"
        whens[VACANCY] = "q.lapse", "q.vacant_at", "CASE WHEN q.by_absence THEN q.first_case ELSE q.lapse_case END"
    if manner.is_superseded:
        how_sql = f"CASE WHEN r.given_way_at IS NOT NULL THEN {NEW_RULE} ELSE {how_sql} END"
        whens[NEW_RULE] = event("q.plan_spot"), "q.given_way_at", "o.case_no"

    def pick_column(column: int, otherwise: str) -> str:
        return (
            "CASE q.how "
            + " ".join(f"WHEN {how_number} THEN {how_values[column]}" for how_number, how_values in whens.items())
            + f" ELSE {otherwise} END"
        )

    changed = {
        "n": "q.n + 1",
        "trigger": pick_column(0, "q.trigger"),
        "start": pick_column(1, "q.due_at"),
        "number": f"CASE q.how WHEN {LIMIT} THEN q.number + 1 ELSE 1 END",
        "turn": "q.turn + 1",
        "again": f"(q.again OR q.how <> {LIMIT})",
        "is_absence": f"CASE q.how WHEN {VACANCY} THEN q.by_absence WHEN {LIMIT} THEN q.is_absence ELSE FALSE END",
        "base": f"CASE q.how WHEN {NEW_RULE} THEN b.moment END",
    }
    beside = ""
    if manner.ends_with_case:
        beside += f" LEFT JOIN fact o ON o.event = {pick_column(0, 'q.trigger')}"
        changed["case_no"] = pick_column(2, "q.case_no")
    if manner.is_superseded:
        beside += (
            f" LEFT JOIN (SELECT d.sheet, d.p, max(x.moment) AS moment FROM {made_table} d JOIN "
            f"{prefix}_placed x ON x.sheet = d.sheet"
            f" AND x.part = {PARTS['met']} AND x.moment <= d.given_way_at GROUP BY d.sheet, d.p) b"
            " ON b.sheet = q.sheet AND b.p = q.p"
        )
    said_columns = ", ".join(
        f"{changed.get(column_name, 'q.' + column_name)} AS {column_name}" for column_name in kept_columns
    )
    return (
        f"SELECT {said_columns} FROM (SELECT {columns}, {how_sql} AS how FROM {made_table} r{joins}) q{beside}"
        f" WHERE q.how > {NOTHING} AND q.n < q.at_most"
    )
