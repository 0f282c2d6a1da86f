"""Naming who grades for a side, each with the officer number by which conflicts of interest are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.roles import ROLE, grades_blind
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store import accounts
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.use_cases.audit.round_lead import leading_side, round_to_change
from duecare.vocabulary.refusals import Refusal

WITHOUT_OFFICERS = "inspectorate"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be named as a grader: the account, the name shown for it, the officer number it is enrolled with."""

    account: str
    display_name: str
    officer: str


def grader_candidates(audit_round: AuditRound, audit_side: str) -> tuple[Candidate, ...]:
    """The accounts this side may still name: those who grade for it, have no other act that shows a grade, and are not named."""
    return tuple(
        Candidate(known_account.username, known_account.display_name, known_account.officer.strip())
        for known_account in accounts.every_account()
        if _is_of(audit_side, known_account.roles)
        and grades_blind(known_account.roles)
        and round_records.grader_named(audit_round, known_account.username) is None
    )


def name_graders(request: Request, round_name: str, graders: Mapping[str, str], wanted_side: str = "") -> None:
    """Name these accounts as graders of the viewer's own side.

    Shape:   account to officer number; an empty one is that with which the account is enrolled. `wanted_side`, if given, must
             be the viewer's side.
    Raises:  ACC-003 when the viewer does not lead that side; AUD-021, AUD-022 where there is no such round or it has
             ended; AUD-027 with every fault: then nobody is named.
    """
    audit_side = leading_side(request, wanted_side)
    with transaction():
        audit_round = round_to_change(round_name)
        named_graders = {account: _officer_of(account, officer) for account, officer in graders.items()}
        faults = [
            fault
            for account, officer in named_graders.items()
            if (fault := _grader_fault(audit_round, audit_side, account, officer, graders))
        ]
        if faults or not named_graders:
            raise Refusal("AUD-027", faults=tuple(faults or ["nobody is named"]))
        for account, officer in named_graders.items():
            round_records.keep_grader(audit_round, audit_side, account, officer, request.now)
        round_records.keep_lead(audit_round, audit_side, request.viewer.account)
        log_write(
            request,
            Act.LEAD_ROUND,
            outcome=f"done: round {round_name}, {len(named_graders)} graders of {audit_side} named",
        )


def _officer_of(account: str, given_officer: str) -> str:
    known_account = accounts.account_named(account)
    return given_officer.strip() or (known_account.officer.strip() if known_account else "")


def _grader_fault(
    audit_round: AuditRound, audit_side: str, account: str, officer: str, given_graders: Mapping[str, str]
) -> str:
    known_account = accounts.account_named(account)
    if known_account is None or not _is_of(audit_side, known_account.roles):
        return f"{account} is not enrolled to grade for the {audit_side}"
    if not grades_blind(known_account.roles):
        return f"{account} has another role that opens cases, leads rounds or grades for the other side"
    if round_records.grader_named(audit_round, account) is not None:
        return f"{account} is named already"
    own_officer = known_account.officer.strip().casefold()
    if own_officer and given_graders[account].strip() and given_graders[account].strip().casefold() != own_officer:
        return f"{account} is enrolled with another officer number"
    if not officer and audit_side != WITHOUT_OFFICERS:
        return f"{account} has no officer number"
    return ""


def _is_of(audit_side: str, roles: Iterable[str]) -> bool:
    held_roles = [ROLE[role_name] for role_name in roles if role_name in ROLE]
    return any(held_role.side == audit_side and Act.GRADE_FILE in held_role.acts for held_role in held_roles)
