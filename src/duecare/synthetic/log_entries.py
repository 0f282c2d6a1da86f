"""Made-up log entries of custody and of offenders' records, beside their columns."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_text, london_text, utc_text
from duecare.synthetic.force import Detained, Force, Managed
from duecare.synthetic.offender import TEAM_NAME

_YEAR_SECONDS: Final = 365 * DAY_SECONDS


def custody_log(force: Force, custody_stay: Detained) -> None:
    """Log entries of a child in custody: who was notified, who looked after a girl, and whether a report was sent."""
    chance = force.chance
    done_entries = [
        (
            "told",
            custody_stay.authorised + chance.between(600, 3 * HOUR_SECONDS),
            0.93,
            {"result": "person_responsible"},
        )
    ]
    if custody_stay.person.sex == "F":
        done_entries.append(
            ("woman assigned", custody_stay.authorised + chance.between(300, 2 * HOUR_SECONDS), 0.85, {})
        )
    done_entries.append(
        ("report submitted", custody_stay.left + chance.between(-HOUR_SECONDS, 20 * HOUR_SECONDS), 0.82, {})
    )
    if custody_stay.is_certified:
        done_entries.append(
            ("certificate produced", custody_stay.left + chance.between(600, 2 * HOUR_SECONDS), 0.86, {})
        )
        done_entries.append(("court", custody_stay.left + 3 * HOUR_SECONDS, 1.0, {}))
    done_entries.append(("support_offered", custody_stay.left + chance.between(0, 1800), 0.8, {}))
    for entry, happened_at, share, more_values in done_entries:
        if chance.within(share) and happened_at + 60 <= force.ending:
            values = {
                "entry_ref": f"CE{force.number('custody entry'):07d}",
                "custody_ref": custody_stay.ref,
                "entry": entry,
                "entry_at": london_text(happened_at),
                "area": custody_stay.borough.name,
                "officer": force.staff.pick(custody_stay.borough, "Custody", happened_at).number,
                **more_values,
            }
            force.grow("custody", "log", values, [(happened_at + 60, {})])


def write_notified(force: Force, managed: Managed) -> None:
    """What an offender notified, initially and every year, and what was written in the record."""
    chance = force.chance
    happened_at = managed.registered + (
        chance.between(1, 50) * HOUR_SECONDS if chance.within(0.94) else chance.between(4, 12) * DAY_SECONDS
    )
    notice_kind = "initial"
    while happened_at < force.ending - DAY_SECONDS:
        _write_notification(force, managed, happened_at, notice_kind)
        notice_kind = "annual"
        happened_at += (
            _YEAR_SECONDS - chance.between(1, 20) * DAY_SECONDS
            if chance.within(0.96)
            else _YEAR_SECONDS + chance.between(2, 60) * DAY_SECONDS
        )
    level = managed.registered + chance.between(5, 40) * DAY_SECONDS
    if chance.within(0.3) and level < force.ending - DAY_SECONDS:
        more_values = {"mappa_category": "1", "mappa_level": "2" if chance.within(0.25) else "1"}
        _write_entry(force, managed, level, "mappa level", more_values)
    if chance.within(0.06):
        told_at = force.ending - chance.between(20, 300) * DAY_SECONDS
        if told_at > managed.registered:
            stated = {"stated_date": day_text(told_at // DAY_SECONDS + 9)}
            _write_entry(force, managed, told_at, "advance notice", stated)
            _write_notification(force, managed, told_at + 10 * DAY_SECONDS, "change")


def _write_notification(force: Force, managed: Managed, happened_at: int, event_kind: str) -> None:
    if happened_at + HOUR_SECONDS > force.ending:
        return
    values = {
        "notification_ref": f"VN{force.number('notification'):07d}",
        "visor_ref": managed.ref,
        "type": event_kind,
        "made_at": utc_text(happened_at),
        "area": managed.borough.name,
        "officer": force.staff.pick(managed.borough, TEAM_NAME, happened_at).number,
    }
    force.grow("visor", "notifications", values, [(happened_at + HOUR_SECONDS, {})])


def _write_entry(force: Force, managed: Managed, happened_at: int, entry: str, more_values: dict[str, str]) -> None:
    values = {
        "entry_ref": f"VE{force.number('offender entry'):07d}",
        "visor_ref": managed.ref,
        "entry": entry,
        "entry_at": utc_text(happened_at),
        "area": managed.borough.name,
        "officer": force.staff.pick(managed.borough, TEAM_NAME, happened_at).number,
        **more_values,
    }
    force.grow("visor", "log", values, [(happened_at + HOUR_SECONDS, {})])
