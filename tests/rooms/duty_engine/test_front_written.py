"""Of rows that the judge worked out, the engine writes the findings that the judge writes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made.on_engine import duck, give
from tests.made.timelines import policy
from tests.made.worlds import START, moments, scenes
from tests.rooms.duty_engine.test_front import timelines

from duecare.duty import assess as judge
from duecare.duty.declaration import Scope
from duecare.duty.engine.candidates import make_candidates
from duecare.duty.engine.conditions_sql import answer_leaves, needed_accreditations
from duecare.duty.engine.declaration_tables import Shape
from duecare.duty.engine.facts_sql import make_facts
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.finding_writer import write_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.roster_tables import load_lacking
from duecare.duty.engine.units import day_number, to_micros
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, CaseRecord, OfficerRecord, PostRecord
from duecare.rulebook.all_duties import all_duties
from duecare.timeline.timelines import CaseTimeline

ROW = {
    "row": "BIGINT",
    "duty": "INTEGER",
    "line": "BIGINT",
    "trigger": "BIGINT",
    "number": "INTEGER",
    "started_at": "BIGINT",
    "rule": "INTEGER",
    "ref": "VARCHAR",
    "due_at": "BIGINT",
    "due_on": "INTEGER",
    "met": "BIGINT",
    "met_at": "BIGINT",
    "ended_at": "BIGINT",
    "stopped_at": "BIGINT",
    "state": "VARCHAR",
    "reason": "VARCHAR",
    "is_sure": "BOOLEAN",
    "is_doubtful": "BOOLEAN",
}


@contextmanager
def overheard():
    """What the judge says of every row, kept as it says it."""
    heard, say = [], judge._Judged._say

    def aloud(self, row, state, reason, rows, *, is_doubtful):
        heard.append((self.timeline, self.duty, row, state, reason, rows, is_doubtful))
        return say(self, row, state, reason, rows, is_doubtful=is_doubtful)

    judge._Judged._say = aloud
    try:
        yield heard
    finally:
        judge._Judged._say = say


def both(made, as_of):
    """The findings by the judge, and as the engine writes them of the judge's rows."""
    chosen = tuple(map(policy().applied, all_duties()))
    engine, shape = duck(), Shape(chosen)
    give(engine, made)
    roster = Roster(tuple(made.officers), tuple(made.posts))
    wanted = []
    with overheard() as heard:
        for _, timeline, _ in timelines(made):
            mine = [d for d in chosen if (d.scope is Scope.CASE) is isinstance(timeline, CaseTimeline)]
            wanted.extend(judge.assess_duties(timeline, mine, roster, as_of, policy()))
    prepare_tables(engine, roster)
    make_facts(engine, shape, to_micros(as_of), roster, policy().absence_grace)
    load_lacking(engine, roster, needed_accreditations(shape))
    make_candidates(engine, shape, answer_leaves(engine, shape))
    load(engine, chosen, heard)
    write_findings(engine, shape, roster, policy(), to_micros(as_of))
    return sorted(wanted, key=str), sorted(stream_findings(engine), key=str)


def load(engine, chosen, heard):
    """The judge's rows as the engine's tables."""
    events = {(s, e): n for n, s, e in engine.rows("SELECT event, source, event_id FROM fact")}
    lines = dict(engine.rows("SELECT person, -person_no FROM person"))
    lines |= {CaseKey(s, r): n for s, r, n in engine.rows("SELECT case_source, case_ref, case_no FROM case_of")}
    ids = {duty.id: n for n, duty in enumerate(chosen)}
    rows, evidence = [], []
    for n, (timeline, duty, row, state, reason, read, is_doubtful) in enumerate(heard):
        line = lines[timeline.key if isinstance(timeline, CaseTimeline) else timeline.person]
        number = {id(rule): place for place, rule in enumerate(duty.rules)}[id(row.rule)]
        rows.append(
            (
                n,
                ids[duty.id],
                line,
                events[row.trigger[2:4]],
                row.number,
                to_micros(row.started_at),
                number,
                row.ref,
                when(row.due_at),
                None if row.due_on is None else day_number(row.due_on),
                row.met and events[row.met[2:4]],
                when(row.met_at),
                when(row.ended and row.ended.at),
                when(row.stopped_at),
                state.value,
                reason,
                len(read) == 1,
                is_doubtful,
            )
        )
        evidence.extend((n, fact.role, events[fact.source, fact.event_id]) for fact in judge._all_evidence(read))
    engine.load("row", ROW, rows)
    engine.load("evidence", {"row": "BIGINT", "role": "VARCHAR", "event": "BIGINT"}, evidence)


def when(moment):
    return None if moment is None else to_micros(moment)


@st.composite
def peopled(draw):
    """A scene with posts that change hands, cases with areas, supervisors, and ties of one moment."""
    made = draw(scenes())
    areas = ("", "E09000007", "camden", "Barnet")
    for number in range(draw(st.integers(0, 6))):
        start = START + timedelta(days=draw(st.integers(0, 300)))
        made.posts.append(
            PostRecord(
                "people",
                f"p{draw(st.integers(0, 2))}",
                draw(st.sampled_from(("detective_inspector", "chief_officer_lead", "custody_inspector"))),
                draw(st.sampled_from(areas)),
                draw(st.sampled_from(("X1", "X2", ""))),
                start,
                draw(st.sampled_from((None, start + timedelta(days=number * 20)))),
            )
        )
    made.officers.append(OfficerRecord("people", "x2", supervisor="S9", from_=START + timedelta(days=30)))
    made.events = [
        replace(
            event,
            kind="supervisor_allocated" if draw(st.integers(0, 9)) == 0 else event.kind,
            area=draw(st.sampled_from(areas)) if draw(st.integers(0, 3)) == 0 else "",
        )
        for event in made.events
    ]
    for event in made.events:
        if event.case and draw(st.integers(0, 3)) == 0:
            made.cases.setdefault(event.case, CaseRecord(event.case, "crime", draw(st.sampled_from(areas))))
    return made


@settings(max_examples=settings.default.max_examples // 2)
@given(peopled(), moments)
def test_a_finding_is_written_as_the_judge_writes_it(made, as_of):
    wanted, found = both(made, as_of)

    assert [(f.as_json(), f.is_doubtful) for f in found] == [(f.as_json(), f.is_doubtful) for f in wanted]
