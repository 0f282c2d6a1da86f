"""Linkage: one number in three spellings, numbers with a wrong check letter, twins."""

from __future__ import annotations

from dataclasses import replace

from duecare.synthetic import numbers
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS
from duecare.synthetic.mess import Written
from duecare.synthetic.scenario.telling import Telling


def three_spellings(telling: Telling) -> None:
    """SC08: one PNC number and one surname, each in three spellings, in three systems: one person."""
    pnc_year, serial = (1998, 234567) if telling.is_live else (1999, 123456)
    happened_at = telling.at("2024-02-05 10:00", 30 * DAY_SECONDS)
    short = numbers.pnc_id(pnc_year, serial)
    padded = f"{pnc_year % 100}/{serial:07d}{short[-1].lower()}"
    written_person = telling.someone(
        telling.either("Graham", "Martin"), telling.either("Smith", "Clarke"), 43, happened_at, "M"
    )
    telling.merlin_nominal("Q", replace(written_person, pnc_id=short), happened_at)
    telling.pole_person(
        "Q2",
        replace(written_person, family=telling.either("Smyth", "Clark"), pnc_id=numbers.long_pnc_id(pnc_year, serial)),
        happened_at,
        same_as="Q",
    )
    shout = replace(written_person, family=written_person.family.upper(), pnc_id=padded)
    left_at = happened_at + 4 * HOUR_SECONDS
    record_ref = telling.custody(
        shout, happened_at, left_at, authorised_at=happened_at + 1800, left_at=left_at, left_to="released"
    )
    telling.truth("custody", record_ref, "Q")


def bad_letters(telling: Telling) -> None:
    """SC09: numbers with a wrong check letter join nobody."""
    happened_at = telling.at("2024-02-06 10:00", 29 * DAY_SECONDS)
    wrong_number = numbers.bad_letter(numbers.pnc_id(1998, 234567)) if telling.is_live else "99/123456Y"
    other_number = numbers.bad_letter(numbers.pnc_id(1991, 571)) if telling.is_live else "90/570L"
    first_written: Written = telling.someone(
        telling.either("Paul", "Simon"), telling.either("Smith", "Clarke"), 29, happened_at, "M", home_place=300
    )
    second: Written = telling.someone(
        telling.either("Wendy", "Diane"), telling.either("Garnett", "Holroyd"), 52, happened_at, home_place=600
    )
    telling.pole_person("X", replace(first_written, pnc_id=wrong_number), happened_at)
    telling.pole_person("Y", replace(second, pnc_id=other_number), happened_at)


def same_named_twins(telling: Telling) -> None:
    """SC10: twins with like names, one birth date, one home, and health numbers of their own: two people."""
    happened_at = telling.at("2024-02-07 10:00", 28 * DAY_SECONDS)
    serials = (3, 5) if telling.is_live else (1, 2)
    for letter, given_name, serial in zip("AB", telling.either("Ana Anna", "Eva Ewa").split(), serials, strict=True):
        written_person = telling.someone(given_name, telling.either("Kowal", "Duarte"), 8, happened_at)
        telling.merlin_nominal(letter, replace(written_person, nhs_no=numbers.nhs_number(serial)), happened_at)
