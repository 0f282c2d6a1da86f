"""The review of a single file: its errors recorded one by one, those criticised invited, then made final."""

from __future__ import annotations

from dataclasses import replace

from duecare.access.act import Act
from duecare.audit.reviews.found_error import FoundError, Standing, faults_of
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import case_errors
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.facts.officer_roster import roster
from duecare.visibility.allocated_file import file_thing
from duecare.visibility.case_scope import ledger_refs_of_case
from duecare.vocabulary.refusals import Refusal


def read_review(request: Request, round_name: str, case: CaseKey) -> tuple[FoundError, ...]:
    """Which errors has this review found so far?

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case))
    found = case_errors.errors_of(round_name, case)
    log_read(request, Act.REVIEW_FILE, ledger_refs_of_case(case, facts_of_case(case, None)))
    return found


def waits_for_grades(request: Request, round_name: str, case: CaseKey) -> bool:
    """Must this review wait until every side that grades the file blind has opened its grade?

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case))
    return case_errors.is_blind(round_name, case)


def record_error(request: Request, round_name: str, case: CaseKey, found: FoundError) -> None:
    """Record this error; in the place of one of its name, until those criticised were invited to answer.

    Raises:  ACC-001 unless the file was allotted to the viewer; AUD-055 with every fault; AUD-056 where its answer was
             invited already; AUD-057 while the round is blind.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case))
    if case_errors.is_blind(round_name, case):
        raise Refusal("AUD-057", where=round_name)
    officers, _ = roster(None)
    faults = faults_of(found, {text for one in officers for text in (one.officer, one.name)})
    if faults:
        raise Refusal("AUD-055", faults=faults)
    if any(one.error == found.error and one.invited_at for one in case_errors.errors_of(round_name, case)):
        raise Refusal("AUD-056", where=found.error)
    kept = replace(found, answer="", invited_at=None, answered_at=None, final_at=None)
    _keep(request, round_name, case, [kept])


def invite_answers(request: Request, round_name: str, case: CaseKey) -> int:
    """Invite those criticised to answer every error recorded so far; to how many is it new?

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case))
    new = [one for one in case_errors.errors_of(round_name, case) if one.invited_at is None]
    _keep(request, round_name, case, [replace(one, invited_at=request.now) for one in new])
    return len(new)


def make_final(request: Request, round_name: str, case: CaseKey) -> int:
    """Make final every error that was answered or whose time to answer has run out; how many?

    Raises:  ACC-001 unless the file was allotted to the viewer; AUD-056 where none may be.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case))
    ripe = [one for one in case_errors.errors_of(round_name, case) if one.may_be_final(request.now)]
    if not ripe:
        raise Refusal("AUD-056", where=round_name)
    _keep(request, round_name, case, [replace(one, final_at=request.now) for one in ripe])
    return len(ripe)


def is_open_to_answer(found: FoundError, request: Request) -> bool:
    """May those criticised still answer this error?"""
    return found.standing(request.now) in {Standing.INVITED, Standing.UNANSWERED}


def _keep(request: Request, round_name: str, case: CaseKey, found: list[FoundError]) -> None:
    names = ledger_refs_of_case(case, facts_of_case(case, None))
    with transaction():
        case_errors.keep(round_name, case, found, request.now, request.viewer.account)
        log_write(request, Act.REVIEW_FILE, names=names, outcome=f"done: {len(found)} errors")
