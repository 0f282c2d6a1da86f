"""What one viewer may see, put together once for a request: their scope, what is sealed, and sources that only point.

A page takes the types of `visible`, and only this module makes them: what was never filtered cannot be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from duecare.access.may_open import Scope, scope
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.figure import CountedLine
from duecare.record.pole import CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person
from duecare.store.ledger.opaque_ids import RECORD, LedgerRef
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.visibility.case_scope import case_thing, cases_in_scope, people_in_scope, person_thing
from duecare.visibility.pointer_only import PointerOnlyFilter, pointer_sources
from duecare.visibility.sealed_filter import SealedFilter, closed_people
from duecare.visibility.timeline import timeline_rows
from duecare.visibility.visible import (
    LinkShown,
    VisibleFinding,
    VisibleLink,
    VisibleMember,
    VisibleRecord,
    VisibleTimelineRow,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visibility:
    """What one viewer may see of cases, people, findings and facts.

    Shape:   made by `visibility_of` for the facts of one case or person, and by `visibility_for_lists` for everything.
             What it hides is decided when it is made; `for_findings` and `for_cases` add what those bring along.
    """

    request: Request
    scope: Scope
    sealed: SealedFilter
    pointer_only: PointerOnlyFilter

    def for_findings(self, findings: Iterable[Finding]) -> Visibility:
        """The same, with the restricted cases that their evidence speaks of, and their cases of sources that only point."""
        findings = list(findings)
        sealed = self.sealed.with_restricted(self.scope, findings, self.request.now)
        pointed = self.pointer_only.cases_of(sealed.findings_shown(findings)) | self.pointer_only.known_cases
        return replace(self, sealed=sealed, pointer_only=self._pointing_at(pointed))

    def for_facts(self, facts: Facts, *, opened: str = "") -> Visibility:
        """The same, with the restricted cases of these facts; `opened` is the person whose page or line it is."""
        return replace(self, sealed=self.sealed.with_facts(self.scope, facts, self.request.now, opened=opened))

    def for_cases(self, cases: Iterable[CaseKey | None]) -> Visibility:
        """The same, with these cases of sources that only point: those that name the viewer are shown whole."""
        return replace(self, pointer_only=self._pointing_at({*cases, *self.pointer_only.known_cases}))

    def _pointing_at(self, cases: Iterable[CaseKey | None]) -> PointerOnlyFilter:
        shown_cases = (case for case in cases if case not in self.sealed.cases)
        return PointerOnlyFilter.for_cases(self.request, self.pointer_only.sources, shown_cases)

    def cases_in_scope(self, cases: Iterable[CaseKey]) -> set[CaseKey]:
        """Those of these cases that the viewer may open now."""
        return cases_in_scope(self.scope, cases, self.request.now)

    def people_in_scope(self, people: Iterable[str]) -> set[str]:
        """Those of these people whom the viewer may open now."""
        return people_in_scope(self.scope, people, self.request.now)

    def case_in_full(self, case: CaseKey) -> bool:
        """Whether the viewer sees more of this case than that there is one, as far as its source goes."""
        if case.source not in self.pointer_only.sources:
            return True
        return self.scope.names(case_thing(case, facts_of_case(case, None), self.request.now))

    def finding_shown(self, finding: Finding | None) -> VisibleFinding | None:
        """This finding without what is not shown of it; None where it is not shown itself."""
        shown_findings = self.findings_shown([finding] if finding is not None else [])
        return shown_findings[0] if shown_findings else None

    def findings_shown(self, findings: Iterable[Finding]) -> list[VisibleFinding]:
        """Those of these findings that are shown, each without the evidence that is not."""
        return [
            VisibleFinding(finding)
            for finding in self.pointer_only.findings_shown(self.sealed.findings_shown(findings))
        ]

    def findings_not_sealed(self, findings: Iterable[Finding]) -> list[Finding]:
        """These findings without what is sealed: what a page counts as hidden by a source that only points starts here."""
        return self.sealed.findings_shown(findings)

    def findings_in_scope(self, findings: Iterable[Finding]) -> list[VisibleFinding]:
        """These findings cut to the cases and people that the viewer may open now, each without what is not shown of it."""
        findings = list(findings)
        cases = self.cases_in_scope({finding.case for finding in findings if finding.case})
        alone = self.people_in_scope({finding.person for finding in findings if finding.person and not finding.case})
        inside = [
            finding for finding in findings if (finding.case in cases if finding.case else finding.person in alone)
        ]
        return self.for_findings(inside).findings_shown(inside)

    def facts_shown(self, facts: Facts) -> Facts:
        """These facts without the cases, events, people and records that are not shown."""
        return self.sealed.facts_shown(facts)

    def timeline_shown(
        self, events: Iterable[EventRecord], facts: Facts, as_of: datetime
    ) -> tuple[VisibleTimelineRow, ...]:
        """The timeline of these events, from facts that are shown, the latest first."""
        shown_facts = self.sealed.facts_shown(facts)
        shown_events = {(event.source, event.event_id): event for event in shown_facts.events}
        event_keys = [(event.source, event.event_id) for event in events]
        timeline = timeline_rows(
            (shown_events[event_key] for event_key in event_keys if event_key in shown_events),
            self.pointer_only.facts_shown(shown_facts),
            as_of,
        )
        return tuple(VisibleTimelineRow(timeline_row) for timeline_row in self.pointer_only.timeline_rows(timeline))

    def facts_to_name(self, facts: Facts) -> Facts:
        """These facts with nothing left to name people by whose source only points."""
        return self.pointer_only.facts_shown(self.sealed.facts_shown(facts))

    def records_shown(self, records: Iterable[PersonRecord]) -> tuple[VisibleRecord, ...]:
        """Those of these records that are shown."""
        not_pointed = self.pointer_only.records_shown(records)
        return tuple(VisibleRecord(record) for record in not_pointed if record.key not in self.sealed.records)

    def record_keys_shown(self, keys: Iterable[RecordKey]) -> tuple[RecordKey, ...]:
        """Those of these records that exist for the viewer, whatever they see of them."""
        return tuple(key for key in keys if key not in self.sealed.records)

    def answers_to(self, asked: str) -> bool:
        """Whether this id is one that a person may be asked for by: not that of a record which is not shown.

        Shape:   a record that only a sealed case speaks of has an id of its own, to which whoever it is linked to answers.
        """
        named = records_named([asked])
        return not named or bool(self.record_keys_shown(named))

    def records_of(self, person: str) -> dict[RecordKey, VisibleRecord]:
        """The records of a person whom the viewer may open, of which they see more than a pointer; else none."""
        keys, facts = facts_of_person(person, None)
        if not keys or not self.scope.admits_person(person_thing(person, keys, facts, self.request.now)):
            return {}
        return self.records_opened(keys, facts)

    def records_opened(self, keys: Iterable[RecordKey], facts: Facts) -> dict[RecordKey, VisibleRecord]:
        """The same of a person whom access has let be opened, by their records and facts."""
        visible = self.for_cases(event.case for event in facts.events)
        shown_records = visible.records_shown(facts.persons[key] for key in keys if key in facts.persons)
        return {record.key: record for record in shown_records}

    def links_shown(self, links: Iterable[LinkShown], opened: str = "") -> tuple[VisibleLink, ...]:
        """Those of these links of which both sides are shown; `opened` is the person whose page it is."""
        links = list(links)
        people = whose_are(
            {RecordKey(*name.split(":", 1)) for link_shown in links for name in (link_shown.a, link_shown.b)}
        )
        # Whoever is on the other side may have no case in common with the facts that this filter was made for.
        closed = (self.sealed.people | closed_people(self.scope, people.values(), self.request.now)) - {opened}
        hidden = {str(key) for key, person in people.items() if key in self.sealed.records or person in closed}
        exist = (link_shown for link_shown in links if not {link_shown.a, link_shown.b} & hidden)
        return tuple(VisibleLink(link_shown) for link_shown in self.pointer_only.links_shown(exist))

    def members_shown(self, members: Iterable[CountedLine]) -> list[VisibleMember]:
        """Those of the lines behind a figure that the viewer may open now."""
        members = list(members)
        cases = self.cases_in_scope({member.case for member in members if member.case})
        alone = {member.person for member in members if member.person and not member.case}
        people = alone if self.scope.everything else self.people_in_scope(alone)
        return [
            VisibleMember(member)
            for member in members
            if (member.case in cases if member.case else member.person in people)
            and member.person not in self.sealed.people
        ]

    def groups_shown(self, groups: Mapping[T, Iterable[Finding]]) -> dict[T, list[VisibleFinding]]:
        """Findings by what they stand under, as they are shown; one look at their evidence for all of them."""
        groups = {key: list(findings) for key, findings in groups.items()}
        visible = self.for_findings(finding for findings in groups.values() for finding in findings)
        return {key: visible.findings_shown(findings) for key, findings in groups.items()}

    def notices_shown(self, sources: Iterable[str]) -> tuple[str, ...]:
        """What a page says in place of what it does not show of these sources."""
        return self.pointer_only.notices_of(sorted(set(sources) & self.pointer_only.sources))

    def ledger_refs_of_people(self, people: Iterable[str]) -> set[LedgerRef]:
        """What the ledger calls the records of these people that exist for the viewer."""
        asked_people = set(people)
        records = all_records_of(asked_people) | records_named(asked_people)
        return {(RECORD, *key) for key in self.record_keys_shown(records)}


def visibility_of(
    request: Request,
    config: Config,
    facts: Facts,
    findings: Iterable[Finding] = (),
    *,
    cases: Iterable[CaseKey | None] = (),
    opened: str = "",
) -> Visibility:
    """What this viewer may see of these facts of one case or person, and of what was found in them.

    Shape:   access has let the case or person be opened; `opened` is the person whose page it is, who stays open.
             `cases` are those of which a source that only points may speak.
    """
    viewer_scope = scope(request.viewer)
    sealed = SealedFilter.for_facts(viewer_scope, facts, request.now, opened=opened)
    visibility = Visibility(request, viewer_scope, sealed, PointerOnlyFilter(pointer_sources(request, config)))
    return visibility.for_cases(cases).for_findings(findings)


def visibility_for_lists(request: Request, config: Config) -> Visibility:
    """What this viewer may see of everything there is: for worklists, lists, search and pairs."""
    viewer_scope = scope(request.viewer)
    sealed = SealedFilter.for_lists(viewer_scope, request.now)
    return Visibility(request, viewer_scope, sealed, PointerOnlyFilter(pointer_sources(request, config)))
