"""What is written in the logs of custody and of offenders' records, beside their columns."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY, HOUR, day_text, london_text, utc_text
from duecare.synthetic.force import Detained, Force, Managed
from duecare.synthetic.offender import TEAM

_YEAR: Final = 365 * DAY


def custody_log(force: Force, stay: Detained) -> None:
    """Of a child in custody: who was told, who looked after a girl, and whether a report was sent."""
    chance = force.chance
    done = [("told", stay.authorised + chance.between(600, 3 * HOUR), 0.93, {"result": "person_responsible"})]
    if stay.person.sex == "F":
        done.append(("woman assigned", stay.authorised + chance.between(300, 2 * HOUR), 0.85, {}))
    done.append(("report submitted", stay.left + chance.between(-HOUR, 20 * HOUR), 0.82, {}))
    if stay.is_certified:
        done.append(("certificate produced", stay.left + chance.between(600, 2 * HOUR), 0.86, {}))
        done.append(("court", stay.left + 3 * HOUR, 1.0, {}))
    done.append(("support_offered", stay.left + chance.between(0, 1800), 0.8, {}))
    for entry, at, share, more in done:
        if chance.within(share) and at + 60 <= force.ending:
            values = {
                "entry_ref": f"CE{force.number('custody entry'):07d}",
                "custody_ref": stay.ref,
                "entry": entry,
                "entry_at": london_text(at),
                "area": stay.borough.name,
                "officer": force.staff.pick(stay.borough, "Custody", at).number,
                **more,
            }
            force.grow("custody", "log", values, [(at + 60, {})])


def notified(force: Force, managed: Managed) -> None:
    """What an offender notified, initially and every year, and what was written in the record."""
    chance = force.chance
    at = managed.registered + (chance.between(1, 50) * HOUR if chance.within(0.94) else chance.between(4, 12) * DAY)
    kind = "initial"
    while at < force.ending - DAY:
        _notification(force, managed, at, kind)
        kind = "annual"
        at += _YEAR - chance.between(1, 20) * DAY if chance.within(0.96) else _YEAR + chance.between(2, 60) * DAY
    level = managed.registered + chance.between(5, 40) * DAY
    if chance.within(0.3) and level < force.ending - DAY:
        more = {"mappa_category": "1", "mappa_level": "2" if chance.within(0.25) else "1"}
        _entry(force, managed, level, "mappa level", more)
    if chance.within(0.06):
        told = force.ending - chance.between(20, 300) * DAY
        if told > managed.registered:
            stated = {"stated_date": day_text(told // DAY + 9)}
            _entry(force, managed, told, "advance notice", stated)
            _notification(force, managed, told + 10 * DAY, "change")


def _notification(force: Force, managed: Managed, at: int, kind: str) -> None:
    if at + HOUR > force.ending:
        return
    values = {
        "notification_ref": f"VN{force.number('notification'):07d}",
        "visor_ref": managed.ref,
        "type": kind,
        "made_at": utc_text(at),
        "area": managed.borough.name,
        "officer": force.staff.pick(managed.borough, TEAM, at).number,
    }
    force.grow("visor", "notifications", values, [(at + HOUR, {})])


def _entry(force: Force, managed: Managed, at: int, entry: str, more: dict[str, str]) -> None:
    values = {
        "entry_ref": f"VE{force.number('offender entry'):07d}",
        "visor_ref": managed.ref,
        "entry": entry,
        "entry_at": utc_text(at),
        "area": managed.borough.name,
        "officer": force.staff.pick(managed.borough, TEAM, at).number,
        **more,
    }
    force.grow("visor", "log", values, [(at + HOUR, {})])
