"""Which records are one person, by the run of linkage in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.person.identity import record_person_id
from duecare.person.judgement import Judgement, Verdict
from duecare.person.pair import read_levels
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import insert_rows, placeholder_marks, select_rows, split_chunks, stream_rows
from duecare.store.models import Judgement as JudgementRow
from duecare.store.models import LinkMove, LinkRun, LinkTerm, Membership, Pair, PersonAlias, Pointer

LINK_POINTER = "link"
_LINKED_AS: ContextVar[int | None] = ContextVar("linked_as", default=None)


@dataclass(frozen=True, slots=True)
class LinkageRun:
    """One linkage of all records: by which model and guards, up to which delivery, and what it found.

    Shape:   `guards` are those by which it linked, as JSON; empty where they were not kept yet.
    """

    id: int
    model: str
    records: int
    people: int
    pairs: int
    for_review: int
    upto_delivery: int
    guards: str


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """The evidence for and against two records being one person.

    Shape:   `a` and `b` as `source:record_id`; `held` is empty where no guard holds them apart.
    Units:   `weight` in bits.
    """

    a: str
    b: str
    weight: float
    probability: float
    levels: Mapping[str, str]
    held: str


@contextmanager
def linked_as(run_number: int | None) -> Iterator[None]:
    """Inside, people are as that run of linkage, still kept, had them; None: as the run in force has them."""
    before = _LINKED_AS.set(run_number)
    try:
        yield
    finally:
        _LINKED_AS.reset(before)


def runs_kept() -> list[tuple[int, datetime]]:
    """The runs of linkage that are kept whole, and when each was begun: oldest first, none later than the one in force."""
    link_runs = LinkRun.objects.filter(pk__lte=link_run_in_force()).order_by("id")
    return list(link_runs.values_list("pk", "at"))


def link_run_in_force() -> int:
    """The run of linkage in force; 0 when none has been made."""
    chosen = _LINKED_AS.get()
    if chosen is not None:
        return chosen
    # Raw: asked hundreds of times for one page, each in 0.02 ms, by the ORM in 0.36 (0042).
    table_rows = select_rows('SELECT "run" FROM "current_run" WHERE "name" = %s', [LINK_POINTER])
    return int(table_rows[0][0]) if table_rows else 0


def current_link_run() -> LinkageRun | None:
    """The run of linkage in force."""
    return link_run_numbered(link_run_in_force())


def link_run_numbered(run_number: int) -> LinkageRun | None:
    """The run of linkage of this number."""
    table_row = LinkRun.objects.filter(pk=run_number).first()
    return _read_run(table_row) if table_row is not None else None


def members_of(person: str) -> tuple[RecordKey, ...]:
    """This person's records; an old id answers for whoever holds its founding record now.

    Shape:   empty when no such person is held.
    """
    run_number = link_run_in_force()
    # Raw, as in all that asks whose a record is: for each person, in 0.04 ms, by the ORM in 0.5 (0042).
    table_rows = select_rows(
        'SELECT "source", "record_id" FROM "membership" WHERE "run_id" = %s AND "person" = %s', [run_number, person]
    )
    member_records = tuple(sorted(RecordKey(*table_row) for table_row in table_rows))
    if member_records:
        return member_records
    alias = PersonAlias.objects.filter(alias=person).first()
    if alias is None:
        return _lone_record(person)
    current_person = whose_are([RecordKey(alias.source, alias.record_id)]).get(
        RecordKey(alias.source, alias.record_id), ""
    )
    return (
        members_of(current_person)
        if current_person and current_person != person
        else (RecordKey(alias.source, alias.record_id),)
    )


def _lone_record(person: str) -> tuple[RecordKey, ...]:
    """A record not yet linked is its own person, whose id is that of the record."""
    return tuple(sorted(records_named([person])))


def records_named(people: Iterable[str]) -> set[RecordKey]:
    """The records that have these people's ids of their own, linked or not."""
    records_found: set[RecordKey] = set()
    for key_chunk in split_chunks(sorted(set(people) - {""})):
        # Not by kind, though only records have one: an index by kind would be preferred, and read all records.
        table_rows = select_rows(
            f'SELECT "source", "key" FROM "handle" WHERE "person" IN ({placeholder_marks(len(key_chunk))})', key_chunk
        )
        records_found.update(RecordKey(source, record_key) for source, record_key in table_rows)
    return records_found


