"""The one place that decides who may do what to what, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.access.roles import grades_blind
from duecare.access.thing import CaseThing, FileThing, PersonThing, Thing
from duecare.access.viewer import Viewer
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Yes:
    """It may be done."""

    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True, slots=True)
class No:
    """A refusal: the code, and why.

    Shape:   `reason` is for the ledger and for those who run the system, never for the page: it can tell that a case
             exists. The page shows `refusal()`, which is the same whether it exists or not.
    """

    code: str
    reason: str

    def __bool__(self) -> Literal[False]:
        return False

    def refusal(self) -> Refusal:
        """The refusal to raise."""
        return Refusal(self.code)


NOT_YOURS = "ACC-001"
OUTSIDE = "outside the viewer's cases, team, area and custody"
"""Said of what is sealed and of what is not there, too: by the ledger nobody learns which of them it was."""
NOT_YOUR_ROLE = "ACC-003"


def may(viewer: Viewer, act: Act, thing: Thing) -> Yes | No:
    """Whether this viewer may do this to that.

    Shape:   what is not said to be allowed is not. A list (worklist, board, findings, export) being allowed does not
             make any line of it so: its lines are those within `scope(viewer)`. Whoever grades does so blind, or not at
             all; they may send a case back whatever else they are.
    """
    if not act.is_done_to(thing):
        return No(NOT_YOUR_ROLE, f"{act.title} is not done to that")
    if act not in viewer.acts:
        is_someones = isinstance(thing, CaseThing | PersonThing | FileThing)
        return No(NOT_YOURS if is_someones else NOT_YOUR_ROLE, _lacks(viewer, act))
    seen = scope(viewer)
    if isinstance(thing, CaseThing):
        return Yes() if seen.admits(thing) else No(NOT_YOURS, _refusal_reason(thing))
    if isinstance(thing, PersonThing):
        return Yes() if seen.admits_person(thing) else No(NOT_YOURS, _refusal_reason(thing))
    if isinstance(thing, FileThing):
        if viewer.account not in thing.graders:
            return No(NOT_YOURS, "not allotted to the viewer")
        if act is Act.GRADE_FILE and not grades_blind(viewer.roles):
            return No(NOT_YOURS, "another role of the viewer opens cases, leads rounds or grades for the other side")
    return Yes()


def _lacks(viewer: Viewer, act: Act) -> str:
    roles = ", ".join(role.name for role in viewer.known_roles) or "none"
    return f"no role allows: {act.title} by {viewer.channel} (roles: {roles})"


def _refusal_reason(thing: CaseThing | PersonThing) -> str:
    if thing.restricted and not thing.sealed:
        return "restricted, and the viewer is not named"
    return OUTSIDE
