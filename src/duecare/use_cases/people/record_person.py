"""Record a person who has come to notice: first search for them on record, then decide which of those it is, or none.

No person is made without a look. Whoever records has seen who fits and says so by name, and a link of two records rests on
their word, which can be taken back as any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from duecare.access.act import Act
from duecare.access.may_act import may
from duecare.access.thing import PEOPLE, PersonThing
from duecare.assessment.refresh_affected import refresh_affected
from duecare.audit.grading.judgement_validation import is_text
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import thresholds_in_force
from duecare.person.comparable_record import compared_record
from duecare.person.guard import Guards
from duecare.person.person_description import Described, asked_of, faults_of, unusable_values
from duecare.person.weigh import weigh_pair
from duecare.record.pole import CaseKey, PersonRecord, RecordKey
from duecare.store.database.process_locks import receiving_lock
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.fact_lookup import facts_of_person, records_known
from duecare.store.ledger.opaque_ids import RECORD, LedgerRef
from duecare.store.linkage.linked_people import standing_judgements, whose_are
from duecare.store.search.search_token import SearchToken, read_mark, signed_mark
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.use_cases.deliveries.write_own_events import id_of_form
from duecare.use_cases.deliveries.write_own_rows import keep_own
from duecare.use_cases.linkage.judge_link import judge_pair
from duecare.use_cases.linkage.link_affected import link_affected
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.use_cases.people.coming_to_notice import Coming, case_of, faults_of_coming, rows_of
from duecare.use_cases.people.search_people import PersonFound, SearchPage, search_for
from duecare.visibility.case_scope import person_thing
from duecare.visibility.display_names import full_name
from duecare.visibility.view import visibility_of
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import LINK_REASON

NONE_OF_THESE: Final = "none"


@dataclass(frozen=True, slots=True)
class Look:
    """Who may it be, and the mark that somebody looked; what could not be looked for is said.

    Shape:   `mark` is bound to the account, the words and who was found. `page` is what search says.
    """

    page: SearchPage
    mark: str
    unusable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotedPerson:
    """The record and the case of this person now.

    Shape:   `is_again`: the same form was sent before, and nothing more was written.
    """

    record: RecordKey
    case: CaseKey
    is_again: bool = False


def before_noting(request: Request, config: Config, mother: str = "") -> PersonRecord | None:
    """Refuse a viewer who may not record somebody; the record of the mother, where one is given.

    Raises:  ACC-003 unless the viewer's role may; ACC-001 where they may not open the mother.
    """
    authorise(request, Act.NOTE_PERSON, PEOPLE)
    if not mother:
        log_read(request, Act.SEARCH)
        return None
    mother_record = open_record(request, config, mother)
    log_read(request, Act.OPEN_PERSON, [(RECORD, *mother_record.key)])
    return mother_record


def look_for_person(request: Request, config: Config, described: Described) -> Look:
    """The people already on record who may be the person described.

    Shape:   as search: what it does not tell is not told here. For a child not yet born, the children recorded of that
             mother before their birth. A number whose check letter does not hold is said, and is no key.
    Raises:  ACC-003 unless the viewer's role may; REC-001 with every fault; ACC-001 where they may not open the mother.
    """
    authorise(request, Act.NOTE_PERSON, PEOPLE)
    faults = faults_of(described, london_day(request.now))
    if faults:
        raise Refusal("REC-001", faults=faults)
    upto_delivery = delivery_records.last_number()
    search_page = _looked_for(request, config, described)
    sure_score = _joins_from(config)
    looked = SearchToken(
        request.viewer.account,
        described.digest,
        iso_text(request.now),
        tuple(person_found.person for person_found in search_page.found if person_found.person is not None),
        tuple(
            person_found.person
            for person_found in search_page.found
            if person_found.person is not None and (person_found.score or 0.0) >= sure_score
        ),
        any(person_found.person is None for person_found in search_page.found),
        upto_delivery,
    )
    return Look(search_page, signed_mark(looked), unusable_values(described))


def note_person(
    request: Request,
    config: Config,
    described: Described,
    looked: str,
    decision: str,
    *,
    coming: Coming,
    reason: str = "",
) -> NotedPerson:
    """Record this person, who is the one of those shown that `decision` names, or `none`; the record and case made.

    Shape:   a record of the source `duecare`, with an event that says how they came to notice. One of those shown: the
             new record and theirs are judged the same. None of them: it is judged another than each who fits so well that
             the machine would join the two without asking; those who fit less are left unjudged, for nobody weighed them
             singly. So somebody restricted who fits is judged nothing, and may be found to be the same by whoever may see
             both. Sent twice, it is one record; whoever was stopped half-way goes on by sending it again.
    Raises:  ACC-003, ACC-001; REC-001 with every fault; REC-002 unless these very words were looked for by this account,
             and the same people would be found now; AUD-050 where nothing could be written.
    """
    authorise(request, Act.NOTE_PERSON, PEOPLE)
    faults = faults_of(described, london_day(request.now)) + faults_of_coming(request, coming)
    looked_mark = read_mark(looked)
    if looked_mark is None or (looked_mark.account, looked_mark.words) != (request.viewer.account, described.digest):
        raise Refusal("REC-001", faults=faults) if faults else Refusal("REC-002")
    faults += _faults_of_decision(looked_mark, decision, reason.strip())
    if faults:
        raise Refusal("REC-001", faults=faults)
    new_record = RecordKey(OWN_SOURCE, id_of_form("person", looked_mark.account, looked_mark.words, looked_mark.at))
    case_key = case_of(request, coming, new_record)
    mother = open_record(request, config, described.mother.strip()).key if described.is_unborn else None
    with receiving_lock():
        is_again = new_record in records_known([new_record])
        if is_again:
            with transaction():
                log_write(request, Act.NOTE_PERSON, names=[(RECORD, *new_record)], outcome="done before")
        else:
            _still_so(request, config, described, looked_mark)
            for person in _judged_people(looked_mark, decision):
                open_record(request, config, person, Act.JUDGE_LINK)
            because = reason.strip() if decision == NONE_OF_THESE else ""
            sheet_rows = rows_of(request, described, coming, new_record, case_key, mother, none_because=because)
            keep_own(
                request,
                Act.NOTE_PERSON,
                f"{OWN_SOURCE}-{new_record.record_id}",
                sheet_rows,
                outcome=f"done: {_decision_words(decision)}",
            )
    _judge_chosen(request, config, new_record, looked_mark, decision, reason)
    link_affected(request, config)
    refresh_affected(request)
    return NotedPerson(new_record, case_key, is_again)


def _judged_people(looked_mark: SearchToken, decision: str) -> tuple[str, ...]:
    """The people, of those shown, about whom this decision says anything."""
    return looked_mark.sure if decision == NONE_OF_THESE else (decision,)


def _faults_of_decision(looked_mark: SearchToken, decision: str, reason: str) -> tuple[str, ...]:
    faults = []
    if decision != NONE_OF_THESE and decision not in looked_mark.people:
        faults.append("choose which search result it is, or none of them")
    if not reason and (looked_mark.people or looked_mark.some_restricted):
        faults.append("the reason why it is that person, or none of the results, is missing")
    if len(reason) > LINK_REASON:
        faults.append(f"why is told in more than {LINK_REASON} characters")
    if not is_text(reason[:LINK_REASON]):
        faults.append("the reason has a character that is not text")
    return tuple(faults)


def _decision_words(decision: str) -> str:
    return "none of those found" if decision == NONE_OF_THESE else "one of those found"


def _looked_for(request: Request, config: Config, described: Described) -> SearchPage:
    if not described.is_unborn:
        return search_for(request, *asked_of(described, london_day(request.now)))
    check_ledger_writable(request, Act.SEARCH)
    mother = open_record(request, config, described.mother.strip())
    unborn_found, names = _unborn_of(request, config, described.mother.strip())
    log_read(request, Act.SEARCH, names | {(RECORD, *mother.key)})
    return SearchPage(tuple(unborn_found), is_asked=True)


def _unborn_of(request: Request, config: Config, mother: str) -> tuple[list[PersonFound], set[LedgerRef]]:
    """Whoever was recorded of this mother before their birth, born meanwhile or not, and may be shown."""
    own_records, facts = facts_of_person(mother, None)
    tied_records = {
        involvement.record
        for event in facts.events
        if any(involvement.record in own_records and involvement.role == "parent" for involvement in event.ties)
        for involvement in event.ties
        if involvement.role == "child" and involvement.record not in own_records
    }
    unborn_found: dict[str, PersonFound] = {}
    names: set[LedgerRef] = set()
    for record_key, unborn_record in sorted(records_known(tied_records).items()):
        if unborn_record.due_on is None:
            continue
        person = whose_are([record_key])[record_key]
        try:
            open_record(request, config, person, quietly=True)
        except Refusal:
            continue
        names.add((RECORD, *record_key))
        unborn_found[person] = PersonFound(
            person,
            None,
            (f"a child of the same mother, due on {unborn_record.due_on.isoformat()}",),
            (full_name(unborn_record) if unborn_record.given_names else "Unborn child",),
            str(unborn_record.born) if unborn_record.born else None,
            (record_key.source,),
        )
    return list(unborn_found.values()), names


def open_record(
    request: Request, config: Config, person: str, read_act: Act = Act.OPEN_PERSON, *, quietly: bool = False
) -> PersonRecord:
    """The record of this person that says most and is more than a pointer for this viewer.

    Raises:  ACC-001 where there is none, or they may not do this to them.
    """
    record_keys, facts = facts_of_person(person, None)
    thing = person_thing(person, record_keys, facts, request.now) if record_keys else PersonThing(person)
    if quietly:
        if not may(request.viewer, read_act, thing):
            raise Refusal("ACC-001")
    else:
        authorise(request, read_act, thing, [(RECORD, *record_key) for record_key in record_keys])
    visible = visibility_of(request, config, facts, opened=person)
    records_held = list(visible.records_opened(record_keys, facts).values())
    if not records_held or not visible.answers_to(person):
        raise Refusal("ACC-001")
    return max(
        records_held,
        key=lambda person_record: (
            bool(person_record.given_names) + bool(person_record.family_name) + bool(person_record.born),
            person_record.key,
        ),
    )


def _still_so(request: Request, config: Config, described: Described, looked_mark: SearchToken) -> None:
    """Refuse where other people would be found now; searched again only where something was accepted since.

    Raises:  REC-002 where they would.
    """
    if delivery_records.last_number() == looked_mark.upto:
        return
    search_page = _looked_for(request, config, described)
    people_now = {person_found.person for person_found in search_page.found if person_found.person is not None}
    if people_now - set(looked_mark.people) or (
        any(person_found.person is None for person_found in search_page.found) and not looked_mark.some_restricted
    ):
        raise Refusal("REC-002", found="somebody who fits was recorded meanwhile")


def _joins_from(config: Config) -> float:
    policy_stat = config.policy.stat()
    guards = _guards_read_once(config.policy, policy_stat.st_mtime_ns, policy_stat.st_size)
    return thresholds_in_force(kept_model(config).thresholds, guards).join


@lru_cache(maxsize=16)
def _guards_read_once(policy: Path, _written: int, _bytes: int) -> Guards:
    """The guards and thresholds that the policy sets, read once while its file is the same."""
    return guards_in_force(policy)


def _judge_chosen(
    request: Request, config: Config, new_record: RecordKey, looked_mark: SearchToken, decision: str, reason: str
) -> None:
    """Keep what was said of the new record and of those shown, where it is not kept already."""
    verdict = "different" if decision == NONE_OF_THESE else "same"
    for person in _judged_people(looked_mark, decision):
        likest_record = _likest_record(request, config, new_record, person)
        if likest_record is not None and not any(
            {judgement.a, judgement.b} == {new_record, likest_record} for judgement in standing_judgements()
        ):
            judge_pair(request, config, new_record, likest_record, verdict, reason)


def _likest_record(request: Request, config: Config, new_record: RecordKey, person: str) -> RecordKey | None:
    """The record of this person, of those the viewer may open, most like the new one; None where that is already theirs."""
    record_keys, facts = facts_of_person(person, None)
    opened = visibility_of(request, config, facts, opened=person).records_opened(record_keys, facts)
    other_records = {record_key: record for record_key, record in opened.items() if record_key != new_record}
    own_record = records_known([new_record]).get(new_record)
    if own_record is None or not other_records:
        return None
    weights = kept_model(config).weights(max(len(other_records), 2))
    own_values = compared_record(own_record)
    # How rare a name is does not tell records of one person apart: every term counts for the same.
    return max(
        sorted(other_records),
        key=lambda record_key: (
            weigh_pair(
                own_values, compared_record(other_records[record_key]), weights, lambda _column, _term_text: 0.001
            ).weight
        ),
    )
