"""What happened to recommendations, as kept; and the cases that a claim about revisits names, with all that tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import IntegrityError

from duecare.recommendation.fact import Deed, Fact, Party
from duecare.recommendation.revisits import CHILDREN
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.facts.affected_facts import events_of_records
from duecare.store.facts.fact_lookup import events_known, events_of
from duecare.store.linkage.linked_people import all_records_of, whose_are
from duecare.store.models import RecommendationFact
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal


def keep(facts: Iterable[Fact]) -> None:
    """Keep these facts, all or none. Call inside a transaction.

    Raises:  RCM-010 where another fact of the same recommendation came first.
    """
    try:
        RecommendationFact.objects.bulk_create(
            RecommendationFact(
                number=fact.number,
                sequence=fact.sequence,
                deed=fact.deed.value,
                happened_from=fact.happened_at.earliest,
                happened_to=fact.happened_at.latest,
                noted_at=fact.noted_at,
                by=fact.by,
                party=fact.party.value,
                said=dict(fact.said),
            )
            for fact in facts
        )
    except IntegrityError as wrong:
        raise Refusal("RCM-010") from wrong


def facts_of(number: str) -> tuple[Fact, ...]:
    """Every fact of this recommendation, in order."""
    return tuple(_fact(row) for row in RecommendationFact.objects.filter(number=number).order_by("sequence"))


def facts_by_number() -> dict[str, tuple[Fact, ...]]:
    """Every fact of every recommendation, by its number."""
    found: dict[str, list[Fact]] = {}
    for row in RecommendationFact.objects.order_by("number", "sequence"):
        found.setdefault(row.number, []).append(_fact(row))
    return {number: tuple(facts) for number, facts in found.items()}


def facts_around(
    cases: Iterable[CaseKey], known_at: datetime | None = None
) -> tuple[tuple[EventRecord, ...], dict[RecordKey, str]]:
    """Every event of these cases and of their children in whichever case, as known then; and which records are whose."""
    wanted = set(cases)
    keys = events_of(wanted)
    events = events_known(keys, known_at)
    records = {tie.record for event in events if event.case in wanted for tie in event.ties if tie.role in CHILDREN}
    whose = dict(whose_are(records))
    theirs = records | set(all_records_of(set(whose.values())))
    whose |= whose_are(theirs - records)
    elsewhere = set(events_of_records(theirs)) - set(keys)
    return (*events, *events_known(elsewhere, known_at)), whose


def _fact(row: RecommendationFact) -> Fact:
    return Fact(
        number=row.number,
        sequence=row.sequence,
        deed=Deed(row.deed),
        happened_at=When(_utc(row.happened_from), _utc(row.happened_to)),
        noted_at=_utc(row.noted_at),
        by=row.by,
        party=Party(row.party),
        said=row.said,
    )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
