"""The children in need census: what each element becomes, what its rules forbid, and which collections are read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made.census import assessment, census, child, details, element, enquiry, leaves, plan

from duecare.extract.mendable_file import write_mendable

WHOLE = child(
    details(
        assessment("2022-10-07", "2022-11-20"),
        element("CINPlanDates", leaves(CINPlanStartDate="2022-11-21")),
        enquiry("2022-10-10", InitialCPCtarget="2022-10-31", DateOfInitialCPC="2022-10-28", ICPCnotRequired="false"),
        plan(
            "2022-10-28", "2023-01-20", CPPendDate="2023-03-20", InitialCategoryOfAbuse="NEG", NumberOfPreviousCPP="1"
        ),
        PrimaryNeedCode="N1",
        CINclosureDate="2023-03-25",
        ReasonForClosure="RC1",
        ReferralNFA="0",
    ),
    UPN="H801200001001",
)
REF = "202/C1/2022-10-06"


def hear(desk: Any, text: str | bytes, name: str = "cin-2023-03-31") -> Any:
    return desk.hear(name, return_xml=text)


def notes(heard: Any) -> list[tuple[str, str]]:
    """Its defects, but for those that say that these tests received the file before it was written."""
    return [(column, why) for column, why, _ in heard.notes() if "written or received" not in why]


def standing(heard: Any) -> dict[str, tuple[str, str]]:
    """Each event that is there: its kind and day."""
    events = heard.of("events").values()
    bodies = [heard.body("events", version.key) for version in events if not version.withdrawn]
    return {body["event_id"]: (body["kind"], body["happened_at"]) for body in bodies}


def test_each_date_becomes_the_event_that_the_census_says_it_is(desk: Any) -> None:
    heard = hear(desk, census(WHOLE))

    assert heard.asides == []
    assert standing(heard) == {
        f"{REF}#referral_received": ("referral_received", "2022-10-06"),
        f"{REF}/2022-10-07#referral_decided": ("referral_decided", "2022-10-07"),
        f"{REF}/2022-10-07#assessment_completed": ("assessment_completed", "2022-11-20"),
        f"{REF}/2022-10-10#s47_started": ("s47_started", "2022-10-10"),
        f"{REF}/2022-10-10#conference_held": ("conference_held", "2022-10-28"),
        f"{REF}/2022-10-28#plan_started": ("plan_started", "2022-10-28"),
        f"{REF}/2022-10-28#plan_ended": ("plan_ended", "2023-03-20"),
        f"{REF}/2023-01-20#conference_held": ("conference_held", "2023-01-20"),
        f"{REF}#case_closed": ("case_closed", "2023-03-25"),
    }
    assert heard.body("events", f"{REF}/2022-10-10#conference_held")["outcome"] == "initial"
    assert heard.body("events", f"{REF}/2023-01-20#conference_held")["outcome"] == "review"
    assert notes(heard) == []


def test_a_child_is_a_person_by_the_authority_and_its_own_number(desk: Any) -> None:
    heard = hear(desk, census(WHOLE))

    assert heard.body("persons", "202/C1") == {
        "record_id": "202/C1",
        "date_of_birth": "2012-04-05",
        "sex": "F",
        "ethnicity": "WBRI",
        "disability": "NONE",
        "upn": "H801200001001",
    }
    assert heard.body("ties", f"{REF}#referral_received") == {"ties": [["cin", "202/C1", "child"]]}
    assert heard.body("cases", REF) == {
        "case_ref": REF,
        "kind": "child_concern",
        "area": "Camden",
        "opened_at": "2022-10-06",
        "closed_at": "2023-03-25",
    }


def test_the_time_of_the_file_is_the_version_of_every_row(desk: Any) -> None:
    heard = hear(desk, census(WHOLE))

    assert {version.version_at.isoformat() for version in heard.versions} == {"2023-05-23T10:14:05+00:00"}


def test_rows_are_numbered_by_line_and_each_group_is_a_row(desk: Any) -> None:
    text = census(WHOLE, child(child_id="C2"))
    heard = hear(desk, text)

    rows = {version.row for version in heard.versions}
    lines = [i for i, line in enumerate(text.splitlines(), 1) if "<Child>" in line or "<CINdetails>" in line]
    assert set(lines) <= rows
    assert heard.rows_in == 7 == sum(heard.delivery.rows_of.values())


def test_a_file_on_one_line_gives_the_same_rows_under_numbers_of_their_own(desk: Any) -> None:
    text = census(WHOLE, child(child_id="C2"))
    spread, flat = hear(desk, text), hear(desk, text.replace("\n", ""), "cin-2023-04-01")

    said = [(version.sheet, version.key, version.body) for version in spread.versions]
    assert said == [(version.sheet, version.key, version.body) for version in flat.versions]
    assert len({version.row for version in flat.versions}) == 7


def test_where_no_conference_was_needed_the_enquiry_ended_by_the_day_it_was_due(desk: Any) -> None:
    text = census(child(details(enquiry("2022-10-10", InitialCPCtarget="2022-10-31", ICPCnotRequired="true"))))
    heard = hear(desk, text)

    ended = heard.body("events", f"{REF}/2022-10-10#s47_ended")
    assert (ended["happened_at"], ended["outcome"]) == ("2022-10-31", "no_conference")
    assert ended["detail"] == {"day_stands_for": "the day by which it was settled"}


def test_no_strategy_discussion_is_made_of_a_census_which_states_none(desk: Any) -> None:
    assert "strategy_discussion_held" not in {kind for kind, _ in standing(hear(desk, census(WHOLE))).values()}


def test_an_unborn_child_has_a_due_day_and_no_birth_date(desk: Any) -> None:
    unborn = child(details(), PersonBirthDate="", ExpectedPersonBirthDate="2023-06-01", GenderCurrent="0")
    heard = hear(desk, census(unborn))

    assert heard.body("persons", "202/C1")["due_on"] == "2023-06-01"
    assert notes(heard) == []


FORBIDDEN = [
    pytest.param({"PersonBirthDate": "2023-09-01"}, "PersonBirthDate", "8520", id="born after the reference date"),
    pytest.param({"ExpectedPersonBirthDate": "2012-04-01"}, "PersonBirthDate", "8525", id="born and unborn"),
    pytest.param({"PersonBirthDate": ""}, "PersonBirthDate", "8525", id="neither born nor unborn"),
    pytest.param({"GenderCurrent": "7"}, "GenderCurrent", "4180", id="no such gender"),
    pytest.param({"UPN": "A801200001001"}, "UPN", "1510", id="a pupil number that does not hold"),
    pytest.param({"who": leaves(Ethnicity="ABCD")}, "Ethnicity", "4220", id="no such ethnicity"),
    pytest.param({"who": element("Disabilities", leaves(Disability="ALL"))}, "Disability", "8540", id="no such code"),
    pytest.param(
        {"PersonBirthDate": "", "ExpectedPersonBirthDate": "2023-06-01"}, "GenderCurrent", "8750", id="sex of an unborn"
    ),
]


@pytest.mark.parametrize(("said", "column", "rule"), FORBIDDEN)
def test_of_a_child_a_value_that_a_rule_forbids_is_a_defect_and_the_child_is_kept(
    desk: Any, said: dict[str, str], column: str, rule: str
) -> None:
    heard = hear(desk, census(child(**said)))

    assert "202/C1" in heard.of("persons")
    assert [why for name, why in notes(heard) if name == column and rule in why]


def test_a_gender_that_cannot_be_read_is_kept_as_unknown(desk: Any) -> None:
    heard = hear(desk, census(child(GenderCurrent="7")))

    assert heard.body("persons", "202/C1")["as_written"] == {"sex": "7"}


ASIDE = [
    pytest.param(assessment("2022-11-20", "2022-10-07"), "AssessmentAuthorisationDate", "8608", id="ended first"),
    pytest.param(
        enquiry("2022-10-10", DateOfInitialCPC="2022-10-01"), "DateOfInitialCPC", "8615", id="conference first"
    ),
    pytest.param(plan("2022-10-28", CPPendDate="2022-10-01"), "CPPendDate", "8925", id="plan ended first"),
    pytest.param(assessment("2022-02-30"), "AssessmentActualStartDate", "no day", id="no such day"),
    pytest.param(enquiry(""), "S47ActualStartDate", "empty", id="no start"),
    pytest.param(enquiry("yesterday"), "S47ActualStartDate", "", id="not a day"),
    pytest.param(enquiry("2022-10-10", ICPCnotRequired="maybe"), "ICPCnotRequired", "", id="neither yes nor no"),
]


@pytest.mark.parametrize(("group", "column", "reason"), ASIDE)
def test_a_row_whose_own_dates_cannot_be_is_set_aside_and_the_others_are_taken(
    desk: Any, group: str, column: str, reason: str
) -> None:
    text = census(child(details(group, enquiry("2022-12-01"))))
    heard = hear(desk, text)

    (aside,) = heard.asides
    assert (aside.file, aside.column) == ("return.xml", column)
    assert reason in aside.reason
    assert aside.remedy
    assert text.splitlines()[aside.row - 1].startswith(("<Assessments>", "<Section47>", "<ChildProtectionPlans>"))
    assert f"{REF}/2022-12-01#s47_started" in standing(heard)


KEPT = [
    pytest.param(assessment("2022-09-01", "2022-11-01"), "AssessmentActualStartDate", "1103", id="before the referral"),
    pytest.param(enquiry("2022-09-01"), "S47ActualStartDate", "2889", id="enquiry before the referral"),
    pytest.param(plan("2022-09-01"), "CPPstartDate", "1105", id="plan before the referral"),
    pytest.param(assessment("2021-01-01", "2021-11-01"), "AssessmentAuthorisationDate", "8696", id="another year"),
    pytest.param(plan("2022-11-01", "2022-10-20"), "CPPreviewDate", "plan", id="review before the plan"),
]


@pytest.mark.parametrize(("group", "column", "rule"), KEPT)
def test_a_date_that_does_not_fit_what_stands_around_it_is_kept_with_its_defect(
    desk: Any, group: str, column: str, rule: str
) -> None:
    heard = hear(desk, census(child(details(group))))

    assert heard.asides == []
    assert [why for name, why in notes(heard) if name == column and rule in why]


def test_what_happened_after_a_closing_is_noted(desk: Any) -> None:
    group = assessment("2022-10-07", "2023-01-20")
    heard = hear(desk, census(child(details(group, CINclosureDate="2022-12-01", ReasonForClosure="RC1"))))

    assert [(name, "8565" in why) for name, why in notes(heard)] == [("AssessmentAuthorisationDate", True)]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"CINclosureDate": "2022-12-01", "ReasonForClosure": "RC77"}, "8640"),
        ({"CINclosureDate": "2022-12-01"}, "8810"),
        ({"ReasonForClosure": "RC1"}, "8810"),
    ],
)
def test_a_closing_without_its_reason_or_with_one_not_in_use_is_noted(
    desk: Any, given: dict[str, str], rule: str
) -> None:
    heard = hear(desk, census(child(details(**given))))

    assert [why for _, why in notes(heard) if rule in why]


def test_a_value_given_twice_sets_its_row_aside(desk: Any) -> None:
    heard = hear(
        desk,
        census(
            child(details()).replace(
                "<CINreferralDate>", "<CINreferralDate>2022-10-05</CINreferralDate><CINreferralDate>"
            )
        ),
    )

    assert [(aside.column, aside.reason) for aside in heard.asides] == [("CINreferralDate", "is given more than once")]


# --- collections -------------------------------------------------------------------------------------


def test_collections_of_several_years_are_read_each_by_its_own_elements(desk: Any) -> None:
    older, newer = child(), child(child_id="C2", GenderCurrent="", Sex="M")
    both = desk.hear("cin-2025-04-01", one_xml=census(older), two_xml=census(newer, year="2025"))

    assert both.asides == []
    assert {key: both.body("persons", key)["sex"] for key in both.of("persons")} == {"202/C1": "F", "202/C2": "M"}
    assert "one.xml: read as the CIN collection of 2023" in both.delivery.notes
    assert "two.xml: read as the CIN collection of 2025" in both.delivery.notes


@pytest.mark.parametrize(
    ("year", "said", "name"), [("2023", {"GenderCurrent": "", "Sex": "M"}, "Sex"), ("2025", {}, "GenderCurrent")]
)
def test_an_element_of_another_years_collection_is_refused_by_name_and_line(
    desk: Any, year: str, said: dict[str, str], name: str
) -> None:
    text = census(child(**said), year=year)
    refusal = desk.refused(desk.write("cin-1", return_xml=text))

    line = next(i for i, row in enumerate(text.splitlines(), 1) if f"<{name}>" in row)
    assert refusal.code == "EXT-022"
    assert f"line {line}: {name} is not in the collection of {year}" in str(refusal)


@pytest.mark.parametrize("head", [{"year": "2019"}, {"year": "2031"}, {"year": "2031", "day": "2023-03-31"}])
def test_a_collection_of_a_year_that_is_not_known_is_refused_by_its_year(desk: Any, head: dict[str, str]) -> None:
    refusal = desk.refused(desk.write("cin-1", return_xml=census(child(), **head)))

    assert refusal.code == "EXT-023"
    assert head["year"] in str(refusal)
    assert "2021 to 2026 are known" in str(refusal)


def test_another_collection_is_refused(desk: Any) -> None:
    assert desk.refused(desk.write("cin-1", return_xml=census(collection="SSDA903"))).code == "EXT-023"


def test_a_year_and_a_reference_date_that_differ_are_noted_and_the_date_counts(desk: Any) -> None:
    heard = hear(desk, census(child(), year="2023", day="2024-03-31"))

    assert "return.xml: Year says 2023 and ReferenceDate says 2024: read by ReferenceDate" in heard.delivery.notes


BAD_HEADS = [
    pytest.param("<LEA>202</LEA>", "<LEA>202</LEA><Colour>red</Colour>", "Colour", id="an element not known"),
    pytest.param("<Collection>CIN</Collection>", "", "Collection", id="no collection"),
    pytest.param("2023-03-31</Ref", "31 March</Ref", "ReferenceDate", id="a reference date that is none"),
    pytest.param("2023-05-23T11:14:05", "last week", "DateTime", id="a time that is none"),
    pytest.param("Message>", "Massage>", "Message", id="another document"),
    pytest.param("Children>", "Kinder>", "Children", id="no children"),
]


@pytest.mark.parametrize(("old", "new", "said"), BAD_HEADS)
def test_a_file_that_is_wrong_as_a_whole_is_refused_and_says_why(desk: Any, old: str, new: str, said: str) -> None:
    refusal = desk.refused(desk.write("cin-1", return_xml=census(child()).replace(old, new)))

    assert refusal.code == "EXT-022"
    assert said in str(refusal)
    assert "return.xml" in str(refusal)


def test_a_census_without_children_is_a_delivery_of_no_rows(desk: Any) -> None:
    assert hear(desk, census()).rows_in == 0


def test_a_single_file_of_any_name_is_taken_with_its_source(desk: Any) -> None:
    path = desk.write("drop", **{"CIN Census 2023_XML": census(child())}) / "CIN Census 2023.XML"

    assert desk.read(path, source="cin").rows_in == 1
    assert desk.refused(path, source="merlin").code == "EXT-006"


# --- set aside, corrected, and received again -----------------------------------------------------------


def test_rows_set_aside_come_back_corrected_as_one_flat_file(desk: Any) -> None:
    bad = child(details(assessment("2022-11-20", "2022-10-07"), enquiry("2022-02-30")), child_id="C9")
    heard = hear(desk, census(WHOLE, bad))
    exported = write_mendable(heard.asides)
    mended = exported.replace("2022-10-07", "2022-12-07").replace("2022-02-30", "2022-10-30")

    again = desk.read(desk.write("drop", return_csv=mended) / "return.csv", source="cin")

    assert len(heard.asides) == 2
    assert again.asides == []
    assert standing(again) == {
        "202/C9/2022-10-06/2022-11-20#referral_decided": ("referral_decided", "2022-11-20"),
        "202/C9/2022-10-06/2022-11-20#assessment_completed": ("assessment_completed", "2022-12-07"),
        "202/C9/2022-10-06/2022-10-30#s47_started": ("s47_started", "2022-10-30"),
    }
    assert {version.version_at.isoformat() for version in again.versions} == {"2023-05-23T10:14:05+00:00"}


def test_rows_that_come_back_unmended_are_set_aside_again(desk: Any) -> None:
    heard = hear(desk, census(child(details(assessment("2022-11-20", "2022-10-07")))))
    exported = write_mendable(heard.asides)

    again = desk.read(desk.write("drop", return_csv=exported) / "return.csv", source="cin")

    assert [(a.column, a.reason, a.remedy) for a in again.asides] == [
        (a.column, a.reason, a.remedy) for a in heard.asides
    ]


def test_a_flat_row_of_no_group_or_without_its_groups_columns_is_set_aside(desk: Any) -> None:
    text = "group,LEA,LAchildID\nchild,202,C1\nfamily,202,C1\n,202,C1\n"
    heard = desk.hear("cin-1", rows=text)

    assert [(aside.row, aside.column) for aside in heard.asides] == [(2, "UPN"), (3, "group"), (4, "group")]


@pytest.mark.parametrize("header", ["LEA,LAchildID", "group,LEA,shoe_size", "group,LEA,LEA"])
def test_a_flat_file_with_another_header_is_refused(desk: Any, header: str) -> None:
    assert desk.refused(desk.write("cin-1", rows=f"{header}\na,b,c\n")).code == "EXT-007"


def test_a_full_census_does_not_withdraw_what_it_holds_and_set_aside(desk: Any) -> None:
    heard = hear(desk, census(child(details(enquiry("2022-10-10", DateOfInitialCPC="2022-10-01")))))

    kept = heard.delivery.set_aside_keys["return.xml", "events"]
    assert f"{REF}/2022-10-10#s47_started" in kept
    assert heard.delivery.keyless == set()
