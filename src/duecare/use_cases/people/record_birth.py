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
from duecare.person.described import MONTHS_AHEAD, Described, asked_of, due_date, faults_of, row_of
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.fact_lookup import records_known
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import whose_are
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.use_cases.deliveries.write_own_rows import keep_own
from duecare.use_cases.linkage.link_affected import link_affected
from duecare.use_cases.people.record_person import open_record
from duecare.use_cases.people.search_people import PersonFound, search_for
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.moments import iso_text, london_day
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Born:
    """Which record is of the child now born, and who else is held that may be the same child, as search tells it?"""

    record: RecordKey
    others: tuple[PersonFound, ...] = ()


def is_unborn(held: PersonRecord) -> bool:
    """Is this a record of Duecare's own of a child not yet born, as far as it says?"""
    return held.key.source == OWN_SOURCE and held.due_on is not None and not held.born


def unborn_among(records: Iterable[PersonRecord]) -> RecordKey | None:
    """Which of these records waits for its birth to be recorded? None where none does."""
    return next((one.key for one in records if is_unborn(one)), None)


def before_birth(request: Request, config: Config, record_id: str) -> PersonRecord:
    """Which child not yet born is this?

    Raises:  ACC-003 unless the viewer's role may; ACC-001 where they may not open them, and where there is no such record.
    """
    held = _held(request, config, RecordKey(OWN_SOURCE, record_id))
    log_read(request, Act.OPEN_PERSON, [(RECORD, *held.key)])
    return held


def note_birth(
    request: Request, config: Config, record_id: str, *, given_names: str, family_name: str, born: str, sex: str = ""
) -> Born:
    """Record that this child was born, under which names and when; who else may be the same child?

    Shape:   a new version of the record, that holds what the one before held. Sent twice, it is one version. A record of
             the child that another system sent meanwhile is told to whoever records the birth, unless it is joined by now.
    Raises:  ACC-003, ACC-001; REC-003 with every fault, and where the birth is recorded already in other words.
    """
    key = RecordKey(OWN_SOURCE, record_id)
    due = _held(request, config, key).due_on
    said = Described(given_names=given_names, family_name=family_name, born=born, sex=sex)
    faults = list(faults_of(said, london_day(request.now)))
    if not given_names.strip() and not family_name.strip():
        faults.append("no name is given")
    when = due_date(born)
    if when is None:
        faults.append("the birth date is not given as a whole date")
    elif due is not None and when < add_months(due, -MONTHS_AHEAD):
        faults.append("the birth date is more than nine months before the day on which the child was due")
    if faults:
        raise Refusal("REC-003", faults=tuple(dict.fromkeys(faults)))
    names = [(RECORD, *key)]
    with delivery_records.receiving():
        held = records_known([key])[key]
        now = {**_columns(held), **row_of(said, london_day(request.now))}
        if not is_unborn(held):
            if now != _columns(held):
                raise Refusal("REC-003", found="the birth was recorded already, in other words")
            with transaction():
                log_write(request, Act.NOTE_PERSON, names=names, outcome="done before", logged_as=LedgerAct.ALTERATION)
        else:
            # A version of the same second as the one before would not surely be the newer.
            after = held.written_at + timedelta(seconds=1) if held.written_at else request.now
            row = {"record_id": record_id, **now, "written_at": iso_text(max(request.now, after))}
            keep_own(
                request,
                Act.NOTE_PERSON,
                f"{OWN_SOURCE}-{record_id}-born",
                {"persons": [row]},
                outcome="done: birth",
                logged_as=LedgerAct.ALTERATION,
            )
    link_affected(request, config)
    refresh_affected(request)
    own = whose_are([key])[key]
    found = search_for(request, *asked_of(said, london_day(request.now))).found
    return Born(key, tuple(one for one in found if one.person != own))


def _held(request: Request, config: Config, key: RecordKey) -> PersonRecord:
    authorise(request, Act.NOTE_PERSON, PEOPLE)
    open_record(request, config, whose_are([key])[key])
    held = records_known([key]).get(key)
    if held is None or held.due_on is None:
        refuse_as_absent(request, Act.OPEN_PERSON)
    return held


def _columns(held: PersonRecord) -> dict[str, str]:
    """This record as the columns of the neutral layout that a form of Duecare's fills."""
    said = {
        "given_names": held.given_names,
        "family_name": held.family_name,
        "also_known_as": "; ".join(held.also_known_as),
        "date_of_birth": str(held.born) if held.born else "",
        "due_on": held.due_on.isoformat() if held.due_on else "",
        "sex": held.sex,
        "address": held.address,
        "postcode": held.postcode,
        "protected_address": "true" if held.protected_address else "",
    }
    return {name: value for name, value in said.items() if value}
