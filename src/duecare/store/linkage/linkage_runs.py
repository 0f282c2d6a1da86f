"""The linkage in force as it is read and changed piece by piece: its ties, its people, what moves, how frequent terms were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Min

from duecare.person.group_part import KeyPair, KnownPeople, ordered_pair
from duecare.person.identity import record_person_id
from duecare.person.pair import read_levels
from duecare.record.pole import RecordKey
from duecare.record.record_from_body import utc_moment
from duecare.store.database.sql_rows import (
    copy_rows,
    insert_rows,
    placeholder_marks,
    select_rows,
    split_chunks,
)
from duecare.store.linkage.linked_people import (
    LINK_POINTER,
    LinkageRun,
    keep_members,
    link_run_in_force,
    link_run_numbered,
)
from duecare.store.linkage.record_terms import term_of
from duecare.store.models import Fact, LinkMove, LinkRun, Membership, Pair, Pointer

MOVES: Final = "link_moves"


@dataclass(frozen=True, slots=True, order=True)
class LinkState:
    """The run of linkage in force, and the last move of a record since."""

    run: int = 0
    moves: int = 0


def link_state() -> LinkState:
    """The linkage by which records are joined now."""
    # Raw, as `link_run_in_force`: asked before and after each case that is assessed.
    table_rows = select_rows('SELECT "run" FROM "current_run" WHERE "name" = %s', [MOVES])
    return LinkState(link_run_in_force(), int(table_rows[0][0]) if table_rows else 0)


def hold_linkage() -> LinkageRun | None:
    """The run in force, which nobody else changes while this transaction lasts; None where nothing was linked yet."""
    list(Pointer.objects.select_for_update().filter(name=LINK_POINTER))
    return link_run_numbered(link_run_in_force())


def keep_linked_upto(link_run: LinkageRun, upto_delivery: int) -> None:
    """Note up to which delivery this run has linked what came; never back to an earlier one."""
    LinkRun.objects.filter(pk=link_run.id).update(upto_delivery=max(link_run.upto_delivery, upto_delivery))


def keep_people_count(link_run: LinkageRun, people: int) -> None:
    """Keep how many people the records of this run are now."""
    LinkRun.objects.filter(pk=link_run.id).update(people=people)


def records_linked(link_run: LinkageRun) -> int:
    """The number of records in this run, with those that came one by one since."""
    return Membership.objects.filter(run_id=link_run.id).count()


def ties_of(link_run: LinkageRun, records: Iterable[RecordKey]) -> dict[KeyPair, KnownPeople]:
    """The pairs kept of these records, with each other and with others."""
    known_pairs: dict[KeyPair, KnownPeople] = {}
    for key_chunk in split_chunks(sorted(str(record) for record in set(records)), 400):
        for pair_end in ("a", "b"):
            table_rows = Pair.objects.filter(run_id=link_run.id, **{f"{pair_end}__in": key_chunk})
            for record_a, record_b, weight, levels in table_rows.values_list("a", "b", "weight", "levels"):
                known_pairs[ordered_pair(read_record(record_a), read_record(record_b))] = KnownPeople(
                    float(weight), read_levels(levels)
                )
    return known_pairs


def read_record(record_text: str) -> RecordKey:
    """The record named `source:record_id`."""
    source, _, record_id = record_text.partition(":")
    return RecordKey(source, record_id)


def forget_ties(link_run: LinkageRun, records: Iterable[RecordKey]) -> None:
    """Take away the pairs of these records, which say something else now."""
    for key_chunk in split_chunks(sorted(str(record) for record in set(records)), 400):
        for pair_end in ("a", "b"):
            Pair.objects.filter(run_id=link_run.id, **{f"{pair_end}__in": key_chunk}).delete()


def people_held(link_run: LinkageRun, records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """The person of each of these records by this run; those that were never linked are left out."""
    by_source: dict[str, list[str]] = {}
    for record in set(records):
        by_source.setdefault(record.source, []).append(record.record_id)
    person_of_record: dict[RecordKey, str] = {}
    for source, record_ids in by_source.items():
        for key_chunk in split_chunks(sorted(record_ids)):
            members = Membership.objects.filter(run_id=link_run.id, source=source, record_id__in=key_chunk)
            person_of_record |= {
                RecordKey(source, record_id): person for record_id, person in members.values_list("record_id", "person")
            }
    return person_of_record


def first_written(records: Iterable[RecordKey]) -> dict[RecordKey, datetime]:
    """When the earliest version of each of these records was written."""
    by_source: dict[str, list[str]] = {}
    for record in set(records):
        by_source.setdefault(record.source, []).append(record.record_id)
    first_times: dict[RecordKey, datetime] = {}
    for source, record_ids in by_source.items():
        for key_chunk in split_chunks(sorted(record_ids)):
            facts = Fact.objects.filter(delivery__state="accepted", source=source, sheet="persons", key__in=key_chunk)
            first_times |= {
                RecordKey(source, record_key): utc_moment(written_at)
                for record_key, written_at in facts.values_list("key").annotate(Min("version_at"))
            }
    return first_times


def move_records(link_run: LinkageRun, moved: Mapping[RecordKey, tuple[str, str]]) -> None:
    """Give these records to other people, and note that they moved.

    Shape:   record to (person before, person now); empty where it was not linked, or is withdrawn.
    """
    if not moved:
        return
    for record, (_, new_person) in moved.items():
        Membership.objects.filter(run=link_run.id, source=record.source, record_id=record.record_id).delete()
        if new_person:
            keep_members(link_run, [(record.source, record.record_id, new_person)])
    own_record = {record_person_id(record): record for record in moved}
    people = {new_person for _, new_person in moved.values()} | {old_person for old_person, _ in moved.values()}
    insert_rows(
        "person_alias",
        ("alias", "source", "record_id"),
        [(person, *own_record[person]) for person in sorted(people & own_record.keys())],
        or_ignore=True,
    )
    insert_rows(
        "link_move",
        ("run_id", "source", "record_id", "was", "now"),
        [(link_run.id, *record, old_person, new_person) for record, (old_person, new_person) in sorted(moved.items())],
    )
    last_move = LinkMove.objects.order_by("-id").values_list("pk", flat=True).first()
    Pointer.objects.update_or_create(name=MOVES, defaults={"run": last_move or 0})


def moved_since(moves: int) -> tuple[set[RecordKey], set[str]]:
    """The records that moved after this move, and the ids that people have and had.

    Shape:   a record that is not linked is its own person.
    """
    table_rows = list(LinkMove.objects.filter(pk__gt=moves).values_list("source", "record_id", "was", "now"))
    moved = {
        RecordKey(source, record_id): (old_person, new_person)
        for source, record_id, old_person, new_person in table_rows
    }
    people = {person for _, _, old_person, new_person in table_rows for person in (old_person, new_person)}
    if "" in people:
        people |= {record_person_id(record) for record in moved}
    return set(moved), people - {""}


def keep_terms(link_run: LinkageRun, terms: Iterable[tuple[str, str, int]]) -> None:
    """Keep how many records bore each term: (column, term, number)."""
    copy_rows(
        "link_term",
        ("run_id", "term", "number"),
        ((link_run.id, term_of(column, term_text), term_number) for column, term_text, term_number in terms),
    )


def terms_kept(link_run: LinkageRun, terms: Iterable[int]) -> dict[int, int]:
    """How many records bore each of these terms; those that fewer than two bore are left out."""
    term_numbers: dict[int, int] = {}
    for key_chunk in split_chunks(sorted(set(terms))):
        # Raw: asked for each term of each pair that is weighed, where the ORM takes 18 times as long (0042).
        table_rows = select_rows(
            f'SELECT "term", "number" FROM "link_term" WHERE "run_id" = %s AND "term" IN ({placeholder_marks(len(key_chunk))})',
            [link_run.id, *key_chunk],
        )
        term_numbers |= {int(term_hash): int(number) for term_hash, number in table_rows}
    return term_numbers
