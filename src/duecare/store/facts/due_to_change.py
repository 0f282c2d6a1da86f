"""Which cases and people are touched by what happens between two moments, or by an officer's coming and going."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.affected_facts import cases_of_events, events_of_officers, records_of_events
from duecare.store.models import Fact
from duecare.vocabulary.kinds import EVENT_KINDS

ALLOCATES = ("investigator_allocated", "offender_manager_allocated")


def named_between(after: datetime, until: datetime) -> tuple[set[CaseKey], set[RecordKey]]:
    """The cases and records of events some version of which happened after the one moment, up to the other."""
    kinds = sorted(EVENT_KINDS)
    facts = Fact.objects.filter(
        kind__in=kinds, happened_at__gt=int(after.timestamp()), happened_at__lte=int(until.timestamp())
    )
    table_rows = list(facts.values_list("source", "key", "case_source", "case_ref").distinct())
    cases = {CaseKey(source, case_ref) for _, _, source, case_ref in table_rows if source and case_ref}
    return cases, records_of_events({(source, record_key) for source, record_key, _, _ in table_rows})


def cases_of_officers(officers: Iterable[str]) -> set[CaseKey]:
    """The cases that some version of an allocation gave to one of these officers."""
    return cases_of_events(events_of_officers(officers, ALLOCATES))
