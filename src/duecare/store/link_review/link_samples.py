"""Keeping pairs drawn by chance and what clerks held of them, and reading them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import insert, stream
from duecare.store.facts import delivery_records
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.models import LinkAnswer, LinkRun, LinkSample, SampledPair

Two = tuple[RecordKey, RecordKey]


@dataclass(frozen=True, slots=True)
class Said:
    """What did a clerk hold of a pair, and when?"""

    by: str
    verdict: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which pair was drawn, of which stratum, at which place, and who held what of it?

    Shape:   `answers` at most two, in the order in which they were given.
    """

    pair_id: int
    place: int
    stratum: str
    a: RecordKey
    b: RecordKey
    answers: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """Which pairs were drawn when, by which seed, of which linkage?

    Shape:   `strata`: (name, joined?, pairs in it, drawn) each; `pairs` by place.
    """

    number: int
    at: datetime
    seed: str
    link_run: int
    model: str
    records: int
    people: int
    strata: tuple[tuple[str, bool, int, int], ...]
    pairs: tuple[Drawn, ...]


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is answered against everyone else who answers."""
    return delivery_records.one_by_one("link-answers", 20161128)


def kept_pairs(run: LinkRun) -> Iterator[tuple[str, str, float]]:
    """Every pair kept of this run: (a, b, weight), by whole thousands at a time."""
    for rows in stream('SELECT "a", "b", "weight" FROM "pair" WHERE "run_id" = %s', [run.pk]):
        for a, b, weight in rows:
            yield a, b, float(weight)


def people_of_records(run: LinkRun) -> dict[str, str]:
    """Whose is every record of this run, by `source:record_id`?"""
    sql = 'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s'
    return {f"{source}:{record}": person for rows in stream(sql, [run.pk]) for source, record, person in rows}


def keep(
    run: LinkRun, at: datetime, by: str, seed: str, strata: Sequence[Sequence[object]], pairs: Sequence[Sequence[str]]
) -> int:
    """Keep a draw, of (stratum, a, b) in the order in which they are asked; its number. In a transaction."""
    row = LinkSample.objects.create(
        at=at,
        by=by,
        seed=seed,
        link_run=run.pk,
        model=run.model,
        records=run.records,
        people=run.people,
        strata=[list(one) for one in strata],
    )
    columns = ("sample_id", "place", "stratum", "a_source", "a_record", "b_source", "b_record")
    rows = [
        (row.pk, place, stratum, *read_record(a), *read_record(b)) for place, (stratum, a, b) in enumerate(pairs, 1)
    ]
    insert("sampled_pair", columns, rows)
    return int(row.pk)


def answer(pair: int, by: str, at: datetime, verdict: str) -> None:
    """Keep what this clerk held of a pair. In a transaction."""
    LinkAnswer.objects.create(pair_id=pair, by=by, at=at, verdict=verdict)


def latest() -> Sample | None:
    """The last draw, with all that was answered; None where there was none yet."""
    row = LinkSample.objects.order_by("-id").first()
    if row is None:
        return None
    told: dict[int, list[Said]] = {}
    for one in LinkAnswer.objects.filter(pair__sample=row).order_by("id"):
        told.setdefault(one.pair_id, []).append(Said(one.by, one.verdict, one.at))
    return Sample(
        number=row.pk,
        at=row.at,
        seed=row.seed,
        link_run=row.link_run,
        model=row.model,
        records=row.records,
        people=row.people,
        strata=tuple((str(name), bool(joined), int(of), int(drawn)) for name, joined, of, drawn in row.strata),
        pairs=tuple(_drawn(one, told) for one in SampledPair.objects.filter(sample=row).order_by("place")),
    )


def disputed(sample: Sample | None) -> tuple[Two, ...]:
    """Of which pairs did two clerks hold otherwise?"""
    pairs: Iterable[Drawn] = sample.pairs if sample is not None else ()
    return tuple(
        (one.a, one.b) for one in pairs if len(one.answers) > 1 and one.answers[0].verdict != one.answers[1].verdict
    )


def _drawn(one: SampledPair, told: Mapping[int, list[Said]]) -> Drawn:
    a, b = RecordKey(one.a_source, one.a_record), RecordKey(one.b_source, one.b_record)
    return Drawn(one.pk, one.place, one.stratum, a, b, tuple(told.get(one.pk, ())))
