"""What rows of crime reports, calls, custody records and offenders' records become."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.extract.test_sources import line

SEEN = "2016-03-18 10:30:15"


def rows(source: str, file: str, *several: dict[str, str]) -> str:
    """A file of these rows under the whole header of its layout."""
    made = [line(source, file, **row) for row in several]
    return made[0].partition("\n")[0] + "\n" + "".join(one.partition("\n")[2] for one in made)


def standing(heard: Any) -> dict[str, dict[str, Any]]:
    events = heard.of("events").values()
    return {version.key: heard.body("events", version.key) for version in events if not version.withdrawn}


def test_a_crime_report_tells_its_history_by_the_files_beside_it(desk: Any) -> None:
    of = {"crime_ref": "CR1", "borough": "Northmoor", "last_updated": SEEN}
    heard = desk.hear(
        "cris-2016-03-20",
        crimes=rows(
            "cris",
            "crimes",
            {
                **of,
                "crime_type": "Child abuse",
                "reported_at": "2016-03-01 09:00:07",
                "recorded_at": "2016-03-01 11:00",
                "concern": "neglect",
                "rag": "A",
                "crime": "y",
                "nominals": "victim=N1;suspect=N2",
            },
        ),
        statuses=rows(
            "cris",
            "statuses",
            {**of, "status_ref": "S1", "status": "Closed", "status_at": "2016-04-01T09:00", "result": "no suspect"},
            {**of, "status_ref": "S2", "status": "Reopened", "status_at": "2016-04-03T09:00"},
        ),
        allocations=rows(
            "cris",
            "allocations",
            {
                **of,
                "allocation_ref": "A1",
                "role": "OIC",
                "officer": "P1",
                "allocated_at": "2016-03-18 09:00",
                "released_at": "2016-03-25 09:00",
            },
            {**of, "allocation_ref": "A2", "role": "SUP", "officer": "P9", "allocated_at": "2016-03-18 09:05"},
        ),
        actions=rows(
            "cris",
            "actions",
            {
                **of,
                "action_ref": "X1",
                "action": "Bail",
                "action_at": "2016-03-19 18:00",
                "until": "2016-04-16T12:00",
                "conditions": "no contact;live at home",
                "nominals": "suspect=N2",
            },
            {**of, "action_ref": "X2", "action": "child_seen", "action_at": SEEN, "child_alone": "y"},
            {**of, "action_ref": "X3", "action": "School told", "action_at": SEEN, "content": '{""name"": true}'},
        ),
    )

    assert heard.asides == []
    found = standing(heard)
    assert {key: (event["kind"], event["happened_at"]) for key, event in found.items()} == {
        "CR1#concern_reported": ("concern_reported", "2016-03-01T09:00:07+00:00"),
        "CR1#crime_recorded": ("crime_recorded", "2016-03-01T11:00:00+00:00"),
        "S1": ("case_closed", "2016-04-01T08:00:00+00:00"),
        "S2": ("case_reopened", "2016-04-03T08:00:00+00:00"),
        "A1#investigator_allocated": ("investigator_allocated", "2016-03-18T09:00:00+00:00"),
        "A1#investigator_released": ("investigator_released", "2016-03-25T09:00:00+00:00"),
        "A2#supervisor_allocated": ("supervisor_allocated", "2016-03-18T09:05:00+00:00"),
        "X1": ("bailed", "2016-03-19T18:00:00+00:00"),
        "X2": ("child_seen", "2016-03-18T10:30:15+00:00"),
        "X3": ("school_notified", "2016-03-18T10:30:15+00:00"),
    }
    assert found["X1"]["detail"] == {
        "until": "2016-04-16T11:00:00+00:00",
        "conditions": ["no contact", "live at home"],
    }
    assert found["X2"]["detail"] == {"alone": True}
    assert found["X3"]["detail"] == {"content": {"name": True}}
    assert heard.body("cases", "CR1")["kind"] == "crime"


def test_a_report_that_names_no_concern_reports_none(desk: Any) -> None:
    row = {"crime_ref": "CR1", "crime_type": "crime", "reported_at": SEEN, "recorded_at": SEEN, "last_updated": SEEN}
    heard = desk.hear("cris-1", crimes=rows("cris", "crimes", row))

    assert set(standing(heard)) == {"CR1#crime_recorded"}


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("actions", {"action_ref": "X1", "crime_ref": "C1", "action": "tea", "action_at": SEEN}, "action"),
        ("actions", {"action_ref": "X1", "crime_ref": "C1", "action": "bail", "action_at": SEEN, "until": "soon"}, "until"),
        ("actions", {"action_ref": "X1", "crime_ref": "C1", "action": "bail", "action_at": SEEN, "content": "{"}, "content"),
        ("statuses", {"status_ref": "S1", "crime_ref": "C1", "status": "lost", "status_at": SEEN}, "status"),
        (
            "allocations",
            {"allocation_ref": "A1", "crime_ref": "C1", "role": "pal", "officer": "P1", "allocated_at": SEEN},
            "role",
        ),
    ],
)  # fmt: skip
def test_a_row_of_a_crime_report_that_cannot_be_read_is_set_aside_by_its_own_column(
    desk: Any, file: str, row: dict[str, str], column: str
) -> None:
    heard = desk.hear("cris-1", **{file: rows("cris", file, row)})

    assert [aside.column for aside in heard.asides] == [column]
    assert heard.versions == []


def test_a_call_is_a_case_by_its_opening_code_until_a_crime_report_is_made_of_it(desk: Any) -> None:
    call = {
        "cad_ref": "0412/01MAR16",
        "called_at": "2016-03-01 21:04:33",
        "opening_code": "Domestic incident",
        "people": "child=0412/1",
        "closed_at": "2016-03-01 23:00",
        "child_seen_at": "2016-03-01 21:20",
        "last_updated": SEEN,
    }
    alone = desk.hear("cad-1", calls=rows("cad", "calls", call))
    crimed = desk.hear("cad-2", calls=rows("cad", "calls", {**call, "crime_ref": "CR1"}))

    found = standing(alone)
    assert {key.partition("#")[2]: event["kind"] for key, event in found.items()} == {
        "call": "concern_reported",
        "child_seen": "child_seen",
        "case_closed": "case_closed",
    }
    said = found["0412/01MAR16#call"]
    assert (said["happened_at"], said["detail"]) == ("2016-03-01T21:04:33+00:00", {"concern": "domestic_abuse"})
    assert alone.body("cases", "0412/01MAR16")["kind"] == "domestic_abuse"
    found = standing(crimed)
    assert {(event["case_source"], event["case_ref"]) for event in found.values()} == {("cris", "CR1")}
    assert "0412/01MAR16#case_closed" not in found


def test_a_call_about_a_missing_child_and_its_log(desk: Any) -> None:
    of = {"cad_ref": "C1", "people": "child=C1/1", "last_updated": SEEN}
    heard = desk.hear(
        "cad-1",
        calls=rows(
            "cad",
            "calls",
            {**of, "called_at": "2016-03-01T20:00", "opening_code": "Missing person", "missing_from": "care"},
        ),
        log=rows(
            "cad",
            "log",
            {
                **of,
                "entry_ref": "L1",
                "entry": "Graded",
                "entry_at": "2016-03-01T20:30",
                "risk": "H",
                "reason": "age",
                "next_review_at": "2016-03-01T21:30",
            },
            {**of, "entry_ref": "L2", "entry": "Returned", "entry_at": "2016-03-02T01:00"},
        ),
        people=rows(
            "cad", "people", {"person_ref": "C1/1", "cad_ref": "C1", "surname": "Made-Up", "last_updated": SEEN}
        ),
    )

    found = standing(heard)
    assert {key: event["kind"] for key, event in found.items()} == {
        "C1#call": "missing_reported",
        "L1": "missing_graded",
        "L2": "missing_returned",
    }
    assert found["C1#call"]["detail"] == {"from": "care"}
    assert (found["L1"]["risk"], found["L1"]["detail"]["reason"]) == ("high", "age")
    assert heard.body("ties", "L2") == {"ties": [["cad", "C1/1", "child"]]}


def test_a_custody_records_log_tells_what_its_columns_do_not(desk: Any) -> None:
    of = {"custody_ref": "CU1", "last_updated": SEEN}
    heard = desk.hear(
        "custody-1",
        log=rows(
            "custody",
            "log",
            {
                **of,
                "entry_ref": "L1",
                "entry": "Extended",
                "entry_at": "2016-03-01T20:00",
                "until": "2016-03-02T08:00",
                "rank": "Superintendent",
            },
            {**of, "entry_ref": "L2", "entry": "told", "entry_at": "2016-03-01T21:00", "result": "person_responsible"},
        ),
    )

    found = standing(heard)
    assert found["L1"]["kind"] == "detention_extended"
    assert found["L1"]["detail"] == {"until": "2016-03-02T08:00:00+00:00", "rank": "Superintendent"}
    assert (found["L2"]["kind"], found["L2"]["outcome"]) == ("told", "person_responsible")
    assert heard.body("ties", "L1") == {"ties": [["custody", "CU1", "detainee"]]}


@pytest.mark.parametrize(
    ("source", "file", "columns"),
    [
        ("custody", "records", ("earlier_minutes", "placed_reason", "court_at", "refused_by", "refusal_reason")),
        ("merlin", "missing", ("grade_reason",)),
        ("visor", "offenders", ("relevant_date", "under_18", "manager_to")),
    ],
)
def test_columns_that_came_later_may_be_absent(desk: Any, source: str, file: str, columns: tuple[str, ...]) -> None:
    row = {
        "custody": {"custody_ref": "C1", "arrived_at": SEEN},
        "visor": {"visor_ref": "V1", "registered_at": SEEN},
        "merlin": {"missing_ref": "M1", "nominal_ref": "N1", "reported_at": SEEN},
    }[source]
    text = line(source, file, **row, last_updated=SEEN)
    names, cells = (one.split(",") for one in text.strip().split("\n"))
    kept = [i for i, name in enumerate(names) if name not in columns]
    older = "\n".join(",".join(one[i] for i in kept) for one in (names, cells))

    heard = desk.hear(f"{source}-1", **{file: older})

    assert heard.asides == []
    assert standing(heard)


def test_an_offenders_notifications_and_log(desk: Any) -> None:
    of = {"visor_ref": "V1", "last_updated": SEEN}
    heard = desk.hear(
        "visor-1",
        notifications=rows(
            "visor", "notifications", {**of, "notification_ref": "T1", "type": "Initial", "made_at": "2016-03-01T10:00"}
        ),
        log=rows(
            "visor",
            "log",
            {
                **of,
                "entry_ref": "L1",
                "entry": "MAPPA level",
                "entry_at": SEEN,
                "mappa_category": "1",
                "mappa_level": "2",
            },
            {**of, "entry_ref": "L2", "entry": "Advance notice", "entry_at": SEEN, "stated_date": "2016-04-01"},
        ),
    )

    found = standing(heard)
    assert (found["T1#notification_made"]["kind"], found["T1#notification_made"]["outcome"]) == (
        "notification_made",
        "initial",
    )
    assert found["L1"]["detail"] == {"category": 1, "level": 2}
    assert found["L2"]["detail"] == {"stated_date": "2016-04-01"}
    assert heard.delivery.handling == "pointer"
