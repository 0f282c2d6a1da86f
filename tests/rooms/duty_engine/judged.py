"""Rows as the judge finds them and as the engine does, in one form, so that the two can be held against each other."""

from __future__ import annotations

from functools import cache

from tests.made.on_engine import duck, give
from tests.made.timelines import Scene, policy

from duecare.duty.assess import _Judged
from duecare.duty.declaration import Scope
from duecare.duty.engine.candidates import make_candidates
from duecare.duty.engine.conditions_sql import answer_leaves, needed_accreditations
from duecare.duty.engine.declaration_tables import Shape
from duecare.duty.engine.facts_sql import make_facts
from duecare.duty.engine.occurrences_sql import is_worked_out_here, make_rows
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.roster_tables import load_lacking
from duecare.duty.engine.units import day_number, to_micros
from duecare.duty.facts import Cast
from duecare.duty.roster import Roster
from duecare.rulebook.all_duties import all_duties
from duecare.timeline.timelines import CaseTimeline
from duecare.timeline.weave import weave_case, weave_person

NAMES = [
    "duty",
    "line",
    "trigger",
    "number",
    "started_at",
    "rule",
    "ref",
    "due_at",
    "due_on",
    "met",
    "met_at",
    "excused",
    "ended",
    "ended_at",
    "stopped_at",
    "state",
    "reason",
    "is_sure",
    "evidence",
]


@cache
def catalogue():
    return tuple(all_duties())


class Rows(_Judged):
    """The judge, stopped before it says a finding: what it would say it of."""

    def _say(self, row, state, reason, rows, *, is_doubtful):
        evidence = set()
        for one in rows:
            told = [("started", one.dated), ("started", one.trigger), ("met", one.met), ("excused", one.excused)]
            told += [("attempted", fact) for fact in one.attempted] + [("paused", fact) for fact in one.paused]
            told.append(("ended", one.ended.fact if one.ended else None))
            evidence |= {(role, f.source, f.event_id) for role, f in told if f is not None}
        ended = row.ended
        return (
            name_of(row.trigger),
            row.number,
            to_micros(row.started_at),
            self.duty.rules.index(row.rule),
            row.ref,
            row.due_at and to_micros(row.due_at),
            row.due_on and day_number(row.due_on),
            name_of(row.met) if row.met_at else None,
            row.met_at and to_micros(row.met_at),
            name_of(row.excused),
            name_of(ended.fact) if ended else None,
            to_micros(ended.at) if ended else None,
            row.stopped_at and to_micros(row.stopped_at),
            str(state),
            reason,
            len(rows) == 1,
            frozenset(evidence),
        )


def name_of(fact):
    return None if fact is None else f"{fact.source}/{fact.event_id}"


def timelines(made: Scene, roster: Roster):
    for key in sorted({event.case for event in made.events if event.case}):
        events = [event for event in made.events if event.case == key]
        yield f"{key.source}/{key.case_ref}", weave_case(key, made.cases.get(key), events, made.persons, made.whose)
    tied = {tie.record for event in made.events for tie in event.ties}
    people: dict[str, set] = {}
    for record in tied:
        people.setdefault(made.whose.get(record, str(record)), set()).add(record)
    for person, records in sorted(people.items()):
        mine = {e.case for e in made.events if e.case and any(tie.record in records for tie in e.ties)}
        events = [e for e in made.events if e.case in mine or any(tie.record in records for tie in e.ties)]
        cases = {key: case for key, case in made.cases.items() if key in mine}
        yield person, weave_person(person, records, events, cases, made.persons, made.whose)


def by_judge(made: Scene, chosen, as_of, terms=None):
    """Every row that the judge finds."""
    terms = terms or policy()
    roster = Roster(tuple(made.officers), tuple(made.posts))
    found = set()
    for name, timeline in timelines(made, roster):
        cast = Cast(timeline, as_of)
        for number, duty in enumerate(chosen):
            if (duty.scope is Scope.CASE) is isinstance(timeline, CaseTimeline):
                for row in Rows(timeline, terms.applied(duty), cast, roster, as_of, terms).findings():
                    found.add((number, name, *row))
    return found


def by_engine(made: Scene, chosen, as_of, terms=None):
    """Every row that the engine finds."""
    terms = terms or policy()
    chosen = tuple(map(terms.applied, chosen))
    engine, shape = duck(), Shape(chosen)
    give(engine, made)
    roster = Roster(tuple(made.officers), tuple(made.posts))
    prepare_tables(engine, roster)
    make_facts(engine, shape, to_micros(as_of), roster, terms.absence_grace)
    load_lacking(engine, roster, needed_accreditations(shape))
    make_candidates(engine, shape, answer_leaves(engine, shape))
    make_rows(engine, chosen, as_of)
    named = {event: f"{source}/{key}" for event, source, key in engine.rows("SELECT event, source, event_id FROM fact")}
    evidence: dict[int, set] = {}
    for row, role, source, key in engine.rows(
        "SELECT e.row, e.role, f.source, f.event_id FROM evidence e JOIN fact f USING (event)"
    ):
        evidence.setdefault(row, set()).add((role, source, key))
    rows = engine.rows(
        "SELECT r.row, r.duty, coalesce(k.case_source || '/' || k.case_ref, p.person), r.trigger, r.number, r.started_at,"
        " r.rule, r.ref, r.due_at, r.due_on, r.met, r.met_at, r.excused, r.ended, r.ended_at, r.stopped_at, r.state,"
        " r.reason, r.is_sure FROM row r JOIN line l USING (line) LEFT JOIN case_of k ON k.case_no = l.case_no"
        " LEFT JOIN person p ON p.person_no = l.person_no"
    )
    found = set()
    for row, duty, line, trigger, number, started, rule, ref, due, on, met, met_at, excused, ended, *rest in rows:
        events = [None if one is None else named[one] for one in (trigger, met, excused, ended)]
        told = frozenset(evidence[row])
        found.add(
            (duty, line, events[0], number, started, rule, ref, due, on, events[1], met_at, *events[2:], *rest, told)
        )
    return found


def hold(made: Scene, chosen, as_of, terms=None):
    """The two are alike, row for row; else say where they part."""
    kinds = {event.kind for event in made.events}
    begins = (duty for duty in chosen if any(fact.kind in kinds for level in duty.starts for fact in level))
    chosen = tuple(filter(is_worked_out_here, begins))
    judge, engine = by_judge(made, chosen, as_of, terms), by_engine(made, chosen, as_of, terms)
    if judge == engine:
        return
    said = []
    for title, rows in (("only the judge", judge - engine), ("only the engine", engine - judge)):
        said += [
            f"{title}: {chosen[row[0]].id} {dict(zip(NAMES[1:], row[1:], strict=True))}"
            for row in sorted(rows, key=str)
        ]
    raise AssertionError("\n".join(said))
