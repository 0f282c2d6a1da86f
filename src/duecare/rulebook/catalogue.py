"""Every duty there is."""

from __future__ import annotations

from duecare.duty.declaration import Duty
from duecare.rulebook import children_act_1989, dfe_missing_2014, local, npcc_rso, pace_1984, working_together

DUTIES: tuple[Duty, ...] = (
    *local.DUTIES,
    *children_act_1989.DUTIES,
    *working_together.DUTIES,
    *dfe_missing_2014.DUTIES,
    *pace_1984.DUTIES,
    *npcc_rso.DUTIES,
)


def duties() -> tuple[Duty, ...]:
    """Which duties are there, in the order in which they are printed?"""
    return DUTIES


def duty(duty_id: str) -> Duty:
    """Which duty has this id?

    Raises:  KeyError if none has.
    """
    return {known.id: known for known in DUTIES}[duty_id]
