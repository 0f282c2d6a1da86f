"""Made-up rows that must be set aside: days that do not exist, kinds that nobody knows, keys left empty."""

from __future__ import annotations

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_text, utc_text
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force


def spoil_rows(force: Force, happened_at: int) -> None:
    """One row that will be set aside, or one withdrawn, written at about this time."""
    chance = force.chance
    borough = chance.one(force.town.boroughs).name
    put_row = force.deliveries.put
    number = f"X{force.number('spoilt'):05d}"
    version = utc_text(happened_at)
    day_prefix = day_text(happened_at // DAY_SECONDS)[:4]
    slip_kind = chance.between(0, 6)
    if slip_kind == 0:
        put_row(
            "pole",
            "events",
            happened_at,
            _event_row(number, "child_seen", f"{day_prefix}-02-31T10:00:00+00:00", borough, version),
        )
    elif slip_kind == 1:
        put_row("pole", "events", happened_at, _event_row(number, "child_spotted", version, borough, version))
    elif slip_kind == 2:
        put_row("pole", "events", happened_at, _event_row("", "arrested", version, borough, version))
    elif slip_kind == 3:
        put_row("pole", "ties", happened_at, [number, "", "child", "", version, ""])
    elif slip_kind == 4:
        values = {"report_ref": number, "report_type": "child_concern", "reported_at": f"31/02/{day_prefix}"}
        put_row("merlin", "reports", happened_at, [values.get(column, "") for column in SHEETS["merlin"]["reports"]])
    elif slip_kind == 5:
        values = {"visit_ref": number, "visor_ref": "", "visited_at": version, "outcome": "seen"}
        put_row("visor", "visits", happened_at, [values.get(column, "") for column in SHEETS["visor"]["visits"]])
    else:
        # An event put down by mistake, and withdrawn a fortnight later.
        put_row("pole", "events", happened_at, _event_row(number, "information_received", version, borough, version))
        withdrawn = utc_text(happened_at + 14 * DAY_SECONDS)
        event_row = _event_row(number, "information_received", version, borough, withdrawn)
        event_row[-1] = "true"
        put_row("pole", "events", happened_at + 14 * DAY_SECONDS, event_row)
    if slip_kind < 2:
        # A tie whose person's record is still on its way, or never comes.
        event = f"{number}T"
        put_row("pole", "events", happened_at, _event_row(event, "information_received", version, borough, version))
        put_row(
            "pole",
            "ties",
            happened_at,
            [event, f"N9{force.number('late'):06d}", "child", "", utc_text(happened_at + HOUR_SECONDS), ""],
        )


def _event_row(event_id: str, event_kind: str, happened_at: str, borough: str, version: str) -> list[str]:
    values = {
        "event_id": event_id,
        "kind": event_kind,
        "happened_at": happened_at,
        "area": borough,
        "written_at": version,
    }
    return [values.get(column, "") for column in SHEETS["pole"]["events"]]
