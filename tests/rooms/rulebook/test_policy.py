"""What a force sets for itself, and what it may not."""

import os
from datetime import date, timedelta

import pytest
from tests.made.timelines import SAMPLE, check, scene

from duecare.duty.allowance import (
    BeforeSchoolDay,
    ByTrigger,
    FromDetail,
    LocalDays,
    LocalHours,
    LocalMonths,
    LocalWorkingDays,
    OfficeHours,
    UntilDetail,
)
from duecare.duty.condition import RiskAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.all_duties import all_duties, duty_of_id
from duecare.rulebook.comparison_settings import USUAL_COMPARISON, LimitReset
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.rulebook.local_standard import Standard, apply_standards, numbers_of
from duecare.vocabulary.refusals import Refusal


def test_the_shipped_sample_has_adopted_what_is_local_from_2015():
    policy = read_policy(SAMPLE)

    adopted = {duty.id for duty in all_duties() if policy.is_adopted(duty.id, date(2015, 1, 1))}

    assert adopted == {"LOCAL-allocate-investigator", "LOCAL-see-the-child", "PACE-s38-accommodation"}
    assert not any(policy.is_adopted(duty.id, date(2014, 12, 31)) for duty in all_duties())
    assert policy.absence_grace == timedelta(hours=48)
    assert policy.withdrawal_share == 0.05


def test_an_empty_file_keeps_what_is_suggested_and_adopts_nothing(tmp_path):
    path = tmp_path / "empty.toml"
    path.write_text("")

    policy = read_policy(path)

    assert policy == Policy()
    assert not policy.is_adopted("LOCAL-see-the-child", date(2026, 1, 1))


