"""A file of a round: who was given it to grade, and what a grader sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.access.thing import FileThing
from duecare.record.pole import CaseKey, EventRecord
from duecare.store.audit.file_allocations import graders_of
from duecare.store.facts.fact_lookup import Facts, sealed_cases
from duecare.visibility.sealed_filter import SealedFilter
from duecare.visibility.timeline import timeline_rows
from duecare.visibility.visible import VisibleTimelineRow


def file_thing(round_name: str, case: CaseKey) -> FileThing:
    """This file of this round, with those to whom it was allotted.

    Shape:   nobody, where there is no such file, or its case has been sealed since it was drawn.
    """
    graders = frozenset[str]() if case in sealed_cases() else graders_of(round_name, case)
    return FileThing(round_name, f"{case.source}:{case.case_ref}", graders)


@dataclass(frozen=True, slots=True)
class FileVisibility:
    """What a grader sees of a file: everything that was known, but for sealed people, and nobody's page."""

    sealed: SealedFilter

    @classmethod
    def of_facts(cls, *facts: Facts) -> FileVisibility:
        """What is seen of the file of which these are the facts, at any moment."""
        return cls(SealedFilter.for_graders(*facts))

    def facts_shown(self, facts: Facts) -> Facts:
        """These facts without sealed people."""
        return self.sealed.facts_shown(facts)

    def timeline_shown(
        self, events: Iterable[EventRecord], facts: Facts, as_of: datetime
    ) -> tuple[VisibleTimelineRow, ...]:
        """The timeline of these events without the ids of their people, the latest first."""
        shown_facts = self.facts_shown(facts)
        by_key = {(event.source, event.event_id): event for event in shown_facts.events}
        event_keys = ((event.source, event.event_id) for event in events)
        timeline = timeline_rows(
            (by_key[event_key] for event_key in event_keys if event_key in by_key), shown_facts, as_of
        )
        return tuple(
            VisibleTimelineRow(
                replace(timeline_row, people=tuple(("", label, role) for _, label, role in timeline_row.people))
            )
            for timeline_row in timeline
        )
