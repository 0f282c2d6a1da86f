"""Rows that no careful reader would take: days that do not exist, kinds that nobody knows, keys left empty."""

from __future__ import annotations

from duecare.synthetic.clock import DAY, HOUR, day_text, utc_text
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force


def spoil(force: Force, at: int) -> None:
    """One row that will be set aside, or one withdrawn, written at about this time."""
    chance = force.chance
    borough = chance.one(force.town.boroughs).name
    put = force.deliveries.put
    number = f"X{force.number('spoilt'):05d}"
    version = utc_text(at)
    day = day_text(at // DAY)[:4]
    slip = chance.between(0, 6)
    if slip == 0:
        put("pole", "events", at, _event(number, "child_seen", f"{day}-02-31T10:00:00+00:00", borough, version))
    elif slip == 1:
        put("pole", "events", at, _event(number, "child_spotted", version, borough, version))
    elif slip == 2:
        put("pole", "events", at, _event("", "arrested", version, borough, version))
    elif slip == 3:
        put("pole", "ties", at, [number, "", "child", "", version, ""])
    elif slip == 4:
        values = {"report_ref": number, "report_type": "child_concern", "reported_at": f"31/02/{day}"}
        put("merlin", "reports", at, [values.get(column, "") for column in SHEETS["merlin"]["reports"]])
    elif slip == 5:
        values = {"visit_ref": number, "visor_ref": "", "visited_at": version, "outcome": "seen"}
        put("visor", "visits", at, [values.get(column, "") for column in SHEETS["visor"]["visits"]])
    else:
        # An event put down by mistake, and withdrawn a fortnight later.
        put("pole", "events", at, _event(number, "information_received", version, borough, version))
        withdrawn = utc_text(at + 14 * DAY)
        row = _event(number, "information_received", version, borough, withdrawn)
        row[-1] = "true"
        put("pole", "events", at + 14 * DAY, row)
    if slip < 2:
        # A tie whose person's record is still on its way, or never comes.
        event = f"{number}T"
        put("pole", "events", at, _event(event, "information_received", version, borough, version))
        put("pole", "ties", at, [event, f"N9{force.number('late'):06d}", "child", "", utc_text(at + HOUR), ""])


def _event(event_id: str, kind: str, happened_at: str, borough: str, version: str) -> list[str]:
    values = {"event_id": event_id, "kind": kind, "happened_at": happened_at, "area": borough, "written_at": version}
    return [values.get(column, "") for column in SHEETS["pole"]["events"]]
