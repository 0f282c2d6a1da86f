"""The scenario cases are there twice, at their own dates and live, and the live ones lie about the last moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.rooms.synthetic.reading import Small

from duecare.synthetic.clock import day_text, to_seconds
from duecare.synthetic.scenario.managed import due_today
from duecare.synthetic.write import ENDING
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.london_clock import end_of_day, london_day, start_of_day

BOTH = ("SC01", "SC04", "SC06", "SC17", "SC25", "SC27", "SC29", "SC33", "SC37", "CU4")


@pytest.mark.parametrize("scenario", BOTH)
def test_each_scenario_with_a_clock_says_what_it_gives_in_both_copies(small: Small, scenario: str) -> None:
    told = {case["live"] for case in small.cases() if case["scenario"] == scenario}

    assert told == {False, True}


def test_the_seventeen_days_stand_at_their_own_dates(small: Small) -> None:
    events = [row for row in small.rows("pole", "events") if row["case_ref"] == "NM-SC01"]
    by_kind = {row["kind"]: row["happened_at"] for row in events}
    contacts = [row["happened_at"] for row in events if row["kind"] == "suspect_contact"]

    assert by_kind["crime_recorded"] == "2016-03-01T09:00:00+00:00"
    assert by_kind["investigator_allocated"] == "2016-03-18T09:00:00+00:00"
    assert len(contacts) == 3
    assert all("2016-03-01" < when < "2016-03-18" for when in contacts)


def test_today_is_day_nine_of_the_seventeen_and_the_suspect_still_writes(small: Small) -> None:
    events = [row for row in small.rows("pole", "events") if row["case_ref"] == "NM-SC01-LIVE"]
    kinds = [row["kind"] for row in events]
    recorded = next(row["happened_at"] for row in events if row["kind"] == "crime_recorded")
    contact = max(row["happened_at"] for row in events if row["kind"] == "suspect_contact")

    assert recorded == (ENDING - timedelta(days=9)).isoformat()
    assert (ENDING - timedelta(days=2)).isoformat() < contact < ENDING.isoformat()
    assert not {"investigator_allocated", "arrested", "suspect_eliminated", "case_closed"} & set(kinds)


def test_no_other_suspect_is_in_contact_now_without_an_arrest_since(small: Small) -> None:
    week = (ENDING - timedelta(days=7)).isoformat()
    recent = {
        row["case_ref"]
        for row in small.rows("pole", "events")
        if row["kind"] == "suspect_contact" and row["happened_at"] >= week
    }

    assert recent == {"NM-SC01-LIVE"}


def test_every_child_reported_missing_has_returned_but_the_one_who_is_missing_now(small: Small) -> None:
    newest = {row["missing_ref"]: row for row in small.rows("merlin", "missing")}
    gone = {ref for ref, row in newest.items() if not row["returned_at"] and not row["found_at"]}

    assert gone == {"NM-MI0-LIVE"}
    assert all(row["returned_at"] > row["reported_at"] for ref, row in newest.items() if ref not in gone)


def test_children_are_in_custody_now(small: Small) -> None:
    newest = {row["custody_ref"]: row for row in small.rows("custody", "records")}
    now = {ref for ref, row in newest.items() if not row["left_at"]}

    assert {"NM-SC27-LIVE", "NM-SC29-LIVE", "NM-SC29-LIVE-2", "NM-CU4-LIVE", "NM-CU0-LIVE"} <= now
    assert len(now) <= 12


def test_few_live_cases_have_nobody(small: Small) -> None:
    newest = {row["report_ref"]: row for row in small.rows("merlin", "reports")}
    nobody = [ref for ref, row in newest.items() if not row["oic_allocated_at"] and not row["closed_at"]]

    assert 3 <= len(nobody) <= 25


def test_one_number_is_written_in_three_ways_and_twins_have_two_numbers(small: Small) -> None:
    persons = {row["record_id"]: row for row in small.rows("pole", "persons")}
    nominals = {row["nominal_ref"]: row for row in small.rows("merlin", "nominals")}
    custody = {row["custody_ref"]: row for row in small.rows("custody", "records")}
    truth = small.truth()
    three = [("merlin", "NM-SC08-Q"), ("pole", "NM-SC08-Q2"), ("custody", "NM-SC08")]
    twins = [("merlin", "NM-SC10-A"), ("merlin", "NM-SC10-B")]

    assert nominals["NM-SC08-Q"]["pnc_id"] == "99/123456X"
    assert persons["NM-SC08-Q2"]["pnc_id"] == "1999/0123456X"
    assert custody["NM-SC08"]["pnc_id"] == "99/0123456x"
    assert len({truth[key]["true_person"] for key in three}) == 1
    assert [nominals[ref]["nhs_no"] for _, ref in twins] == ["9990000018", "9990000026"]
    assert len({truth[key]["true_person"] for key in twins}) == 2
    assert len({truth[key]["household"] for key in twins}) == 1
    assert {persons[ref]["pnc_id"] for ref in ("NM-SC09-X", "NM-SC09-Y")} == {"99/123456Y", "90/570L"}


@pytest.mark.parametrize("months", [1, 3, 6])
def test_a_visit_seen_on_the_day_chosen_is_due_today(months: int) -> None:
    day = date(2023, 12, 20)
    while day < date(2025, 3, 5):
        chosen = date.fromisoformat(day_text(due_today(to_seconds(start_of_day(day)) + 9 * 3600, months) // 86400))
        due = add_months(chosen, months)
        reachable = any(add_months(day - timedelta(days=n), months) == day for n in range(27 * months, 32 * months))
        assert due == day if reachable else day - timedelta(days=4) < due < day
        day += timedelta(days=1)


def test_visits_fall_due_today(small: Small) -> None:
    due = [case for case in small.cases() if case["scenario"] == "SC17" and case["live"]]

    assert len(due) == 3
    assert {case["due_at"] for case in due} == {end_of_day(london_day(ENDING)).isoformat()}
