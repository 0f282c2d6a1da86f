"""What the figures of one period are counted from, gathered: findings reckoned at its end, stays, events, grades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from duecare.assessment.full_run import ENGINE_FROM, FullAssessment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import of_some
from duecare.audit.published.round_history import year_of
from duecare.audit.referral import ACTIONED, REFERRED, REVISITED
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.found import stream_findings as found_by_engine
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.units import sql_text, to_micros
from duecare.duty.finding import Finding, State
from duecare.figure import FAIRNESS, Held, OfCase, Offender, OfRound, Period, Stay, stays_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.lines.outcome_lines import DECIDED, FEEDBACK
from duecare.figure.person_attributes import LOOKED_AFTER_ENDED, STARTS, born_of
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.rulebook.local import SEE_THE_CHILD
from duecare.store.audit import imported_grades, unsealed_grades
from duecare.store.bulk.all_facts import Everything, everything
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.figures import figure_inputs
from duecare.use_cases.audit.compare_grades import gathered
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown
from duecare.worklist.ownership import case_ownership
from duecare.worklist.visits import visit_owed

LIVE = frozenset({State.OPEN, State.OVERDUE, State.CANNOT_TELL})


def gather(
    by: AssessmentContext,
    period: Period,
    upto: int | None = None,
    reckoned: Iterable[Finding] | None = None,
    tell: Callable[[str], None] = lambda _what: None,
    sealed_upto: int | None = None,
) -> Held:
    """Everything that figures of this period are counted from, as known at the reckoning's moment.

    Shape:   `upto`: by the deliveries up to this number alone. `reckoned`: findings already reckoned of that moment, so that
             they need not be again. What is sealed today is left out: it counts for nobody. `sealed_upto`: what was sealed
             by the deliveries up to this number is left out instead, as it was when a snapshot was taken.
    """
    shut, hidden = sealed_cases(sealed_upto), sealed_people(sealed_upto)
    with everything(by.known_at, upto) as held:
        tell("facts")
        mine = _findings(held, by, period) if reckoned is None else reckoned
        found = [one for one in mine if is_wanted(one, by, period)]
        found = [one for one in found if one.case not in shut and one.person not in hidden]
        tell("findings")
        stays = [one for one in _stays(held, by, period) if one.case not in shut and one.person not in hidden]
        events = [
            one
            for one in figure_inputs.events_of_kinds(held, (*DECIDED, REFERRED, ACTIONED, FEEDBACK), period.starts)
            if one.case not in shut and one.happened_at.earliest <= by.as_of
        ]
        tell("events")
        rounds = [_without(one, shut) for one in _rounds(by)]
        named = [one.case for one in found] + [one.case for one in stays] + [one.case for one in events]
        around = _around(held, by, period, shut)
        named += [one.case for one in around if one.kind == REVISITED]
        cases = {case for case in named if case is not None}
        offenders = tuple(_offenders(held, by, found))
        graded = {CaseKey(file.case_source, file.case_ref) for one in rounds for file in one.files}
        decided = {one.case for one in events if one.kind in DECIDED and one.case is not None}
        cases |= graded
        children = _children(held, decided | graded, by)
        people = {one.person for one in found if one.person and one.duty in _of_whom()} | {one.person for one in stays}
        people |= {child for child in children.values() if child}
        result = Held(
            period=period,
            as_of=by.as_of,
            policy=by.policy,
            findings=tuple(found),
            stays=tuple(stays),
            offenders=offenders,
            events=tuple(events),
            rounds=tuple(rounds),
            cases=_places(held, cases, by),
            people=figure_inputs.records_of_people(held, people),
            looked_after=_looked_after(held, people),
            children=children,
            around=around,
            whose=figure_inputs.people_of_records(held, {tie.record for one in around for tie in one.ties}),
        )
        tell("people")
        return result


def _findings(held: Everything, by: AssessmentContext, period: Period) -> Iterator[Finding]:
    """The findings that some figure of the period looks at."""
    if held.events <= ENGINE_FROM:
        yield from _judged(held, by)
        return
    duck = Duck(held.connection)
    give(duck)
    prepare_tables(duck, by.roster)
    left = evaluate_duties(
        duck, (*by.case_duties, *by.person_duties), by.roster, by.as_of, by.policy, due_from=period.starts,
        with_evidence=False,
    )  # fmt: skip
    first, last = to_micros(period.starts), to_micros(period.ends)
    where = (
        f"f.adopted IS NOT FALSE AND (f.due_at >= {first} AND f.due_at < {last} OR f.due_at IS NULL AND f.started_at >="
        f" {first} AND f.started_at < {last} OR f.duty = {sql_text(SEE_THE_CHILD.id)} AND f.started_at >= {first} AND"
        f" f.started_at < {last} OR f.duty = {sql_text(by.policy.visit_duty)} AND f.ended_at IS NULL AND f.state IN"
        f" ({', '.join(sql_text(state.value) for state in sorted(LIVE))}))"
    )
    yield from found_by_engine(duck, where, with_evidence=False)
    if left:
        rest = of_some(by, frozenset(duty.id for duty in left))
        yield from _judged(held, rest)


def _judged(held: Everything, by: AssessmentContext) -> Iterator[Finding]:
    reckoned = FullAssessment(held, by)
    for _ in reckoned.assess_people():
        pass
    for case in reckoned.assess_cases():
        yield from case.findings
    for alone in reckoned.people_without_case():
        yield from alone.findings


def is_wanted(one: Finding, by: AssessmentContext, period: Period) -> bool:
    """Does some figure of the period look at this finding?"""
    if one.adopted is False:
        return False
    if period.holds(one.due_at or one.started_at):
        return True
    if one.duty == by.policy.visit_duty:
        return one.state in LIVE and one.ended_at is None
    return one.duty == SEE_THE_CHILD.id and period.holds(one.started_at)


def _stays(held: Everything, by: AssessmentContext, period: Period) -> Iterator[Stay]:
    arrived = figure_inputs.people_arrived(held, period.starts, period.ends)
    records = figure_inputs.records_of_people(held, arrived)
    births = {person: born_of(records.get(person, ())) for person in arrived}
    first = london_day(period.starts)
    # Who was a grown-up when the period began has no stay of a child in it.
    young = [
        person for person, born in births.items() if isinstance(born, Unknown) or born.is_under(18, first) is not False
    ]
    own = figure_inputs.keys_of_people(held, young)
    for person, events in figure_inputs.events_of_people(held, young, period.starts):
        keys = own.get(person, frozenset())
        for one in stays_of(person, keys, events, births[person], by.as_of):
            if period.holds(one.at) and any(tie.record in keys and tie.role == "detainee" for tie in one.arrival.ties):
                yield one


def _offenders(held: Everything, by: AssessmentContext, found: Iterable[Finding]) -> Iterator[Offender]:
    owed: dict[str, list[Finding]] = {}
    for one in found:
        if one.duty == by.policy.visit_duty and one.state in LIVE and one.ended_at is None and one.person:
            owed.setdefault(one.person, []).append(one)
    records = figure_inputs.keys_of_people(held, owed)
    for person, events in figure_inputs.events_of_people(held, owed):
        keys = records.get(person, frozenset())
        own = [one for one in events if any(tie.record in keys for tie in one.ties)]
        visit = visit_owed(keys, own, owed[person], by.as_of)
        holds = case_ownership(None, own, by.as_of)
        if visit is not None:
            yield Offender(person, visit.risk, holds.area, holds.team, tuple(owed[person]))


def _rounds(by: AssessmentContext) -> Iterator[OfRound]:
    """Every round whose grades are open, and was by the moment that is known."""
    known_at = by.known_at or by.as_of
    for name, is_open in unsealed_grades.rounds():
        own = unsealed_grades.round_named(name) if is_open else None
        if own is not None and (at := unsealed_grades.opened_at(own)) <= known_at:
            found = gathered(name)
            assert found is not None
            yield OfRound(name, at, found.files, found.schemes, found.frame)
    for name in imported_grades.rounds():
        given, when = gathered(name), _when_graded(name)
        if given is not None and when is not None and when <= known_at:
            yield OfRound(name, when, given.files, given.schemes, given.frame)


def _when_graded(name: str) -> datetime | None:
    """When was a round run elsewhere graded: its last grade, else the middle of the year or quarter in its name?"""
    told = [one.graded_at for one in imported_grades.rows_of(name) if one.graded_at is not None]
    if told:
        return max(told)
    year = year_of(name)
    if year is None:
        return None
    return datetime(int(year), 1, 1, tzinfo=UTC) + timedelta(days=365 * (year - int(year)))


@lru_cache(maxsize=1)
def _of_whom() -> frozenset[str]:
    """The duties of which some figure is cut by who they are owed to."""
    return frozenset(
        duty for one in figure_catalogue().values() if not one.definition.by.isdisjoint(FAIRNESS) for duty in one.duties
    )


def _without(one: OfRound, shut: set[CaseKey]) -> OfRound:
    files = tuple(file for file in one.files if CaseKey(file.case_source, file.case_ref) not in shut)
    return OfRound(one.name, one.at, files, one.schemes, one.frame)


def _around(held: Everything, by: AssessmentContext, period: Period, shut: set[CaseKey]) -> tuple[EventRecord, ...]:
    """All events of the cases revisited in the period, and of the children in them, in order."""
    revisits = figure_inputs.events_of_kinds(held, (REVISITED,), period.starts)
    cases = {one.case for one in revisits if one.case is not None and period.holds(one.happened_at.earliest)} - shut
    people = {person for _, person, _ in figure_inputs.people_in_cases(held, cases)}
    mine = [*figure_inputs.events_of_cases(held, cases)]
    mine += [one for _, events in figure_inputs.events_of_people(held, people) for one in events]
    known = {
        (one.source, one.event_id): one for one in mine if one.happened_at.earliest <= by.as_of and one.case not in shut
    }
    return tuple(sorted(known.values(), key=lambda one: (one.happened_at, one.source, one.event_id)))


def _children(held: Everything, cases: Iterable[CaseKey], by: AssessmentContext) -> dict[CaseKey, str]:
    """Which of these cases have a child or young victim, and who they are where it is one alone."""
    found: dict[CaseKey, set[str]] = {}
    day = london_day(by.as_of)
    whose = list(figure_inputs.people_in_cases(held, cases))
    records = figure_inputs.records_of_people(held, {person for _, person, _ in whose})
    for case, person, role in whose:
        born = born_of(records.get(person, ()))
        if role == "child" or not isinstance(born, PartialDate) or born.is_under(18, day) is not False:
            found.setdefault(case, set()).add(person)
    return {case: next(iter(people)) if len(people) == 1 else "" for case, people in found.items()}


def _places(held: Everything, cases: Iterable[CaseKey], by: AssessmentContext) -> dict[CaseKey, OfCase]:
    wanted = set(cases)
    records = figure_inputs.cases_named(held, wanted)
    without = [key for key in wanted if key not in records or not records[key].area]
    said = dict(figure_inputs.said_of_places(held, wanted, without))
    found = {}
    for key in wanted:
        case = records.get(key)
        found[key] = place_of(case, said.get(key, ()), by.as_of)
    return found


def place_of(case: CaseRecord | None, said: Iterable[figure_inputs.Placing], as_of: datetime) -> OfCase:
    """Where does this case lie at that moment, by its own record and what its events say? As `ownership` has it."""
    seen = sorted(one for one in said if one.happened_at.earliest <= as_of)
    team = next((one.team for one in reversed(seen) if one.team), "")
    area = (case.area if case else "") or next((one.area for one in seen if one.area), "")
    return OfCase(area, team, case.kind if case else "")


def _looked_after(held: Everything, people: Iterable[str]) -> dict[str, list[EventRecord]]:
    wanted = set(people)
    found: dict[str, list[EventRecord]] = {}
    events = figure_inputs.events_of_kinds(held, (STARTS, LOOKED_AFTER_ENDED))
    whose = figure_inputs.people_of_records(held, {tie.record for one in events for tie in one.ties})
    for one in events:
        for person in {whose[tie.record] for tie in one.ties} & wanted:
            found.setdefault(person, []).append(one)
    return found
