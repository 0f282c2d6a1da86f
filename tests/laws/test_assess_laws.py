"""What holds of every finding, whatever happened: order, noise, time and missing facts."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.made.timelines import Scene
from tests.made.worlds import UNNAMED, events, moments, scenes

from duecare.duty.explain import explain_finding
from duecare.duty.finding import Finding, State
from duecare.rulebook.all_duties import all_duties

DONE = {State.MET, State.MET_LATE}
BY_ID = {duty.id: duty for duty in all_duties()}


def in_order(findings):
    return sorted(findings, key=lambda said: str(sorted(said.items(), key=str)))


def said(made: Scene, as_of):
    """What is sent out of every finding, by its id and case."""
    return in_order(f.as_json() for f in made.findings(as_of))


def said_but_for_area(made: Scene, as_of):
    """The same, in an order that no area decides: any event may say where a case is."""
    return in_order({**f.as_json(), "area": ""} for f in made.findings(as_of))


@given(scenes(), moments, st.randoms())
def test_the_order_in_which_events_arrive_changes_no_finding(made, as_of, chance):
    shuffled = replace(made, events=chance.sample(made.events, len(made.events)))

    assert said(shuffled, as_of) == said(made, as_of)


def ties_known_by(event, made: Scene):
    """Those tied to the first event, once it has happened: who is tied earlier is a child of the case from then on."""
    return made.events[0].ties if event.happened_at.earliest >= made.events[0].happened_at.latest else ()


@given(scenes(), moments, events(kinds=UNNAMED, most=2))
def test_events_of_kinds_that_no_duty_names_change_no_finding(made, as_of, others):
    noise = [
        replace(event, event_id=f"noise-{event.event_id}", ties=ties_known_by(event, made), case=made.events[0].case)
        for event in others
        if made.events
    ]

    before = said_but_for_area(made, as_of)
    after = said_but_for_area(replace(made, events=[*made.events, *noise]), as_of)

    assert after == before


@given(scenes(), moments)
def test_events_after_as_of_do_not_exist(made, as_of):
    until_then = [event for event in made.events if event.happened_at.earliest <= as_of]

    assert said(replace(made, events=until_then), as_of) == said(made, as_of)


@given(scenes(), moments)
def test_taking_away_the_discharging_fact_never_makes_it_met_by_nothing(made, as_of):
    for finding in made.findings(as_of):
        met = {(fact.source, fact.event_id) for fact in finding.evidence if fact.role == "met"}
        if finding.state not in DONE or not met:
            continue
        without = [event for event in made.events if (event.source, event.event_id) not in met]
        for other in replace(made, events=without).findings(as_of):
            assert not {(fact.source, fact.event_id) for fact in other.evidence} & met


@given(scenes(), moments)
def test_every_finding_explains_itself_and_keeps_its_shape(made, as_of):
    for finding in made.findings(as_of):
        assert all(step and step[0].isupper() for step in explain_finding(finding, BY_ID[finding.duty]))
        assert Finding.from_json(finding.as_json()) == finding
        is_sane(finding, as_of)


def is_sane(finding, as_of):
    """State, times and reason agree."""
    assert finding.started_at <= as_of
    match finding.state:
        case State.MET:
            assert finding.started_at <= finding.met_at <= finding.due_at
        case State.MET_LATE:
            assert finding.met_at > finding.due_at
            assert finding.late_by_hours is not None
        case State.OPEN:
            assert as_of <= finding.due_at
            assert finding.met_at is None
        case State.OVERDUE:
            assert as_of > finding.due_at
            assert finding.met_at is None
            assert finding.late_by_hours is not None
        case State.EXCUSED | State.CANNOT_TELL:
            assert finding.reason
        case State.NOT_APPLICABLE:
            assert finding.reason
            assert finding.ended_at <= finding.due_at
    assert (finding.adopted is None) is not BY_ID[finding.duty].local
    rules = BY_ID[finding.duty].rules
    assert finding.ref in {ref for rule in rules for ref, _ in rule.turns}
    assert [fact.happened_at for fact in finding.evidence] == sorted(fact.happened_at for fact in finding.evidence)
    assert finding.evidence
    assert all(step.at <= as_of for step in finding.told)


@given(scenes(), moments)
def test_no_row_is_doubled(made, as_of):
    rows = [(f.finding, f.case) for f in made.findings(as_of)]

    assert len(rows) == len(set(rows))


@given(scenes(), moments, st.integers(1, 40 * 86400))
def test_time_alone_only_turns_open_to_overdue_and_adds_what_it_starts(made, as_of, wait):
    later = as_of + timedelta(seconds=wait)
    still = replace(
        made,
        events=[event for event in made.events if event.happened_at.latest <= as_of],
        officers=[],
    )
    before = {(f.finding, f.case): f for f in still.findings(as_of)}
    after = {(f.finding, f.case): f for f in still.findings(later)}

    assert before.keys() <= after.keys()
    for key, finding in before.items():
        if finding.state is State.OPEN:
            due_at = after[key].due_at
            stands_still = BY_ID[finding.duty].pause is not None and due_at > finding.due_at
            assert due_at == finding.due_at or stands_still, "only a clock that stands still is due later with time"
            assert after[key].state is (State.OVERDUE if later > due_at else State.OPEN)
        else:
            assert after[key].state is finding.state
