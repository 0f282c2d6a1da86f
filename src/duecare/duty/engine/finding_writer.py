"""In SQL: the findings table: whose each is, where, by which rule version, how late, who was notified, its evidence."""

from __future__ import annotations

from datetime import timedelta

from duecare.duty.declaration import rule_version
from duecare.duty.engine.declaration_tables import TOLD_BY, Shape
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.london_days import load_days, london_day, on_days
from duecare.duty.engine.roster_tables import load_holders, load_supervisors
from duecare.duty.engine.units import MICROSECOND, day_of, moment_of, sql_text
from duecare.duty.finding import State
from duecare.duty.force_terms import Terms
from duecare.duty.ladder import ABSENCE
from duecare.duty.roster import Roster, plain_number
from duecare.vocabulary.moments import hours_between

BETWEEN = "'\x1f'"
HUNDREDTH = 36_000_000
"""A hundredth of an hour, in microseconds."""
DETECTIVE_INSPECTOR = "detective_inspector"
SUPERVISOR = "supervisor"


def write_findings(
    engine: Engine, shape: Shape, roster: Roster, terms: Terms, as_of: int, *, with_evidence: bool = True
) -> None:
    """Make `finding`, and `found_evidence` and `found_told` where they are wanted, of the rows."""
    _load_declared(engine, shape)
    _make_about(engine)
    _make_areas(engine)
    _load_adopted(engine, shape, terms)
    _make_lateness(engine, as_of)
    _make_findings(engine, as_of)
    if with_evidence:
        _make_evidence(engine)
        _make_told(engine, shape, roster, terms, as_of)
    engine.forget("row_area")


def _load_declared(engine: Engine, shape: Shape) -> None:
    engine.load(
        "declared",
        {"duty": "INTEGER", "id": "VARCHAR", "authority": "VARCHAR", "owed_by": "VARCHAR", "is_local": "BOOLEAN"},
        [
            (duty_number, each_duty.id, each_duty.authority.value, each_duty.owed_by, each_duty.local)
            for duty_number, each_duty in enumerate(shape.duties)
        ],
    )
    engine.load(
        "ruled",
        {"duty": "INTEGER", "rule": "INTEGER", "version": "VARCHAR"},
        [
            (duty_number, rule_number, rule_version(each_duty, duty_rule))
            for duty_number, each_duty in enumerate(shape.duties)
            for rule_number, duty_rule in enumerate(each_duty.rules)
        ],
    )


def _make_about(engine: Engine) -> None:
    """Each row with its trigger and its case."""
    engine.keep(
        "row_case",
        "SELECT r.row, r.duty, r.line, r.trigger, f.source, f.event_id, f.kind, f.area AS trigger_area, f.officer, f.who,"
        " coalesce(l.case_no, f.case_no) AS case_no, l.person_no, r.started_at FROM row r JOIN line l ON l.line = r.line"
        " JOIN fact f ON f.event = r.trigger",
    )
    engine.keep(
        "row_trigger",
        "SELECT DISTINCT trigger, person_no, case_no FROM row_case WHERE person_no IS NOT NULL",
    )
    engine.keep(
        "by_tie",
        "SELECT w.trigger, w.person_no, min(t.record_no) AS record_no FROM row_trigger w JOIN tie_no t"
        " ON t.event = w.trigger AND t.person_no = w.person_no GROUP BY w.trigger, w.person_no",
    )
    engine.keep(
        "untied_trigger",
        "SELECT w.* FROM row_trigger w LEFT JOIN by_tie b ON b.trigger = w.trigger AND b.person_no = w.person_no"
        " WHERE b.trigger IS NULL",
    )


def _subjects_select(as_of: int) -> str:
    """The smallest record of the person tied to the trigger, else in its case, else of all."""
    return (
        "SELECT x.trigger, x.person_no, g.record_source || ':' || g.record_id AS subject FROM ("
        "SELECT trigger, person_no, record_no FROM by_tie UNION ALL SELECT u.trigger, u.person_no,"
        " coalesce(c.record_no, a.record_no) AS record_no FROM untied_trigger u LEFT JOIN (SELECT n.trigger, n.person_no,"
        " min(t.record_no) AS record_no FROM untied_trigger n JOIN event_no e ON e.case_no = n.case_no"
        f" AND e.earliest <= {as_of} AND NOT e.is_row JOIN tie_no t ON t.event = e.event AND t.person_no = n.person_no"
        " GROUP BY n.trigger, n.person_no) c ON c.trigger = u.trigger AND c.person_no = u.person_no LEFT JOIN ("
        "SELECT n.person_no, min(g.record_no) AS record_no FROM (SELECT DISTINCT person_no FROM untied_trigger) n"
        " JOIN record_of g ON g.person_no = n.person_no GROUP BY n.person_no) a ON a.person_no = u.person_no) x"
        " JOIN record_of g ON g.record_no = x.record_no"
    )


