"""In SQL: from candidates to findings' rows, all that `duty/chain` and `duty/assess` work out, for all lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from duecare.duty.declaration import Duty
from duecare.duty.engine.chain_starts import drop_starts_outside, starts_beside_absences, starts_by_case
from duecare.duty.engine.chains_sql import Chains
from duecare.duty.engine.duty_groups import DutyShape, TimePlace, group_duties
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.episodes_sql import starts_after_episodes, starts_within_episodes
from duecare.duty.engine.finding_rows import put_readings_together
from duecare.duty.engine.limits_from_facts import can_be_read, make_late, make_said
from duecare.duty.engine.limits_sql import Calendar
from duecare.duty.engine.pauses_sql import make_pauses
from duecare.duty.engine.readings_sql import Packing, make_readings, place_facts
from duecare.duty.engine.rules import Rules
from duecare.duty.engine.standing_sql import make_spans
from duecare.duty.engine.units import day_number, day_of, to_micros
from duecare.vocabulary.ages import attains_age_on


def is_worked_out_here(duty: Duty) -> bool:
    """Whether this duty can be worked out by SQL; the others are the judge's, and are named by the caller."""
    return can_be_read(duty)


def make_rows(engine: Engine, duties: Sequence[Duty], as_of: datetime, *, with_evidence: bool = True) -> None:
    """Make `row`, and `evidence` where it is wanted, of the tables that stand before it.

    Shape:   those are `candidate`, `fact`, `vacancy`, `line`, `case_of`, `cast_of` and `person`; `duties` with what the
             force sets put in, in the order in which `candidate.duty` numbers them.
    """
    now_micros = to_micros(as_of)
    ((first_moment,),) = engine.rows("SELECT min(earliest) FROM fact")
    calendar = Calendar(engine, now_micros if first_moment is None else min(first_moment, now_micros), now_micros)
    rules = Rules(duties, calendar)
    rules.keep(engine)
    make_said(engine, rules)
    make_late(engine, enumerate(duties))
    calendar.close()
    packing = make_readings(engine, rules.sets)
    if rules.youngs:
        _find_young(engine, rules)
    chosen = [manner for manner in group_duties(duties) if _work_out(engine, manner, packing, calendar, now_micros)]
    put_readings_together(engine, chosen, packing, now_micros, with_evidence=with_evidence)


def _work_out(engine: Engine, manner: DutyShape, packing: Packing, calendar: Calendar, now_micros: int) -> bool:
    place_facts(engine, manner, packing, now_micros)
    drop_starts_outside(engine, manner, packing)
    match manner.lies:
        case TimePlace.BY_CASE:
            starts_by_case(engine, manner)
        case TimePlace.WITHIN_EPISODES:
            starts_within_episodes(engine, manner)
        case TimePlace.AFTER_EPISODES:
            starts_after_episodes(engine, manner)
        case TimePlace.BESIDE_ABSENCES:
            starts_beside_absences(engine, manner)
    if manner.stands:
        make_spans(engine, manner, packing, now_micros)
    if manner.pauses:
        make_pauses(engine, manner)
    return Chains(engine, manner, packing, calendar, now_micros).follow()


def _find_young(engine: Engine, rules: Rules) -> None:
    """Make `young(young, line, until_day)`: until when someone in a case, in such roles, may be under such an age.

    Unknown: `until_day` NULL where somebody's date of birth is not known.
    """
    role_bits: dict[str, int] = dict(engine.rows("SELECT role, bit FROM role_of"))
    birth_days = [
        int(birth_day)
        for (birth_day,) in engine.rows("SELECT DISTINCT born_last FROM person WHERE born_last IS NOT NULL")
    ]
    young_ages = sorted({under for _, under in rules.youngs})
    table_rows = [
        (under, birth_day, day_number(attains_age_on(day_of(birth_day), under)))
        for under in young_ages
        for birth_day in birth_days
    ]
    engine.load("grown", {"under": "INTEGER", "born_last": "INTEGER", "day": "INTEGER"}, table_rows)
    asked = [
        (number, under, sum(role_bits[role_name] for role_name in set(roles) if role_name in role_bits))
        for (roles, under), number in rules.youngs.items()
    ]
    engine.load("young_asked", {"young": "INTEGER", "under": "INTEGER", "roles": "BIGINT"}, asked)
    cases = (
        "SELECT line, case_no FROM line WHERE is_case UNION ALL SELECT l.line, i.case_no FROM line l JOIN in_case i"
        " ON i.person_no = l.person_no JOIN case_of c ON c.case_no = i.case_no AND c.is_held WHERE NOT l.is_case"
    )
    engine.keep(
        "young",
        "SELECT a.young, n.line, CASE WHEN count(*) = count(p.born_last) THEN max(g.day) END AS until_day"
        f" FROM ({cases}) n JOIN cast_of c ON c.case_no = n.case_no JOIN young_asked a ON (c.roles & a.roles) <> 0"
        " JOIN person p ON p.person_no = c.person_no LEFT JOIN grown g ON g.under = a.under AND g.born_last = p.born_last"
        " GROUP BY a.young, n.line",
    )
