"""What the engine finds of facts and their parts is what the judge finds, on whatever is made up."""

from __future__ import annotations

from hypothesis import given
from tests.made.on_engine import duck, give
from tests.made.timelines import Scene, policy
from tests.made.worlds import moments, scenes

from duecare.duty.declaration import Scope
from duecare.duty.engine.candidates import make_candidates
from duecare.duty.engine.conditions_sql import answer_leaves, needed_accreditations
from duecare.duty.engine.declaration_tables import Shape
from duecare.duty.engine.facts_sql import make_facts
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.roster_tables import load_lacking
from duecare.duty.engine.units import to_micros
from duecare.duty.facts import Cast, duty_parts, find_candidates
from duecare.duty.roster import Roster
from duecare.rulebook.all_duties import all_duties
from duecare.timeline.timelines import CaseTimeline
from duecare.timeline.weave import weave_case, weave_person


def on_engine(made: Scene, chosen, as_of):
    """The candidates by the engine: (duty, timeline, its candidates in the judge's order)."""
    engine, shape = duck(), Shape(chosen)
    give(engine, made)
    roster = Roster(tuple(made.officers), tuple(made.posts))
    prepare_tables(engine, roster)
    make_facts(engine, shape, to_micros(as_of), roster, policy().absence_grace)
    load_lacking(engine, roster, needed_accreditations(shape))
    make_candidates(engine, shape, answer_leaves(engine, shape))
    rows = engine.rows(
        "SELECT c.duty, coalesce(k.case_source || '/' || k.case_ref, p.person), c.part, c.level, f.source, f.event_id,"
        " c.counts, c.reason FROM candidate c JOIN line USING (line) LEFT JOIN fact f USING (event)"
        " LEFT JOIN case_of k ON k.case_no = line.case_no LEFT JOIN person p ON p.person_no = line.person_no"
        " ORDER BY c.duty, c.line, CASE WHEN c.place >= 1000 THEN c.place ELSE 0 END, f.earliest, f.seq, c.place"
    )
    found: dict[tuple[int, str], list[tuple[object, ...]]] = {}
    for duty, line, *rest in rows:
        found.setdefault((duty, line), []).append(tuple(rest))
    return found


def by_judge(made: Scene, chosen, as_of):
    """The same by the judge."""
    found = {}
    for name, timeline, roster in timelines(made):
        cast = Cast(timeline, as_of)
        for number, duty in enumerate(chosen):
            if (duty.scope is Scope.CASE) is not isinstance(timeline, CaseTimeline):
                continue
            mine = find_candidates(timeline, duty, duty_parts(duty), cast, as_of, roster)
            if any(one.part == "start" for one in mine):
                found[(number, name)] = [
                    (c.part, c.level, c.event.source, c.event.event_id, c.counts, c.reason or None) for c in mine
                ]
    return found


def timelines(made: Scene):
    """Every timeline of the scene, with a name."""
    roster = Roster(tuple(made.officers), tuple(made.posts))
    for key in sorted({event.case for event in made.events if event.case}):
        events = [event for event in made.events if event.case == key]
        yield "/".join(key), weave_case(key, made.cases.get(key), events, made.persons, made.whose), roster
    people: dict[str, set] = {}
    for record in {tie.record for event in made.events for tie in event.ties}:
        people.setdefault(made.whose.get(record, str(record)), set()).add(record)
    for person, records in sorted(people.items()):
        mine = {e.case for e in made.events if e.case and any(tie.record in records for tie in e.ties)}
        events = [e for e in made.events if e.case in mine or any(tie.record in records for tie in e.ties)]
        cases = dict(sorted(made.cases.items()))
        yield person, weave_person(person, records, events, cases, made.persons, made.whose), roster


@given(scenes(), moments)
def test_the_parts_that_facts_play_are_those_the_judge_finds(made, as_of):
    assert on_engine(made, all_duties(), as_of) == by_judge(made, all_duties(), as_of)
