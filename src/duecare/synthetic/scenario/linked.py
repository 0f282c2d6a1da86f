"""Who is who: one number in three spellings, numbers whose check letter is wrong, twins."""

from __future__ import annotations

from dataclasses import replace

from duecare.synthetic import numbers
from duecare.synthetic.clock import DAY, HOUR
from duecare.synthetic.mess import Written
from duecare.synthetic.scenario.telling import Telling


def three_spellings(t: Telling) -> None:
    """SC08: one PNC number and one surname, each in three spellings, in three systems: one person."""
    year, serial = (1998, 234567) if t.is_live else (1999, 123456)
    at = t.at("2024-02-05 10:00", 30 * DAY)
    short = numbers.pnc_id(year, serial)
    padded = f"{year % 100}/{serial:07d}{short[-1].lower()}"
    who = t.someone(t.either("Graham", "Martin"), t.either("Smith", "Clarke"), 43, at, "M")
    t.merlin_nominal("Q", replace(who, pnc_id=short), at)
    t.pole_person(
        "Q2", replace(who, family=t.either("Smyth", "Clark"), pnc_id=numbers.long_pnc_id(year, serial)), at, same_as="Q"
    )
    shout = replace(who, family=who.family.upper(), pnc_id=padded)
    left = at + 4 * HOUR
    ref = t.custody(shout, at, left, authorised_at=at + 1800, left_at=left, left_to="released")
    t.truth("custody", ref, "Q")


def bad_letters(t: Telling) -> None:
    """SC09: numbers whose check letter is wrong join nobody."""
    at = t.at("2024-02-06 10:00", 29 * DAY)
    wrong = numbers.bad_letter(numbers.pnc_id(1998, 234567)) if t.is_live else "99/123456Y"
    other = numbers.bad_letter(numbers.pnc_id(1991, 571)) if t.is_live else "90/570L"
    first: Written = t.someone(t.either("Paul", "Simon"), t.either("Smith", "Clarke"), 29, at, "M", home=300)
    second: Written = t.someone(t.either("Wendy", "Diane"), t.either("Garnett", "Holroyd"), 52, at, home=600)
    t.pole_person("X", replace(first, pnc_id=wrong), at)
    t.pole_person("Y", replace(second, pnc_id=other), at)


def twins(t: Telling) -> None:
    """SC10: twins with like names, one birth date, one home, and health numbers of their own: two people."""
    at = t.at("2024-02-07 10:00", 28 * DAY)
    serials = (3, 5) if t.is_live else (1, 2)
    for letter, given, serial in zip("AB", t.either("Ana Anna", "Eva Ewa").split(), serials, strict=True):
        who = t.someone(given, t.either("Kowal", "Duarte"), 8, at)
        t.merlin_nominal(letter, replace(who, nhs_no=numbers.nhs_number(serial)), at)
