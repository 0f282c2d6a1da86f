"""A force of any size as the Parquet copy holds it: six kinds of case, ten events each, all of it made up by arithmetic."""

from __future__ import annotations

from pathlib import Path

import duckdb

# kind of case, in which place: kind of event, hours after its start, spread of hours, role, detail, risk, outcome
TEMPLATES = {
    0: (
        ("concern_reported", 0, 1, "child", "{}", "amber", ""),
        ("supervisor_allocated", 2, 20, "", "{}", "", ""),
        ("investigator_allocated", 4, 60, "", "{}", "", ""),
        ("child_seen", 6, 60, "child", '{"alone":true}', "", ""),
        ("information_received", 10, 100, "", "{}", "", ""),
        ("strategy_discussion_held", 30, 50, "child", '{"s47":true}', "", ""),
        ("conference_held", 300, 200, "child", "{}", "", "initial"),
        ("investigator_released", 900, 500, "", "{}", "", ""),
        ("investigator_allocated", 1500, 100, "", "{}", "", ""),
        ("case_closed", 2500, 500, "", "{}", "", ""),
    ),
    1: (
        ("missing_reported", 0, 1, "child", '{"from":"home"}', "high", ""),
        ("missing_graded", 1, 5, "child", "{}", "high", ""),
        ("investigator_allocated", 2, 30, "", "{}", "", ""),
        ("missing_reviewed", 10, 10, "child", "{}", "", ""),
        ("missing_returned", 30, 100, "child", "{}", "", ""),
        ("return_interview_held", 140, 90, "child", '{"independent":true}', "", ""),
        ("prevention_interview_held", 150, 60, "child", "{}", "", ""),
        ("child_seen", 200, 60, "child", "{}", "", ""),
        ("information_received", 230, 10, "", "{}", "", ""),
        ("information_read", 260, 10, "", "{}", "", ""),
    ),
    2: (
        ("custody_arrived", 0, 1, "detainee", '{"reason":"arrest"}', "", ""),
        ("detention_authorised", 1, 1, "detainee", "{}", "", ""),
        ("detention_reviewed", 5, 4, "detainee", "{}", "", ""),
        ("detention_reviewed", 13, 4, "detainee", '{"postponed_reason":"interview"}', "", ""),
        ("charged", 18, 1, "detainee", "{}", "", ""),
        ("bail_refused", 19, 1, "detainee", "{}", "", ""),
        ("accommodation_requested", 20, 1, "detainee", '{"secure":false}', "", ""),
        ("accommodation_refused", 21, 1, "detainee", '{"reason":"none"}', "", ""),
        ("detention_reviewed", 23, 3, "detainee", "{}", "", ""),
        ("custody_left", 27, 10, "detainee", "{}", "", "court"),
    ),
    3: (
        ("crime_recorded", 0, 1, "victim", "{}", "", ""),
        ("investigator_allocated", 3, 80, "", "{}", "", ""),
        ("suspect_identified", 50, 80, "suspect", "{}", "", ""),
        ("arrested", 100, 200, "suspect", "{}", "", ""),
        ("interviewed", 310, 20, "suspect", "{}", "", ""),
        ("device_seized", 310, 20, "suspect", "{}", "", ""),
        ("victim_updated", 350, 200, "victim", '{"about":"arrest"}', "", ""),
        ("child_interviewed", 400, 100, "victim", "{}", "", ""),
        ("no_further_action", 2000, 900, "suspect", "{}", "", ""),
        ("case_closed", 3000, 200, "", "{}", "", ""),
    ),
    4: (
        ("offender_registered", 0, 1, "offender", "{}", "", ""),
        ("risk_assessed", 1, 20, "offender", '{"tool":"arms"}', "high", ""),
        ("offender_manager_allocated", 20, 50, "offender", "{}", "", ""),
        ("visit", 700, 900, "offender", "{}", "", "seen"),
        ("visit", 2300, 900, "offender", "{}", "", "not_seen"),
        ("visit", 3300, 900, "offender", "{}", "", "seen"),
        ("visit_plan_set", 5000, 900, "offender", '{"every":"P3M"}', "", ""),
        ("visit", 7000, 900, "offender", "{}", "", "seen"),
        ("risk_assessed", 9000, 900, "offender", "{}", "medium", ""),
        ("visit", 10000, 900, "offender", "{}", "", "seen"),
    ),
    5: (
        ("police_protection_started", 0, 1, "child", '{"place":"home"}', "", ""),
        ("protection_inquired", 10, 10, "child", "{}", "", ""),
        ("police_protection_ended", 40, 50, "child", "{}", "", ""),
        ("epo_applied", 60, 10, "child", "{}", "", ""),
        ("shared_with_social_care", 80, 10, "child", '{"children":["a"]}', "", ""),
        ("mash_received", 90, 10, "", "{}", "", ""),
        ("mash_decided", 100, 10, "", "{}", "", ""),
        ("case_transferred", 120, 10, "", "{}", "", ""),
        ("child_contacted", 130, 10, "child", "{}", "", ""),
        ("information_acted", 150, 10, "", "{}", "", ""),
    ),
}
SHEET = (
    "'merlin' AS source, {key} AS key, {at} AS version_at, from_hex(md5({key}) || md5({key})) AS sha256,"
    " FALSE AS is_withdrawn"
)


