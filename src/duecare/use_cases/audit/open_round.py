"""Opening a round: its name, kind and method, the schemes by which each side grades, and which round it follows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from duecare.access.act import Act
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.grading_method import grading_methods
from duecare.audit.rounds.sample_sets import SIDES
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.use_cases.audit.round_lead import leading_side
from duecare.vocabulary.refusals import Refusal

KINDS: Final = ("inspection", "internal", "single_file", "revisit")
_ROUND_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a round is opened with.

    Shape:   `schemes` by side; `follows` names the round of which it is the follow-up, or is empty.
    """

    name: str
    title: str
    kind: str
    method: str
    schemes: Mapping[str, str] = field(default_factory=dict)
    follows: str = ""


def open_round(request: Request, opening: Opening) -> None:
    """Open this round, for the side that the viewer leads.

    Raises:  ACC-003 when the viewer leads no side; AUD-024 with every fault of what it is opened with.
    """
    audit_side = leading_side(request)
    with transaction():
        before = round_records.round_named(opening.follows, to_change=True) if opening.follows else None
        faults = list(_opening_faults(opening))
        if opening.follows and before is None:
            faults.append("the round it follows does not exist")
        elif before is not None and before.ended_at is None:
            faults.append("the round that it follows has not ended")
        if round_records.round_named(opening.name) is not None:
            faults.append("another round has this name")
        if faults:
            raise Refusal("AUD-024", faults=tuple(faults))
        round_records.open_round(
            name=opening.name,
            title=" ".join(opening.title.split()),
            kind=opening.kind,
            method=opening.method,
            schemes=dict(opening.schemes),
            leads={audit_side: request.viewer.account},
            opened_at=request.now,
            opened_by=request.viewer.account,
            follows=before,
        )
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {opening.name} opened")


def _opening_faults(opening: Opening) -> list[str]:
    faults = []
    if not _ROUND_NAME.fullmatch(opening.name):
        faults.append("its name has other signs than letters, digits, points, hyphens and underscores, or too many")
    if not 1 <= len(" ".join(opening.title.split())) <= 200:
        faults.append("its title is empty, or longer than 200 signs")
    if opening.kind not in KINDS:
        faults.append(f"its kind is none of {', '.join(KINDS)}")
    if opening.method not in grading_methods():
        faults.append(f"its method is none of {', '.join(grading_methods())}")
    if not opening.schemes:
        faults.append("no side has a scheme of grades")
    for audit_side, scheme in opening.schemes.items():
        if audit_side not in SIDES:
            faults.append(f"a scheme is given for a side that is none of {', '.join(SIDES)}")
        if scheme not in grade_schemes():
            faults.append(f"the scheme for the side {audit_side} is none of {', '.join(grade_schemes())}")
    return faults
