"""An event's ties are one set, under the newest version of event and rows, however the rows are scattered."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from duecare.extract.tie_sets import TieRow, TieSets

EVENT = "event_id,kind,happened_at,written_at,deleted\n"


def test_a_set_takes_the_newest_of_its_event_and_its_rows_when_both_are_delivered(desk: Any) -> None:
    heard = desk.hear(
        events=EVENT + "e1,visit,2016-03-01,2016-03-05T00:00:00Z,\ne2,visit,2016-03-01,2016-03-11T00:00:00Z,\n",
        ties="event_id,record_id,role,written_at\ne1,b,child,2016-03-09\ne1,a,suspect,\ne2,a,child,2016-03-09\n",
    )

    ties = heard.of("ties")
    assert ties["e1"].version_at.isoformat() == "2016-03-09T00:00:00+00:00"
    assert ties["e2"].version_at.isoformat() == "2016-03-11T00:00:00+00:00"
    assert heard.body("ties", "e1") == {"ties": [["pole", "a", "suspect"], ["pole", "b", "child"]]}
    assert (ties["e1"].rows, ties["e1"].row, ties["e1"].file) == (2, 2, "ties.csv")


@pytest.mark.parametrize("deleted", ["", "true"])
def test_a_tie_corrected_by_a_newer_row_is_newer_though_its_event_is_not(desk: Any, deleted: str) -> None:
    event = EVENT + "e1,visit,2016-03-01,2016-03-05T00:00:00Z,\n"
    header = "event_id,record_id,role,written_at,deleted\n"
    first = desk.hear("pole-1", events=event, ties=header + "e1,a,child,2016-03-05,\n")
    second = desk.hear("pole-2", events=event, ties=header + f"e1,b,child,2016-03-09,{deleted}\n")

    assert second.of("ties")["e1"].version_at > first.of("ties")["e1"].version_at


def test_the_time_of_extract_is_not_a_row_s_own_time(desk: Any) -> None:
    path = desk.write(
        "pole-1",
        events=EVENT + "e1,visit,2016-03-01,2016-03-05T00:00:00Z,\n",
        ties="event_id,record_id,role,written_at\ne1,a,child,\ne2,a,child,\ne2,b,child,2016-03-04\n",
    )
    desk.write("pole-1", desk.listed(path, extracted_at="2016-06-01T00:00:00Z"))

    sets = desk.read(path).of("ties")
    assert sets["e1"].version_at.isoformat() == "2016-03-05T00:00:00+00:00"
    assert sets["e2"].version_at.isoformat() == "2016-03-04T00:00:00+00:00"


def test_a_set_without_its_event_takes_the_newest_of_its_rows_else_the_time_of_extract(desk: Any) -> None:
    text = "event_id,record_id,role,written_at\ne1,a,child,2016-03-01\ne1,b,child,2016-03-04\ne2,a,child,\n"
    path = desk.write("pole-1", ties=text)
    desk.write("pole-1", desk.listed(path, extracted_at="2016-06-01T00:00:00Z"))

    sets = desk.read(path).of("ties")
    assert sets["e1"].version_at.isoformat() == "2016-03-04T00:00:00+00:00"
    assert sets["e2"].version_at.isoformat() == "2016-06-01T00:00:00+00:00"


def test_a_deleted_row_leaves_the_set_and_one_whose_rows_are_all_deleted_is_empty(desk: Any) -> None:
    heard = desk.hear(
        events=EVENT + "e1,visit,2016-03-01,,\ne2,visit,2016-03-01,2016-03-02,\ne3,visit,2016-03-01,2016-03-02,true\n",
        ties="event_id,record_id,role,deleted\ne1,a,child,\ne1,b,child,true\ne2,a,child,true\ne2,b,child,true\n",
    )

    assert heard.body("ties", "e1") == {"ties": [["pole", "a", "child"]]}
    assert (heard.body("ties", "e2"), heard.of("ties")["e2"].rows) == ({}, 2)
    assert not heard.of("ties")["e2"].withdrawn
    assert set(heard.of("ties")) == {"e1", "e2"}
    assert heard.rows_in == 7


def test_an_event_without_tie_rows_says_nothing_of_its_ties_whatever_ties_came_with_it(desk: Any) -> None:
    events = EVENT + "e0,visit,2016-03-01,2016-03-09T00:00:00Z,\n"
    ties = "event_id,record_id,role,written_at\ne1,a,child,2016-03-05\n"

    together = desk.hear("pole-1", events=events, ties=ties)
    apart = [desk.hear("pole-2", events=events), desk.hear("pole-3", ties=ties)]

    def said(*heard: Any) -> list[tuple[Any, ...]]:
        return sorted((v.sheet, v.key, v.version_at, v.body) for one in heard for v in one.versions)

    assert said(together) == said(*apart)
    assert set(together.of("ties")) == {"e1"}


def test_an_event_whose_one_tie_is_set_aside_keeps_the_set_it_had(desk: Any) -> None:
    heard = desk.hear(events=EVENT + "e1,visit,2016-03-01,,\n", ties="event_id,record_id,role\ne1,a,friend\n")

    assert (len(heard.asides), heard.of("ties"), heard.rows_in) == (1, {}, 2)


def test_events_without_a_file_of_ties_say_nothing_of_their_ties(desk: Any) -> None:
    assert desk.hear(events=EVENT + "e1,visit,2016-03-01,,\n").of("ties") == {}


def test_one_bad_tie_leaves_the_others_of_its_event(desk: Any) -> None:
    heard = desk.hear(ties="event_id,record_id,role\ne1,a,child\ne1,b,friend\ne1,,child\n")

    assert [(aside.row, aside.column) for aside in heard.asides] == [(3, "role"), (4, "record_id")]
    assert heard.body("ties", "e1") == {"ties": [["pole", "a", "child"]]}


def test_sets_are_the_same_from_disk_as_from_memory_and_in_any_order(tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = [TieRow(1, n, f"e{n % 50}", "pole", f"r{n}", "child", None, n % 7 == 0, ()) for n in range(400)]

    def gather(held: int, folder: Path) -> set[object]:
        folder.mkdir()
        sets = TieSets(folder, None, held)
        chance.shuffle(rows)
        for n in range(60):
            sets.add_event(f"e{n}", "2016-03-01T00:00:00+00:00", "2016-03-01", 0, n)
        for row in rows:
            sets.add_tie(row)
        found = list(sets.event_sets())
        assert sum(one.rows for one in found) == len(rows)
        assert len(found) == 50
        assert list(folder.iterdir()) == []
        return {(one.event, one.version, tuple(map(tuple, one.ties))) for one in found}

    assert gather(10_000, tmp_path / "a") == gather(37, tmp_path / "b") == gather(1, tmp_path / "c")
