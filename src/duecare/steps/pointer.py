"""Sources of which most see only that there is something: `handling = "pointer"` in their mapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from duecare.access.act import Act
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.extract.mapping import load_mapping
from duecare.record.pole import NO_DETAIL, EventRecord, PersonRecord, RecordKey
from duecare.steps.asking import Asking
from duecare.steps.shown import LinkShown, TimelineRow
from duecare.store import deliveries
from duecare.store.facts import Facts

CALL = "Managed offender, call the unit that manages them"


@dataclass(frozen=True, slots=True)
class Pointers:
    """Of which sources does this viewer see only a pointer?

    Shape:   empty for those who may see the board of visits: theirs is the work.
    """

    sources: frozenset[str] = frozenset()

    def rows(self, rows: Iterable[TimelineRow]) -> tuple[TimelineRow, ...]:
        """These rows, with nothing left of what such a source says but that it says something, and when."""
        return tuple(
            replace(row, event=_bare(row.event), people=(), is_hidden=True) if row.event.source in self.sources else row
            for row in rows
        )

    def records(self, records: Iterable[PersonRecord]) -> tuple[PersonRecord, ...]:
        """Those records that do not come from such a source."""
        return tuple(record for record in records if record.key.source not in self.sources)

    def facts(self, facts: Facts) -> Facts:
        """These facts, with no more of such a source's people than that they are restricted."""
        bare = {key: PersonRecord(key, restricted=True) for key in facts.persons if key.source in self.sources}
        return replace(facts, persons={**facts.persons, **bare})

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those findings that do not rest on such a source."""
        return [
            finding
            for finding in findings
            if finding.source not in self.sources and all(fact.source not in self.sources for fact in finding.evidence)
        ]

    def links(self, links: Iterable[LinkShown]) -> tuple[LinkShown, ...]:
        """Those links of which neither side comes from such a source."""
        return tuple(
            link for link in links if self.sources.isdisjoint((link.a.partition(":")[0], link.b.partition(":")[0]))
        )

    def said_of(self, keys: Iterable[RecordKey]) -> tuple[str, ...]:
        """The sources that say something of the owner of these records which this viewer does not see."""
        return tuple(sorted({key.source for key in keys} & self.sources))


def pointers(asking: Asking, config: Config) -> Pointers:
    """Of which sources does this viewer see only a pointer?"""
    if Act.READ_VISITS in asking.viewer.acts:
        return Pointers()
    known = (source for source, _, _ in deliveries.freshness())
    return Pointers(frozenset(source for source in known if _handling(source, config.sources) == "pointer"))


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