def all_records_of(people: Iterable[str]) -> set[RecordKey]:
    """Every record that linkage gave to one of these people."""
    run_number = link_run_in_force()
    records_found: set[RecordKey] = set()
    for key_chunk in split_chunks(sorted(set(people))):
        table_rows = select_rows(
            'SELECT "source", "record_id" FROM "membership" WHERE "run_id" = %s'
            f' AND "person" IN ({placeholder_marks(len(key_chunk))})',
            [run_number, *key_chunk],
        )
        records_found |= {RecordKey(source, record_id) for source, record_id in table_rows}
    return records_found


def id_in_force(person: str) -> str | None:
    """The id of this person now; None when no record answers to it."""
    records = members_of(person)
    return whose_are(records[:1])[records[0]] if records else None


def whose_are(records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """The person of each record. One that has not been linked is its own person."""
    record_keys = set(records)
    run_number = link_run_in_force()
    person_of_record: dict[RecordKey, str] = {}
    by_source: dict[str, list[str]] = {}
    for record in record_keys:
        by_source.setdefault(record.source, []).append(record.record_id)
    for source, record_ids in by_source.items():
        for key_chunk in split_chunks(sorted(record_ids)):
            table_rows = select_rows(
                'SELECT "record_id", "person" FROM "membership" WHERE "run_id" = %s AND "source" = %s AND'
                f' "record_id" IN ({placeholder_marks(len(key_chunk))})',
                [run_number, source, *key_chunk],
            )
            person_of_record |= {RecordKey(source, record_id): person for record_id, person in table_rows}
    for record in record_keys - person_of_record.keys():
        person_of_record[record] = record_person_id(record)
    return person_of_record


def aliases_of(records: Iterable[RecordKey], current_person: str) -> tuple[str, ...]:
    """The older ids to which this person still answers."""
    alias_names = {
        alias.alias
        for record in records
        for alias in PersonAlias.objects.filter(source=record.source, record_id=record.record_id)
    }
    return tuple(sorted(alias_names - {current_person}))


def standing_judgements() -> list[Judgement]:
    """Every human judgement, superseded and undone ones too, oldest first."""
    return [
        Judgement(
            judgement_id=table_row.judgement_id,
            a=RecordKey(table_row.a_source, table_row.a_record),
            b=RecordKey(table_row.b_source, table_row.b_record),
            verdict=Verdict(table_row.verdict),
            by=table_row.by,
            at=table_row.at,
            reason=table_row.reason,
            undone_at=table_row.undone_at,
            undone_by=table_row.undone_by,
            undone_reason=table_row.undone_reason,
            number=table_row.pk,
        )
        for table_row in JudgementRow.objects.order_by("id")
    ]


def pairs_of(records: Iterable[RecordKey]) -> list[PairEvidence]:
    """The evidence between these records and others, strongest first."""
    run_number = link_run_in_force()
    names = [str(record) for record in records]
    pairs_found: dict[int, Pair] = {}
    for key_chunk in split_chunks(names, 400):
        for kept_pair in [
            *Pair.objects.filter(run_id=run_number, a__in=key_chunk),
            *Pair.objects.filter(run_id=run_number, b__in=key_chunk),
        ]:
            pairs_found[kept_pair.pk] = kept_pair
    return [
        PairEvidence(
            kept_pair.a,
            kept_pair.b,
            kept_pair.weight,
            kept_pair.probability,
            read_levels(kept_pair.levels),
            kept_pair.held,
        )
        for kept_pair in sorted(
            pairs_found.values(), key=lambda kept_pair: (-kept_pair.weight, kept_pair.a, kept_pair.b)
        )
    ]


def every_membership() -> Iterator[tuple[str, str, str, str]]:
    """Every standing record with its person and its handle: (source, record_id, person, handle), in order."""
    # Raw, as the next two: handles, facts and memberships share source and key, and the ORM joins by foreign keys alone.
    sql_text = (
        'SELECT h."source", h."key", coalesce(m."person", h."person"), h."handle" FROM "handle" h JOIN (SELECT f."source",'
        ' f."key", f."is_withdrawn", row_number() OVER (PARTITION BY f."source", f."key" ORDER BY f."version_at" DESC,'
        ' f."sha256" DESC) AS place FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id" WHERE'
        " d.\"state\" = 'accepted' AND f.\"sheet\" = 'persons') r"
        ' ON r."source" = h."source" AND r."key" = h."key" AND r.place = 1 AND NOT r."is_withdrawn"'
        ' LEFT JOIN "membership" m ON m."run_id" = %s AND m."source" = h."source" AND m."record_id" = h."key"'
        " WHERE h.\"kind\" = 'record' ORDER BY 1, 2"
    )
    for table_rows in stream_rows(sql_text, [link_run_in_force()]):
        yield from table_rows


def begin_run(recorded_at: datetime, model: str, upto_delivery: int, guards: str = "") -> LinkageRun:
    """Begin a run of linkage beside the one in force."""
    return _read_run(LinkRun.objects.create(at=recorded_at, model=model, upto_delivery=upto_delivery, guards=guards))


def keep_members(link_run: LinkageRun, members: Sequence[tuple[str, str, str]]) -> None:
    """Keep (source, record_id, person) under a run."""
    insert_rows(
        "membership", ("run_id", "source", "record_id", "person"), ((link_run.id, *member) for member in members)
    )


def keep_pairs(link_run: LinkageRun, pairs: Sequence[tuple[str, str, float, float, str, str]]) -> None:
    """Keep (a, b, weight, probability, levels, why held apart) under a run."""
    insert_rows(
        "candidate_pair",
        ("run_id", "a", "b", "weight", "probability", "levels", "held"),
        ((link_run.id, *pair_row) for pair_row in pairs),
    )


def keep_totals(link_run: LinkageRun, *, records: int, people: int, pairs: int, for_review: int) -> LinkageRun:
    """Keep how many records this run linked into how many people, by how many pairs; the run as it is now."""
    LinkRun.objects.filter(pk=link_run.id).update(records=records, people=people, pairs=pairs, for_review=for_review)
    return replace(link_run, records=records, people=people, pairs=pairs, for_review=for_review)


def put_in_force(link_run: LinkageRun, founders: Iterable[tuple[str, RecordKey]]) -> None:
    """Move the pointer to this run, and keep every id's founding record so that it goes on answering."""
    insert_rows(
        "person_alias",
        ("alias", "source", "record_id"),
        ((alias, record.source, record.record_id) for alias, record in founders),
        or_ignore=True,
    )
    Pointer.objects.update_or_create(name=LINK_POINTER, defaults={"run": link_run.id})


def founders_of(link_run: LinkageRun) -> Iterator[tuple[str, RecordKey]]:
    """The id of each person of a run, with the record it was made of."""
    sql_text = (
        'SELECT m."person", m."source", m."record_id" FROM "membership" m JOIN "handle" h ON h."kind" = %s AND'
        ' h."source" = m."source" AND h."key" = m."record_id" AND h."person" = m."person" WHERE m."run_id" = %s'
    )
    for table_rows in stream_rows(sql_text, ["record", link_run.id]):
        for person, source, record_id in table_rows:
            yield person, RecordKey(source, record_id)


def linked_handles(link_run: LinkageRun) -> set[str]:
    """The handles under which the ledger names the records that a run joined with others."""
    sql_text = (
        'SELECT h."handle" FROM "membership" m JOIN (SELECT "person" FROM "membership" WHERE "run_id" = %s GROUP BY'
        ' "person" HAVING count(*) > 1) p ON p."person" = m."person" JOIN "handle" h ON h."kind" = %s AND'
        ' h."source" = m."source" AND h."key" = m."record_id" WHERE m."run_id" = %s'
    )
    return {
        handle for table_rows in stream_rows(sql_text, [link_run.id, "record", link_run.id]) for (handle,) in table_rows
    }


def drop_run(run_number: int) -> None:
    """Take away a run that is not in force."""
    Membership.objects.filter(run_id=run_number)._raw_delete("default")
    Pair.objects.filter(run_id=run_number)._raw_delete("default")
    LinkTerm.objects.filter(run_id=run_number)._raw_delete("default")
    LinkMove.objects.filter(run_id=run_number)._raw_delete("default")
    LinkRun.objects.filter(pk=run_number).delete()


def old_runs() -> list[int]:
    """Runs of linkage that are neither in force nor the one before it."""
    run_numbers = list(LinkRun.objects.order_by("-id").values_list("pk", flat=True))
    in_force = link_run_in_force()
    kept_runs = {in_force, *[run_number for run_number in run_numbers if run_number < in_force][:1]}
    return [run_number for run_number in run_numbers if run_number not in kept_runs and run_number < in_force]


def _read_run(table_row: LinkRun) -> LinkageRun:
    return LinkageRun(
        id=table_row.pk,
        model=table_row.model,
        records=table_row.records,
        people=table_row.people,
        pairs=table_row.pairs,
        for_review=table_row.for_review,
        upto_delivery=table_row.upto_delivery,
        guards=table_row.guards,
    )
