"""The search index, kept up to date with deliveries and linkage, sealed people apart in it; rebuilt on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import insert_rows, placeholder_marks, select_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.facts.affected_facts import pending_deliveries
from duecare.store.facts.fact_lookup import records_known, sealed_cases, sealed_records
from duecare.store.facts.sealed_records import records_only_in
from duecare.store.linkage.linkage_runs import LinkState, link_state
from duecare.store.linkage.linked_people import all_records_of, whose_are
from duecare.store.linkage.record_terms import (
    RecordTerms,
    body_of,
    id_of,
    kept_of,
    keys_of,
    read_body,
    terms_of,
    words_of,
)
from duecare.store.models import Fact, Pointer, SearchKey, SearchRecord, SearchTerm, SearchWord

AT_ONCE = 5_000
UPTO_POINTER, LINKED, MOVED = "search", "search_link", "search_moves"
ProgressReport = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Behind:
    """What the index does not count yet: `rows` of deliveries, and whether linkage is still the same."""

    rows: int = 0
    linked: bool = True

    @property
    def is_whole(self) -> bool:
        """True where it counts everything."""
        return not self.rows and self.linked


def index_behind() -> Behind:
    """What the index does not count yet."""
    upto_delivery, links = _index_state()
    return Behind(pending_deliveries(upto_delivery).rows, links == link_state())


def update_index(
    *, most_records: int | None = None, report_progress: ProgressReport = lambda _step_name, _count: None
) -> Behind:
    """Count what has come since, unless that is more than `most_records` rows; what is left.

    Shape:   record by record, some in one short transaction. Whoever is stopped half-way is gone on from: a record is
             always put in place of what was kept of it, and the state moves last.
    """
    for _ in range(3):
        upto_delivery, links = _index_state()
        pending_now, linked = pending_deliveries(upto_delivery), link_state()
        if not pending_now.ids and links == linked:
            return Behind()
        if most_records is not None and pending_now.rows > most_records:
            return Behind(pending_now.rows, links == linked)
        apart = _sealed_with_their_people()
        wanted_records = _delivered_records(pending_now.ids) | (_apart_now() ^ apart)
        done_count = 0
        for key_chunk in split_chunks(sorted(wanted_records), AT_ONCE):
            with transaction():
                _lock_index()
                _replace_records(key_chunk, apart)
            done_count += len(key_chunk)
            report_progress("records for search", done_count)
        with transaction():
            _lock_index()
            _move_pointers(pending_now.upto, linked)
    return index_behind()


def rebuild_index(report_progress: ProgressReport = lambda _step_name, _count: None) -> None:
    """Forget the index and make it from the facts."""
    with transaction():
        _lock_index()
        for model in (SearchKey, SearchRecord, SearchTerm, SearchWord):
            model.objects.all()._raw_delete("default")
        _move_pointers(0, LinkState())
    update_index(report_progress=report_progress)


def _index_state() -> tuple[int, LinkState]:
    pointer_values = dict(Pointer.objects.filter(name__in=(UPTO_POINTER, LINKED, MOVED)).values_list("name", "run"))
    return pointer_values.get(UPTO_POINTER, 0), LinkState(pointer_values.get(LINKED, 0), pointer_values.get(MOVED, 0))


def _lock_index() -> None:
    """Nobody else changes the index while this transaction lasts: two would count a record twice."""
    Pointer.objects.get_or_create(name=UPTO_POINTER, defaults={"run": 0})
    list(Pointer.objects.select_for_update().filter(name=UPTO_POINTER))


def _move_pointers(upto_delivery: int, linked: LinkState) -> None:
    for pointer_name, pointer_value in ((UPTO_POINTER, upto_delivery), (LINKED, linked.run), (MOVED, linked.moves)):
        Pointer.objects.update_or_create(name=pointer_name, defaults={"run": pointer_value})


def _delivered_records(deliveries: Iterable[int]) -> set[RecordKey]:
    record_keys: set[RecordKey] = set()
    for key_chunk in split_chunks(deliveries):
        facts = Fact.objects.filter(sheet="persons", delivery_id__in=key_chunk)
        record_keys |= {RecordKey(*table_row) for table_row in facts.values_list("source", "key").distinct()}
    return record_keys


def _sealed_with_their_people() -> set[RecordKey]:
    """Every record of everyone of whom one record is sealed, and those of which only sealed cases speak."""
    sealed = sealed_records()
    return sealed | all_records_of(set(whose_are(sealed).values())) | records_only_in(sealed_cases())


def _apart_now() -> set[RecordKey]:
    table_rows = SearchRecord.objects.filter(is_apart=True).values_list("source", "record_id")
    return {RecordKey(*table_row) for table_row in table_rows}


def _replace_records(records: list[RecordKey], apart: set[RecordKey]) -> None:
    """Put these records, as they stand now, in place of what was kept of them."""
    before = _kept_before(records)
    kept_now = {record_key: kept_of(record) for record_key, record in records_known(records).items()}
    terms: Counter[int] = Counter()
    words: Counter[str] = Counter()
    gone_keys: list[tuple[int, int]] = []
    new_keys: list[tuple[int, int]] = []
    for record_key in records:
        number = id_of(record_key)
        old_record, was_apart = before.get(record_key, (None, False))
        kept_record = kept_now.get(record_key)
        kept_before = old_record if old_record is not None and not was_apart else None
        stands = kept_record if kept_record is not None and record_key not in apart else None
        own_keys, old_keys = _keys_of_kept(stands), _keys_of_kept(kept_before)
        gone_keys += [(search_key, number) for search_key in old_keys - own_keys]
        new_keys += [(search_key, number) for search_key in own_keys - old_keys]
        if stands:
            terms.update(terms_of(stands))
            words.update(words_of(stands))
        if kept_before:
            terms.subtract(terms_of(kept_before))
            words.subtract(words_of(kept_before))
    _delete_rows("search_record", [(id_of(record_key),) for record_key in before], ("id",))
    insert_rows(
        "search_record",
        ("id", "source", "record_id", "body", "is_apart"),
        (
            (id_of(record_key), *record_key, body_of(kept_item), record_key in apart)
            for record_key, kept_item in kept_now.items()
        ),
    )
    _delete_rows("search_key", sorted(gone_keys), ("key", "record"))
    _fill_rows("search_key", ("key", "record"), sorted(new_keys))
    _change_counts("search_term", "term", terms)
    _change_counts("search_word", "word", words)


def _keys_of_kept(kept_record: RecordTerms | None) -> set[int]:
    return keys_of(kept_record) if kept_record else set()


def _kept_before(records: list[RecordKey]) -> dict[RecordKey, tuple[RecordTerms, bool]]:
    kept_before = {}
    for key_chunk in split_chunks(map(id_of, records)):
        # Raw: every record of the store goes through here, where the ORM takes twice as long (0042).
        table_rows = select_rows(
            'SELECT "source", "record_id", "body", "is_apart" FROM "search_record"'
            f' WHERE "id" IN ({placeholder_marks(len(key_chunk))})',
            key_chunk,
        )
        for source, record_id, body_bytes, is_apart in table_rows:
            record_key = RecordKey(source, record_id)
            kept_before[record_key] = (read_body(record_key, bytes(body_bytes)), bool(is_apart))
    return kept_before


def _delete_rows(table: str, table_rows: list[tuple[int, ...]], columns: tuple[str, ...]) -> None:
    if table_rows:
        # Raw: by pairs of values, which the ORM does not say.
        where = " AND ".join(f'"{column}" = %s' for column in columns)
        with connection.cursor() as cursor:
            cursor.executemany(f'DELETE FROM "{table}" WHERE {where}', table_rows)


def _fill_rows(table: str, columns: tuple[str, ...], table_rows: list[tuple[int, ...]]) -> None:
    """Add many rows that are not there, as fast as the database takes them."""
    if connection.vendor != "postgresql":
        insert_rows(table, columns, table_rows)
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy_writer:
        for table_row in table_rows:
            copy_writer.write_row(table_row)


def _change_counts(table: str, column: str, changes: Counter[int] | Counter[str]) -> None:
    moved = sorted((counted_term, changed_by) for counted_term, changed_by in changes.items() if changed_by)
    if not moved:
        return
    with connection.cursor() as cursor:  # raw: adds to what is there, which the ORM's upsert cannot
        cursor.executemany(
            f'INSERT INTO "{table}" ("{column}", "number") VALUES (%s, %s) ON CONFLICT ("{column}") DO UPDATE SET'
            f' "number" = "{table}"."number" + excluded."number"',
            moved,
        )
        for term_chunk in split_chunks(counted_term for counted_term, changed_by in moved if changed_by < 0):
            cursor.execute(
                f'DELETE FROM "{table}" WHERE "number" = 0 AND "{column}" IN ({placeholder_marks(len(term_chunk))})',
                term_chunk,
            )
