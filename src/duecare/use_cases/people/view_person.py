"""One person across every source: warnings, names, timeline, what is owed, and why the records are linked to them."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import PersonThing
from duecare.assessment.explain_finding import explained
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.finding import State
from duecare.person.standing_judgements import in_force
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_person, says_more
from duecare.store.linkage.linked_people import aliases_of, id_in_force, pairs_of, standing_judgements
from duecare.visibility.case_scope import ledger_refs_of_person, person_thing
from duecare.visibility.display_names import NOT_ARRIVED, age_words, full_name
from duecare.visibility.page_types import PersonPage
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.timeline import as_of_then
from duecare.visibility.view import visibility_of
from duecare.visibility.visible import LinkShown, VisibleFinding
from duecare.vocabulary.partial_date import PartialDate
from duecare.worklist.danger import events_of_danger
from duecare.worklist.item import Danger

Warned = tuple[str, datetime | None, str]


def read_person(
    request: Request, person: str, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> PersonPage:
    """One person as they stood at `as_of`, as known at `known_at`.

    Shape:   an older id answers for whoever holds its founding record now.
    Raises:  ACC-001 where the viewer may not open them, and where there is none: the answer is the same.
    """
    person_in_force = id_in_force(person)
    if person_in_force is None:
        authorise(request, Act.OPEN_PERSON, PersonThing(person))
        refuse_as_absent(request, Act.OPEN_PERSON)
    record_keys, facts_now = facts_of_person(person_in_force, None)
    authorise(
        request,
        Act.OPEN_PERSON,
        person_thing(person_in_force, record_keys, facts_now, request.now),
        ledger_refs_of_person(record_keys, facts_now),
    )
    config = read_config()
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    facts = facts_now if known_at is None else marked_as_now(facts_of_person(person_in_force, known_at)[1])
    own_records = frozenset(record_keys)
    danger = context.danger(
        events_of_danger(facts.events, own_records), dict.fromkeys(own_records, person_in_force), facts.whose
    )
    about = context.person(person_in_force, record_keys, facts)
    visible = visibility_of(request, config, facts, about, opened=person_in_force)
    if not visible.answers_to(person):
        refuse_as_absent(request, Act.OPEN_PERSON)
    record_keys = visible.record_keys_shown(record_keys)
    own_records = frozenset(record_keys)
    facts_known, facts = facts, visible.facts_shown(facts)
    own_events = [
        event for event in facts.events if any(involvement.record in own_records for involvement in event.ties)
    ]
    visible = visible.for_cases(event.case for event in own_events)
    records = visible.records_shown(
        facts.persons[record_key] for record_key in record_keys if record_key in facts.persons
    )
    pointer_filter = visible.pointer_only
    cases = _cases_of_person(own_records, own_events, facts)
    everything = [
        *visible.findings_not_sealed(about),
        *(finding for record_key, _, _ in cases for finding in context.case(record_key, facts)),
    ]
    findings = visible.findings_shown(everything)
    cases = tuple(
        (record_key, as_of_then(case_record, context.as_of), roles)
        for record_key, case_record, roles in cases
        if not pointer_filter.hides_case(record_key)
    )
    hidden = {
        *pointer_filter.sources_hidden(record_keys),
        *(finding.source for finding in everything if finding not in findings),
    } & pointer_filter.sources
    whom_to_call = pointer_filter.whom_to_call(min(hidden, default=""))
    person_page = PersonPage(
        person=person_in_force,
        label=full_name(max(records, key=says_more))
        if records
        else whom_to_call
        if pointer_filter.sources_hidden(record_keys)
        else NOT_ARRIVED,
        aliases=aliases_of(record_keys, person_in_force),
        names=tuple(
            sorted(
                {full_name(record) for record in records}
                | {also_known for visible_record in records for also_known in visible_record.also_known_as}
            )
        ),
        born=tuple(sorted({str(record.born) for record in records if isinstance(record.born, PartialDate)})),
        age_words=age_words(records, context.as_of),
        records=records,
        warnings=(
            *_person_warnings(
                danger, [event for event in own_events if not pointer_filter.hides_event(event)], findings, context
            ),
            *(
                (pointer_filter.whom_to_call(source), None, source)
                for source in pointer_filter.sources_hidden(record_keys)
            ),
        ),
        timeline=visible.timeline_shown(own_events, facts_known, context.as_of),
        findings=tuple(explained(finding, context.policy) for finding in sorted(findings, key=_finding_order)),
        links=visible.links_shown(_shown_links(record_keys), person_in_force),
        cases=cases,
        as_of=context.as_of,
        known_at=known_at,
        fresh=source_freshness(request.now),
        notices=visible.notices_shown(hidden),
    )
    log_read(request, Act.OPEN_PERSON, ledger_refs_of_person(record_keys, facts))
    return person_page


def _finding_order(finding: VisibleFinding) -> tuple[bool, float, str]:
    return (finding.due_at is None, -(finding.due_at.timestamp() if finding.due_at else 0), finding.finding)


def _cases_of_person(
    own_records: frozenset[RecordKey], own_events: list[EventRecord], facts: Facts
) -> tuple[tuple[CaseKey, CaseRecord | None, tuple[str, ...]], ...]:
    roles: dict[CaseKey, set[str]] = {}
    for event in own_events:
        if event.case is not None:
            roles.setdefault(event.case, set()).update(
                involvement.role for involvement in event.ties if involvement.record in own_records
            )
    return tuple(
        (record_key, facts.cases.get(record_key), tuple(sorted(roles[record_key]))) for record_key in sorted(roles)
    )


def _person_warnings(
    danger: Danger | None, own_events: list[EventRecord], findings: list[VisibleFinding], context: AssessmentContext
) -> tuple[Warned, ...]:
    warnings_found: list[Warned] = []
    if danger is not None:
        warnings_found.append((f"Danger reported as happening now: {danger.kind.value}", danger.reported_at, ""))
    flags: dict[str, EventRecord] = {}
    for event in sorted(
        own_events, key=lambda flag_event: (flag_event.happened_at, flag_event.source, flag_event.event_id)
    ):
        if event.happened_at.earliest > context.as_of:
            continue
        if event.kind == "flag_set":
            flags[event.outcome or event.text] = event
        elif event.kind == "flag_removed":
            flags.pop(event.outcome or event.text, None)
        elif event.kind == "order_made":
            flags[f"order {event.outcome}"] = event
        elif event.kind == "order_ended":
            flags.pop(f"order {event.outcome}", None)
    for flag_name, event in sorted(flags.items()):
        words = flag_name.replace("_", " ") or "flag"
        warnings_found.append((f"Warning: {words}", event.happened_at.earliest, event.source))
    overdue = sum(1 for finding in findings if finding.state is State.OVERDUE and finding.ended_at is None)
    if overdue:
        warnings_found.append((f"{overdue} {'duty is' if overdue == 1 else 'duties are'} overdue", None, ""))
    return tuple(warnings_found)


def _shown_links(record_keys: tuple[RecordKey, ...]) -> tuple[LinkShown, ...]:
    """The evidence between these records and others, strongest first, then what a human said where none is kept."""
    standing = in_force(standing_judgements())
    verdicts_said = {frozenset((str(judgement.a), str(judgement.b))): judgement.verdict.value for judgement in standing}
    pairs = pairs_of(record_keys)
    pairs_known = {frozenset((kept_pair_row.a, kept_pair_row.b)) for kept_pair_row in pairs}
    judgements_told = [
        judgement
        for judgement in standing
        if frozenset((str(judgement.a), str(judgement.b))) not in pairs_known
        and {judgement.a, judgement.b} & set(record_keys)
    ]
    links_shown = []
    for kept_pair_row in pairs:
        levels = tuple((column_name, level) for column_name, level in sorted(kept_pair_row.levels.items()))
        judged = verdicts_said.get(frozenset((kept_pair_row.a, kept_pair_row.b)), "")
        links_shown.append(
            LinkShown(
                kept_pair_row.a,
                kept_pair_row.b,
                kept_pair_row.weight,
                kept_pair_row.probability,
                levels,
                kept_pair_row.held,
                judged,
            )
        )
    links_shown += [
        LinkShown(str(judgement.a), str(judgement.b), None, None, (), "", judgement.verdict.value)
        for judgement in judgements_told
    ]
    return tuple(links_shown)
