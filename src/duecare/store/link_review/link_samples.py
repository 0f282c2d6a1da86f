"""Pairs drawn by chance and the answers of clerks: kept and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from duecare.record.pole import RecordKey
from duecare.store.database.process_locks import process_lock
from duecare.store.database.sql_rows import insert_rows, stream_rows
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.linkage.linked_people import LinkageRun
from duecare.store.models import LinkAnswer, LinkSample, SampledPair

RecordPair = tuple[RecordKey, RecordKey]


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What a clerk answered of a pair, and when."""

    by: str
    verdict: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """A pair that was drawn: its stratum, its place, and who answered what of it.

    Shape:   `answers` at most two, in the order in which they were given.
    """

    pair_id: int
    place: int
    stratum: str
    a: RecordKey
    b: RecordKey
    answers: tuple[PairAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs drawn at one time: when, by which seed, of which linkage.

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
    pairs: tuple[DrawnPair, ...]


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is answered against everyone else who answers."""
    return process_lock("link-answers")


def kept_pairs(link_run: LinkageRun) -> Iterator[tuple[str, str, float]]:
    """Every pair kept of this run: (a, b, weight), by whole thousands at a time."""
    # Raw, as the next: millions of rows, of which the ORM reads half as many in a second (0042).
    for table_rows in stream_rows('SELECT "a", "b", "weight" FROM "candidate_pair" WHERE "run_id" = %s', [link_run.id]):
        for record_a, record_b, weight in table_rows:
            yield record_a, record_b, float(weight)


def people_of_records(link_run: LinkageRun) -> dict[str, str]:
    """The person of every record of this run, by `source:record_id`."""
    sql_text = 'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s'
    return {
        f"{source}:{record}": person
        for table_rows in stream_rows(sql_text, [link_run.id])
        for source, record, person in table_rows
    }


def keep_sample(
    link_run: LinkageRun,
    recorded_at: datetime,
    account_name: str,
    seed_text: str,
    strata: Sequence[Sequence[object]],
    pairs: Sequence[Sequence[str]],
) -> int:
    """Keep a draw, of (stratum, a, b) in the order in which they are asked; its number. In a transaction."""
    sample_row = LinkSample.objects.create(
        at=recorded_at,
        by=account_name,
        seed=seed_text,
        link_run=link_run.id,
        model=link_run.model,
        records=link_run.records,
        people=link_run.people,
        strata=[list(stratum) for stratum in strata],
    )
    columns = ("sample_id", "place", "stratum", "a_source", "a_record", "b_source", "b_record")
    pair_rows = [
        (sample_row.pk, place, stratum, *read_record(record_a), *read_record(record_b))
        for place, (stratum, record_a, record_b) in enumerate(pairs, 1)
    ]
    insert_rows("sampled_pair", columns, pair_rows)
    return int(sample_row.pk)


def answer_pair(pair_number: int, account_name: str, recorded_at: datetime, verdict: str) -> None:
    """Keep what this clerk held of a pair. In a transaction."""
    LinkAnswer.objects.create(pair_id=pair_number, by=account_name, at=recorded_at, verdict=verdict)


def latest_sample() -> Sample | None:
    """The last draw, with all that was answered; None where there was none yet."""
    sample_row = LinkSample.objects.order_by("-id").first()
    if sample_row is None:
        return None
    answers_by_pair: dict[int, list[PairAnswer]] = {}
    for link_answer in LinkAnswer.objects.filter(pair__sample=sample_row).order_by("id"):
        answers_by_pair.setdefault(link_answer.pair_id, []).append(
            PairAnswer(link_answer.by, link_answer.verdict, link_answer.at)
        )
    return Sample(
        number=sample_row.pk,
        at=sample_row.at,
        seed=sample_row.seed,
        link_run=sample_row.link_run,
        model=sample_row.model,
        records=sample_row.records,
        people=sample_row.people,
        strata=tuple(
            (str(stratum_name), bool(joined), int(pair_count), int(drawn))
            for stratum_name, joined, pair_count, drawn in sample_row.strata
        ),
        pairs=tuple(
            _drawn_pair(sampled_pair, answers_by_pair)
            for sampled_pair in SampledPair.objects.filter(sample=sample_row).order_by("place")
        ),
    )


def disputed_pairs(sample: Sample | None) -> tuple[RecordPair, ...]:
    """Pairs on which two clerks disagreed."""
    pairs: Iterable[DrawnPair] = sample.pairs if sample is not None else ()
    return tuple(
        (drawn_pair.a, drawn_pair.b)
        for drawn_pair in pairs
        if len(drawn_pair.answers) > 1 and drawn_pair.answers[0].verdict != drawn_pair.answers[1].verdict
    )


def _drawn_pair(sampled_pair: SampledPair, answers_by_pair: Mapping[int, list[PairAnswer]]) -> DrawnPair:
    record_a, record_b = (
        RecordKey(sampled_pair.a_source, sampled_pair.a_record),
        RecordKey(sampled_pair.b_source, sampled_pair.b_record),
    )
    return DrawnPair(
        sampled_pair.pk,
        sampled_pair.place,
        sampled_pair.stratum,
        record_a,
        record_b,
        tuple(answers_by_pair.get(sampled_pair.pk, ())),
    )
