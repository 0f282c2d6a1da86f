"""From everything ever published, with one area's own figures known, no protected count is recovered."""

from __future__ import annotations

import pytest
from tests.disclosure.attack import Outcome, attack

from duecare.disclosure import DisclosurePolicy, secondary_suppression

SUPPRESS, ROUND = DisclosurePolicy(), DisclosurePolicy(mode="round")


@pytest.mark.guarantee
@pytest.mark.parametrize("policy", [SUPPRESS, ROUND], ids=["suppress", "round"])
def test_single_releases_give_nothing_away(policy, assured):
    seen = Outcome()

    for seed in range(4):
        seen.add(attack(seed, 1, policy))

    assert (seen.recovered, seen.releases) == ([], 4)
    assert seen.attacked > 25
    assured(
        "G20",
        method=f"integer-programming attacker, single random releases, {policy.mode}",
        n=seen.attacked,
        figure=f"{len(seen.recovered)} recovered from {seen.releases} releases, {seen.refused} refused",
        pass_mark="0 recovered",
        seed=0,
    )


@pytest.mark.guarantee
def test_successive_quarters_with_corrections_give_nothing_away(assured):
    seen = Outcome()

    for seed in (101, 102):
        seen.add(attack(seed, 3, SUPPRESS))

    assert seen.recovered == []
    assert seen.releases >= 5
    assured(
        "G20",
        method="the same attacker, quarters, years to date, percentages and corrections",
        n=seen.attacked,
        figure=f"{len(seen.recovered)} recovered from {seen.releases} releases, {seen.refused} refused",
        pass_mark="0 recovered",
        seed=101,
    )


def test_where_very_many_are_hidden_no_less_is_hidden_and_nothing_given_away(monkeypatch):
    usual, hasty = Outcome(), Outcome()

    for seed in (0, 1, 2):
        usual.add(attack(seed, 1, SUPPRESS))
    monkeypatch.setattr(secondary_suppression, "VERY_MANY", 0)
    for seed in (0, 1, 2):
        hasty.add(attack(seed, 1, SUPPRESS))

    assert (hasty.recovered, hasty.releases) == ([], 3)
    assert hasty.for_others >= usual.for_others > 0


@pytest.mark.disclosure
@pytest.mark.parametrize("start", range(0, 1000, 50))
def test_a_thousand_single_releases_give_nothing_away(start, assured):
    seen = Outcome()

    for seed in range(start, start + 50):
        seen.add(attack(seed, 1, ROUND if seed % 4 == 3 else SUPPRESS, insiders=2))

    assert seen.recovered == []
    assert seen.releases >= 45
    assert seen.attacked > 500
    _note(assured, "single random releases, one in four rounded", seen, start)


@pytest.mark.disclosure
@pytest.mark.parametrize("start", range(2000, 2024, 2))
def test_eight_quarters_give_nothing_away(start, assured):
    seen = Outcome()

    for seed in range(start, start + 2):
        seen.add(attack(seed, 8, SUPPRESS))

    assert seen.recovered == []
    assert seen.releases >= 12
    assert seen.attacked > 25
    _note(assured, "forces that publish for eight quarters", seen, start)


def _note(assured, what, seen, seed):
    print(f"{what} from seed {seed}: {seen}")
    assured(
        "G20",
        method=f"integer-programming attacker over {what}",
        n=seen.attacked,
        figure=f"{len(seen.recovered)} recovered from {seen.releases} releases, {seen.refused} refused;"
        f" {seen.small} small and {seen.for_others} other of {seen.cells} cells hidden",
        pass_mark="0 recovered",
        seed=seed,
    )
