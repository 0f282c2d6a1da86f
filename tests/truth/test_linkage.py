"""People against the truth of the made-up force: what Splink's weights add, and what is lost without them."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from duecare.linkage import link_records, linkage_steps, pair_weights, shipped_model
from duecare.person.guard import Guards

Twos = set[tuple[str, str]]
BENCH = Path(__file__).parents[2] / "bench"


@dataclass(frozen=True)
class Force:
    """Records, and by `source:record_id` whose each one is and in which household they live, in truth."""

    records: pa.Table
    truth: dict[str, str]
    household: dict[str, str]


@pytest.fixture(scope="module")
def made_up_force(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The small force of a seed that no model was trained on: records and truth by `source:record_id`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        import linkage_force
    out = tmp_path_factory.mktemp("truth") / "force"
    linkage_force.write(out, times=1, seed=20_240_229)
    with (out / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        told = {f"{row['source']}:{row['record_id']}": row["household"] for row in csv.DictReader(file)}
    return Force(**{name: getattr(linkage_force.read(out), name) for name in ("records", "truth")}, household=told)


def twos(group_of: dict[str, str]) -> Twos:
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(group_of):
        groups[group_of[key]].append(key)
    return {(a, b) for keys in groups.values() for place, a in enumerate(keys) for b in keys[place + 1 :]}


def linked_people(force: Any, **named: Any) -> dict[str, str]:
    rows = link_records(force.records, **named).clusters.to_pylist()
    return {f"{row['source']}:{row['record_id']}": row["person"] for row in rows}


def exact_people(force: Any) -> dict[str, str]:
    """People by grouping on exact keys: names and birth date as written, letter case apart."""
    found = {}
    for row in force.records.to_pylist():
        key = f"{row['source']}:{row['record_id']}"
        names = [(row[name] or "").casefold() for name in ("given_names", "family_name", "date_of_birth")]
        found[key] = "|".join(names) if all(names) else key
    return found


def assert_people_are_right(found: Twos, true: Twos) -> None:
    assert len(found & true) / len(found) >= 0.998
    assert len(found & true) / len(true) >= 0.90


def assert_people_differ_from_exact_keys(found: Twos, exact: Twos, true: Twos) -> None:
    differing = (found ^ exact) & true
    assert len(differing) / len(true) >= 0.05


def test_people_are_right_and_differ_from_grouping_by_exact_keys_in_at_least_5_percent_of_true_pairs(
    made_up_force: Any,
) -> None:
    true, found = twos(made_up_force.truth), twos(linked_people(made_up_force))

    assert_people_are_right(found, true)
    assert_people_differ_from_exact_keys(found, twos(exact_people(made_up_force)), true)


@pytest.mark.long
@pytest.mark.parametrize("weight", [-1.0, 50.0])
def test_without_the_weights_of_splink_the_same_test_is_red(
    made_up_force: Any, monkeypatch: pytest.MonkeyPatch, weight: float
) -> None:
    """The counter: where all pairs weigh the same, too little or too much, people are wrong."""

    def weightless(connection: duckdb.DuckDBPyConnection, *args: Any, into_table: str, **named: Any) -> None:
        pair_weights.score_pairs(connection, *args, into_table=into_table, **named)
        connection.execute(f"update {into_table} set weight = {weight}").fetchall()

    monkeypatch.setattr(linkage_steps, "score_pairs", weightless)
    found, true = twos(linked_people(made_up_force)), twos(made_up_force.truth)

    with pytest.raises(AssertionError):
        assert_people_are_right(found or {("", "")}, true)


def test_grouping_by_exact_keys_would_not_do(made_up_force: Any) -> None:
    """The counter of the first test's second half: exact keys agree with themselves."""
    exact, true = twos(exact_people(made_up_force)), twos(made_up_force.truth)

    with pytest.raises(AssertionError):
        assert_people_differ_from_exact_keys(exact, exact, true)
    with pytest.raises(AssertionError):
        assert_people_are_right(exact, true)


def test_no_two_twins_of_the_made_up_force_are_one_person(made_up_force: Any) -> None:
    found = linked_people(made_up_force)
    born: dict[tuple[str, str], set[str]] = defaultdict(set)
    whose = {f"{r['source']}:{r['record_id']}": r for r in made_up_force.records.to_pylist()}
    for key, row in whose.items():
        if row["family_name"] and row["date_of_birth"] and row["postcode"]:
            born[f"{row['family_name']} {row['postcode']}".casefold(), row["date_of_birth"]].add(key)

    twins = [keys for keys in born.values() if len({made_up_force.truth[key] for key in keys}) > 1]

    assert twins, "the made-up force has no twins: this test would prove nothing"
    for keys in twins:
        for a in keys:
            for b in keys:
                assert found[a] != found[b] or made_up_force.truth[a] == made_up_force.truth[b]


def false_links_of_households(force: Force, found: dict[str, str]) -> Twos:
    """Which pairs of records are held to be one person, and are two people of one household?"""
    wrong = twos(found) - twos(force.truth)
    return {(a, b) for a, b in wrong if force.household.get(a) == force.household.get(b, b)}


def test_no_two_people_of_one_household_are_held_to_be_one(made_up_force: Force) -> None:
    """A million records may have 300 such pairs at most; these are some six thousand, so not one."""
    assert len(made_up_force.truth) > 5_000

    assert not false_links_of_households(made_up_force, linked_people(made_up_force))


@pytest.mark.long
def test_without_guards_and_household_class_that_test_is_red(made_up_force: Force) -> None:
    """The counter: what a household shares would be identity."""
    alone = linked_people(
        made_up_force,
        model=replace(shipped_model(), household=None),
        guards=Guards(twins=False, birth_date=False, too_little_to_compare=False, sex_and_birth_date=False),
    )
    with_class = linked_people(
        made_up_force,
        guards=Guards(twins=False, birth_date=False, too_little_to_compare=False, sex_and_birth_date=False),
    )

    without = len(false_links_of_households(made_up_force, alone))
    assert without > 10
    assert len(false_links_of_households(made_up_force, with_class)) < without / 2
