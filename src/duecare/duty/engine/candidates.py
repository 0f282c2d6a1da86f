"""In SQL: which facts play which part in which duty (start, meet, excuse, end), as `duty/facts` finds them."""

from __future__ import annotations

from collections.abc import Sequence

from duecare.duty.declaration import Unsure, Who
from duecare.duty.engine.conditions_sql import SaidColumns, compiled_conditions, under_age
from duecare.duty.engine.declaration_tables import Fit, Shape
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.facts_sql import FIRST_CLOSING
from duecare.duty.engine.units import day_number, sql_among, sql_text
from duecare.duty.facts import BYSTANDERS, OF_WHOLE_CASE

COLUMNS = "duty, line, part, level, event, counts, reason, place"
UNSURE = "the age is not known"


def make_candidates(
    engine: Engine, shape: Shape, said_answers: dict[str, SaidColumns], earliest_starts: Sequence[tuple[int, int]] = ()
) -> None:
    """Make `line` and `candidate`.

    Shape:   of duties for which `earliest_starts` has a moment (duty, microseconds), only the lines with a start from then on.
    """
    _make_plays(engine, shape)
    _make_fits(engine, shape, said_answers)
    role_bits: dict[str, int] = dict(engine.rows("SELECT role, bit FROM role_of"))
    _make_near(engine, shape, role_bits)
    _make_subjects(engine, shape, role_bits)
    starts = (
        _of_cases(shape, said_answers, starts=True)
        + " UNION ALL "
        + _of_people(shape, said_answers, role_bits, starts=True)
    )
    engine.keep("start_any", starts)
    engine.load("since", {"duty": "INTEGER", "moment": "BIGINT"}, earliest_starts)
    engine.keep(
        "started",
        "SELECT DISTINCT s.duty, s.line FROM start_any s JOIN fact f ON f.event = s.event LEFT JOIN since w"
        " ON w.duty = s.duty WHERE w.moment IS NULL OR f.latest >= w.moment",
    )
    engine.keep("start", "SELECT s.* FROM start_any s SEMI JOIN started d ON d.duty = s.duty AND d.line = s.line")
    closings = [number for number, duty in enumerate(shape.duties) if duty.ended_with_case]
    engine.keep(
        "candidate",
        f"SELECT {COLUMNS} FROM start UNION ALL "
        + _of_cases(shape, said_answers, starts=False)
        + " UNION ALL "
        + _of_people(shape, said_answers, role_bits, starts=False)
        + " UNION ALL "
        + _of_whole_cases()
        + " UNION ALL "
        + _row_closings(closings),
    )
    engine.keep(
        "line",
        "SELECT line, line > 0 AS is_case, CASE WHEN line > 0 THEN line END AS case_no, CASE WHEN line < 0 THEN -line END"
        " AS person_no FROM (SELECT DISTINCT line FROM started)",
    )
    engine.forget(
        "start_any",
        "since",
        "start",
        "near",
        "subject",
        "fits",
        *(fit_table.table for fit_table in said_answers.values()),
    )


def _make_plays(engine: Engine, shape: Shape) -> None:
    of_person = {person_fits.number for person_fits in shape.fits if person_fits.of_person}
    table_rows = [
        (
            duty_part.duty,
            shape.kinds[duty_part.kind],
            duty_part.part,
            duty_part.level,
            duty_part.place,
            -1 if duty_part.fit is None else duty_part.fit,
            duty_part.fit in of_person,
            duty_part.part == "start",
            duty_part.part in OF_WHOLE_CASE,
            shape.is_of_case(duty_part.duty),
            -1 if shape.is_of_case(duty_part.duty) else shape.whoms[shape.duties[duty_part.duty].who],
        )
        for duty_part in shape.plays
    ]
    types = {
        "duty": "INTEGER",
        "kind_no": "INTEGER",
        "part": "VARCHAR",
        "level": "INTEGER",
        "place": "BIGINT",
        "fit": "INTEGER",
        "of_person": "BOOLEAN",
        "is_start": "BOOLEAN",
        "is_whole": "BOOLEAN",
        "is_case": "BOOLEAN",
        "whom": "INTEGER",
    }
    engine.load("play", types, table_rows)


def _make_fits(engine: Engine, shape: Shape, said_answers: dict[str, SaidColumns]) -> None:
    """The facts whose conditions are met, or cannot be determined, where the conditions are not about the subject."""
    fit_selects = [
        _fit_select(each_fit, said_answers[each_fit.kind], "", "", has_person=False)
        for each_fit in shape.fits
        if not each_fit.of_person
    ]
    nothing = (
        "SELECT 0 AS fit, event, CAST(NULL AS BOOLEAN) AS counts, CAST(NULL AS VARCHAR) AS reason FROM fact WHERE FALSE"
    )
    engine.keep("fits", " UNION ALL ".join(fit_selects or [nothing]))