def _make_areas(engine: Engine) -> None:
    """The area of a row's case, else of its trigger, else of the first event of its case that names one."""
    engine.keep(
        "first_area",
        "SELECT case_no, area FROM (SELECT e.case_no, e.area, row_number() OVER (PARTITION BY e.case_no"
        " ORDER BY e.earliest, e.event) AS n FROM event_no e JOIN (SELECT DISTINCT r.case_no FROM row_case r"
        " JOIN case_of c ON c.case_no = r.case_no WHERE c.area = '' AND r.trigger_area = '') w ON w.case_no = e.case_no"
        " WHERE e.area <> '' AND NOT e.is_row) WHERE n = 1",
    )
    engine.keep(
        "row_area",
        "SELECT r.*, CASE WHEN c.area <> '' THEN c.area WHEN r.trigger_area <> '' THEN r.trigger_area"
        " ELSE coalesce(a.area, '') END AS area, c.case_source, c.case_ref FROM row_case r"
        " LEFT JOIN case_of c ON c.case_no = r.case_no LEFT JOIN first_area a ON a.case_no = r.case_no",
    )
    engine.forget("row_case", "row_trigger", "first_area")


def _load_adopted(engine: Engine, shape: Shape, terms: Terms) -> None:
    load_days(
        engine, "row_day", "SELECT r.started_at AS moment FROM row_area r JOIN declared d USING (duty) WHERE d.is_local"
    )
    engine.keep(
        "row_local",
        f"SELECT r.row, r.duty, {london_day('row_day', 'r.started_at')} AS day FROM row_area r JOIN declared d USING (duty)"
        f" JOIN row_day ON {on_days('row_day', 'r.started_at')} WHERE d.is_local",
    )
    adopted_rows = [
        (duty_number, adopted_day, terms.is_adopted(shape.duties[duty_number].id, day_of(adopted_day)))
        for duty_number, adopted_day in engine.rows("SELECT DISTINCT duty, day FROM row_local")
    ]
    engine.load("adopted_on", {"duty": "INTEGER", "day": "INTEGER", "adopted": "BOOLEAN"}, adopted_rows)
    engine.keep("row_adopted", "SELECT l.row, a.adopted FROM row_local l JOIN adopted_on a USING (duty, day)")
    engine.forget("row_local")


def _make_lateness(engine: Engine, as_of: int) -> None:
    """How late each row is, in hundredths of an hour; the judge decides how a half is rounded."""
    late_states = ", ".join(sql_text(state) for state in (State.MET_LATE, State.OVERDUE))
    met_sql = "CASE WHEN r.is_sure THEN r.met_at END"
    end_sql = f"coalesce({met_sql}, CASE WHEN r.is_sure THEN r.ended_at END, {as_of})"
    engine.keep(
        "row_late",
        f"SELECT r.row, {end_sql} - r.due_at AS late FROM row r WHERE {end_sql} > r.due_at AND (r.state IN ({late_states})"
        f" OR (r.state = {sql_text(State.EXCUSED)} AND {met_sql} IS NOT NULL))",
    )
    halves = [
        (late_hours, hours_between(moment_of(0), moment_of(late_hours)))
        for (late_hours,) in engine.rows(
            f"SELECT DISTINCT late FROM row_late WHERE late % {HUNDREDTH} = {HUNDREDTH // 2}"
        )
    ]
    engine.load("half", {"late": "BIGINT", "hours": "DOUBLE"}, halves)


def _make_findings(engine: Engine, as_of: int) -> None:
    met_sql = "CASE WHEN r.is_sure THEN r.met_at END"
    recorded = "CASE WHEN r.is_sure AND r.met_at IS NOT NULL THEN m.written_at END"
    said_words = f" || {BETWEEN} || ".join(
        ("d.id", "a.source", "a.event_id", "coalesce(s.subject, '')", "CAST(r.number AS VARCHAR)")
    )
    engine.keep(
        "finding",
        f"SELECT r.row, r.line, substr(sha256({said_words}), 1, 16) AS finding, d.id AS duty, r.ref, d.authority, a.case_ref,"
        " coalesce(a.case_source, a.source) AS source, p.person, s.subject, a.area, d.owed_by, w.adopted, r.started_at,"
        f" r.due_at, r.due_on, {met_sql} AS met_at, CASE WHEN r.is_sure THEN r.ended_at END AS ended_at,"
        f" {recorded} AS recorded_at, coalesce({recorded} > r.due_at, FALSE) AS recorded_late, r.state, r.reason,"
        f" coalesce(h.hours, CAST((t.late + {HUNDREDTH // 2}) // {HUNDREDTH} AS DOUBLE) / 100) AS late_by_hours,"
        " v.version AS rule_version, r.number AS occurrence, r.is_doubtful, r.stopped_at, r.duty AS duty_no, r.trigger"
        " FROM row r JOIN row_area a ON a.row = r.row JOIN declared d ON d.duty = r.duty"
        " JOIN ruled v ON v.duty = r.duty AND v.rule = r.rule LEFT JOIN fact m ON m.event = r.met"
        " LEFT JOIN row_adopted w ON w.row = r.row LEFT JOIN row_late t ON t.row = r.row LEFT JOIN half h ON h.late = t.late"
        f" LEFT JOIN person p ON p.person_no = a.person_no LEFT JOIN ({_subjects_select(as_of)}) s ON s.trigger = r.trigger"
        " AND s.person_no = a.person_no",
    )
    engine.forget("by_tie", "untied_trigger", "row_adopted", "row_late", "half")


