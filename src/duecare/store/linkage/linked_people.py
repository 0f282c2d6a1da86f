"""Which records are one person, by the run of linkage in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from duecare.person.identity import record_person_id
from duecare.person.judgement import Judgement, Verdict
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import chunks, insert, marks, select, stream
from duecare.store.models import Judgement as JudgementRow
from duecare.store.models import LinkMove, LinkRun, LinkTerm, Membership, Pair, PersonAlias, Pointer

LINK = "link"
_LINKED_AS: ContextVar[int | None] = ContextVar("linked_as", default=None)


@contextmanager
def linked_as(run: int | None) -> Iterator[None]:
    """Inside, people are as that run of linkage, still kept, had them; None: as the run in force has them."""
    before = _LINKED_AS.set(run)
    try:
        yield
    finally:
        _LINKED_AS.reset(before)


def runs_kept() -> list[tuple[int, datetime]]:
    """Which runs of linkage are kept whole, and when was each begun? Oldest first, none later than the one in force."""
    runs = LinkRun.objects.filter(pk__lte=link_run_in_force()).order_by("id")
    return list(runs.values_list("pk", "at"))


def link_run_in_force() -> int:
    """Which run of linkage is in force? 0 when none has been made."""
    chosen = _LINKED_AS.get()
    if chosen is not None:
        return chosen
    rows = select('SELECT "run" FROM "pointer" WHERE "name" = %s', [LINK])  # asked hundreds of times for one page
    return int(rows[0][0]) if rows else 0


def current_link_run() -> LinkRun | None:
    """The run of linkage in force."""
    return LinkRun.objects.filter(pk=link_run_in_force()).first()


def members_of(person: str) -> tuple[RecordKey, ...]:
    """Which records are this person's? An old id answers for whoever holds its founding record now.

    Shape:   empty when no such person is held.
    """
    run = link_run_in_force()
    rows = select('SELECT "source", "record_id" FROM "membership" WHERE "run_id" = %s AND "person" = %s', [run, person])
    found = tuple(sorted(RecordKey(*row) for row in rows))
    if found:
        return found
    alias = PersonAlias.objects.filter(alias=person).first()
    if alias is None:
        return _lone_record(person)
    now = whose_are([RecordKey(alias.source, alias.record_id)]).get(RecordKey(alias.source, alias.record_id), "")
    return members_of(now) if now and now != person else (RecordKey(alias.source, alias.record_id),)


def _lone_record(person: str) -> tuple[RecordKey, ...]:
    """A record not yet linked is its own person, whose id is that of the record."""
    return tuple(sorted(records_named([person])))


def records_named(people: Iterable[str]) -> set[RecordKey]:
    """Which records have these people's ids of their own, linked or not?"""
    found: set[RecordKey] = set()
    for some in chunks(sorted(set(people) - {""})):
        # Not by kind, though only records have one: an index by kind would be preferred, and read all records.
        rows = select(f'SELECT "source", "key" FROM "handle" WHERE "person" IN ({marks(len(some))})', some)
        found.update(RecordKey(source, key) for source, key in rows)
    return found


def all_records_of(people: Iterable[str]) -> set[RecordKey]:
    """Every record that linkage gave to one of these people."""
    run = link_run_in_force()
    found: set[RecordKey] = set()
    for some in chunks(sorted(set(people))):
        rows = select(
            f'SELECT "source", "record_id" FROM "membership" WHERE "run_id" = %s AND "person" IN ({marks(len(some))})',
            [run, *some],
        )
        found |= {RecordKey(source, record_id) for source, record_id in rows}
    return found


def id_in_force(person: str) -> str | None:
    """Under which id is this person held now? None when no record answers to it."""
    records = members_of(person)
    return whose_are(records[:1])[records[0]] if records else None


