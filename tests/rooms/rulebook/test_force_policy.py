"""Each table of a force's policy file: what may be set, up to where, and that all that is wrong is named at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duecare.rulebook.all_duties import all_duties, duty_of_id
from duecare.rulebook.force_policy import SET_IN, Policy, draft_of, read_policy
from duecare.rulebook.local_standard import Standard, numbers_of
from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.refusals import Refusal

SEEN, REVIEW, TRIAGE = "LOCAL-see-the-child", "LOCAL-supervisor-review", "LOCAL-mash-triage"
CORE_GROUP, CONFERENCE = "WT-core-group", "WT-review-conference"
NUMBERS: dict[str, tuple[Callable[[Policy], float], float, float, float]] = {
    "people.absence_leaves_vacancy_after_hours": (lambda p: p.absence_grace / timedelta(hours=1), 0, 8760, 48),
    "receive.withdrawal_share": (lambda p: p.withdrawal_share, 0, 1, 0.05),
    "recommendations.immediate_days": (lambda p: p.chasing.immediate_days, 0, 3660, 28),
    "recommendations.soon_days": (lambda p: p.chasing.soon_days, 0, 3660, 28),
    "recommendations.chief_officer_days": (lambda p: p.chasing.chief_officer_days, 0, 3660, 14),
    "recommendations.least_cases": (lambda p: p.least_cases, 5, 10_000, 20),
}


def read(folder: Path, text: str) -> Policy:
    path = folder / f"{abs(hash(text))}.toml"
    path.write_text(text, "utf-8")
    return read_policy(path)


def faults_of(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(Refusal) as refused:
        read(folder, text)
    assert refused.value.code == "CFG-002"
    return refused.value.faults


def faults_of_draft(table: object) -> tuple[str, ...]:
    with pytest.raises(Refusal) as refused:
        draft_of(table, "a draft")
    assert (refused.value.code, refused.value.where) == ("CFG-002", "a draft")
    return refused.value.faults


@pytest.mark.parametrize("setting", NUMBERS)
def test_a_number_may_be_its_least_its_most_or_left_out(tmp_path: Path, setting: str) -> None:
    value_of, least, most, usual = NUMBERS[setting]

    assert value_of(read(tmp_path, f"{setting} = {least}")) == least
    assert value_of(read(tmp_path, f"{setting} = {most}")) == most
    assert value_of(read(tmp_path, "")) == usual


@pytest.mark.parametrize("setting", NUMBERS)
@pytest.mark.parametrize("off", [-1, 1])
def test_a_number_beyond_its_borders_is_the_one_fault(tmp_path: Path, setting: str, off: int) -> None:
    _, least, most, _ = NUMBERS[setting]

    (fault,) = faults_of(tmp_path, f"{setting} = {(most if off > 0 else least) + off}")

    assert fault.startswith(f"{setting} ")


@pytest.mark.parametrize("setting", NUMBERS)
@pytest.mark.parametrize("written", ["true", "false", '"7"', "[7]", "nan", "inf", "2020-01-01"])
def test_what_is_no_number_is_the_one_fault(tmp_path: Path, setting: str, written: str) -> None:
    (fault,) = faults_of(tmp_path, f"{setting} = {written}")

    assert fault.startswith(f"{setting} ")


def test_one_setting_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    policy = read(tmp_path, "recommendations.soon_days = 3\ncustody.overnight_hours = 2.5")

    assert (policy.chasing.immediate_days, policy.chasing.soon_days, policy.chasing.chief_officer_days) == (28, 3, 14)
    assert policy.overnight == Overnight(2.5, 0, 8)
    assert (policy.least_cases, policy.force) == (20, "")


def test_a_share_and_hours_keep_their_fractions_and_days_are_whole(tmp_path: Path) -> None:
    policy = read(
        tmp_path,
        "receive.withdrawal_share = 0.125\npeople.absence_leaves_vacancy_after_hours = 1.5\nrecommendations.soon_days = 3.0",
    )

    assert policy.withdrawal_share == 0.125
    assert policy.absence_grace == timedelta(minutes=90)
    assert policy.chasing.soon_days == 3
    assert isinstance(policy.chasing.soon_days, int)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        'other = 1\nworklist = {danger_now_days = 7, later = 2}\nreceive = 3\nschool.holidays = "always"\n'
        "[standards.LOCAL-none]\nhours.red = 1\n",
    )

    assert [fault.split()[0] for fault in faults] == [
        "other",
        "worklist.later",
        "receive",
        "standards.LOCAL-none",
        "school.holidays",
    ]


@pytest.mark.parametrize("table", sorted(name for name, names in SET_IN.items() if names is not None))
def test_a_table_takes_its_own_names_and_no_other(tmp_path: Path, table: str) -> None:
    assert faults_of(tmp_path, f"{table}.no_such_name = 1") == (f"{table}.no_such_name is not a setting",)
    assert f"{table} is not a table" in faults_of(tmp_path, f"{table} = 3")


def test_tables_that_others_read_may_have_any_name(tmp_path: Path) -> None:
    policy = read(tmp_path, 'force = "Northmoor"\n[linkage]\nany = 1\n[disclosure]\nany = 1\n')

    assert policy == Policy(force="Northmoor")


@pytest.mark.parametrize(
    ("written", "code"), [(b"\xff\xfe", "CFG-002"), (b"[a", "CFG-002"), (b"a = 1\na = 2", "CFG-002")]
)
def test_what_is_no_toml_is_refused_without_its_text(tmp_path: Path, written: bytes, code: str) -> None:
    path = tmp_path / "force.toml"
    path.write_bytes(written)

    with pytest.raises(Refusal) as refused:
        read_policy(path)

    assert (refused.value.code, refused.value.where, refused.value.faults) == (code, str(path), ())


def test_a_folder_is_no_policy(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read_policy(tmp_path)

    assert refused.value.code == "CFG-002"


@pytest.mark.parametrize(
    ("hours", "opens", "closes", "fits"),
    [
        (4, 0, 4, True),
        (4.25, 0, 4, False),
        (0.25, 23.5, 23.75, True),
        (0.25, 23.75, 23.75, False),
        (8, 0, 8, True),
        (8.5, 0, 8, False),
        (4, 6, 8, False),
    ],
)
def test_a_night_is_no_longer_than_the_hours_it_may_lie_in(
    tmp_path: Path, hours: float, opens: float, closes: float, fits: bool
) -> None:
    text = f"[custody]\novernight_hours = {hours}\novernight_from = {opens}\novernight_to = {closes}\n"

    if fits:
        assert read(tmp_path, text).overnight == Overnight(hours, opens, closes)
    else:
        (fault,) = faults_of(tmp_path, text)
        assert fault.startswith("custody.overnight_hours is more than")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("overnight_hours", 0),
        ("overnight_hours", 24.5),
        ("overnight_from", -0.5),
        ("overnight_to", 24),
        ("overnight_from", 24.5),
    ],
)
def test_an_hour_that_no_clock_shows_is_the_one_fault(tmp_path: Path, setting: str, value: float) -> None:
    (fault,) = faults_of(tmp_path, f"custody.{setting} = {value}")

    assert fault.startswith(f"custody.{setting} is not a number")


def test_school_holidays_are_ordered_and_may_be_of_one_day(tmp_path: Path) -> None:
    policy = read(tmp_path, "school.holidays = [[2026-07-20, 2026-09-01], [2026-02-16, 2026-02-16]]")

    assert policy.school_holidays == (
        (date(2026, 2, 16), date(2026, 2, 16)),
        (date(2026, 7, 20), date(2026, 9, 1)),
    )
    assert read(tmp_path, "[school]").school_holidays == ()


@pytest.mark.parametrize(
    "span",
    [
        "[2026-02-17, 2026-02-16]",
        "[2026-02-16]",
        "[2026-02-16, 2026-02-17, 2026-02-18]",
        "[2026-02-16T00:00:00, 2026-02-17]",
        '["2026-02-16", "2026-02-17"]',
        "2026-02-16",
        "3",
    ],
)
def test_a_holiday_that_is_no_first_and_last_day_is_named_by_its_number(tmp_path: Path, span: str) -> None:
    (fault,) = faults_of(tmp_path, f"school.holidays = [[2026-01-01, 2026-01-02], {span}]")

    assert fault.startswith("school.holidays, number 2, ")


def test_a_draft_is_read_as_the_standards_of_a_policy(tmp_path: Path) -> None:
    text = f"[standards.{SEEN}]\nhours.red = 2\nadopted_by = 'Chief Constable'\nadopted_from = 2026-01-01\n"
    draft = {SEEN: {"hours": {"red": 2}, "adopted_by": "Chief Constable", "adopted_from": date(2026, 1, 1)}}

    assert draft_of(draft, "a draft") == read(tmp_path, text).standards
    assert draft_of(draft, "a draft") == (Standard(SEEN, (("red", 2.0),), "Chief Constable", date(2026, 1, 1)),)


@pytest.mark.parametrize("table", [{}, [], 3, "hours"])
def test_a_draft_that_sets_nothing_is_refused(table: object) -> None:
    assert len(faults_of_draft(table)) == 1


@pytest.mark.parametrize(
    ("duty", "unit", "name", "value", "is_good"),
    [
        (SEEN, "hours", "red", 0, False),
        (SEEN, "hours", "red", 0.5, True),
        (SEEN, "hours", "red", 24 * 366, True),
        (SEEN, "hours", "red", 24 * 366 + 1, False),
        (REVIEW, "days", "later", 0, True),
        (REVIEW, "days", "later", -1, False),
        (REVIEW, "days", "later", 1.5, False),
        (REVIEW, "days", "later", 2.0, True),
        (REVIEW, "days", "later", 3660, True),
        (REVIEW, "days", "later", 3661, False),
        (REVIEW, "hours", "later", 1, False),
        (REVIEW, "days", "first", 1, False),
        (CORE_GROUP, "working_days", "core_group", 0, False),
        (CORE_GROUP, "working_days", "core_group", 1, True),
        (CORE_GROUP, "working_days", "core_group", 1.5, False),
        (CORE_GROUP, "working_days", "core_group", 2600, True),
        (CORE_GROUP, "working_days", "core_group", 2601, False),
        (CONFERENCE, "months", "first_review", 0, False),
        (CONFERENCE, "months", "first_review", 120, True),
        (CONFERENCE, "months", "first_review", 121, False),
        (CONFERENCE, "months", "first_review", True, False),
        (CONFERENCE, "months", "first_review", "3", False),
    ],
)
def test_a_number_of_a_standard_is_one_the_duty_knows_within_its_borders(
    duty: str, unit: str, name: str, value: object, is_good: bool
) -> None:
    draft = {duty: {unit: {name: value}}}

    if is_good:
        assert draft_of(draft, "a draft") == (Standard(duty, ((name, float(value)),)),)
    else:
        (fault,) = faults_of_draft(draft)
        assert fault.startswith(f"standards.{duty}.{unit}.{name} is not a number of {unit.replace('_', ' ')} ")


@pytest.mark.parametrize(
    ("opens", "closes", "at_fault"),
    [
        (9, 17, ()),
        (0, 23.5, ()),
        (17, 18, ()),
        (None, 9, ("hours.opens",)),
        (None, 9.5, ()),
        (17, None, ("hours.opens",)),
        (16.5, None, ()),
        (18, 17, ("hours.opens",)),
        (9, 24, ("hours.closes",)),
    ],
)
def test_an_office_opens_before_it_closes_within_one_day(
    opens: float | None, closes: float | None, at_fault: tuple[str, ...]
) -> None:
    # an hour of 0 is no number of hours, so the earliest that can be set lies just after it
    hours = {"opens": opens or (0.25 if opens == 0 else None), "closes": closes}
    draft = {TRIAGE: {"hours": {name: value for name, value in hours.items() if value is not None}}}

    if not at_fault:
        assert dict(draft_of(draft, "a draft")[0].hours) == draft[TRIAGE]["hours"]
    else:
        assert tuple(fault.split()[0] for fault in faults_of_draft(draft)) == tuple(
            f"standards.{TRIAGE}.{setting}" for setting in at_fault
        )


@pytest.mark.parametrize(("clock", "kept"), [("elapsed", ()), ("office", (("by_office_clock", 1.0),)), (None, ())])
def test_only_the_clock_of_an_office_is_kept(clock: str | None, kept: tuple[tuple[str, float], ...]) -> None:
    assert draft_of({TRIAGE: {} if clock is None else {"clock": clock}}, "a draft") == (Standard(TRIAGE, kept),)


def test_numbers_of_a_standard_stand_in_the_order_of_their_names_whatever_their_unit() -> None:
    draft = {"LOCAL-image-referral": {"hours": {"very_high": 12}, "days": {"low": 30, "high": 5}}}

    assert draft_of(draft, "a draft")[0].hours == (("high", 5.0), ("low", 30.0), ("very_high", 12.0))


@pytest.mark.parametrize(
    ("table", "at_fault"),
    [
        ({"clock": "day"}, "clock"),
        ({"hour": {"red": 1}}, "hour"),
        ({"days": 3}, "days"),
        ({"adopted_from": "2026-01-01", "adopted_by": "A"}, "adopted_from"),
    ],
)
def test_a_setting_of_a_standard_that_cannot_be_is_named(table: dict[str, object], at_fault: str) -> None:
    (fault,) = faults_of_draft({SEEN: table})

    assert fault.split()[0] == f"standards.{SEEN}.{at_fault}"


def test_several_standards_of_one_duty_are_ordered_by_their_first_day_and_no_two_share_it() -> None:
    by = {"adopted_by": "Chief Constable"}
    later, earlier = {**by, "adopted_from": date(2026, 1, 1)}, {**by, "adopted_from": date(2020, 1, 1)}

    assert [one.adopted_from for one in draft_of({SEEN: [later, earlier, {}]}, "a draft")] == [
        None,
        date(2020, 1, 1),
        date(2026, 1, 1),
    ]
    (fault,) = faults_of_draft({SEEN: [later, dict(later)]})
    assert fault.startswith(f"standards.{SEEN} is set twice")
    assert len(faults_of_draft({SEEN: [{}, {}]})) == 1


def test_a_standard_is_adopted_from_its_day_on_if_an_officer_is_named() -> None:
    from_day = date(2026, 1, 1)
    policy = Policy(
        standards=(
            Standard(SEEN, (), "Chief Constable", from_day),
            Standard(REVIEW, ()),
            Standard(TRIAGE, (), "", from_day),
        )
    )

    assert policy.is_adopted(SEEN, from_day)
    assert not policy.is_adopted(SEEN, from_day - timedelta(days=1))
    assert not policy.is_adopted(REVIEW, from_day)
    assert not policy.is_adopted(TRIAGE, from_day)
    assert policy.standards_of(SEEN) == policy.standards[:1]
    assert policy.standards_of(CORE_GROUP) == ()


def test_the_duties_that_a_page_asks_the_policy_for_exist() -> None:
    assert duty_of_id(Policy().allocation_duty).id == "LOCAL-allocate-investigator"
    assert duty_of_id(Policy().visit_duty).id == "NPCC-rso-visit"


LOCAL = sorted(duty.id for duty in all_duties() if duty.local and numbers_of(duty))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LOCAL), st.data())
def test_any_whole_number_that_a_duty_knows_comes_back_as_it_was_set(duty_id: str, data: st.DataObject) -> None:
    known = sorted(key for key in numbers_of(duty_of_id(duty_id)) if key[1] not in {"opens", "closes"})
    wanted = data.draw(st.dictionaries(st.sampled_from(known), st.integers(1, 120), min_size=1))
    table: dict[str, dict[str, int]] = {}
    for (unit, name), value in wanted.items():
        table.setdefault(unit, {})[name] = value

    (standard,) = draft_of({duty_id: table}, "a draft")

    assert dict(standard.hours) == {name: float(value) for (_, name), value in wanted.items()}
    assert list(standard.hours) == sorted(standard.hours)


@pytest.mark.parametrize("duty_id", sorted(duty.id for duty in all_duties() if not duty.local))
def test_what_the_law_sets_no_force_sets(duty_id: str) -> None:
    (fault,) = faults_of_draft({duty_id: {"hours": {"red": 1}}})

    assert fault.startswith(f"standards.{duty_id} ")


def test_applied_puts_in_the_force_s_numbers_of_that_duty_alone() -> None:
    policy = Policy(standards=draft_of({SEEN: {"hours": {"red": 9}}}, "a draft"))

    assert numbers_of(policy.applied(duty_of_id(SEEN)))["hours", "red"] == 9
    assert numbers_of(policy.applied(duty_of_id(SEEN)))["hours", "amber"] == 24
    assert numbers_of(policy.applied(duty_of_id(REVIEW))) == numbers_of(duty_of_id(REVIEW))
