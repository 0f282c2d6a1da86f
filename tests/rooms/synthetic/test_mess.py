"""The mess of real systems is there: variants, gaps, late writing, old versions, withdrawals, ties without records."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

from tests.rooms.synthetic.reading import Small

from duecare.extract import read_delivery
from duecare.record.version import RowVersion
from duecare.synthetic.chance import Chance
from duecare.synthetic.household import Town
from duecare.synthetic.places import make_boroughs
from duecare.vocabulary.event_details import UNKNOWN_FIELD
from duecare.vocabulary.kinds import EVENT_KINDS
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.partial_date import read_partial_date


def test_birth_dates_are_missing_partial_or_not_a_date_in_some_records(small: Small) -> None:
    written = [row["dob"] for row in small.rows("merlin", "nominals")]
    partial = [text for text in written if text and not read_partial_date(text).is_whole]

    assert 0.02 < sum(not text for text in written) / len(written) < 0.08
    assert 0.01 < len(partial) / len(written) < 0.08


def test_one_person_is_written_in_many_ways(small: Small) -> None:
    truth = small.truth()
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    births: dict[str, set[str]] = defaultdict(set)
    for source, sheet, key, given, family, dob in (
        ("merlin", "nominals", "nominal_ref", "forenames", "surname", "dob"),
        ("pole", "persons", "record_id", "given_names", "family_name", "date_of_birth"),
    ):
        for row in small.rows(source, sheet):
            person = truth[source, row[key]]["true_person"]
            names[person].add((row[given].casefold(), row[family].casefold()))
            births[person].add(row[dob])

    assert sum(len(found) > 1 for found in names.values()) >= 300
    assert sum(len(found) > 1 for found in births.values()) >= 100
    assert any((family, given) in found for found in names.values() for given, family in found if given != family)


def test_households_hold_siblings_twins_and_half_siblings() -> None:
    town = Town.of(1, make_boroughs(Chance(1)), 3000, 20_782)
    homes = [town.household(number) for number in range(3000)]
    twins = [home for home in homes if max(Counter(child.born for child in home.children).values(), default=0) > 1]
    half = [home for home in homes if len({child.family for child in home.children}) > 1]

    assert len(twins) >= 20
    assert len(half) >= 100
    assert all(len({child.given for child in home.children}) == len(home.children) for home in homes)


def test_a_household_is_the_same_whenever_it_is_asked_for() -> None:
    town = Town.of(7, make_boroughs(Chance(7)), 100, 20_782)

    assert [town.household(n) for n in range(100)] == [town.household(n) for n in range(100)]


def test_some_rows_can_only_be_set_aside(small: Small) -> None:
    events = list(small.rows("pole", "events"))
    unread = 0
    for row in events:
        try:
            read_time(row["happened_at"])
        except ValueError:
            unread += 1

    assert unread >= 2
    assert sum(row["kind"] not in EVENT_KINDS for row in events) >= 2
    assert sum(not row["event_id"] for row in events) >= 2
    assert any(row["reported_at"].startswith("31/02/") for row in small.rows("merlin", "reports"))


def test_some_versions_arrive_after_a_newer_one(small: Small) -> None:
    newest: dict[str, str] = {}
    stale = 0
    for row in small.rows("pole", "persons"):
        stale += row["written_at"] < newest.get(row["record_id"], "")
        newest[row["record_id"]] = max(row["written_at"], newest.get(row["record_id"], ""))

    assert stale >= 5


def test_some_rows_are_withdrawn_and_some_sent_again_unchanged(small: Small) -> None:
    reports = Counter(tuple(row.values()) for row in small.rows("merlin", "actions"))

    assert any(row["deleted"] == "true" for row in small.rows("pole", "events"))
    assert any(row["cancelled"] == "true" for row in small.rows("merlin", "reports"))
    assert sum(count > 1 for count in reports.values()) >= 5


def test_some_ties_name_records_that_never_come_or_come_later(small: Small) -> None:
    records = {row["record_id"] for row in small.rows("pole", "persons")}
    ties = [row for row in small.rows("pole", "ties") if not row["source"] and row["record_id"]]

    assert any(row["record_id"] not in records for row in ties)
    assert all(row["record_id"] in records for row in ties if not row["event_id"].startswith("X"))


def test_some_ties_name_the_records_of_another_source(small: Small) -> None:
    merlin = {row["nominal_ref"] for row in small.rows("merlin", "nominals")}
    foreign = [row["record_id"] for row in small.rows("pole", "ties") if row["source"] == "merlin"]

    assert len(foreign) >= 50
    assert set(foreign) <= merlin


def test_late_writing_is_there_but_not_the_rule(small: Small) -> None:
    late = total = 0
    for row in small.rows("pole", "events"):
        if row["event_id"].startswith("E") and len(row["happened_at"]) > 10:
            happened, written = read_time(row["happened_at"]).when, read_time(row["written_at"]).when
            total += 1
            late += (written.earliest - happened.earliest).days >= 1

    assert 0.01 < late / total < 0.10


def test_no_made_up_event_has_a_detail_that_its_kind_does_not_have(small: Small) -> None:
    sources = [Path(__file__).parents[3] / "sources"]
    noted, with_detail = set(), 0
    for folder in small.made.paths:
        with read_delivery(folder, sources_dirs=sources, received_at=datetime(2027, 1, 1, tzinfo=UTC)) as opened:
            for row in opened.rows():
                if isinstance(row, RowVersion) and row.sheet == "events":
                    with_detail += b'"detail":' in row.body
                    noted |= {(folder.name, row.key) for _, reason in row.notes if reason == UNKNOWN_FIELD}

    assert with_detail > 500
    assert noted == set()
