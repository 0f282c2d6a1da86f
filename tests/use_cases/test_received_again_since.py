"""A row set aside is still to be corrected until something of what it is of has been received since."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.made.stores import NOW, Store, asking

from duecare.config import Config
from duecare.use_cases.deliveries import list_deliveries
from duecare.use_cases.deliveries.list_deliveries import export_set_aside, read_delivery
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.visibility.page_types import DeliveryShown
from duecare.vocabulary import page_sizes

EVENTS = "event_id,kind,happened_at,written_at\n"
WRONG = EVENTS + "e1,bogus,2016-03-01T09:00,2016-03-01T10:00\ne2,bogus,2016-03-02T09:00,2016-03-02T10:00\n"


def take(config: Config, folder: Path, name: str, **files: str) -> DeliveryShown:
    made = folder / name
    made.mkdir()
    for stem, text in files.items():
        (made / f"{stem}.csv").write_text(text, encoding="utf-8")
    (took,) = receive_files(asking(NOW), config, [made])
    assert took.status == "accepted", took.reasons
    return took


def to_mend(took: DeliveryShown) -> tuple[list[int], int]:
    """The rows still listed, and how many are counted as received since."""
    page = read_delivery(asking(NOW), took.id)
    return [row.row for row in page.set_aside], page.received_again


def test_what_was_corrected_and_received_again_is_listed_and_exported_no_more(store: Store, tmp_path: Path):
    with store() as config:
        first = take(config, tmp_path, "pole-1", events=WRONG)
        assert to_mend(first) == ([2, 3], 0)

        second = take(config, tmp_path, "pole-2", events=WRONG.replace("e1,bogus", "e1,child_seen"))

        assert to_mend(first) == ([3], 1)
        assert to_mend(second) == ([3], 0)
        rows = list(csv.DictReader(io.StringIO(export_set_aside(asking(NOW), first.id, "events.csv").decode())))
        assert [row["event_id"] for row in rows] == ["e2"]
        assert first.set_aside == 2, "the account stays what it was"


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("other-2", {"events": EVENTS + "e1,child_seen,2016-03-01T09:00,2016-03-01T10:00\n"}),
        ("pole-2", {"events": EVENTS + "e11,child_seen,2016-03-01T09:00,2016-03-01T10:00\n"}),
        ("pole-2", {"persons": "record_id,given_names\ne1,Made\n"}),
        ("pole-2", {"events": WRONG.replace("bogus", "still_bogus")}),
    ],
    ids=["another source", "another event", "another sheet", "not mended"],
)
def test_what_is_of_something_else_leaves_it_to_be_corrected(
    store: Store, tmp_path: Path, name: str, files: dict[str, str]
):
    with store() as config:
        first = take(config, tmp_path, "pole-1", events=WRONG)

        take(config, tmp_path, name, **files)

        assert to_mend(first) == ([2, 3], 0)


def test_what_came_before_corrects_nothing(store: Store, tmp_path: Path):
    with store() as config:
        take(config, tmp_path, "pole-1", events=EVENTS + "e1,child_seen,2016-03-01T09:00,2016-03-01T09:30\n")

        assert to_mend(take(config, tmp_path, "pole-2", events=WRONG)) == ([2, 3], 0)


def test_a_row_that_does_not_show_what_it_is_of_stays(store: Store, tmp_path: Path):
    with store() as config:
        first = take(config, tmp_path, "pole-1", events=EVENTS + ",child_seen,2016-03-01T09:00,2016-03-01T10:00\n")
        take(config, tmp_path, "pole-2", events=EVENTS + "e1,child_seen,2016-03-01T09:00,2016-03-01T10:00\n")

        assert to_mend(first) == ([2], 0)


def test_of_very_many_rows_no_more_are_looked_at_than_are_shown(store: Store, tmp_path: Path, monkeypatch):
    batches = list_deliveries.delivery_records.set_aside_batches
    looked: list[int] = []

    def one_by_one(delivery_id: int):
        for some in batches(delivery_id, 1):
            looked.append(len(some))
            yield some

    monkeypatch.setattr(page_sizes, "ROWS_SET_ASIDE", 1)
    monkeypatch.setattr(list_deliveries.delivery_records, "set_aside_batches", one_by_one)
    with store() as config:
        first = take(config, tmp_path, "pole-1", events=WRONG)

        assert to_mend(first) == ([2], 0)
        assert looked == [1]


def test_counter_without_the_later_deliveries_it_stays_listed(store: Store, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(list_deliveries.delivery_records, "received_since", lambda *_: set())
    with store() as config:
        first = take(config, tmp_path, "pole-1", events=WRONG)
        take(config, tmp_path, "pole-2", events=WRONG.replace("bogus", "child_seen"))

        assert to_mend(first) == ([2, 3], 0)
