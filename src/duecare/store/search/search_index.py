"""The index of search, kept up to what deliveries and linkage have said, and made anew at will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import chunks, insert, marks, select
from duecare.store.database.transaction import transaction
from duecare.store.facts.affected_facts import pending
from duecare.store.facts.fact_lookup import records_known, sealed_cases, sealed_records
from duecare.store.facts.sealed_records import records_only_in
from duecare.store.linkage.linkage_runs import LinkState, link_state
from duecare.store.linkage.linked_people import all_records_of, whose_are
from duecare.store.linkage.record_terms import Kept, body_of, id_of, kept_of, keys_of, read_body, terms_of, words_of
from duecare.store.models import Pointer, SearchKey, SearchRecord, SearchTerm, SearchWord

AT_ONCE = 5_000
UPTO, LINKED, MOVED = "search", "search_link", "search_moves"
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Behind:
    """What does the index not count yet? `rows` of deliveries, and whether linkage has moved since."""

    rows: int = 0
    linked: bool = True

    @property
    def is_whole(self) -> bool:
        """Does it count everything?"""
        return not self.rows and self.linked


def behind() -> Behind:
    """What does the index not count yet?"""
    upto, links = _state()
    return Behind(pending(upto).rows, links == link_state())


def bring_up_to_date(*, most: int | None = None, tell: Tell = lambda _what, _count: None) -> Behind:
    """Count what has come since, unless that is more than `most` rows; what is left?

    Shape:   record by record, some in one short transaction. Whoever is stopped half-way is gone on from: a record is
             always put in the place of what was kept of it, and the state moves last.
    """
    for _ in range(3):
        upto, links = _state()
        came, linked = pending(upto), link_state()
        if not came.ids and links == linked:
            return Behind()
        if most is not None and came.rows > most:
            return Behind(came.rows, links == linked)
        apart = _sealed_with_their_people()
        wanted = _brought(came.ids) | (_apart_now() ^ apart)
        done = 0
        for some in chunks(sorted(wanted), AT_ONCE):
            with transaction():
                _hold()
                _replace(some, apart)
            done += len(some)
            tell("records for search", done)
        with transaction():
            _hold()
            _move(came.upto, linked)
    return behind()


def make_anew(tell: Tell = lambda _what, _count: None) -> None:
    """Forget the index and make it from the facts."""
    with transaction():
        _hold()
        for model in (SearchKey, SearchRecord, SearchTerm, SearchWord):
            model.objects.all()._raw_delete("default")
        _move(0, LinkState())
    bring_up_to_date(tell=tell)


def _state() -> tuple[int, LinkState]:
    held = dict(Pointer.objects.filter(name__in=(UPTO, LINKED, MOVED)).values_list("name", "run"))
    return held.get(UPTO, 0), LinkState(held.get(LINKED, 0), held.get(MOVED, 0))


def _hold() -> None:
    """Nobody else changes the index while this transaction lasts: two would count a record twice."""
    Pointer.objects.get_or_create(name=UPTO, defaults={"run": 0})
    list(Pointer.objects.select_for_update().filter(name=UPTO))


def _move(upto: int, linked: LinkState) -> None:
    for name, run in ((UPTO, upto), (LINKED, linked.run), (MOVED, linked.moves)):
        Pointer.objects.update_or_create(name=name, defaults={"run": run})


def _brought(deliveries: Iterable[int]) -> set[RecordKey]:
    found: set[RecordKey] = set()
    for some in chunks(deliveries):
        sql = 'SELECT DISTINCT "source", "key" FROM "fact" WHERE "sheet" = \'persons\' AND "delivery_id" IN'
        found |= {RecordKey(*row) for row in select(f"{sql} ({marks(len(some))})", some)}
    return found


def _sealed_with_their_people() -> set[RecordKey]:
    """Every record of everyone of whom one record is sealed, and those of which only sealed cases speak."""
    sealed = sealed_records()
    return sealed | all_records_of(set(whose_are(sealed).values())) | records_only_in(sealed_cases())


def _apart_now() -> set[RecordKey]:
    rows = SearchRecord.objects.filter(is_apart=True).values_list("source", "record_id")
    return {RecordKey(*row) for row in rows}


def _replace(records: list[RecordKey], apart: set[RecordKey]) -> None:
    """Put these records, as they stand now, in the place of what was kept of them."""
    before = _kept_before(records)
    now = {key: kept_of(record) for key, record in records_known(records).items()}
    terms: Counter[int] = Counter()
    words: Counter[str] = Counter()
    gone: list[tuple[int, int]] = []
    new: list[tuple[int, int]] = []
    for key in records:
        number = id_of(key)
        old, was_apart = before.get(key, (None, False))
        kept = now.get(key)
        was = old if old is not None and not was_apart else None
        stands = kept if kept is not None and key not in apart else None
        own, its = _keys(stands), _keys(was)
        gone += [(one, number) for one in its - own]
        new += [(one, number) for one in own - its]
        if stands:
            terms.update(terms_of(stands))
            words.update(words_of(stands))
        if was:
            terms.subtract(terms_of(was))
            words.subtract(words_of(was))
    _delete("search_record", [(id_of(key),) for key in before], ("id",))
    insert(
        "search_record",
        ("id", "source", "record_id", "body", "is_apart"),
        ((id_of(key), *key, body_of(kept), key in apart) for key, kept in now.items()),
    )
    _delete("search_key", sorted(gone), ("key", "record"))
    _fill("search_key", ("key", "record"), sorted(new))
    _count("search_term", "term", terms)
    _count("search_word", "word", words)


def _keys(kept: Kept | None) -> set[int]:
    return keys_of(kept) if kept else set()


def _kept_before(records: list[RecordKey]) -> dict[RecordKey, tuple[Kept, bool]]:
    found = {}
    for some in chunks(map(id_of, records)):
        rows = select(
            f'SELECT "source", "record_id", "body", "is_apart" FROM "search_record" WHERE "id" IN ({marks(len(some))})',
            some,
        )
        for source, record_id, body, is_apart in rows:
            key = RecordKey(source, record_id)
            found[key] = (read_body(key, bytes(body)), bool(is_apart))
    return found


def _delete(table: str, rows: list[tuple[int, ...]], columns: tuple[str, ...]) -> None:
    if rows:
        where = " AND ".join(f'"{column}" = %s' for column in columns)
        with connection.cursor() as cursor:
            cursor.executemany(f'DELETE FROM "{table}" WHERE {where}', rows)


def _fill(table: str, columns: tuple[str, ...], rows: list[tuple[int, ...]]) -> None:
    """Add many rows that are not there, as fast as the database takes them."""
    if connection.vendor != "postgresql":
        insert(table, columns, rows)
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _count(table: str, column: str, changes: Counter[int] | Counter[str]) -> None:
    moved = sorted((one, by) for one, by in changes.items() if by)
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table}" ("{column}", "number") VALUES (%s, %s) ON CONFLICT ("{column}") DO UPDATE SET'
            f' "number" = "{table}"."number" + excluded."number"',
            moved,
        )
        for some in chunks(one for one, by in moved if by < 0):
            cursor.execute(f'DELETE FROM "{table}" WHERE "number" = 0 AND "{column}" IN ({marks(len(some))})', some)