def write_force(cases: int, folder: Path) -> None:
    """Write the four sheets of a force of so many cases, as the Parquet copy holds them."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect(config={"threads": 2})
    engine.execute("SET enable_progress_bar = false")
    engine.execute(
        "CREATE TABLE t(sort INT, place INT, kind TEXT, after INT, spread INT, role TEXT, detail TEXT, risk TEXT, outcome TEXT)"
    )
    rows = [(sort, place, *event) for sort, events in TEMPLATES.items() for place, event in enumerate(events)]
    engine.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    engine.execute(
        "CREATE TABLE e AS SELECT i, place, 'ev-' || i || '-' || place AS key, kind, role, detail, risk, outcome, 1456790400"
        " + CAST(hash(i) % 40000000 AS BIGINT) + CAST(after * 3600 AS BIGINT)"
        f" + CAST(hash(i * 100 + place) % (spread * 3600 + 1) AS BIGINT) AS s FROM range({cases}) r(i)"
        f" JOIN t ON t.sort = i % {len(TEMPLATES)}"
    )
    instant = "strftime(to_timestamp(s) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S+00:00')"
    happened = f"CASE WHEN hash(key) % 200 = 0 THEN substr({instant}, 1, 10) ELSE {instant} END"
    officer = "CASE WHEN kind LIKE '%allocated' OR kind LIKE '%released' THEN 'W' || (hash(i) % 3000) ELSE '' END"
    body = (
        """'{"area":"E0900000' || (i % 9 + 1) || '","case_ref":"C' || i || '","detail":' || detail || ',"event_id":"' || key"""
        f""" || '","happened_at":"' || {happened} || '","kind":"' || kind || '","officer":"' || {officer}"""
        """ || '","outcome":"' || outcome || '","risk":"' || risk || '","text":"made up, of case ' || i || '"}'"""
    )
    of_case = "'merlin' AS case_source, 'C' || i AS case_ref"
    of_none = "CAST(NULL AS TEXT) AS case_source, CAST(NULL AS TEXT) AS case_ref"
    _copy(engine, folder, "events", f"SELECT {_sheet('key', 's + 600')}, {body} AS body, {of_case} FROM e")
    ties = (
        """'{"event_id":"' || key || '","ties":[["merlin","P' || (i * 9 // 10) || '","' || role || '"]' || CASE WHEN hash(key)"""
        """ % 4 = 0 THEN ',["merlin","Q' || i || '","parent"]' ELSE '' END || ']}'"""
    )
    _copy(
        engine, folder, "ties", f"SELECT {_sheet('key', 's + 600')}, {ties} AS body, {of_none} FROM e WHERE role <> ''"
    )
    person = (
        """'{"record_id":"' || k || '","sex":"F"' || CASE WHEN hash(k) % 20 = 0 THEN '' ELSE ',"date_of_birth":"' ||"""
        """ strftime(DATE '2000-01-01' + CAST(hash(k) % 5500 AS INT), '%Y-%m-%d') || '"' END || '}'"""
    )
    records = f"SELECT DISTINCT 'P' || (i * 9 // 10) AS k FROM e UNION SELECT 'Q' || i FROM range({cases}) r(i)"
    _copy(
        engine, folder, "persons", f"SELECT {_sheet('k', '1456790400')}, {person} AS body, {of_none} FROM ({records})"
    )
    case = """'{"case_ref":"C' || i || '","kind":"child_concern","area":"E0900000' || (i % 9 + 1) || '"}'"""
    key = "'C' || i"
    _copy(
        engine,
        folder,
        "cases",
        f"SELECT {_sheet(key, '1456790400')}, {case} AS body, {of_case} FROM range({cases}) r(i)",
    )


def _sheet(key: str, at: str) -> str:
    return SHEET.format(key=key, at=f"CAST({at} AS BIGINT)")


def _copy(engine: duckdb.DuckDBPyConnection, folder: Path, sheet: str, select: str) -> None:
    engine.execute(f"COPY ({select}) TO '{folder / sheet}.parquet' (FORMAT parquet, COMPRESSION zstd)")
