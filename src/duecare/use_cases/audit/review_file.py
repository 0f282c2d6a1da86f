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
from duecare.store.facts.officer_roster import known_roster
from duecare.visibility.allocated_file import file_thing
from duecare.visibility.case_scope import ledger_refs_of_case
from duecare.vocabulary.refusals import Refusal


def read_review(request: Request, round_name: str, case_key: CaseKey) -> tuple[FoundError, ...]:
    """The errors that this review has found so far.

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case_key))
    found_errors = case_errors.errors_of(round_name, case_key)
    log_read(request, Act.REVIEW_FILE, ledger_refs_of_case(case_key, facts_of_case(case_key, None)))
    return found_errors


def waits_for_grades(request: Request, round_name: str, case_key: CaseKey) -> bool:
    """Whether this review must wait until every side that grades the file blind has opened its grade.

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case_key))
    return case_errors.is_blind(round_name, case_key)


def record_error(request: Request, round_name: str, case_key: CaseKey, found_error: FoundError) -> None:
    """Record this error; in place of one of its name, until those criticised were invited to answer.

    Raises:  ACC-001 unless the file was allotted to the viewer; AUD-055 with every fault; AUD-056 where its answer was
             invited already; AUD-057 while the round is blind.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case_key))
    if case_errors.is_blind(round_name, case_key):
        raise Refusal("AUD-057", where=round_name)
    officers, _ = known_roster(None)
    faults = faults_of(
        found_error,
        {officer_text for officer_name in officers for officer_text in (officer_name.officer, officer_name.name)},
    )
    if faults:
        raise Refusal("AUD-055", faults=faults)
    if any(
        kept_error.error == found_error.error and kept_error.invited_at
        for kept_error in case_errors.errors_of(round_name, case_key)
    ):
        raise Refusal("AUD-056", where=found_error.error)
    kept_error = replace(found_error, answer="", invited_at=None, answered_at=None, final_at=None)
    _keep_errors(request, round_name, case_key, [kept_error])


def invite_answers(request: Request, round_name: str, case_key: CaseKey) -> int:
    """Invite those criticised to answer every error recorded so far; the number of errors newly put to them.

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case_key))
    new_errors = [
        found_error for found_error in case_errors.errors_of(round_name, case_key) if found_error.invited_at is None
    ]
    _keep_errors(
        request, round_name, case_key, [replace(found_error, invited_at=request.now) for found_error in new_errors]
    )
    return len(new_errors)


def make_final(request: Request, round_name: str, case_key: CaseKey) -> int:
    """Make final every error that was answered or whose time to answer has run out; the number made final.

    Raises:  ACC-001 unless the file was allotted to the viewer; AUD-056 where none may be.
    """
    authorise(request, Act.REVIEW_FILE, file_thing(round_name, case_key))
    ripe_errors = [
        found_error
        for found_error in case_errors.errors_of(round_name, case_key)
        if found_error.may_be_final(request.now)
    ]
    if not ripe_errors:
        raise Refusal("AUD-056", where=round_name)
    _keep_errors(
        request, round_name, case_key, [replace(found_error, final_at=request.now) for found_error in ripe_errors]
    )
    return len(ripe_errors)


def is_open_to_answer(found_error: FoundError, request: Request) -> bool:
    """Whether those criticised may still answer this error."""
    return found_error.standing(request.now) in {Standing.INVITED, Standing.UNANSWERED}


def _keep_errors(request: Request, round_name: str, case_key: CaseKey, found_errors: list[FoundError]) -> None:
    names = ledger_refs_of_case(case_key, facts_of_case(case_key, None))
    with transaction():
        case_errors.keep_errors(round_name, case_key, found_errors, request.now, request.viewer.account)
        log_write(request, Act.REVIEW_FILE, names=names, outcome=f"done: {len(found_errors)} errors")