def whose_are(records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """Which person is each record? One that has not been linked is its own person."""
    wanted = set(records)
    run = link_run_in_force()
    found: dict[RecordKey, str] = {}
    by_source: dict[str, list[str]] = {}
    for record in wanted:
        by_source.setdefault(record.source, []).append(record.record_id)
    for source, ids in by_source.items():
        for some in chunks(sorted(ids)):
            rows = select(
                'SELECT "record_id", "person" FROM "membership" WHERE "run_id" = %s AND "source" = %s AND'
                f' "record_id" IN ({marks(len(some))})',
                [run, source, *some],
            )
            found |= {RecordKey(source, record_id): person for record_id, person in rows}
    for record in wanted - found.keys():
        found[record] = record_person_id(record)
    return found


def aliases_of(records: Iterable[RecordKey], now: str) -> tuple[str, ...]:
    """Under which older ids does this person keep answering?"""
    found = {
        alias.alias
        for record in records
        for alias in PersonAlias.objects.filter(source=record.source, record_id=record.record_id)
    }
    return tuple(sorted(found - {now}))


def judgements() -> list[Judgement]:
    """Every human judgement, superseded and undone ones too, oldest first."""
    return [
        Judgement(
            judgement_id=row.judgement_id,
            a=RecordKey(row.a_source, row.a_record),
            b=RecordKey(row.b_source, row.b_record),
            verdict=Verdict(row.verdict),
            by=row.by,
            at=row.at,
            reason=row.reason,
            undone_at=row.undone_at,
            undone_by=row.undone_by,
            undone_reason=row.undone_reason,
            number=row.pk,
        )
        for row in JudgementRow.objects.order_by("id")
    ]


def pairs_of(records: Iterable[RecordKey]) -> list[Pair]:
    """The evidence between these records and others, strongest first."""
    run = link_run_in_force()
    names = [str(record) for record in records]
    found: dict[int, Pair] = {}
    for some in chunks(names, 400):
        for pair in [*Pair.objects.filter(run_id=run, a__in=some), *Pair.objects.filter(run_id=run, b__in=some)]:
            found[pair.pk] = pair
    return sorted(found.values(), key=lambda pair: (-pair.weight, pair.a, pair.b))


def every_membership() -> Iterator[tuple[str, str, str, str]]:
    """Every standing record with its person and its handle: (source, record_id, person, handle), in order."""
    sql = (
        'SELECT h."source", h."key", coalesce(m."person", h."person"), h."handle" FROM "handle" h JOIN (SELECT f."source",'
        ' f."key", f."is_withdrawn", row_number() OVER (PARTITION BY f."source", f."key" ORDER BY f."version_at" DESC,'
        ' f."sha256" DESC) AS place FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id" WHERE'
        " d.\"state\" = 'accepted' AND f.\"sheet\" = 'persons') r"
        ' ON r."source" = h."source" AND r."key" = h."key" AND r.place = 1 AND NOT r."is_withdrawn"'
        ' LEFT JOIN "membership" m ON m."run_id" = %s AND m."source" = h."source" AND m."record_id" = h."key"'
        " WHERE h.\"kind\" = 'record' ORDER BY 1, 2"
    )
    for rows in stream(sql, [link_run_in_force()]):
        yield from rows


def begin_run(at: datetime, model: str, upto_delivery: int, guards: str = "") -> LinkRun:
    """Begin a run of linkage beside the one in force."""
    return LinkRun.objects.create(at=at, model=model, upto_delivery=upto_delivery, guards=guards)


def keep_members(run: LinkRun, members: Sequence[tuple[str, str, str]]) -> None:
    """Keep (source, record_id, person) under a run."""
    insert("membership", ("run_id", "source", "record_id", "person"), ((run.pk, *member) for member in members))


def keep_pairs(run: LinkRun, pairs: Sequence[tuple[str, str, float, float, str, str]]) -> None:
    """Keep (a, b, weight, probability, levels, why held apart) under a run."""
    insert("pair", ("run_id", "a", "b", "weight", "probability", "levels", "held"), ((run.pk, *p) for p in pairs))


def put_in_force(run: LinkRun, founders: Iterable[tuple[str, RecordKey]]) -> None:
    """Move the pointer to this run, and keep every id's founding record so that it goes on answering."""
    insert(
        "person_alias",
        ("alias", "source", "record_id"),
        ((alias, record.source, record.record_id) for alias, record in founders),
        or_ignore=True,
    )
    Pointer.objects.update_or_create(name=LINK, defaults={"run": run.pk})


def founders_of(run: LinkRun) -> Iterator[tuple[str, RecordKey]]:
    """The id of each person of a run, with the record it was made of."""
    sql = (
        'SELECT m."person", m."source", m."record_id" FROM "membership" m JOIN "handle" h ON h."kind" = %s AND'
        ' h."source" = m."source" AND h."key" = m."record_id" AND h."person" = m."person" WHERE m."run_id" = %s'
    )
    for rows in stream(sql, ["record", run.pk]):
        for person, source, record_id in rows:
            yield person, RecordKey(source, record_id)


def linked_handles(run: LinkRun) -> set[str]:
    """Under which handles does the ledger speak of the records that a run joined with others?"""
    sql = (
        'SELECT h."handle" FROM "membership" m JOIN (SELECT "person" FROM "membership" WHERE "run_id" = %s GROUP BY'
        ' "person" HAVING count(*) > 1) p ON p."person" = m."person" JOIN "handle" h ON h."kind" = %s AND'
        ' h."source" = m."source" AND h."key" = m."record_id" WHERE m."run_id" = %s'
    )
    return {handle for rows in stream(sql, [run.pk, "record", run.pk]) for (handle,) in rows}


def drop_run(run: int) -> None:
    """Take away a run that is not in force."""
    Membership.objects.filter(run_id=run)._raw_delete("default")
    Pair.objects.filter(run_id=run)._raw_delete("default")
    LinkTerm.objects.filter(run_id=run)._raw_delete("default")
    LinkMove.objects.filter(run_id=run)._raw_delete("default")
    LinkRun.objects.filter(pk=run).delete()


def old_runs() -> list[int]:
    """Runs of linkage that are neither in force nor the one before it."""
    runs = list(LinkRun.objects.order_by("-id").values_list("pk", flat=True))
    in_force = link_run_in_force()
    keep = {in_force, *[run for run in runs if run < in_force][:1]}
    return [run for run in runs if run not in keep and run < in_force]


def record_names(people: Iterable[str]) -> set[tuple[str, str, str]]:
    """Under which (kind, source, key) does the ledger know the records of these people?"""
    wanted = set(people)
    return {("record", record.source, record.record_id) for record in all_records_of(wanted) | records_named(wanted)}
