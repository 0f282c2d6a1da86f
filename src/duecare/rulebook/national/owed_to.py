"""The people duties are owed to, and who is notified of a late one, where several declarations agree."""

from __future__ import annotations

from duecare.duty.declaration import Rung, Unsure, Who

CHILD = (Who("child"),)
CHILD_OR_VICTIM = (Who("child"), Who("victim", under=18))
MISSING_CHILD = (Who("child", under=18, unsure=Unsure.CANNOT_TELL),)

UP_THE_LINE = (Rung("supervisor"), Rung("detective_inspector", 24), Rung("chief_officer_lead", 72))
SUPERVISOR = (Rung("supervisor"), Rung("detective_inspector", 24))
MASH_RUNGS = (Rung("mash_lead"), Rung("detective_inspector", 24))
PARTNER = (Rung("mash_lead"),)