def _fit_select(fit_part: Fit, said_answers: SaidColumns, columns: str, joins: str, *, has_person: bool) -> str:
    fit_sql = compiled_conditions(fit_part.where, said_answers, has_person=has_person)
    return (
        f"SELECT {fit_part.number} AS fit, l.event{columns}, {fit_sql.holds} AS counts, CASE WHEN "
        f"{fit_sql.holds} IS NULL THEN {fit_sql.why}"
        f" END AS reason FROM {said_answers.table} l{joins} WHERE coalesce({fit_sql.holds}, TRUE)"
    )


def _of_cases(shape: Shape, said_answers: dict[str, SaidColumns], *, starts: bool) -> str:
    """The parts that a case's facts play in the duties owed in it."""
    wanted_parts = f"p.is_case AND p.is_start = {starts}"
    joined = "" if starts else " SEMI JOIN started s ON s.duty = p.duty AND s.line = f.case_no"
    case_selects = [
        (
            "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason,"
            f" p.place FROM fact f JOIN play p ON p.kind_no = f.kind_no AND {wanted_parts} AND p.fit = -1{joined}"
            " WHERE f.case_no IS NOT NULL AND NOT f.is_row"
        ),
        (
            "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, x.counts, x.reason, p.place FROM fits x"
            f" JOIN play p ON p.fit = x.fit AND {wanted_parts} JOIN fact f ON f.event = x.event{joined}"
            " WHERE f.case_no IS NOT NULL"
        ),
    ]
    for fit_part in shape.fits:
        if fit_part.of_person:
            inner = _fit_select(fit_part, said_answers[fit_part.kind], ", l.case_no", "", has_person=False)
            case_selects.append(
                "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, f.counts, f.reason, p.place FROM"
                f" ({inner}) f JOIN play p ON p.fit = f.fit AND {wanted_parts}{joined} WHERE f.case_no IS NOT NULL"
            )
    return " UNION ALL ".join(case_selects)


def _make_near(engine: Engine, shape: Shape, role_bits: dict[str, int]) -> None:
    """The people a fact that names nobody may concern, by its case: all of them, for each way a duty is owed."""
    engine.keep(
        "untied",
        "SELECT f.event, f.case_no, f.kind_no, f.day FROM fact f ANTI JOIN tied t ON t.event = f.event"
        " WHERE f.case_no IS NOT NULL AND NOT f.is_row",
    )
    near_selects = []
    for whom_key, number in shape.whoms.items():
        holds = _is_subject(whom_key, role_bits, "c.roles", "u.day")
        near_selects.append(
            f"SELECT {number} AS whom, u.event, u.kind_no, u.case_no, c.person_no, {holds} AS counts FROM untied u"
            f" JOIN cast_of c ON c.case_no = u.case_no JOIN person p ON p.person_no = c.person_no WHERE coalesce({holds}, TRUE)"
        )
    nothing = (
        "SELECT 0 AS whom, event, kind_no, case_no, case_no AS person_no, CAST(NULL AS BOOLEAN) AS counts FROM untied"
        " WHERE FALSE"
    )
    many_words = sql_text(" names nobody, and its case has several it may concern")
    engine.keep(
        "near",
        "SELECT n.whom, n.event, n.kind_no, n.person_no, CASE WHEN n.several > 1 THEN NULL ELSE n.counts END AS counts,"
        f" CASE WHEN n.several > 1 THEN k.kind || {many_words} WHEN n.counts IS NULL THEN {sql_text(UNSURE)} END AS reason FROM"
        " (SELECT m.*, count(*) OVER (PARTITION BY m.whom, m.event) AS several"
        f" FROM ({' UNION ALL '.join(near_selects or [nothing])}) m) n JOIN kind_of k ON k.kind_no = n.kind_no",
    )
    engine.forget("untied")


def _make_subjects(engine: Engine, shape: Shape, role_bits: dict[str, int]) -> None:
    """The people named by a starting fact to whom, or about whom, a duty is owed, for each way it is owed."""
    subject_selects = []
    for whom_key, number in shape.whoms.items():
        kinds = [
            shape.kinds[duty_part.kind]
            for duty_part in shape.plays
            if duty_part.part == "start"
            and not shape.is_of_case(duty_part.duty)
            and shape.duties[duty_part.duty].who == whom_key
        ]
        holds = _is_subject(whom_key, role_bits, "t.roles", "f.day")
        subject_selects.append(
            f"SELECT {number} AS whom, t.event, t.kind_no, t.person_no, {holds} AS counts, CASE WHEN {holds} IS NULL THEN"
            f" {sql_text(UNSURE)} END AS reason FROM tied t JOIN fact f ON f.event = t.event JOIN person p"
            f" ON p.person_no = t.person_no WHERE t.kind_no IN ({sql_among(kinds)}) AND coalesce({holds}, TRUE)"
        )
    nothing = (
        "SELECT 0 AS whom, event, kind_no, person_no, CAST(NULL AS BOOLEAN) AS counts, CAST(NULL AS VARCHAR) AS reason"
        " FROM tied WHERE FALSE"
    )
    engine.keep("subject", " UNION ALL ".join(subject_selects or [nothing]))


