"""What happened to recommendations, as kept; and the cases that a claim about revisits names, with all that tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import IntegrityError

from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.revisit_claim import CHILDREN
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.facts.affected_facts import events_of_records
from duecare.store.facts.fact_lookup import events_known, events_of
from duecare.store.linkage.linked_people import all_records_of, whose_are
from duecare.store.models import RecommendationFact
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal


def keep_facts(facts: Iterable[Fact]) -> None:
    """Keep these facts, all or none. Call inside a transaction.

    Raises:  RCM-010 where another fact of the same recommendation came first.
    """
    try:
        RecommendationFact.objects.bulk_create(
            RecommendationFact(
                number=recommendation_fact.number,
                sequence=recommendation_fact.sequence,
                deed=recommendation_fact.deed.value,
                happened_from=recommendation_fact.happened_at.earliest,
                happened_to=recommendation_fact.happened_at.latest,
                noted_at=recommendation_fact.noted_at,
                by=recommendation_fact.by,
                party=recommendation_fact.party.value,
                said=dict(recommendation_fact.said),
            )
            for recommendation_fact in facts
        )
    except IntegrityError as failure:
        raise Refusal("RCM-010") from failure


def facts_of(number: str) -> tuple[Fact, ...]:
    """Every fact of this recommendation, in order."""
    return tuple(
        _read_fact(table_row) for table_row in RecommendationFact.objects.filter(number=number).order_by("sequence")
    )


def facts_by_number() -> dict[str, tuple[Fact, ...]]:
    """Every fact of every recommendation, by its number."""
    facts_found: dict[str, list[Fact]] = {}
    for table_row in RecommendationFact.objects.order_by("number", "sequence"):
        facts_found.setdefault(table_row.number, []).append(_read_fact(table_row))
    return {number: tuple(facts) for number, facts in facts_found.items()}


def facts_around(
    cases: Iterable[CaseKey], known_at: datetime | None = None
) -> tuple[tuple[EventRecord, ...], dict[RecordKey, str]]:
    """Every event of these cases and of their children in whichever case, as known then; and which records are whose."""
    case_keys = set(cases)
    event_keys = events_of(case_keys)
    events = events_known(event_keys, known_at)
    records = {
        involvement.record
        for event in events
        if event.case in case_keys
        for involvement in event.ties
        if involvement.role in CHILDREN
    }
    person_of_record = dict(whose_are(records))
    theirs = records | set(all_records_of(set(person_of_record.values())))
    person_of_record |= whose_are(theirs - records)
    elsewhere = set(events_of_records(theirs)) - set(event_keys)
    return (*events, *events_known(elsewhere, known_at)), person_of_record


def _read_fact(table_row: RecommendationFact) -> Fact:
    return Fact(
        number=table_row.number,
        sequence=table_row.sequence,
        deed=Deed(table_row.deed),
        happened_at=When(_utc_time(table_row.happened_from), _utc_time(table_row.happened_to)),
        noted_at=_utc_time(table_row.noted_at),
        by=table_row.by,
        party=Party(table_row.party),
        said=table_row.said,
    )


def _utc_time(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