def _make_evidence(engine: Engine) -> None:
    engine.keep(
        "found_evidence",
        "SELECT e.row, e.role, f.source, f.event_id, f.kind, f.earliest AS happened_at, f.written_at, f.seq"
        " FROM evidence e JOIN fact f ON f.event = e.event",
    )


def _make_told(engine: Engine, shape: Shape, roster: Roster, terms: Terms, as_of: int) -> None:
    rungs = [
        (number, place, ladder_rung.role, timedelta(hours=ladder_rung.hours) // MICROSECOND)
        for number, duty in enumerate(shape.duties)
        for place, ladder_rung in enumerate(duty.ladder)
    ]
    engine.load("rung", {"duty": "INTEGER", "place": "INTEGER", "role": "VARCHAR", "after": "BIGINT"}, rungs)
    roles = {role_name for _, _, role_name, _ in rungs if role_name != SUPERVISOR} | {DETECTIVE_INSPECTOR}
    areas = [area_name for (area_name,) in engine.rows("SELECT DISTINCT area FROM row_area")]
    load_holders(engine, roster, terms.absence_grace, roles, areas)
    load_supervisors(engine, roster)
    absences = engine.rows(f"SELECT DISTINCT trigger, event_id FROM row_area WHERE kind = {sql_text(ABSENCE)}")
    engine.load(
        "absentee",
        {"trigger": "BIGINT", "who": "VARCHAR"},
        [(trigger, plain_number(event_id.split(":")[1])) for trigger, event_id in absences],
    )
    engine.keep(
        "telling",
        "SELECT f.row, g.place, g.role, f.due_at + g.after AS told_at, a.area, a.case_no, coalesce(b.who, a.who) AS who"
        " FROM finding f JOIN rung g ON g.duty = f.duty_no JOIN row_area a ON a.row = f.row"
        " LEFT JOIN absentee b ON b.trigger = f.trigger"
        f" WHERE f.state <> {sql_text(State.CANNOT_TELL)} AND coalesce(f.adopted, TRUE)"
        " AND (f.stopped_at IS NULL OR f.due_at + g.after < f.stopped_at)",
    )
    _keep_told(engine, shape)
    engine.keep("found_told_later", f"SELECT * FROM every_step WHERE told_at > {as_of}")
    engine.keep("found_told", f"SELECT * FROM every_step WHERE told_at <= {as_of}")
    engine.forget("telling", "absentee", "every_step")


def _keep_told(engine: Engine, shape: Shape) -> None:
    named_select = (
        "SELECT row, place, officer FROM (SELECT t.row, t.place, f.officer, row_number() OVER (PARTITION BY t.row, t.place"
        " ORDER BY f.earliest DESC, f.seq DESC) AS n FROM telling t JOIN fact f ON f.case_no = t.case_no"
        f" AND f.kind_no = {shape.kinds[TOLD_BY]} AND f.earliest <= t.told_at AND f.officer <> ''"
        f" WHERE t.role = {sql_text(SUPERVISOR)}) WHERE n = 1"
    )
    inside = "{0}.from_at <= t.told_at AND ({0}.to_at IS NULL OR t.told_at < {0}.to_at)"
    engine.keep(
        "every_step",
        "SELECT t.row, row_number() OVER (PARTITION BY t.row ORDER BY t.told_at, t.place) AS place, t.role,"
        f" CASE WHEN t.role = {sql_text(SUPERVISOR)} THEN coalesce(n.officer, s.person, h.person) ELSE h.person END AS person,"
        f" t.told_at FROM telling t LEFT JOIN holder h ON h.area = t.area AND h.role = CASE WHEN t.role = {sql_text(SUPERVISOR)}"
        f" THEN {sql_text(DETECTIVE_INSPECTOR)} ELSE t.role END AND {inside.format('h')}"
        f" LEFT JOIN supervisor s ON s.officer = t.who AND {inside.format('s')} AND t.role = {sql_text(SUPERVISOR)}"
        f" LEFT JOIN ({named_select}) n ON n.row = t.row AND n.place = t.place",
    )
