"""Sources of which most see only that there is something: `handling = "pointer"` in their mapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.extract.mapping import load_mapping
from duecare.record.pole import NO_DETAIL, CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.store.facts import delivery_records
from duecare.store.facts.case_keys import cases_of_events
from duecare.store.facts.fact_lookup import Facts, events_of, facts_of_case
from duecare.visibility.case_scope import case_thing
from duecare.visibility.page_types import LinkShown, TimelineRow
from duecare.worklist.ownership import case_ownership

CALL = "Managed offender, call the unit that manages them"


@dataclass(frozen=True, slots=True)
class Pointers:
    """Of which sources does this viewer see only a pointer, and which of their cases whole?

    Shape:   `sources` is empty for those who may see the board of visits: theirs is the work. `cases` are those on which
             the viewer is named, `events` what was ever named under them, `records` who is tied into them; `managers`
             who manages each of the others.
    """

    sources: frozenset[str] = frozenset()
    cases: frozenset[CaseKey] = frozenset()
    events: frozenset[tuple[str, str]] = frozenset()
    records: frozenset[RecordKey] = frozenset()
    managers: dict[CaseKey, str] = field(default_factory=dict)

    def hides(self, case: CaseKey) -> bool:
        """Does this viewer see of this case only that there is one?"""
        return case.source in self.sources and case not in self.cases

    def hides_record(self, record: RecordKey) -> bool:
        """Does this viewer see of this record only that there is one?"""
        return record.source in self.sources and record not in self.records

    def hides_event(self, event: EventRecord) -> bool:
        """Does this viewer see of this event only that there is one?"""
        return self._hides(event.source, event.event_id)

    def _hides(self, source: str, event_id: str) -> bool:
        return source in self.sources and (source, event_id) not in self.events

    def rows(self, rows: Iterable[TimelineRow]) -> tuple[TimelineRow, ...]:
        """These rows, with nothing left of what such a source says but that it says something, and when."""
        return tuple(
            replace(row, event=_bare(row.event), people=(), file="", row=0, is_hidden=True)
            if self.hides_event(row.event)
            else row
            for row in rows
        )

    def said_by(self, records: Iterable[PersonRecord]) -> tuple[PersonRecord, ...]:
        """Those of these records that are shown."""
        return tuple(record for record in records if not self.hides_record(record.key))

    def facts(self, facts: Facts) -> Facts:
        """These facts, with no more of such a source's people than that they are restricted."""
        bare = {key: PersonRecord(key, restricted=True) for key in facts.persons if self.hides_record(key)}
        return replace(facts, persons={**facts.persons, **bare})

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those findings that do not rest on what is not shown of such a source."""
        return [
            finding
            for finding in findings
            if not (self.hides(finding.case) if finding.case else finding.source in self.sources)
            and not any(self._hides(fact.source, fact.event_id) for fact in finding.evidence)
        ]

    def links(self, links: Iterable[LinkShown]) -> tuple[LinkShown, ...]:
        """Those links of which both sides are shown."""
        return tuple(
            link
            for link in links
            if not any(self.hides_record(RecordKey(*name.split(":", 1))) for name in (link.a, link.b))
        )

    def said_of(self, keys: Iterable[RecordKey]) -> tuple[str, ...]:
        """The sources that say something of the owner of these records which this viewer does not see."""
        return tuple(sorted({key.source for key in keys if self.hides_record(key)}))

    def call(self, source: str = "") -> str:
        """Whom to call about what this source does not show: by number, where a manager is known."""
        numbers = sorted({number for case, number in self.managers.items() if number and case.source == source})
        return f"Managed offender, call {' or '.join(numbers)}" if numbers else CALL

    def notices(self, sources: Iterable[str]) -> tuple[str, ...]:
        """What a page says in the place of what it does not show of these sources."""
        return tuple(f"What {source} says is not shown to you: {self.call(source)}." for source in sources)


def pointers(
    request: Request, config: Config, cases: Iterable[CaseKey | None] = (), findings: Iterable[Finding] = ()
) -> Pointers:
    """Of which sources does this viewer see only a pointer, but for those of these cases on which they are named?

    Shape:   the cases of the findings, and those their evidence is of, are looked at too.
    """
    sources = pointer_sources(request, config)
    if not sources:
        return Pointers()
    findings = list(findings)
    facts = {(f.source, f.event_id) for finding in findings for f in finding.evidence if f.source in sources}
    wanted = {case for case in (*cases, *(finding.case for finding in findings)) if case and case.source in sources}
    wanted |= {case for named in cases_of_events(facts).values() for case in named if case.source in sources}
    seen, whole, records, managers = scope(request.viewer), set(), set(), {}
    for key in sorted(wanted):
        held = facts_of_case(key, None)
        if seen.names(case_thing(key, held, request.now)):
            whole.add(key)
            records |= {tie.record for event in held.events if event.case == key for tie in event.ties}
        else:
            mine = (event for event in held.events if event.case == key)
            managers[key] = case_ownership(held.cases.get(key), mine, request.now).officer
    return Pointers(sources, frozenset(whole), frozenset(events_of(whole)), frozenset(records), managers)


def pointer_sources(request: Request, config: Config) -> frozenset[str]:
    """Of which sources does this viewer see only a pointer, where they are not named?"""
    if Act.READ_VISITS in request.viewer.acts:
        return frozenset()
    known = (source for source, _, _ in delivery_records.freshness())
    return frozenset(source for source in known if _handling(source, config.sources) == "pointer")


@lru_cache(maxsize=256)
def _handling(source: str, folders: tuple[Path, ...]) -> str:
    return load_mapping(source, folders).handling


def _bare(event: EventRecord) -> EventRecord:
    return EventRecord(
        source=event.source,
        event_id="",
        kind="information_received",
        happened_at=event.happened_at,
        written_at=event.written_at,
        detail=NO_DETAIL,
    )
