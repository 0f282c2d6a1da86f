"""One person across every source: warnings, names, timeline, what is owed, and why the records are held to be theirs."""

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
from duecare.person.judgement import in_force
from duecare.person.pair import read_levels
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_person, says_more
from duecare.store.linkage.linked_people import aliases_of, id_in_force, judgements, pairs_of
from duecare.visibility.case_scope import ledger_refs_of_person, person_thing
from duecare.visibility.display_names import NOT_ARRIVED, age_words, full_name
from duecare.visibility.page_types import PersonPage
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.timeline import as_of_then
from duecare.visibility.view import visibility_of
from duecare.visibility.visible import LinkShown, VisibleFinding
from duecare.vocabulary.partial import PartialDate
from duecare.worklist.item import Danger

Warned = tuple[str, datetime | None, str]


def read_person(
    request: Request, person: str, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> PersonPage:
    """What is held of this person, as it stood at `as_of`, as known at `known_at`?

    Shape:   an older id answers for whoever holds its founding record now.
    Raises:  ACC-001 where the viewer may not open them, and where there is none: the answer is the same.
    """
    held = id_in_force(person)
    if held is None:
        authorise(request, Act.OPEN_PERSON, PersonThing(person))
        refuse_as_absent(request, Act.OPEN_PERSON)
    keys, now = facts_of_person(held, None)
    authorise(request, Act.OPEN_PERSON, person_thing(held, keys, now, request.now), ledger_refs_of_person(keys, now))
    config = read_config()
    by = AssessmentContext.at(config, as_of or request.now, known_at)
    facts = now if known_at is None else marked_as_now(facts_of_person(held, known_at)[1])
    own = frozenset(keys)
    told_of = [event for event in facts.events if any(tie.record in own for tie in event.ties)]
    danger = by.danger(told_of, dict.fromkeys(own, held))
    about = by.person(held, keys, facts)
    visible = visibility_of(request, config, facts, about, opened=held)
    keys = visible.record_keys_shown(keys)
    own = frozenset(keys)
    known, facts = facts, visible.facts_shown(facts)
    mine = [event for event in facts.events if any(tie.record in own for tie in event.ties)]
    visible = visible.for_cases(event.case for event in mine)
    records = visible.records_shown(facts.persons[key] for key in keys if key in facts.persons)
    veil = visible.pointer_only
    cases = _cases(own, mine, facts)
    everything = [*visible.findings_not_sealed(about), *(f for key, _, _ in cases for f in by.case(key, facts))]
    findings = visible.findings_shown(everything)
    cases = tuple((key, as_of_then(case, by.as_of), roles) for key, case, roles in cases if not veil.hides_case(key))
    hidden = {*veil.sources_hidden(keys), *(f.source for f in everything if f not in findings)} & veil.sources
    call = veil.whom_to_call(min(hidden, default=""))
    page = PersonPage(
        person=held,
        label=full_name(max(records, key=says_more)) if records else call if veil.sources_hidden(keys) else NOT_ARRIVED,
        aliases=aliases_of(keys, held),
        names=tuple(sorted({full_name(record) for record in records} | {a for r in records for a in r.also_known_as})),
        born=tuple(sorted({str(record.born) for record in records if isinstance(record.born, PartialDate)})),
        age_words=age_words(records, by.as_of),
        records=records,
        warnings=(
            *_warnings(danger, [event for event in mine if not veil.hides_event(event)], findings, by),
            *((veil.whom_to_call(source), None, source) for source in veil.sources_hidden(keys)),
        ),
        timeline=visible.timeline_shown(mine, known, by.as_of),
        findings=tuple(explained(finding, by.policy) for finding in sorted(findings, key=_order)),
        links=visible.links_shown(_links(keys), held),
        cases=cases,
        as_of=by.as_of,
        known_at=known_at,
        fresh=source_freshness(request.now),
        notices=visible.notices_shown(hidden),
    )
    log_read(request, Act.OPEN_PERSON, ledger_refs_of_person(keys, facts))
    return page


def _order(finding: VisibleFinding) -> tuple[bool, float, str]:
    return (finding.due_at is None, -(finding.due_at.timestamp() if finding.due_at else 0), finding.finding)


def _cases(
    own: frozenset[RecordKey], mine: list[EventRecord], facts: Facts
) -> tuple[tuple[CaseKey, CaseRecord | None, tuple[str, ...]], ...]:
    roles: dict[CaseKey, set[str]] = {}
    for event in mine:
        if event.case is not None:
            roles.setdefault(event.case, set()).update(tie.role for tie in event.ties if tie.record in own)
    return tuple((key, facts.cases.get(key), tuple(sorted(roles[key]))) for key in sorted(roles))


def _warnings(
    danger: Danger | None, mine: list[EventRecord], findings: list[VisibleFinding], by: AssessmentContext
) -> tuple[Warned, ...]:
    found: list[Warned] = []
    if danger is not None:
        found.append((f"Danger reported as happening now: {danger.kind.value}", danger.reported_at, ""))
    flags: dict[str, EventRecord] = {}
    for event in sorted(mine, key=lambda e: (e.happened_at, e.source, e.event_id)):
        if event.happened_at.earliest > by.as_of:
            continue
        if event.kind == "flag_set":
            flags[event.outcome or event.text] = event
        elif event.kind == "flag_removed":
            flags.pop(event.outcome or event.text, None)
        elif event.kind == "order_made":
            flags[f"order {event.outcome}"] = event
        elif event.kind == "order_ended":
            flags.pop(f"order {event.outcome}", None)
    for name, event in sorted(flags.items()):
        words = name.replace("_", " ") or "flag"
        found.append((f"Warning: {words}", event.happened_at.earliest, event.source))
    overdue = sum(1 for f in findings if f.state is State.OVERDUE and f.ended_at is None)
    if overdue:
        found.append((f"{overdue} {'duty is' if overdue == 1 else 'duties are'} overdue", None, ""))
    return tuple(found)


def _links(keys: tuple[RecordKey, ...]) -> tuple[LinkShown, ...]:
    """The evidence between these records and others, strongest first, then what a human said where none is kept."""
    standing = in_force(judgements())
    said = {frozenset((str(j.a), str(j.b))): j.verdict.value for j in standing}
    pairs = pairs_of(keys)
    known = {frozenset((pair.a, pair.b)) for pair in pairs}
    told = [j for j in standing if frozenset((str(j.a), str(j.b))) not in known and {j.a, j.b} & set(keys)]
    shown = []
    for pair in pairs:
        levels = tuple((name, level) for name, level in sorted(read_levels(pair.levels).items()))
        judged = said.get(frozenset((pair.a, pair.b)), "")
        shown.append(LinkShown(pair.a, pair.b, pair.weight, pair.probability, levels, pair.held, judged))
    shown += [LinkShown(str(j.a), str(j.b), None, None, (), "", j.verdict.value) for j in told]
    return tuple(shown)
