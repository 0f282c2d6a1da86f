"""What a judgement of a link changed: whose records are whose, and what is found of them, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from duecare.assessment.affected import cases_of_people
from duecare.assessment.refresh_affected import AT_RECEIPT, refresh_affected
from duecare.assessment.rules_in_force import CHILDREN, AssessmentContext
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding, State
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts import affected_facts
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.findings import assessment_runs
from duecare.store.ledger.opaque_ids import RECORD, Name
from duecare.store.linkage.linked_people import all_records_of, members_of, whose_are
from duecare.use_cases.linkage.regroup_people import Relinked
from duecare.visibility.case_scope import ledger_refs_of_findings
from duecare.visibility.view import visibility_for_lists

Held = tuple[str, tuple[RecordKey, ...]]
"""A person by their id, with their records."""


@dataclass(frozen=True, slots=True)
class FindingChanged:
    """Which finding appeared, went, or is in another state or due at another time?

    Shape:   `before` or `after` is None where there was, or is, none.
    """

    finding: str
    duty: str
    case: CaseKey | None
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """What is another than before?

    Shape:   people in order of their ids, cut to the records the viewer may be shown, those of the two records always;
             `moved` is record to (person before, person after), cut likewise; findings cut to the cases and people they
             may open now, in order of their ids. `is_whole`: everything touched has been reckoned anew.
    """

    people_before: tuple[Held, ...] = ()
    people_after: tuple[Held, ...] = ()
    moved: Mapping[RecordKey, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[FindingChanged, ...] = ()
    is_whole: bool = True

    @property
    def appeared(self) -> tuple[FindingChanged, ...]:
        """Findings that there were not before."""
        return tuple(one for one in self.findings if one.before is None)

    @property
    def went(self) -> tuple[FindingChanged, ...]:
        """Findings that there are no more."""
        return tuple(one for one in self.findings if one.after is None)

    @property
    def altered(self) -> tuple[FindingChanged, ...]:
        """Findings that are in another state, or due at another time."""
        return tuple(one for one in self.findings if one.before is not None and one.after is not None)

    @property
    def is_nothing(self) -> bool:
        """Is everything as it was?"""
        return not self.moved and not self.findings


@dataclass(frozen=True, slots=True)
class Side:
    """Whose were two records, and which records had each of those people, when somebody judged them?"""

    a: RecordKey
    b: RecordKey
    whose: Mapping[RecordKey, str]
    records: frozenset[RecordKey]

    @classmethod
    def now(cls, a: RecordKey, b: RecordKey) -> Side:
        """As it stands."""
        whose = whose_are((a, b))
        held = {record for person in set(whose.values()) for record in members_of(person)}
        return cls(a, b, whose, frozenset({a, b} | held))


def link_changed(
    request: Request, config: Config, before: Side, relinked: Relinked, *, most: int = AT_RECEIPT
) -> tuple[LinkChanged, set[Name]]:
    """What did this change, and under which names does the ledger speak of those shown in the answer?

    Shape:   what rests on the moved records is reckoned anew, unless that is more than `most` cases.
    """
    ids = set(before.whose.values()) | relinked.people
    records = before.records | all_records_of(ids) | relinked.moved.keys()
    after = whose_are(records)
    was = {one: relinked.moved[one][0] or after[one] if one in relinked.moved else after[one] for one in records}
    shown = _shown(request, config, before, records, after)
    changed = LinkChanged(
        _grouped(shown, was),
        _grouped(shown, after),
        {one: (was[one], after[one]) for one in sorted(shown) if was[one] != after[one]},
    )
    names: set[Name] = {(RECORD, *one) for one in shown}
    run = assessment_runs.run_in_force()
    if run is None or not relinked.moved:
        return changed, names
    people, cases = _resting_on(request, config, relinked, ids | set(after.values()))
    first = _kept(run.pk, cases, people, request.now)
    is_whole = refresh_affected(request, most_units=most).is_whole
    now = assessment_runs.run_in_force() or run
    last = _kept(now.pk, cases, people, request.now)
    visible = visibility_for_lists(request, config)
    told = {one.finding for one in visible.findings_in_scope({**first, **last}.values())}
    differ = tuple(
        _differing(one, first.get(one), last.get(one))
        for one in sorted(told)
        if _said(first.get(one)) != _said(last.get(one))
    )
    seen = [last.get(one.finding) or first[one.finding] for one in differ]
    return replace(changed, findings=differ, is_whole=is_whole), names | ledger_refs_of_findings(seen)


def _grouped(records: Iterable[RecordKey], whose: Mapping[RecordKey, str]) -> tuple[Held, ...]:
    found: dict[str, list[RecordKey]] = {}
    for record in sorted(records):
        found.setdefault(whose[record], []).append(record)
    return tuple((person, tuple(found[person])) for person in sorted(found))


def _shown(
    request: Request, config: Config, before: Side, records: Iterable[RecordKey], after: Mapping[RecordKey, str]
) -> set[RecordKey]:
    """Those of the people of the two as they were, for those could be opened, and of whoever else may be opened now."""
    others = {after[one] for one in records if one not in before.records}
    visible = visibility_for_lists(request, config)
    mine = visible.people_in_scope(others)
    found = {one for one in records if one in before.records or after[one] in mine}
    cases = {
        event.case for person in {after[one] for one in found} for event in facts_of_person(person, None)[1].events
    }
    pointing = visible.for_cases(cases).pointer_only
    return {one for one in visible.record_keys_shown(found) if not pointing.hides_record(one)}


def _resting_on(request: Request, config: Config, relinked: Relinked, ids: set[str]) -> tuple[set[str], set[CaseKey]]:
    """On whom and in which cases can something else be found now? Wider than what is reckoned does no harm."""
    roles = AssessmentContext.at(config, request.now, None).roles | CHILDREN
    cases = cases_of_people(ids, roles)
    cases |= affected_facts.cases_of_events(affected_facts.events_of_records(relinked.moved.keys()))
    tied = affected_facts.records_of_events(affected_facts.events_of_cases(cases))
    people = ids | set(whose_are(tied).values())
    return people, cases | cases_of_people(people, roles)


def _kept(run: int, cases: set[CaseKey], people: set[str], as_of: datetime) -> dict[str, Finding]:
    kept = assessment_runs.findings_of(run, cases, people, as_of)
    return {one.finding: one for some in kept.values() for one in some}


def _said(finding: Finding | None) -> tuple[object, ...]:
    return (finding.state, finding.due_at, finding.ended_at) if finding else ()


def _differing(name: str, before: Finding | None, after: Finding | None) -> FindingChanged:
    one = after or before
    assert one is not None
    return FindingChanged(name, one.duty, one.case, before.state if before else None, after.state if after else None)
