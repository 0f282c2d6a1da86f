"""What a force sets for itself, and what it may not."""

import os
from datetime import date, timedelta

import pytest
from tests.made.timelines import SAMPLE, check

from duecare.rulebook.catalogue import duties
from duecare.rulebook.policy import Policy, read_policy
from duecare.vocabulary.refusals import Refusal


def test_the_shipped_sample_has_adopted_what_is_local_from_2015():
    policy = read_policy(SAMPLE)

    local = [duty.id for duty in duties() if duty.local]

    assert len(local) == 3
    assert all(policy.is_adopted(duty, date(2015, 1, 1)) for duty in local)
    assert not any(policy.is_adopted(duty, date(2014, 12, 31)) for duty in local)
    assert policy.absence_grace == timedelta(hours=48)
    assert policy.danger_now_days == 7
    assert policy.withdrawal_share == 0.05


def test_an_empty_file_keeps_what_is_suggested_and_adopts_nothing(tmp_path):
    path = tmp_path / "empty.toml"
    path.write_text("")

    policy = read_policy(path)

    assert policy == Policy()
    assert not policy.is_adopted("LOCAL-see-the-child", date(2026, 1, 1))


def test_a_change_of_the_file_is_seen(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("[worklist]\ndanger_now_days = 3\n")
    first = read_policy(path).danger_now_days
    path.write_text("[worklist]\ndanger_now_days = 4\n")
    os.utime(path, ns=(1, 1))

    assert (first, read_policy(path).danger_now_days) == (3, 4)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[standards.NO-such-duty]\n", "standards.NO-such-duty"),
        ("[standards.CA1989-s46-72-hours]\nhours.any = 96\n", "no duty whose limit is local"),
        ("[standards.LOCAL-see-the-child]\nhours.red = -1\n", "hours.red"),
        ("[standards.LOCAL-see-the-child]\nhours.purple = 1\n", "hours.purple"),
        ("[standards.LOCAL-see-the-child]\nhours.red = true\n", "hours.red"),
        ('[standards.LOCAL-see-the-child]\nadopted_from = "soon"\n', "adopted_from"),
        ("[worklist]\ndanger_now_days = -1\n", "danger_now_days"),
        ("[receive]\nwithdrawal_share = 2\n", "withdrawal_share"),
        ("standards = 3\n", "standards"),
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
