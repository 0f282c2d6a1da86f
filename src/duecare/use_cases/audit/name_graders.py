"""Naming who grades for a side, each with the officer number by which conflicts of interest are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.role import ROLE, grades_blind
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store import accounts
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.store.models import Round
from duecare.use_cases.audit.round_lead import leads, round_to_change
from duecare.vocabulary.refusals import Refusal

WITHOUT_OFFICERS = "inspectorate"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who could be named as a grader of a side: the account, the name shown for it, the officer number it is enrolled with?"""

    account: str
    display_name: str
    officer: str


def candidates(of: Round, side: str) -> tuple[Candidate, ...]:
    """Whom may this side still name: those who grade for it, do nothing besides that tells of a grade, and are not named?"""
    return tuple(
        Candidate(one.username, one.display_name, one.officer.strip())
        for one in accounts.every_account()
        if _is_of(side, one.roles) and grades_blind(one.roles) and round_records.grader_named(of, one.username) is None
    )


def name_graders(request: Request, name: str, graders: Mapping[str, str], wanted: str = "") -> None:
    """Name these accounts as graders of the viewer's own side.

    Shape:   account to officer number; an empty one is that with which the account is enrolled. `wanted`, if given, must
             be the viewer's side.
    Raises:  ACC-003 when the viewer does not lead that side; AUD-021, AUD-022 where there is no such round or it has
             ended; AUD-027 with every fault: then nobody is named.
    """
    side = leads(request, wanted)
    with transaction():
        of = round_to_change(name)
        named = {account: _officer(account, officer) for account, officer in graders.items()}
        faults = [fault for account, officer in named.items() if (fault := _fault(of, side, account, officer, graders))]
        if faults or not named:
            raise Refusal("AUD-027", faults=tuple(faults or ["nobody is named"]))
        for account, officer in named.items():
            round_records.keep_grader(of, side, account, officer, request.now)
        round_records.keep_lead(of, side, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {name}, {len(named)} graders of {side} named")


def _officer(account: str, given: str) -> str:
    known = accounts.account_named(account)
    return given.strip() or (known.officer.strip() if known else "")


def _fault(of: Round, side: str, account: str, officer: str, given: Mapping[str, str]) -> str:
    known = accounts.account_named(account)
    if known is None or not _is_of(side, known.roles):
        return f"{account} is not enrolled to grade for the {side}"
    if not grades_blind(known.roles):
        return f"{account} has another role that opens cases, leads rounds or grades for the other side"
    if round_records.grader_named(of, account) is not None:
        return f"{account} is named already"
    own = known.officer.strip().casefold()
    if own and given[account].strip() and given[account].strip().casefold() != own:
        return f"{account} is enrolled with another officer number"
    if not officer and side != WITHOUT_OFFICERS:
        return f"{account} has no officer number"
    return ""


def _is_of(side: str, roles: Iterable[str]) -> bool:
    held = [ROLE[name] for name in roles if name in ROLE]
    return any(role.side == side and Act.GRADE_FILE in role.acts for role in held)
