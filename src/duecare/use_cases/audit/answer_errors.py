"""What those criticised by a review of a single file are shown of it, and what they answer."""

from __future__ import annotations

from dataclasses import replace

from duecare.access.act import Act
from duecare.audit.reviews.found_error import FoundError
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import case_errors
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.use_cases.audit.review_file import is_open_to_answer
from duecare.visibility.case_scope import case_thing, ledger_refs_of_case
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import REVIEW_TEXT


def errors_to_answer(request: Request, case_key: CaseKey) -> tuple[tuple[str, FoundError], ...]:
    """The errors of this case that were put to those criticised, each with its round.

    Raises:  ACC-001 where the viewer may not open the case.
    """
    facts = facts_of_case(case_key, None)
    authorise(request, Act.ANSWER_ERROR, case_thing(case_key, facts, request.now), ledger_refs_of_case(case_key, facts))
    found_errors = case_errors.errors_in(case_key)
    log_read(request, Act.ANSWER_ERROR, ledger_refs_of_case(case_key, facts))
    return found_errors


def answer_error(request: Request, case_key: CaseKey, round_name: str, error: str, words: str) -> None:
    """Answer this error, beside it and never in its place; once, before it is final.

    Shape:   the same answer sent again changes nothing.
    Raises:  ACC-001 where the viewer may not open the case; AUD-055 for an empty or endless answer; AUD-056 where the
             error was not put to them, was answered, or is final.
    """
    facts = facts_of_case(case_key, None)
    authorise(request, Act.ANSWER_ERROR, case_thing(case_key, facts, request.now), ledger_refs_of_case(case_key, facts))
    if not words.strip() or len(words) > REVIEW_TEXT:
        raise Refusal("AUD-055", faults=(f"the answer is empty or longer than {REVIEW_TEXT:,} characters",))
    matching_errors = [
        found_error
        for name_of_round, found_error in case_errors.errors_in(case_key)
        if (name_of_round, found_error.error) == (round_name, error)
    ]
    if matching_errors and matching_errors[0].answer == words.strip():
        with transaction():
            log_write(request, Act.ANSWER_ERROR, names=ledger_refs_of_case(case_key, facts), outcome="done before")
        return
    if not matching_errors or not is_open_to_answer(matching_errors[0], request):
        raise Refusal("AUD-056", where=error)
    heard = replace(matching_errors[0], answer=words.strip(), answered_at=request.now)
    with transaction():
        case_errors.keep_errors(round_name, case_key, [heard], request.now, request.viewer.account)
        log_write(request, Act.ANSWER_ERROR, names=ledger_refs_of_case(case_key, facts))
