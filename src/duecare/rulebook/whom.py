"""Whom duties are owed to, who is told of a late one, and conditions that several declarations share."""

from __future__ import annotations

from duecare.duty.condition import Condition, IfKnown, KindAmong, OutcomeAmong
from duecare.duty.declaration import Rung, Unsure, Who

CHILD = (Who("child"),)
CHILD_OR_VICTIM = (Who("child"), Who("victim", under=18))
MISSING_CHILD = (Who("child", under=18, unsure=Unsure.CANNOT_TELL),)

UP_THE_LINE = (Rung("supervisor"), Rung("detective_inspector", 24), Rung("chief_officer_lead", 72))
SUPERVISOR = (Rung("supervisor"), Rung("detective_inspector", 24))
MASH = (Rung("mash_lead"), Rung("detective_inspector", 24))
PARTNER = (Rung("mash_lead"),)


def outcome_said(*words: str) -> Condition:
    """Does the event say one of these outcomes? One that says none does not, for it need not."""
    return IfKnown(OutcomeAmong(words), KindAmong(()))