def test_a_change_of_the_file_is_seen(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("[recommendations]\nsoon_days = 3\n")
    first = read_policy(path).chasing.soon_days
    path.write_text("[recommendations]\nsoon_days = 4\n")
    os.utime(path, ns=(1, 1))

    assert (first, read_policy(path).chasing.soon_days) == (3, 4)


TWO = """
[[standards.LOCAL-see-the-child]]
adopted_by = "Chief Constable of Northmoor"
adopted_from = 2020-01-01
hours.amber = 12
[[standards.LOCAL-see-the-child]]
adopted_by = "Chief Constable of Northmoor"
adopted_from = 2015-01-01
hours.amber = 48
"""


def test_a_standard_changed_from_a_day_leaves_what_began_before_it_under_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "own.toml"
    path.write_text(TWO)
    changed = read_policy(path)
    path.write_text(TWO[: TWO.rindex("[[")].replace("2020-01-01", "2019-01-01"))
    os.utime(path, ns=(1, 1))
    early = read_policy(path)
    text = """
        A: born 2010-01-01
        happened         | written | what             | who     | with
        2019-12-31 23:00 |         | concern_reported | A child | risk=amber
        2020-01-01 00:00 |         | concern_reported | A child | risk=amber; case=M2
        2014-06-01 00:00 |         | concern_reported | A child | risk=amber; case=M3
        as of 2020-01-05
    """
    expected = """
        -> overdue | due=2014-06-03 00:00 | adopted=False
        -> overdue | due=2020-01-02 23:00 | adopted=True
        -> overdue | due=2020-01-01 12:00 | adopted=True
    """
    monkeypatch.setattr("tests.made.timelines.policy", lambda: changed)
    check(text + expected, "LOCAL-see-the-child")

    versions = {}
    for terms in (changed, early):
        made, expects = scene(text + expected)
        found = made.findings(expects[0][0], (duty_of_id("LOCAL-see-the-child"),), terms)
        versions[terms] = {finding.case_ref: finding.rule_version for finding in found}

    assert versions[changed]["M1"] == versions[changed]["M3"] != versions[changed]["M2"]
    assert versions[early]["M3"] != versions[changed]["M3"]


def test_the_numbers_of_days_hours_and_months_are_put_in_by_their_names():
    made = Duty(
        "MADE-many",
        "",
        Authority.LOCAL,
        Source("", "", "", date(2026, 1, 1)),
        "supervisor",
        Scope.CASE,
        ((Fact("arrested"),),),
        tuple(
            Rule(str(n), allows)
            for n, allows in enumerate(
                (
                    LocalHours("a", 1),
                    LocalDays("a", 1),
                    LocalWorkingDays("a", 1),
                    LocalMonths("a", 1),
                    UntilDetail("until", LocalDays("a", 1)),
                    FromDetail("from", LocalHours("a", 1)),
                    ByTrigger((((RiskAmong(("red",)),), LocalDays("a", 1)),), LocalMonths("b", 1)),
                    OfficeHours("a", 1, by_choice=True),
                    BeforeSchoolDay(510),
                )
            )
        ),
        (),
        local=True,
    )
    closed = ((date(2026, 1, 1), date(2026, 1, 9)),)

    put = apply_standards(made, (Standard("MADE-many", (("a", 3), ("by_office_clock", 1), ("closes", 16))),), closed)

    assert [rule.allows for rule in put.rules] == [
        LocalHours("a", 3),
        LocalDays("a", 3),
        LocalWorkingDays("a", 3),
        LocalMonths("a", 3),
        UntilDetail("until", LocalDays("a", 3)),
        FromDetail("from", LocalHours("a", 3)),
        ByTrigger((((RiskAmong(("red",)),), LocalDays("a", 3)),), LocalMonths("b", 1)),
        OfficeHours("a", 3, by_choice=True, closes=16),
        BeforeSchoolDay(510, closed),
    ]
    assert apply_standards(made, (), ()).rules[7].allows == LocalHours("a", 1)
    assert numbers_of(made)["months", "b"] == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[school]\nholidays = [[2025-12-20]]\n", "school.holidays"),
        ("[school]\nholidays = [[2025-12-20, 2025-12-01]]\n", "school.holidays"),
        ("[school]\nholidays = 3\n", "school.holidays"),
        ("[standards.LOCAL-see-the-child]\ndays.red = 1\n", "days.red"),
        ('[standards.LOCAL-see-the-child]\nclock = "lunar"\n', "clock"),
        (TWO.replace("2020", "2015"), "twice from the same day"),
        ("[standards.NO-such-duty]\n", "standards.NO-such-duty"),
        ("[standards.CA1989-s46-72-hours]\nhours.any = 96\n", "not a duty with a local limit"),
        ("[standards.LOCAL-see-the-child]\nhours.red = -1\n", "hours.red"),
        ("[standards.LOCAL-see-the-child]\nhours.purple = 1\n", "hours.purple"),
        ("[standards.LOCAL-see-the-child]\nhours.red = true\n", "hours.red"),
        ('[standards.LOCAL-see-the-child]\nadopted_from = "soon"\n', "adopted_from"),
        ("[recommendations]\nsoon_days = -1\n", "soon_days"),
        ("[receive]\nwithdrawal_share = 2\n", "withdrawal_share"),
        ("standards = 3\n", "standards"),
        ("[standards.LOCAL-see-the-child]\nhour.red = 2\n", "standards.LOCAL-see-the-child.hour is not a setting"),
        ("[standards.LOCAL-see-the-child]\nhours = 2\n", "standards.LOCAL-see-the-child.hours is not a table"),
        ("[standards.LOCAL-see-the-child]\nadopted_by = 'A'\n", "adopted_by without adopted_from"),
        ("[standards.LOCAL-see-the-child]\nadopted_from = 2020-01-01\n", "adopted_from without adopted_by"),
        ("[standard.LOCAL-see-the-child]\nhours.red = 2\n", "standard is not a setting"),
        ("[worklist]\ndanger_days = 3\n", "worklist.danger_days is not a setting"),
        ("worklist = 3\n", "worklist is not a table"),
        ("school = 3\n", "school is not a table"),
        ("= nothing", "not TOML"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_naming_what(tmp_path, text, fault):
    path = tmp_path / "wrong.toml"
    path.write_text(text)

    with pytest.raises(Refusal, match="CFG-002") as refused:
        read_policy(path)

    assert fault in str(refused.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="CFG-002"):
        read_policy(tmp_path / "none.toml")


def test_the_hours_a_force_sets_move_the_limit_and_the_version_of_the_rule(tmp_path):
    from tests.made.timelines import at, scene

    path = tmp_path / "own.toml"
    path.write_text("[standards.LOCAL-see-the-child]\nhours.red = 2\n")
    made, _ = scene(
        """
        A: born 2010-01-01
        happened         | written | what             | who     | with
        2025-02-01 10:00 |         | concern_reported | A child | risk=red
        """
    )

    def of(policy):
        return next(f for f in made.findings(at("2025-03-01"), terms=policy) if f.duty == "LOCAL-see-the-child")

    sample, own = of(read_policy(SAMPLE)), of(read_policy(path))

    assert (own.due_at - sample.due_at) == timedelta(hours=1)
    assert (sample.adopted, own.adopted) == (True, False)
    assert sample.rule_version != own.rule_version
    assert sample.finding == own.finding


def test_the_check_itself_can_fail():
    with pytest.raises(AssertionError):
        check(
            "happened|written|what|who|with\n2020-01-01 10:00 | | crime_recorded | |\nas of 2020-02-01\n-> met",
            "LOCAL-x",
        )


def test_an_area_belongs_to_one_command_and_is_known_however_it_is_written():
    commands = read_policy(SAMPLE).commands

    assert len(commands.every_area) == len(set(commands.every_area)) == 32
    assert (commands.of(" eastmoor"), commands.named("EASTMOOR")) == ("Marsh Command", "Eastmoor")
    assert (commands.of("Nowhere"), commands.named("Nowhere")) == ("", "")


@pytest.mark.parametrize(
    ("areas", "fault"),
    [
        ("areas = 3", "areas is not a table of commands"),
        ('[areas]\nNorth = "Eastmoor"', "areas.North is not a list of areas"),
        ('[areas]\nNorth = [""]', "areas.North is not a list of areas"),
        ('[areas]\nA = ["Camden"]\nB = ["E09000007"]', "areas.B names E09000007, which a command has already"),
    ],
)
def test_what_is_wrong_with_the_commands_is_said(tmp_path, areas, fault):
    path = tmp_path / "force.toml"
    path.write_text(areas)

    with pytest.raises(Refusal) as refused:
        read_policy(path)

    assert refused.value.faults == (fault,)


def test_the_sample_lays_out_every_area_of_its_commands_once():
    policy = read_policy(SAMPLE)

    assert sorted(area for row in policy.map_rows for area in row if area) == sorted(policy.commands.every_area)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("map = 3", "map.rows is not a list of rows, each a list of areas"),
        ("[map]\nrows = 3", "map.rows is not a list of rows, each a list of areas"),
        ('[map]\nrows = ["Eastmoor"]', "map.rows is not a list of rows, each a list of areas"),
        ("[map]\nrows = [[3]]", "map.rows is not a list of rows, each a list of areas"),
        ('[map]\nrows = [["Camden", "", ""], ["E09000007"]]', "map.rows names E09000007 twice"),
    ],
)
def test_what_is_wrong_with_the_map_is_said(tmp_path, said, fault):
    path = tmp_path / "force.toml"
    path.write_text(said)

    with pytest.raises(Refusal) as refused:
        read_policy(path)

    assert fault in refused.value.faults


