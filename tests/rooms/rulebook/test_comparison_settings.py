"""How a force compares: each setting with its borders, and restarts of limits by figure and month."""

from __future__ import annotations

import pytest

from duecare.rulebook.comparison_settings import (
    ALLOWANCES,
    USUAL_COMPARISON,
    Comparison,
    LimitReset,
    read_comparison,
)
from duecare.rulebook.recommendation_least_cases import FEWEST, LEAST_CASES, MOST_CASES
from duecare.stats.interval import wilson_interval

RESET = {"figure": "seen-after", "since": "2026-04", "why": "A second team."}
RESETS = "anew"


def read(**table: object) -> tuple[Comparison, list[str]]:
    faults: list[str] = []
    return read_comparison(table, faults), faults


def test_what_is_left_out_is_as_usual() -> None:
    assert read() == (USUAL_COMPARISON, [])
    assert (USUAL_COMPARISON.allowance, USUAL_COMPARISON.fewest, USUAL_COMPARISON.most_not_known) == ("added", 10, 0.25)


@pytest.mark.parametrize("allowance", ALLOWANCES)
def test_each_allowance_may_be_set(allowance: str) -> None:
    assert read(allowance=allowance) == (Comparison(allowance=allowance), [])


@pytest.mark.parametrize("fewest", [5, 6, 1_000])
def test_the_fewest_are_5_to_1000(fewest: int) -> None:
    assert read(fewest=fewest) == (Comparison(fewest=fewest), [])


@pytest.mark.parametrize("share", [0, 0.0, 0.5, 1, 1.0])
def test_the_most_not_known_are_a_share(share: float) -> None:
    found, faults = read(most_not_known=share)

    assert (found.most_not_known, faults) == (share, [])
    assert isinstance(found.most_not_known, float)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fewest", 4),
        ("fewest", 1_001),
        ("fewest", 10.0),
        ("fewest", "10"),
        ("fewest", None),
        ("fewest", True),
        ("most_not_known", -0.01),
        ("most_not_known", 1.01),
        ("most_not_known", "0.5"),
        ("most_not_known", True),
        ("allowance", "Added"),
        ("allowance", None),
        ("allowance", ""),
        (RESETS, 3),
        (RESETS, "seen-after"),
        ("least", 10),
    ],
)
def test_one_setting_that_cannot_be_is_one_fault_and_everything_is_as_usual(setting: str, value: object) -> None:
    found, faults = read(**{"fewest": 50, setting: value})

    assert found is USUAL_COMPARISON
    assert [fault.split()[0] for fault in faults] == [f"comparison.{setting}"]


@pytest.mark.parametrize("table", [None, 3, [], "added"])
def test_what_is_no_table_is_one_fault(table: object) -> None:
    faults: list[str] = []

    assert read_comparison(table, faults) is USUAL_COMPARISON
    assert len(faults) == 1


def test_all_faults_are_named_at_once_and_earlier_ones_stay() -> None:
    faults = ["an earlier one"]

    read_comparison({"b": 1, "a": 1, "allowance": "x", "fewest": 1, "most_not_known": 9, RESETS: 1}, faults)

    assert [fault.split()[0] for fault in faults] == [
        "an",
        "comparison.a",
        "comparison.b",
        "comparison.allowance",
        "comparison.fewest",
        "comparison.most_not_known",
        f"comparison.{RESETS}",
    ]


def test_restarts_are_found_by_their_figure_in_the_order_set() -> None:
    later = {**RESET, "since": "2026-09", "why": "A third team."}
    found, faults = read(**{RESETS: [RESET, {**RESET, "figure": "other"}, later]})

    assert faults == []
    assert found.resets_of("seen-after") == (
        LimitReset("seen-after", "2026-04", "A second team."),
        LimitReset("seen-after", "2026-09", "A third team."),
    )
    assert found.resets_of("seen") == ()


def test_one_restart_may_stand_without_a_list_and_its_texts_lose_their_ends() -> None:
    found, faults = read(**{RESETS: {**RESET, "why": "  A second team. ", "since": " 2026-04 "}})

    assert (found.resets_of("seen-after"), faults) == ((LimitReset("seen-after", "2026-04", "A second team."),), [])


@pytest.mark.parametrize("since", ["1900-01", "1999-12", "2000-10", "2099-09"])
def test_a_month_of_two_centuries(since: str) -> None:
    assert read(**{RESETS: [{**RESET, "since": since}]})[1] == []


@pytest.mark.parametrize(
    "change",
    [
        {"since": "2026-00"},
        {"since": "2026-13"},
        {"since": "2026-4"},
        {"since": "1899-12"},
        {"since": "2100-01"},
        {"since": "2026-04-01"},
        {"since": "2026-Q2"},
        {"since": ""},
        {"why": " "},
        {"figure": ""},
        {"who": "me"},
    ],
)
def test_a_restart_that_lacks_something_is_a_fault_each(change: dict[str, str]) -> None:
    found, faults = read(**{RESETS: [RESET, {**RESET, **change}, {**RESET, **change}]})

    assert found is USUAL_COMPARISON
    assert len(faults) == 2


@pytest.mark.parametrize("left_out", sorted(RESET))
def test_a_restart_names_its_figure_its_month_and_why(left_out: str) -> None:
    assert len(read(**{RESETS: [{name: text for name, text in RESET.items() if name != left_out}]})[1]) == 1


def test_the_least_cases_rest_on_the_arithmetic_given() -> None:
    def lowest(cases: int) -> float:
        interval = wilson_interval(cases, cases)
        assert hasattr(interval, "low")
        return round(float(interval.low), 2)

    assert (lowest(20), lowest(10), lowest(1)) == (0.84, 0.72, 0.21)
    assert lowest(LEAST_CASES) > 0.75 > lowest(11)
    assert FEWEST <= LEAST_CASES <= MOST_CASES
