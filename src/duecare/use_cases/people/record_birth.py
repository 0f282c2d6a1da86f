"""Record the birth of a child who was recorded before it: the same record says more, and no second person is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.assessment.refresh_affected import refresh_affected
from duecare.authorisation.authorise import authorise, log_read, log_write, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.person.person_description import MONTHS_AHEAD, Described, asked_of, due_date, faults_of, row_of
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.database.process_locks import receiving_lock
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import records_known
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import whose_are
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.use_cases.deliveries.write_own_rows import keep_own
from duecare.use_cases.linkage.link_affected import link_affected
from duecare.use_cases.people.record_person import open_record
from duecare.use_cases.people.search_people import PersonFound, search_for
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Born:
    """The record of the child now born, and others found by search that may be the same child."""

    record: RecordKey
    others: tuple[PersonFound, ...] = ()


def is_unborn(person_record: PersonRecord) -> bool:
    """Whether this is a record of Duecare's own of a child not yet born, as far as it says."""
    return person_record.key.source == OWN_SOURCE and person_record.due_on is not None and not person_record.born


def unborn_among(records: Iterable[PersonRecord]) -> RecordKey | None:
    """The one of these records that waits for its birth to be recorded; None where none does."""
    return next((person_record.key for person_record in records if is_unborn(person_record)), None)


def before_birth(request: Request, config: Config, record_id: str) -> PersonRecord:
    """The record of this child not yet born.

    Raises:  ACC-003 unless the viewer's role may; ACC-001 where they may not open them, and where there is no such record.
    """
    unborn_record = _unborn_record(request, config, RecordKey(OWN_SOURCE, record_id))
    log_read(request, Act.OPEN_PERSON, [(RECORD, *unborn_record.key)])
    return unborn_record


def note_birth(
    request: Request, config: Config, record_id: str, *, given_names: str, family_name: str, born: str, sex: str = ""
) -> Born:
    """Record that this child was born, with names and date; others who may be the same child.

    Shape:   a new version of the record, that holds what the one before held. Sent twice, it is one version. A record of
             the child that another system sent meanwhile is told to whoever records the birth, unless it is joined by now.
    Raises:  ACC-003, ACC-001; REC-003 with every fault, and where the birth is recorded already in other words.
    """
    record_key = RecordKey(OWN_SOURCE, record_id)
    due_day = _unborn_record(request, config, record_key).due_on
    described = Described(given_names=given_names, family_name=family_name, born=born, sex=sex)
    faults = list(faults_of(described, london_day(request.now)))
    if not given_names.strip() and not family_name.strip():
        faults.append("no name is given")
    birth_day = due_date(born)
    if birth_day is None:
        faults.append("the birth date is not given as a whole date")
    elif due_day is not None and birth_day < add_months(due_day, -MONTHS_AHEAD):
        faults.append("the birth date is more than nine months before the day on which the child was due")
    if faults:
        raise Refusal("REC-003", faults=tuple(dict.fromkeys(faults)))
    names = [(RECORD, *record_key)]
    with receiving_lock():
        record_held = records_known([record_key])[record_key]
        columns_now = {**_record_columns(record_held), **row_of(described, london_day(request.now))}
        if not is_unborn(record_held):
            if columns_now != _record_columns(record_held):
                raise Refusal("REC-003", found="the birth was recorded already, in other words")
            with transaction():
                log_write(request, Act.NOTE_PERSON, names=names, outcome="done before", logged_as=LedgerAct.ALTERATION)
        else:
            # A version of the same second as the one before would not surely be the newer.
            after = record_held.written_at + timedelta(seconds=1) if record_held.written_at else request.now
            person_row = {"record_id": record_id, **columns_now, "written_at": iso_text(max(request.now, after))}
            keep_own(
                request,
                Act.NOTE_PERSON,
                f"{OWN_SOURCE}-{record_id}-born",
                {"persons": [person_row]},
                outcome="done: birth",
                logged_as=LedgerAct.ALTERATION,
            )
    link_affected(request, config)
    refresh_affected(request)
    own_person = whose_are([record_key])[record_key]
    people_found = search_for(request, *asked_of(described, london_day(request.now))).found
    return Born(record_key, tuple(person_found for person_found in people_found if person_found.person != own_person))


def _unborn_record(request: Request, config: Config, record_key: RecordKey) -> PersonRecord:
    authorise(request, Act.NOTE_PERSON, PEOPLE)
    open_record(request, config, whose_are([record_key])[record_key])
    record_held = records_known([record_key]).get(record_key)
    if record_held is None or record_held.due_on is None:
        refuse_as_absent(request, Act.OPEN_PERSON)
    return record_held


def _record_columns(person_record: PersonRecord) -> dict[str, str]:
    """This record as the columns of the neutral layout that a form of Duecare's fills."""
    columns_said = {
        "given_names": person_record.given_names,
        "family_name": person_record.family_name,
        "also_known_as": "; ".join(person_record.also_known_as),
        "date_of_birth": str(person_record.born) if person_record.born else "",
        "due_on": person_record.due_on.isoformat() if person_record.due_on else "",
        "sex": person_record.sex,
        "address": person_record.address,
        "postcode": person_record.postcode,
        "protected_address": "true" if person_record.protected_address else "",
    }
    return {column_name: value for column_name, value in columns_said.items() if value}
