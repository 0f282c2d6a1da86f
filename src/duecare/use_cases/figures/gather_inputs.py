"""What the figures of one period are counted from: findings assessed at its end, stays, events, grades."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from duecare.assessment.full_run import ENGINE_FROM, FullAssessment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import of_some
from duecare.audit.published.round_history import year_of
from duecare.audit.referral import ACTIONED, REFERRED, REVISITED
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings as found_by_engine
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.units import sql_text, to_micros
from duecare.duty.finding import Finding, State
from duecare.figure import FAIRNESS, FigureInputs, OfCase, Offender, OfRound, Period, Stay, stays_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.counting.outcome_lines import DECIDED, FEEDBACK
from duecare.figure.person_attributes import LOOKED_AFTER_ENDED, STARTS, born_of
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.rulebook.local import SEE_THE_CHILD
from duecare.store.audit import comparable_grades, imported_grades, round_records
from duecare.store.bulk.all_facts import Everything, everything
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give_tables
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.figures import figure_inputs
from duecare.use_cases.audit.compare_grades import gather_grades
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown
from duecare.worklist.offender_visits import visit_owed
from duecare.worklist.ownership import case_ownership

LIVE_STATES = frozenset({State.OPEN, State.OVERDUE, State.CANNOT_TELL})


def gather_inputs(
    context: AssessmentContext,
    period: Period,
    upto_delivery: int | None = None,
    assessed_findings: Iterable[Finding] | None = None,
    tell_progress: Callable[[str], None] = lambda _step_name: None,
    sealed_upto: int | None = None,
) -> FigureInputs:
    """Everything that figures of this period are counted from, as known at the moment of the assessment.

    Shape:   `upto_delivery`: by the deliveries up to this number alone. `assessed_findings`: findings already assessed for that
             moment, so that they need not be again. What is sealed today is left out: it counts for nobody.
             `sealed_upto`: what was sealed by the deliveries up to this number is left out instead, as it was when a
             snapshot was taken.
    """
    sealed_keys, hidden = sealed_cases(sealed_upto), sealed_people(sealed_upto)
    with everything(context.known_at, upto_delivery) as standing_facts:
        tell_progress("facts")
        period_findings = (
            _figure_findings(standing_facts, context, period) if assessed_findings is None else assessed_findings
        )
        findings_found = [finding for finding in period_findings if is_wanted(finding, context, period)]
        findings_found = [
            finding for finding in findings_found if finding.case not in sealed_keys and finding.person not in hidden
        ]
        tell_progress("findings")
        stays = [
            custody_stay
            for custody_stay in _custody_stays(standing_facts, context, period, sealed_keys)
            if custody_stay.person not in hidden
        ]
        events = [
            decided_event
            for decided_event in figure_inputs.events_of_kinds(
                standing_facts, (*DECIDED, REFERRED, ACTIONED, FEEDBACK), period.starts
            )
            if decided_event.case not in sealed_keys and decided_event.happened_at.earliest <= context.as_of
        ]
        tell_progress("events")
        rounds = [_without_sealed(graded_round, sealed_keys) for graded_round in _audit_rounds(context)]
        named_cases = (
            [finding.case for finding in findings_found]
            + [custody_stay.case for custody_stay in stays]
            + [decided_event.case for decided_event in events]
        )
        around = _events_around(standing_facts, context, period, sealed_keys)
        named_cases += [around_event.case for around_event in around if around_event.kind == REVISITED]
        cases = {case_key for case_key in named_cases if case_key is not None}
        offenders = tuple(_offender_findings(standing_facts, context, findings_found, sealed_keys))
        graded = {
            CaseKey(graded_file.case_source, graded_file.case_ref)
            for graded_round in rounds
            for graded_file in graded_round.files
        }
        decided = {
            decided_event.case
            for decided_event in events
            if decided_event.kind in DECIDED and decided_event.case is not None
        }
        cases |= graded
        children = _children_of_cases(standing_facts, decided | graded, context, hidden)
        people = {finding.person for finding in findings_found if finding.person and finding.duty in _of_whom()} | {
            custody_stay.person for custody_stay in stays
        }
        people |= {child for child in children.values() if child}
        result = FigureInputs(
            period=period,
            as_of=context.as_of,
            policy=context.policy,
            findings=tuple(findings_found),
            stays=tuple(stays),
            offenders=offenders,
            events=tuple(events),
            rounds=tuple(rounds),
            cases=_places_of_cases(standing_facts, cases, context),
            people=figure_inputs.records_of_people(standing_facts, people),
            looked_after=_looked_after(standing_facts, people, sealed_keys),
            children=children,
            around=around,
            whose=figure_inputs.people_of_records(
                standing_facts, {involvement.record for around_event in around for involvement in around_event.ties}
            ),
        )
        tell_progress("people")
        return result


def _figure_findings(standing_facts: Everything, context: AssessmentContext, period: Period) -> Iterator[Finding]:
    """The findings that some figure of the period looks at."""
    if standing_facts.events <= ENGINE_FROM:
        yield from _judged_findings(standing_facts, context)
        return
    duck_tables = Duck(standing_facts.connection)
    give_tables(duck_tables)
    prepare_tables(duck_tables, context.roster)
    duties_left = evaluate_duties(
        duck_tables,
        (*context.case_duties, *context.person_duties),
        context.roster,
        context.as_of,
        context.policy,
        due_from=period.starts,
        with_evidence=False,
    )
    first_micros, last_micros = to_micros(period.starts), to_micros(period.ends)
    where = (
        f"f.adopted IS NOT FALSE AND (f.due_at >= {first_micros} AND f.due_at < {last_micros} OR "
        f"f.due_at IS NULL AND f.started_at >="
        f" {first_micros} AND f.started_at < {last_micros} OR f.duty = {sql_text(SEE_THE_CHILD.id)} "
        f"AND f.started_at >= {first_micros} AND"
        f" f.started_at < {last_micros} OR f.duty = {sql_text(context.policy.visit_duty)} AND f.ended_at IS NULL AND f.state IN"
        f" ({', '.join(sql_text(state.value) for state in sorted(LIVE_STATES))}))"
    )
    yield from found_by_engine(duck_tables, where, with_evidence=False)
    if duties_left:
        rest_context = of_some(context, frozenset(duty_rule.id for duty_rule in duties_left))
        yield from _judged_findings(standing_facts, rest_context)


def _judged_findings(standing_facts: Everything, context: AssessmentContext) -> Iterator[Finding]:
    assessment = FullAssessment(standing_facts, context)
    for _ in assessment.assess_people():
        pass
    for assessed_case in assessment.assess_cases():
        yield from assessed_case.findings
    for alone in assessment.people_without_case():
        yield from alone.findings


def is_wanted(finding: Finding, context: AssessmentContext, period: Period) -> bool:
    """Whether some figure of the period uses this finding."""
    if finding.adopted is False:
        return False
    if period.holds(finding.due_at or finding.started_at):
        return True
    if finding.duty == context.policy.visit_duty:
        return finding.state in LIVE_STATES and finding.ended_at is None
    return finding.duty == SEE_THE_CHILD.id and period.holds(finding.started_at)


def _custody_stays(
    standing_facts: Everything, context: AssessmentContext, period: Period, sealed_keys: Collection[CaseKey]
) -> Iterator[Stay]:
    arrived = figure_inputs.people_arrived(standing_facts, period.starts, period.ends)
    records = figure_inputs.records_of_people(standing_facts, arrived)
    births = {person: born_of(records.get(person, ())) for person in arrived}
    first_day = london_day(period.starts)
    # Who was a grown-up when the period began has no stay of a child in it.
    young = [
        person
        for person, birth_day in births.items()
        if isinstance(birth_day, Unknown) or is_under_age(birth_day, 18, first_day) is not False
    ]
    keys_of_young = figure_inputs.keys_of_people(standing_facts, young)
    for person, events in figure_inputs.events_of_people(standing_facts, young, period.starts):
        person_keys = keys_of_young.get(person, frozenset())
        shown_events = [stay_event for stay_event in events if stay_event.case not in sealed_keys]
        for custody_stay in stays_of(person, person_keys, shown_events, births[person], context.as_of):
            if period.holds(custody_stay.at) and any(
                custody_stay.record in person_keys and custody_stay.role == "detainee"
                for custody_stay in custody_stay.arrival.ties
            ):
                yield custody_stay


def _offender_findings(
    standing_facts: Everything,
    context: AssessmentContext,
    findings_found: Iterable[Finding],
    sealed_keys: Collection[CaseKey],
) -> Iterator[Offender]:
    findings_owed: dict[str, list[Finding]] = {}
    for finding in findings_found:
        if (
            finding.duty == context.policy.visit_duty
            and finding.state in LIVE_STATES
            and finding.ended_at is None
            and finding.person
        ):
            findings_owed.setdefault(finding.person, []).append(finding)
    records = figure_inputs.keys_of_people(standing_facts, findings_owed)
    for person, events in figure_inputs.events_of_people(standing_facts, findings_owed):
        person_keys = records.get(person, frozenset())
        own_events = [
            own_event
            for own_event in events
            if own_event.case not in sealed_keys
            and any(involvement.record in person_keys for involvement in own_event.ties)
        ]
        visit = visit_owed(person_keys, own_events, findings_owed[person], context.as_of)
        holds = case_ownership(None, own_events, context.as_of)
        if visit is not None:
            yield Offender(person, visit.risk, holds.area, holds.team, tuple(findings_owed[person]))


def _audit_rounds(context: AssessmentContext) -> Iterator[OfRound]:
    """Every round whose grades are open, and was by the moment that is known."""
    known_at = context.known_at or context.as_of
    for round_name, is_open in comparable_grades.round_names():
        own_round = round_records.round_named(round_name) if is_open else None
        if own_round is not None and (opened_at := comparable_grades.opened_at(own_round)) <= known_at:
            gathered_grades = gather_grades(round_name)
            assert gathered_grades is not None
            yield OfRound(round_name, opened_at, gathered_grades.files, gathered_grades.schemes, gathered_grades.frame)
    for round_name in imported_grades.round_names():
        given_grades, graded_when = gather_grades(round_name), _when_graded(round_name)
        if given_grades is not None and graded_when is not None and graded_when <= known_at:
            yield OfRound(round_name, graded_when, given_grades.files, given_grades.schemes, given_grades.frame)


def _when_graded(round_name: str) -> datetime | None:
    """When a round run elsewhere was graded: its last grade, else the middle of the year or quarter in its name."""
    graded_times = [
        grade_row.graded_at for grade_row in imported_grades.rows_of(round_name) if grade_row.graded_at is not None
    ]
    if graded_times:
        return max(graded_times)
    round_year = year_of(round_name)
    if round_year is None:
        return None
    return datetime(int(round_year), 1, 1, tzinfo=UTC) + timedelta(days=365 * (round_year - int(round_year)))


@lru_cache(maxsize=1)
def _of_whom() -> frozenset[str]:
    """The duties of which some figure is cut by who they are owed to."""
    return frozenset(
        duty_id
        for figure_rule in figure_catalogue().values()
        if not figure_rule.definition.by.isdisjoint(FAIRNESS)
        for duty_id in figure_rule.duties
    )


def _without_sealed(graded_round: OfRound, sealed_keys: set[CaseKey]) -> OfRound:
    files = tuple(
        graded_file
        for graded_file in graded_round.files
        if CaseKey(graded_file.case_source, graded_file.case_ref) not in sealed_keys
    )
    return OfRound(graded_round.name, graded_round.at, files, graded_round.schemes, graded_round.frame)


def _events_around(
    standing_facts: Everything, context: AssessmentContext, period: Period, sealed_keys: set[CaseKey]
) -> tuple[EventRecord, ...]:
    """All events of the cases revisited in the period, and of the children in them, in order."""
    revisits = figure_inputs.events_of_kinds(standing_facts, (REVISITED,), period.starts)
    cases = {
        revisit_event.case
        for revisit_event in revisits
        if revisit_event.case is not None and period.holds(revisit_event.happened_at.earliest)
    } - sealed_keys
    people = {person for _, person, _ in figure_inputs.people_in_cases(standing_facts, cases)}
    around_events = [*figure_inputs.events_of_cases(standing_facts, cases)]
    around_events += [
        person_event for _, events in figure_inputs.events_of_people(standing_facts, people) for person_event in events
    ]
    known_events = {
        (around_event.source, around_event.event_id): around_event
        for around_event in around_events
        if around_event.happened_at.earliest <= context.as_of and around_event.case not in sealed_keys
    }
    return tuple(
        sorted(
            known_events.values(),
            key=lambda around_event: (around_event.happened_at, around_event.source, around_event.event_id),
        )
    )


def _children_of_cases(
    standing_facts: Everything, cases: Iterable[CaseKey], context: AssessmentContext, hidden: Collection[str]
) -> dict[CaseKey, str]:
    """Which of these cases have a child or young victim, and who they are where it is one alone."""
    children_found: dict[CaseKey, set[str]] = {}
    as_of_day = london_day(context.as_of)
    people_of_cases = [tied for tied in figure_inputs.people_in_cases(standing_facts, cases) if tied[1] not in hidden]
    records = figure_inputs.records_of_people(standing_facts, {person for _, person, _ in people_of_cases})
    for case_key, person, role_name in people_of_cases:
        birth_day = born_of(records.get(person, ()))
        if (
            role_name == "child"
            or not isinstance(birth_day, PartialDate)
            or is_under_age(birth_day, 18, as_of_day) is not False
        ):
            children_found.setdefault(case_key, set()).add(person)
    return {case_key: next(iter(people)) if len(people) == 1 else "" for case_key, people in children_found.items()}


def _places_of_cases(
    standing_facts: Everything, cases: Iterable[CaseKey], context: AssessmentContext
) -> dict[CaseKey, OfCase]:
    wanted_cases = set(cases)
    records = figure_inputs.cases_named(standing_facts, wanted_cases)
    without = [case_key for case_key in wanted_cases if case_key not in records or not records[case_key].area]
    places_said = dict(figure_inputs.said_of_places(standing_facts, wanted_cases, without))
    places_found = {}
    for case_key in wanted_cases:
        case_record = records.get(case_key)
        places_found[case_key] = place_of(case_record, places_said.get(case_key, ()), context.as_of)
    return places_found


def place_of(case_record: CaseRecord | None, places_said: Iterable[figure_inputs.Placing], as_of: datetime) -> OfCase:
    """Where this case belongs at that moment, by its own record and what its events say, as `ownership` has it."""
    places_seen = sorted(placing for placing in places_said if placing.happened_at.earliest <= as_of)
    team_seen = next((placing.team for placing in reversed(places_seen) if placing.team), "")
    area_seen = (case_record.area if case_record else "") or next(
        (placing.area for placing in places_seen if placing.area), ""
    )
    return OfCase(area_seen, team_seen, case_record.kind if case_record else "")


def _looked_after(
    standing_facts: Everything, people: Iterable[str], sealed_keys: Collection[CaseKey]
) -> dict[str, list[EventRecord]]:
    wanted_people = set(people)
    events_found: dict[str, list[EventRecord]] = {}
    events = [
        care_event
        for care_event in figure_inputs.events_of_kinds(standing_facts, (STARTS, LOOKED_AFTER_ENDED))
        if care_event.case not in sealed_keys
    ]
    people_of_records = figure_inputs.people_of_records(
        standing_facts, {involvement.record for care_event in events for involvement in care_event.ties}
    )
    for care_event in events:
        for person in {people_of_records[involvement.record] for involvement in care_event.ties} & wanted_people:
            events_found.setdefault(person, []).append(care_event)
    return events_found
