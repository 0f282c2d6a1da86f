"""The list of all duties, national and local, looked up by id."""

from __future__ import annotations

from duecare.duty.declaration import Duty
from duecare.rulebook import local, local_investigation, local_missing, local_sharing
from duecare.rulebook.national import (
    children_act_1989,
    children_act_1989_custody,
    children_young_persons_1933,
    college_missing,
    counting_rules,
    data_protection_2018,
    dfe_missing_2014,
    disclosure_schemes,
    hmic_2016,
    mappa,
    mental_health_1983,
    modern_slavery,
    npcc_rso,
    operation_encompass,
    pace_1984,
    pace_1984_bail,
    pace_1984_detention_limits,
    pace_code_c,
    sexual_offences_2003,
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
    *pace_1984_detention_limits.DUTIES,
    *pace_code_c.DUTIES,
    *children_act_1989_custody.DUTIES,
    *children_young_persons_1933.DUTIES,
    *mental_health_1983.DUTIES,
    *hmic_2016.DUTIES,
    *pace_1984_bail.DUTIES,
    *local_investigation.DUTIES,
    *sexual_offences_2003.DUTIES,
    *npcc_rso.DUTIES,
    *mappa.DUTIES,
)


def all_duties() -> tuple[Duty, ...]:
    """All duties, in the order in which they are printed."""
    return DUTIES


def duty_of_id(duty_id: str) -> Duty:
    """The duty with this id.

    Raises:  KeyError if none has.
    """
    return {known_duty.id: known_duty for known_duty in DUTIES}[duty_id]
