"""What a judgement of a link changed: the person of each record, and what is found of them, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from duecare.assessment.affected_units import cases_of_people
from duecare.assessment.incremental_limits import CASES_AT_RECEIPT
from duecare.assessment.refresh_affected import refresh_affected
from duecare.assessment.rules_in_force import CHILDREN, AssessmentContext
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding, State
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts import affected_facts
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.findings import assessment_runs
from duecare.store.ledger.opaque_ids import RECORD, LedgerRef
from duecare.store.linkage.linked_people import all_records_of, members_of, whose_are
from duecare.use_cases.linkage.regroup_people import RegroupResult
from duecare.visibility.case_scope import ledger_refs_of_findings
from duecare.visibility.view import visibility_for_lists

PersonRecords = tuple[str, tuple[RecordKey, ...]]
"""A person by their id, with their records."""


@dataclass(frozen=True, slots=True)
class FindingChanged:
    """A finding that appeared, went, or is in another state or due at another time.

    Shape:   `before` or `after` is None where there was, or is, none.
    """

    finding: str
    duty: str
    case: CaseKey | None
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """What has changed.

    Shape:   people in order of their ids, cut to the records the viewer may be shown, those of the two records always;
             `moved` is record to (person before, person after), cut likewise; findings cut to the cases and people they
             may open now, in order of their ids. `is_whole`: everything affected has been assessed again.
    """

    people_before: tuple[PersonRecords, ...] = ()
    people_after: tuple[PersonRecords, ...] = ()
    moved: Mapping[RecordKey, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[FindingChanged, ...] = ()
    is_whole: bool = True

    @property
    def appeared(self) -> tuple[FindingChanged, ...]:
        """Findings that there were not before."""
        return tuple(finding_change for finding_change in self.findings if finding_change.before is None)

    @property
    def went(self) -> tuple[FindingChanged, ...]:
        """Findings that there are no more."""
        return tuple(finding_change for finding_change in self.findings if finding_change.after is None)

    @property
    def altered(self) -> tuple[FindingChanged, ...]:
        """Findings that are in another state, or due at another time."""
        return tuple(
            finding_change
            for finding_change in self.findings
            if finding_change.before is not None and finding_change.after is not None
        )

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        return not self.moved and not self.findings


@dataclass(frozen=True, slots=True)
class Side:
    """The people of two records, and the records of each, when somebody judged them."""

    a: RecordKey
    b: RecordKey
    whose: Mapping[RecordKey, str]
    records: frozenset[RecordKey]

    @classmethod
    def now(cls, first_record: RecordKey, second_record: RecordKey) -> Side:
        """As it stands."""
        person_of_record = whose_are((first_record, second_record))
        all_records = {record for person in set(person_of_record.values()) for record in members_of(person)}
        return cls(
            first_record, second_record, person_of_record, frozenset({first_record, second_record} | all_records)
        )


def link_changed(
    request: Request, config: Config, before: Side, relinked: RegroupResult, *, most_cases: int = CASES_AT_RECEIPT
) -> tuple[LinkChanged, set[LedgerRef]]:
    """What this changed, and the ledger references of those shown in the answer.

    Shape:   what rests on the moved records is assessed again, unless that is more than `most_cases` cases.
    """
    people_ids = set(before.whose.values()) | relinked.people
    records = before.records | all_records_of(people_ids) | relinked.moved.keys()
    after = whose_are(records)
    person_before = {
        record_key: relinked.moved[record_key][0] or after[record_key]
        if record_key in relinked.moved
        else after[record_key]
        for record_key in records
    }
    shown_records = _shown_records(request, config, before, records, after)
    changed = LinkChanged(
        _grouped_records(shown_records, person_before),
        _grouped_records(shown_records, after),
        {
            record_key: (person_before[record_key], after[record_key])
            for record_key in sorted(shown_records)
            if person_before[record_key] != after[record_key]
        },
    )
    names: set[LedgerRef] = {(RECORD, *record_key) for record_key in shown_records}
    assess_run = assessment_runs.run_in_force()
    if assess_run is None or not relinked.moved:
        return changed, names
    people, cases = _resting_on(request, config, relinked, people_ids | set(after.values()))
    findings_before = _kept_findings(assess_run.id, cases, people, request.now)
    is_whole = refresh_affected(request, most_units=most_cases).is_whole
    run_now = assessment_runs.run_in_force() or assess_run
    findings_after = _kept_findings(run_now.id, cases, people, request.now)
    visible = visibility_for_lists(request, config)
    findings_told = {
        finding.finding for finding in visible.findings_in_scope({**findings_before, **findings_after}.values())
    }
    differ = tuple(
        _differing_finding(finding_id, findings_before.get(finding_id), findings_after.get(finding_id))
        for finding_id in sorted(findings_told)
        if _finding_content(findings_before.get(finding_id)) != _finding_content(findings_after.get(finding_id))
    )
    findings_seen = [
        findings_after.get(differing.finding) or findings_before[differing.finding] for differing in differ
    ]
    return replace(changed, findings=differ, is_whole=is_whole), names | ledger_refs_of_findings(findings_seen)


def _grouped_records(
    records: Iterable[RecordKey], person_of_record: Mapping[RecordKey, str]
) -> tuple[PersonRecords, ...]:
    grouped: dict[str, list[RecordKey]] = {}
    for record in sorted(records):
        grouped.setdefault(person_of_record[record], []).append(record)
    return tuple((person, tuple(grouped[person])) for person in sorted(grouped))


def _shown_records(
    request: Request, config: Config, before: Side, records: Iterable[RecordKey], after: Mapping[RecordKey, str]
) -> set[RecordKey]:
    """Those of the people of the two as they were, for those could be opened, and of whoever else may be opened now."""
    others = {after[record_key] for record_key in records if record_key not in before.records}
    visible = visibility_for_lists(request, config)
    people_in_scope = visible.people_in_scope(others)
    shown_records = {
        record_key for record_key in records if record_key in before.records or after[record_key] in people_in_scope
    }
    cases = {
        event.case
        for person in {after[record_key] for record_key in shown_records}
        for event in facts_of_person(person, None)[1].events
    }
    pointing = visible.for_cases(cases).pointer_only
    return {
        record_key for record_key in visible.record_keys_shown(shown_records) if not pointing.hides_record(record_key)
    }


def _resting_on(
    request: Request, config: Config, relinked: RegroupResult, people_ids: set[str]
) -> tuple[set[str], set[CaseKey]]:
    """The people and cases whose findings may differ now; wider than what is assessed does no harm."""
    roles = AssessmentContext.at(config, request.now, None).roles | CHILDREN
    cases = cases_of_people(people_ids, roles)
    cases |= affected_facts.cases_of_events(affected_facts.events_of_records(relinked.moved.keys()))
    records_tied = affected_facts.records_of_events(affected_facts.events_of_cases(cases))
    people = people_ids | set(whose_are(records_tied).values())
    return people, cases | cases_of_people(people, roles)


def _kept_findings(run_number: int, cases: set[CaseKey], people: set[str], as_of: datetime) -> dict[str, Finding]:
    kept_findings = assessment_runs.findings_of(run_number, cases, people, as_of)
    return {finding.finding: finding for line_findings in kept_findings.values() for finding in line_findings}


def _finding_content(finding: Finding | None) -> tuple[object, ...]:
    return (finding.state, finding.due_at, finding.ended_at) if finding else ()


def _differing_finding(finding_name: str, before: Finding | None, after: Finding | None) -> FindingChanged:
    either_finding = after or before
    assert either_finding is not None
    return FindingChanged(
        finding_name,
        either_finding.duty,
        either_finding.case,
        before.state if before else None,
        after.state if after else None,
    )
