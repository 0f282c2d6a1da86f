"""Authorise, then log: policy is asked first, and the ledger line is written before anything is shown or kept."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NoReturn

from duecare.access.act import Act
from duecare.access.may_act import NOT_YOURS, OUTSIDE, No, may
from duecare.access.thing import Thing
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.store.database.transaction import transaction
from duecare.store.ledger import ledger_entries
from duecare.store.ledger.opaque_ids import LedgerRef, handles_of
from duecare.vocabulary.refusals import Refusal

LOGGED_AS: dict[Act, LedgerAct] = {
    Act.RECEIVE: LedgerAct.COLLECTION,
    Act.LINK: LedgerAct.COMBINATION,
    Act.NOTE_PERSON: LedgerAct.COLLECTION,
    Act.SAMPLE_LINKS: LedgerAct.ALTERATION,
    Act.ASSESS: LedgerAct.ALTERATION,
    Act.IMPORT_TOTALS: LedgerAct.COLLECTION,
    Act.EXPORT_PEOPLE: LedgerAct.DISCLOSURE,
    Act.EXPORT_SET_ASIDE: LedgerAct.DISCLOSURE,
    Act.ANCHOR_LEDGER: LedgerAct.DISCLOSURE,
    Act.ENROL: LedgerAct.ALTERATION,
    Act.LEAD_ROUND: LedgerAct.ALTERATION,
    Act.OPEN_GRADES: LedgerAct.ALTERATION,
    Act.RECONCILE: LedgerAct.ALTERATION,
    Act.IMPORT_GRADES: LedgerAct.COLLECTION,
    Act.EXPORT_GRADES: LedgerAct.DISCLOSURE,
    Act.REFER_BACK: LedgerAct.ALTERATION,
    Act.ANSWER_REFERRAL: LedgerAct.ALTERATION,
    Act.CONFIRM_SEEN: LedgerAct.ALTERATION,
    Act.REVIEW_FILE: LedgerAct.ALTERATION,
    Act.ANSWER_ERROR: LedgerAct.ALTERATION,
    Act.NAME_ACCOUNTABLE: LedgerAct.ALTERATION,
    Act.SIGN_OFF: LedgerAct.ALTERATION,
    Act.MAKE_RECOMMENDATION: LedgerAct.ALTERATION,
    Act.ANSWER_RECOMMENDATION: LedgerAct.ALTERATION,
    Act.VERIFY_RECOMMENDATION: LedgerAct.ALTERATION,
    Act.TAKE_SNAPSHOT: LedgerAct.ALTERATION,
    Act.EXPLAIN_DIFFERENCE: LedgerAct.ALTERATION,
    Act.ASK_QUESTION: LedgerAct.ALTERATION,
    Act.ANSWER_QUESTION: LedgerAct.ALTERATION,
    Act.RECORD_MEETING: LedgerAct.ALTERATION,
    Act.DRAFT_RELEASE: LedgerAct.ALTERATION,
    Act.CHECK_RELEASE: LedgerAct.ALTERATION,
    Act.ANSWER_RELEASE: LedgerAct.ALTERATION,
    Act.IMPORT_RECOMMENDATIONS: LedgerAct.COLLECTION,
}


def authorise(request: Request, act: Act, thing: Thing, names: Iterable[LedgerRef] = ()) -> None:
    """Ask policy whether it may be done. A refusal is written down before it is given.

    Raises:  ACC-001 or ACC-003 when policy says no; LED-001 or STO-002 when even that cannot be written.
    """
    answer = may(request.viewer, act, thing)
    if isinstance(answer, No):
        with transaction():
            log_write(request, act, names=names, outcome=f"refused {answer.code}: {answer.reason}"[:200])
        raise answer.refusal()


def refuse_as_absent(request: Request, act: Act) -> NoReturn:
    """Refuse what is not there as what is sealed is refused: the line in the ledger and the answer are the same.

    Raises:  ACC-001, always; LED-001 or STO-002 when even that cannot be written.
    """
    with transaction():
        log_write(request, act, outcome=f"refused {NOT_YOURS}: {OUTSIDE}")
    raise Refusal(NOT_YOURS)


def log_write(
    request: Request,
    act: Act,
    *,
    names: Iterable[LedgerRef] = (),
    handles: Iterable[str] = (),
    recipient: str = "",
    outcome: str = "done",
    logged_as: LedgerAct | None = None,
) -> int:
    """Write this act in the ledger; its number. Call inside the transaction of the act, last.

    Shape:   `logged_as` where an act that mostly reads has kept something this time.
    """
    ids = handles_of(names) | set(handles)
    return ledger_entries.write_entry(
        logged_as or LOGGED_AS.get(act, LedgerAct.CONSULTATION),
        actor=request.viewer.account,
        purpose=f"{act.title}: {request.purpose}"[:300],
        happened_at=request.now,
        named_ids=ids,
        recipient=recipient or (request.viewer.account if LOGGED_AS.get(act) is LedgerAct.DISCLOSURE else ""),
        outcome=outcome,
    )


class _Undone(Exception):
    pass


def check_ledger_writable(request: Request, act: Act) -> None:
    """Before long work: try to write its line, and take it back.

    Raises:  LED-001, STO-001 or STO-002 when it could not, so that nobody waits for an answer that must be refused.
    """
    with suppress(_Undone), transaction():
        log_write(request, act)
        raise _Undone


def log_read(request: Request, act: Act, names: Iterable[LedgerRef] = ()) -> None:
    """Commit the line for a read, before its first byte is shown."""
    with transaction():
        log_write(request, act, names=names)
