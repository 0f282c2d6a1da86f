"""Which facts play which part in which duty, on which timeline: what `duty/facts.candidates` finds, for all at once."""

from __future__ import annotations

from collections.abc import Sequence

from duecare.duty.declaration import Unsure, Who
from duecare.duty.engine.conditions import Said, compiled, under
from duecare.duty.engine.facts import FIRST_CLOSING
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.shape import Fit, Shape
from duecare.duty.engine.units import among, day_number, text
from duecare.duty.facts import BYSTANDERS, OF_WHOLE_CASE

COLUMNS = "duty, line, part, level, event, counts, reason, place"
UNSURE = "the age is not known"


def make_candidates(
    engine: Engine, shape: Shape, said: dict[str, Said], begins_from: Sequence[tuple[int, int]] = ()
) -> None:
    """Make `line` and `candidate`.

    Shape:   of duties for which `begins_from` has a moment (duty, microseconds), only the lines with a start from then on.
    """
    _plays(engine, shape)
    _fits(engine, shape, said)
    bits: dict[str, int] = dict(engine.rows("SELECT role, bit FROM role_of"))
    _near(engine, shape, bits)
    _subjects(engine, shape, bits)
    starts = _of_cases(shape, said, starts=True) + " UNION ALL " + _of_people(shape, said, bits, starts=True)
    engine.keep("start_any", starts)
    engine.load("since", {"duty": "INTEGER", "moment": "BIGINT"}, begins_from)
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
        + _of_cases(shape, said, starts=False)
        + " UNION ALL "
        + _of_people(shape, said, bits, starts=False)
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
    engine.forget("start_any", "since", "start", "near", "subject", "fits", *(one.table for one in said.values()))


