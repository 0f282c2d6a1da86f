"""Sources of which most see only that there is something: `handling = "pointer"` in their mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.extract.mapping import load_mapping
from duecare.record.pole import NO_DETAIL, CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.store.facts import delivery_records
from duecare.store.facts.case_keys import cases_of_events
from duecare.store.facts.fact_lookup import Facts, events_of, facts_of_case
from duecare.visibility.case_scope import case_thing
from duecare.visibility.visible import LinkShown, TimelineRow
from duecare.worklist.ownership import case_ownership

CALL_THE_UNIT = "Managed offender, call the unit that manages them"


@dataclass(frozen=True, slots=True)
class PointerOnlyFilter:
    """Sources of which this viewer sees only a pointer, and which of their cases they see whole.

    Shape:   `sources` is empty for those who may see the board of visits: theirs is the work. `cases` are those on which
             the viewer is named, `events` what was ever named under them, `records` who is tied into them; `managers`
             who manages each of the others.
    """

    sources: frozenset[str] = frozenset()
    cases: frozenset[CaseKey] = frozenset()
    events: frozenset[tuple[str, str]] = frozenset()
    records: frozenset[RecordKey] = frozenset()
    managers: Mapping[CaseKey, str] = field(default_factory=dict)

    @classmethod
    def for_cases(cls, request: Request, sources: frozenset[str], cases: Iterable[CaseKey | None]) -> PointerOnlyFilter:
        """What this viewer sees of `sources`, which only point for them, but for those of these cases that name them."""
        pointed_cases = {case for case in cases if case is not None and case.source in sources}
        viewer_scope, whole, records, managers = scope(request.viewer), set(), set(), {}
        for key in sorted(pointed_cases):
            facts = facts_of_case(key, None)
            if viewer_scope.names(case_thing(key, facts, request.now)):
                whole.add(key)
                records |= {
                    participation.record for event in facts.events if event.case == key for participation in event.ties
                }
            else:
                case_events = (event for event in facts.events if event.case == key)
                managers[key] = case_ownership(facts.cases.get(key), case_events, request.now).officer
        return cls(sources, frozenset(whole), frozenset(events_of(whole)), frozenset(records), managers)

    @property
    def known_cases(self) -> frozenset[CaseKey]:
        """The cases that have been looked at, shown whole or not."""
        return self.cases | frozenset(self.managers)

    def cases_of(self, findings: Iterable[Finding]) -> set[CaseKey]:
        """The cases of sources that only point, of these findings and of their evidence."""
        findings = list(findings)
        facts = {
            (evidence_fact.source, evidence_fact.event_id)
            for finding in findings
            for evidence_fact in finding.evidence
            if evidence_fact.source in self.sources
        }
        finding_cases = {finding.case for finding in findings if finding.case and finding.case.source in self.sources}
        return finding_cases | {
            case
            for named_cases in cases_of_events(facts).values()
            for case in named_cases
            if case.source in self.sources
        }

    def hides_case(self, case: CaseKey) -> bool:
        """Whether this viewer sees of this case only that there is one."""
        return case.source in self.sources and case not in self.cases

    def hides_record(self, record: RecordKey) -> bool:
        """Whether this viewer sees of this record only that there is one."""
        return record.source in self.sources and record not in self.records

    def hides_event(self, event: EventRecord) -> bool:
        """Whether this viewer sees of this event only that there is one."""
        return self._hides_key(event.source, event.event_id)

    def _hides_key(self, source: str, event_id: str) -> bool:
        return source in self.sources and (source, event_id) not in self.events

    def timeline_rows(self, rows: Iterable[TimelineRow]) -> tuple[TimelineRow, ...]:
        """These rows, with nothing left of what such a source says but that it says something, and when."""
        return tuple(
            replace(timeline_row, event=_bare_event(timeline_row.event), people=(), file="", row=0, is_hidden=True)
            if self.hides_event(timeline_row.event)
            else timeline_row
            for timeline_row in rows
        )

    def records_shown(self, records: Iterable[PersonRecord]) -> tuple[PersonRecord, ...]:
        """Those of these records that are shown."""
        return tuple(record for record in records if not self.hides_record(record.key))

    def facts_shown(self, facts: Facts) -> Facts:
        """These facts, with no more of such a source's people than that they are restricted."""
        bare = {key: PersonRecord(key, restricted=True) for key in facts.persons if self.hides_record(key)}
        return replace(facts, persons={**facts.persons, **bare})

    def findings_shown(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those findings that do not rest on what is not shown of such a source."""
        return [
            finding
            for finding in findings
            if not (self.hides_case(finding.case) if finding.case else finding.source in self.sources)
            and not any(
                self._hides_key(evidence_fact.source, evidence_fact.event_id) for evidence_fact in finding.evidence
            )
        ]

    def links_shown(self, links: Iterable[LinkShown]) -> tuple[LinkShown, ...]:
        """Those links of which both sides are shown."""
        return tuple(
            link_shown
            for link_shown in links
            if not any(self.hides_record(RecordKey(*name.split(":", 1))) for name in (link_shown.a, link_shown.b))
        )

    def sources_hidden(self, keys: Iterable[RecordKey]) -> tuple[str, ...]:
        """The sources that say something of the owner of these records which this viewer does not see."""
        return tuple(sorted({key.source for key in keys if self.hides_record(key)}))

    def whom_to_call(self, source: str = "") -> str:
        """Whom to call about what this source does not show: by number, where a manager is known."""
        numbers = sorted({number for case, number in self.managers.items() if number and case.source == source})
        return f"Managed offender, call {' or '.join(numbers)}" if numbers else CALL_THE_UNIT

    def notices_of(self, sources: Iterable[str]) -> tuple[str, ...]:
        """What a page says in place of what it does not show of these sources."""
        return tuple(f"What {source} says is not shown to you: {self.whom_to_call(source)}." for source in sources)


def pointer_sources(request: Request, config: Config) -> frozenset[str]:
    """Sources of which this viewer sees only a pointer, where no case of theirs names them."""
    if Act.READ_VISITS in request.viewer.acts:
        return frozenset()
    known_sources = (source for source, _, _ in delivery_records.latest_accepted_of_each_source())
    return frozenset(source for source in known_sources if _handling_of(source, config.sources) == "pointer")


@lru_cache(maxsize=256)
def _handling_of(source: str, folders: tuple[Path, ...]) -> str:
    return load_mapping(source, folders).handling


def _bare_event(event: EventRecord) -> EventRecord:
    return EventRecord(
        source=event.source,
        event_id="",
        kind="information_received",
        happened_at=event.happened_at,
        written_at=event.written_at,
        detail=NO_DETAIL,
    )
