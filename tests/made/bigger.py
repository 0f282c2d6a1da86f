"""A delivery of some hundreds of rows, and the full one after it that changes, withdraws and sets aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.made.deliveries import Made, Row

from duecare.vocabulary.moments import iso_text

FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def delivery(cases: int, at: datetime, *, full: bool = False, without: int = 0, changed: str = "") -> Made:
    """So many children with a case and two events each; `without` of them missing."""
    persons: list[Row] = []
    opened: list[Row] = []
    events: list[Row] = []
    ties: list[Row] = []
    for n in range(without, cases):
        stamp = {"written_at": iso_text(at + timedelta(seconds=n))}
        persons.append(
            {
                "record_id": f"P{n}",
                "given_names": f"Made{changed}",
                "family_name": f"Up-{n}",
                "date_of_birth": "2010-05-01",
                **stamp,
            }
        )
        opened.append({"case_ref": f"C{n}", "kind": "crime", "area": "E1", **stamp})
        for number, kind in enumerate(("concern_reported", "investigator_allocated")):
            event = f"E{n}-{number}"
            happened = iso_text(FIRST + timedelta(hours=n + 20 * number))
            events.append(
                {
                    "event_id": event,
                    "kind": kind if n % 50 else "unheard_of",
                    "happened_at": happened,
                    "case_ref": f"C{n}",
                    **stamp,
                }
            )
            ties.append({"event_id": event, "record_id": f"P{n}", "role": "child"})
    rows = {"persons": persons, "cases": opened, "events": events, "ties": ties}
    return Made(rows, extracted_at=at + timedelta(days=1), scope="full" if full else "changes")
