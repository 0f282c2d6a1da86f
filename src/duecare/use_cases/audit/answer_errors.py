"""What those criticised by a review of a single file are shown of it, and what they answer."""

from __future__ import annotations

from dataclasses import replace

from duecare.access.act import Act
from duecare.audit.reviews.found_error import FoundError
from duecare.authorisation.authorise import log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.store.audit import case_errors
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import LedgerRef
from duecare.use_cases.audit.review_file import is_open_to_answer
from duecare.visibility.case_scope import ledger_refs_of_case
from duecare.visibility.opened_case import open_case
from duecare.visibility.view import visibility_for_lists
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import REVIEW_TEXT


def errors_to_answer(request: Request, case_key: CaseKey) -> tuple[tuple[str, FoundError], ...]:
    """The errors of this case that were put to those criticised, each with its round.

    Raises:  ACC-001 where the viewer may not open the case, and where there is none.
    """
    names = _names_shown(request, case_key)
    found_errors = case_errors.errors_in(case_key)
    log_read(request, Act.ANSWER_ERROR, names)
    return found_errors


def answer_error(request: Request, case_key: CaseKey, round_name: str, error: str, words: str) -> None:
    """Answer this error, beside it and never in its place; once, before it is final.

    Shape:   the same answer sent again changes nothing.
    Raises:  ACC-001 where the viewer may not open the case; AUD-055 for an empty or endless answer; AUD-056 where the
             error was not put to them, was answered, or is final.
    """
    names = _names_shown(request, case_key)
    if not words.strip() or len(words) > REVIEW_TEXT:
        raise Refusal("AUD-055", faults=(f"the answer is empty or longer than {REVIEW_TEXT:,} characters",))
    matching_errors = [
        found_error
        for name_of_round, found_error in case_errors.errors_in(case_key)
        if (name_of_round, found_error.error) == (round_name, error)
    ]
    if matching_errors and matching_errors[0].answer == words.strip():
        with transaction():
            log_write(request, Act.ANSWER_ERROR, names=names, outcome="done before")
        return
    if not matching_errors or not is_open_to_answer(matching_errors[0], request):
        raise Refusal("AUD-056", where=error)
    heard = replace(matching_errors[0], answer=words.strip(), answered_at=request.now)
    with transaction():
        case_errors.keep_errors(round_name, case_key, [heard], request.now, request.viewer.account)
        log_write(request, Act.ANSWER_ERROR, names=names)


def _names_shown(request: Request, case_key: CaseKey) -> set[LedgerRef]:
    """What the ledger calls this case and those in it whom the viewer is shown, where they may open it."""
    facts = open_case(request, Act.ANSWER_ERROR, case_key)
    return ledger_refs_of_case(case_key, visibility_for_lists(request, read_config()).facts_shown(facts))