def _is_subject(whom_orders: tuple[Who, ...], whom_parts: dict[str, int], roles: str, day_sql: str) -> str:
    yes_sql, unsure = [], []
    for who_part in whom_orders:
        plays = f"({roles} & {whom_parts.get(who_part.role, 0)}) <> 0"
        if who_part.in_force.first is not None:
            plays += f" AND {day_sql} >= {day_number(who_part.in_force.first)}"
        if who_part.in_force.last is not None:
            plays += f" AND {day_sql} <= {day_number(who_part.in_force.last)}"
        if who_part.under is None:
            yes_sql.append(f"({plays})")
            continue
        young = under_age("p", who_part.under, day_sql)
        if who_part.unsure is Unsure.COUNTS:
            yes_sql.append(f"({plays} AND coalesce({young}, TRUE))")
        else:
            yes_sql.append(f"({plays} AND coalesce({young}, FALSE))")
            unsure.append(f"({plays} AND ({young}) IS NULL)")
    yes_case = f"CASE WHEN {' OR '.join(yes_sql) or 'FALSE'} THEN TRUE"
    if unsure:
        yes_case += f" WHEN {' OR '.join(unsure)} THEN NULL"
    return yes_case + " ELSE FALSE END"


def _of_people(shape: Shape, said_answers: dict[str, SaidColumns], role_bits: dict[str, int], *, starts: bool) -> str:
    """The parts that facts play in the duties owed to, or about, a person."""
    joined = "" if starts else " SEMI JOIN started s ON s.duty = p.duty AND s.line = -t.person_no"
    wanted_parts = f"NOT p.is_case AND p.is_start = {starts} AND NOT p.is_whole"
    bystanders = sum(role_bits.get(role_name, 0) for role_name in BYSTANDERS)
    if starts:
        subject_select = "SELECT whom, event, kind_no, person_no, counts, reason FROM subject"
        whom_clause = "AND p.whom = t.whom"
    else:
        subject_select = (
            "SELECT -1 AS whom, event, kind_no, person_no, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason FROM tied"
            f" WHERE (roles & ~{bystanders}) <> 0 AND kind_no IS NOT NULL"
        )
        whom_clause = "AND (t.whom = -1 OR p.whom = t.whom)"
    theirs = f"({subject_select} UNION ALL SELECT whom, event, kind_no, person_no, counts, reason FROM near) t"
    both_sql = "t.counts AND x.counts AS counts, CASE WHEN t.counts IS NULL THEN t.reason ELSE x.reason END AS reason"
    people_selects = [
        (
            "SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, t.counts, t.reason, p.place FROM"
            f" {theirs} JOIN play p ON p.kind_no = t.kind_no {whom_clause} AND {wanted_parts} AND p.fit = -1{joined}"
        ),
        (
            f"SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, {both_sql}, p.place FROM {theirs}"
            f" JOIN play p ON p.kind_no = t.kind_no {whom_clause} AND {wanted_parts} AND p.fit <> -1 AND NOT p.of_person{joined}"
            " JOIN fits x ON x.fit = p.fit AND x.event = t.event"
        ),
    ]
    for fit_part in shape.fits:
        if fit_part.of_person:
            inner = _fit_select(
                fit_part,
                said_answers[fit_part.kind],
                ", p.person_no",
                " JOIN (SELECT event, person_no FROM tied UNION SELECT event, person_no FROM near) w ON w.event = l.event"
                " JOIN person p ON p.person_no = w.person_no",
                has_person=True,
            )
            people_selects.append(
                f"SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, {both_sql}, p.place FROM {theirs}"
                f" JOIN play p ON p.fit = {fit_part.number} AND p.kind_no = t.kind_no {whom_clause} AND {wanted_parts}{joined}"
                f" JOIN ({inner}) x ON x.event = t.event AND x.person_no = t.person_no"
            )
    return " UNION ALL ".join(people_selects)


def _of_whole_cases() -> str:
    """Closings and reopenings of every case a person is tied in are that person's, whoever they name."""
    whole_select = (
        "TRUE AS counts, CAST(NULL AS VARCHAR) AS reason, p.place FROM started s JOIN play p ON p.duty = s.duty"
    )
    return (
        f"SELECT p.duty, s.line, p.part, p.level, f.event, {whole_select} AND p.is_whole AND NOT p.is_case"
        " JOIN in_case i ON i.person_no = -s.line JOIN fact f ON f.case_no = i.case_no AND f.kind_no = p.kind_no"
        f" AND NOT f.is_row UNION ALL SELECT p.duty, s.line, p.part, p.level, t.event, {whole_select} "
        f"AND p.is_whole AND NOT p.is_case"
        " JOIN tied t ON t.person_no = -s.line AND t.kind_no = p.kind_no AND t.case_no IS NULL JOIN fact f ON f.event = t.event"
    )


def _row_closings(duties: list[int]) -> str:
    """The closings known only from the rows of cases, for the cases in which something starts."""
    return (
        "SELECT b.duty, b.line, 'row_closed' AS part, 0 AS level, f.event, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason,"
        f" {FIRST_CLOSING} + f.case_no AS place FROM (SELECT DISTINCT s.duty, s.line, f.case_no FROM start s JOIN fact f"
        f" ON f.event = s.event WHERE s.duty IN ({sql_among(duties)})) b JOIN fact f ON f.case_no = b.case_no AND f.is_row"
    )