def _plays(engine: Engine, shape: Shape) -> None:
    of_person = {fit.number for fit in shape.fits if fit.of_person}
    rows = [
        (
            play.duty,
            shape.kinds[play.kind],
            play.part,
            play.level,
            play.place,
            -1 if play.fit is None else play.fit,
            play.fit in of_person,
            play.part == "start",
            play.part in OF_WHOLE_CASE,
            shape.is_of_case(play.duty),
            -1 if shape.is_of_case(play.duty) else shape.whoms[shape.duties[play.duty].who],
        )
        for play in shape.plays
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
    engine.load("play", types, rows)


def _fits(engine: Engine, shape: Shape, said: dict[str, Said]) -> None:
    """The facts of which conditions hold, or cannot be told, where they ask nothing of the subject."""
    found = [_fit(fit, said[fit.kind], "", "", has_person=False) for fit in shape.fits if not fit.of_person]
    nothing = (
        "SELECT 0 AS fit, event, CAST(NULL AS BOOLEAN) AS counts, CAST(NULL AS VARCHAR) AS reason FROM fact WHERE FALSE"
    )
    engine.keep("fits", " UNION ALL ".join(found or [nothing]))


def _fit(fit: Fit, said: Said, columns: str, joins: str, *, has_person: bool) -> str:
    sql = compiled(fit.where, said, has_person=has_person)
    return (
        f"SELECT {fit.number} AS fit, l.event{columns}, {sql.holds} AS counts, CASE WHEN {sql.holds} IS NULL THEN {sql.why}"
        f" END AS reason FROM {said.table} l{joins} WHERE coalesce({sql.holds}, TRUE)"
    )


def _of_cases(shape: Shape, said: dict[str, Said], *, starts: bool) -> str:
    """The parts that a case's facts play in the duties owed in it."""
    wanted = f"p.is_case AND p.is_start = {starts}"
    joined = "" if starts else " SEMI JOIN started s ON s.duty = p.duty AND s.line = f.case_no"
    found = [
        (
            "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason,"
            f" p.place FROM fact f JOIN play p ON p.kind_no = f.kind_no AND {wanted} AND p.fit = -1{joined}"
            " WHERE f.case_no IS NOT NULL AND NOT f.is_row"
        ),
        (
            "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, x.counts, x.reason, p.place FROM fits x"
            f" JOIN play p ON p.fit = x.fit AND {wanted} JOIN fact f ON f.event = x.event{joined}"
            " WHERE f.case_no IS NOT NULL"
        ),
    ]
    for fit in shape.fits:
        if fit.of_person:
            inner = _fit(fit, said[fit.kind], ", l.case_no", "", has_person=False)
            found.append(
                "SELECT p.duty, f.case_no AS line, p.part, p.level, f.event, f.counts, f.reason, p.place FROM"
                f" ({inner}) f JOIN play p ON p.fit = f.fit AND {wanted}{joined} WHERE f.case_no IS NOT NULL"
            )
    return " UNION ALL ".join(found)


def _near(engine: Engine, shape: Shape, bits: dict[str, int]) -> None:
    """Whom a fact that names nobody may concern, by the people in its case: all of them, and each way a duty is owed."""
    engine.keep(
        "untied",
        "SELECT f.event, f.case_no, f.kind_no, f.day FROM fact f ANTI JOIN tied t ON t.event = f.event"
        " WHERE f.case_no IS NOT NULL AND NOT f.is_row",
    )
    found = []
    for whom, number in shape.whoms.items():
        holds = _is_subject(whom, bits, "c.roles", "u.day")
        found.append(
            f"SELECT {number} AS whom, u.event, u.kind_no, u.case_no, c.person_no, {holds} AS counts FROM untied u"
            f" JOIN cast_of c ON c.case_no = u.case_no JOIN person p ON p.person_no = c.person_no WHERE coalesce({holds}, TRUE)"
        )
    nothing = (
        "SELECT 0 AS whom, event, kind_no, case_no, case_no AS person_no, CAST(NULL AS BOOLEAN) AS counts FROM untied"
        " WHERE FALSE"
    )
    many = text(" names nobody, and its case has several it may concern")
    engine.keep(
        "near",
        "SELECT n.whom, n.event, n.kind_no, n.person_no, CASE WHEN n.several > 1 THEN NULL ELSE n.counts END AS counts,"
        f" CASE WHEN n.several > 1 THEN k.kind || {many} WHEN n.counts IS NULL THEN {text(UNSURE)} END AS reason FROM"
        " (SELECT m.*, count(*) OVER (PARTITION BY m.whom, m.event) AS several"
        f" FROM ({' UNION ALL '.join(found or [nothing])}) m) n JOIN kind_of k ON k.kind_no = n.kind_no",
    )
    engine.forget("untied")


def _subjects(engine: Engine, shape: Shape, bits: dict[str, int]) -> None:
    """Those named by a starting fact to whom, or about whom, a duty is owed, each way it is owed."""
    found = []
    for whom, number in shape.whoms.items():
        kinds = [
            shape.kinds[play.kind]
            for play in shape.plays
            if play.part == "start" and not shape.is_of_case(play.duty) and shape.duties[play.duty].who == whom
        ]
        holds = _is_subject(whom, bits, "t.roles", "f.day")
        found.append(
            f"SELECT {number} AS whom, t.event, t.kind_no, t.person_no, {holds} AS counts, CASE WHEN {holds} IS NULL THEN"
            f" {text(UNSURE)} END AS reason FROM tied t JOIN fact f ON f.event = t.event JOIN person p"
            f" ON p.person_no = t.person_no WHERE t.kind_no IN ({among(kinds)}) AND coalesce({holds}, TRUE)"
        )
    nothing = (
        "SELECT 0 AS whom, event, kind_no, person_no, CAST(NULL AS BOOLEAN) AS counts, CAST(NULL AS VARCHAR) AS reason"
        " FROM tied WHERE FALSE"
    )
    engine.keep("subject", " UNION ALL ".join(found or [nothing]))


def _is_subject(whom: tuple[Who, ...], bits: dict[str, int], roles: str, day: str) -> str:
    yes, unsure = [], []
    for who in whom:
        plays = f"({roles} & {bits.get(who.role, 0)}) <> 0"
        if who.in_force.first is not None:
            plays += f" AND {day} >= {day_number(who.in_force.first)}"
        if who.in_force.last is not None:
            plays += f" AND {day} <= {day_number(who.in_force.last)}"
        if who.under is None:
            yes.append(f"({plays})")
            continue
        young = under("p", who.under, day)
        if who.unsure is Unsure.COUNTS:
            yes.append(f"({plays} AND coalesce({young}, TRUE))")
        else:
            yes.append(f"({plays} AND coalesce({young}, FALSE))")
            unsure.append(f"({plays} AND ({young}) IS NULL)")
    said = f"CASE WHEN {' OR '.join(yes) or 'FALSE'} THEN TRUE"
    if unsure:
        said += f" WHEN {' OR '.join(unsure)} THEN NULL"
    return said + " ELSE FALSE END"


def _of_people(shape: Shape, said: dict[str, Said], bits: dict[str, int], *, starts: bool) -> str:
    """The parts that facts play in the duties owed to, or about, a person."""
    joined = "" if starts else " SEMI JOIN started s ON s.duty = p.duty AND s.line = -t.person_no"
    wanted = f"NOT p.is_case AND p.is_start = {starts} AND NOT p.is_whole"
    bystanders = sum(bits.get(role, 0) for role in BYSTANDERS)
    if starts:
        named = "SELECT whom, event, kind_no, person_no, counts, reason FROM subject"
        on = "AND p.whom = t.whom"
    else:
        named = (
            "SELECT -1 AS whom, event, kind_no, person_no, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason FROM tied"
            f" WHERE (roles & ~{bystanders}) <> 0 AND kind_no IS NOT NULL"
        )
        on = "AND (t.whom = -1 OR p.whom = t.whom)"
    theirs = f"({named} UNION ALL SELECT whom, event, kind_no, person_no, counts, reason FROM near) t"
    both = "t.counts AND x.counts AS counts, CASE WHEN t.counts IS NULL THEN t.reason ELSE x.reason END AS reason"
    found = [
        (
            "SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, t.counts, t.reason, p.place FROM"
            f" {theirs} JOIN play p ON p.kind_no = t.kind_no {on} AND {wanted} AND p.fit = -1{joined}"
        ),
        (
            f"SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, {both}, p.place FROM {theirs}"
            f" JOIN play p ON p.kind_no = t.kind_no {on} AND {wanted} AND p.fit <> -1 AND NOT p.of_person{joined}"
            " JOIN fits x ON x.fit = p.fit AND x.event = t.event"
        ),
    ]
    for fit in shape.fits:
        if fit.of_person:
            inner = _fit(
                fit,
                said[fit.kind],
                ", p.person_no",
                " JOIN (SELECT event, person_no FROM tied UNION SELECT event, person_no FROM near) w ON w.event = l.event"
                " JOIN person p ON p.person_no = w.person_no",
                has_person=True,
            )
            found.append(
                f"SELECT p.duty, -t.person_no AS line, p.part, p.level, t.event, {both}, p.place FROM {theirs}"
                f" JOIN play p ON p.fit = {fit.number} AND p.kind_no = t.kind_no {on} AND {wanted}{joined}"
                f" JOIN ({inner}) x ON x.event = t.event AND x.person_no = t.person_no"
            )
    return " UNION ALL ".join(found)


def _of_whole_cases() -> str:
    """Closings and reopenings of every case a person is tied in are that person's, whoever they name."""
    said = "TRUE AS counts, CAST(NULL AS VARCHAR) AS reason, p.place FROM started s JOIN play p ON p.duty = s.duty"
    return (
        f"SELECT p.duty, s.line, p.part, p.level, f.event, {said} AND p.is_whole AND NOT p.is_case"
        " JOIN in_case i ON i.person_no = -s.line JOIN fact f ON f.case_no = i.case_no AND f.kind_no = p.kind_no"
        f" AND NOT f.is_row UNION ALL SELECT p.duty, s.line, p.part, p.level, t.event, {said} AND p.is_whole AND NOT p.is_case"
        " JOIN tied t ON t.person_no = -s.line AND t.kind_no = p.kind_no AND t.case_no IS NULL JOIN fact f ON f.event = t.event"
    )


def _row_closings(duties: list[int]) -> str:
    """The closings that only the rows of cases tell, of the cases in which something starts."""
    return (
        "SELECT b.duty, b.line, 'row_closed' AS part, 0 AS level, f.event, TRUE AS counts, CAST(NULL AS VARCHAR) AS reason,"
        f" {FIRST_CLOSING} + f.case_no AS place FROM (SELECT DISTINCT s.duty, s.line, f.case_no FROM start s JOIN fact f"
        f" ON f.event = s.event WHERE s.duty IN ({among(duties)})) b JOIN fact f ON f.case_no = b.case_no AND f.is_row"
    )