def test_the_sample_compares_as_is_usual():
    assert read_policy(SAMPLE).comparison == USUAL_COMPARISON


def test_what_a_force_sets_for_comparisons_is_read(tmp_path):
    path = tmp_path / "force.toml"
    path.write_text(
        '[comparison]\nallowance = "none"\nfewest = 20\nmost_not_known = 0\n'
        'anew = [{ figure = "seen-after", since = "2026-04", why = "A second team." }]'
    )
    found = read_policy(path).comparison

    assert (found.allowance, found.fewest, found.most_not_known) == ("none", 20, 0)
    assert found.resets_of("seen-after") == (LimitReset("seen-after", "2026-04", "A second team."),)
    assert found.resets_of("visits-overdue") == ()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("comparison = 3", "comparison is not a table"),
        ("[comparison]\nfew = 3", "comparison.few is not a setting"),
        ('[comparison]\nallowance = "much"', "comparison.allowance is none of added, multiplied, none"),
        ("[comparison]\nfewest = 4", "comparison.fewest is not a whole number from 5 to 1000"),
        ("[comparison]\nfewest = true", "comparison.fewest is not a whole number from 5 to 1000"),
        ("[comparison]\nmost_not_known = 2", "comparison.most_not_known is not a number from 0 to 1"),
        ("[comparison]\nmost_not_known = false", "comparison.most_not_known is not a number from 0 to 1"),
        ("[comparison]\nanew = 3", "comparison.anew is not a list of figure, since (a month, as 2026-04) and why"),
        (
            '[comparison]\nanew = [{ figure = "x", since = "2026-13", why = "y" }]',
            "comparison.anew is not a list of figure, since (a month, as 2026-04) and why",
        ),
    ],
)
def test_what_is_wrong_with_comparisons_is_said(tmp_path, said, fault):
    path = tmp_path / "force.toml"
    path.write_text(said)

    with pytest.raises(Refusal) as refused:
        read_policy(path)

    assert refused.value.faults == (fault,)
