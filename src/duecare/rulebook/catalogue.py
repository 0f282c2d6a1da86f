"""Every duty there is."""

from __future__ import annotations

from duecare.duty.declaration import Duty
from duecare.rulebook import (
    children_act_1989,
    college_missing,
    counting_rules,
    data_protection_2018,
    dfe_missing_2014,
    disclosure_schemes,
    local,
    local_missing,
    local_sharing,
    modern_slavery,
    npcc_rso,
    operation_encompass,
    pace_1984,
    victims_code,
    working_together,
)

DUTIES: tuple[Duty, ...] = (
    *local.DUTIES,
    *children_act_1989.DUTIES,
    *working_together.DUTIES,
    *local_sharing.DUTIES,
    *operation_encompass.DUTIES,
    *modern_slavery.DUTIES,
    *disclosure_schemes.DUTIES,
    *counting_rules.DUTIES,
    *victims_code.DUTIES,
    *dfe_missing_2014.DUTIES,
    *college_missing.DUTIES,
    *local_missing.DUTIES,
    *data_protection_2018.DUTIES,
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
