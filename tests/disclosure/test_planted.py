"""Weak releases, planted: the attacker recovers the count from what is printed, and the auditor says so beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.counters.defects import seed
from tests.disclosure.attack import Outcome, attack
from tests.disclosure.attacker import Attacker, Page, Rule
from tests.disclosure.force import PERIOD, page

from duecare.disclosure import CellKey, ClearedTable, CountClass, Dimension, DisclosurePolicy, Earlier, Share, clearance
from duecare.disclosure.count_table import exact_form, hidden_form

AREAS = Dimension("area", (("", ("A", "B", "C", "D")),))
KINDS = Dimension("kind", (("", ("missing", "neglect")),))
POLICY = DisclosurePolicy()


def at(**cut: str) -> CellKey:
    return CellKey("children", frozenset(cut.items()))


@dataclass
class Planted:
    """What is printed, `*` where it is hidden, and the count that it gives away."""

    tables: list[dict[CellKey, str]]
    aim: CellKey
    insider: str = ""
    shares: dict[Share, str] | None = None
    earlier: list[dict[CellKey, str]] | None = None

    def releases(self) -> list[Earlier]:
        releases = [self.earlier, self.tables] if self.earlier else [self.tables]
        found = []
        for number, tables in enumerate(releases):
            truth = {cell: int(text.strip("*")) for table in tables for cell, text in table.items()}
            last = number == len(releases) - 1
            cleared = tuple(
                ClearedTable(
                    f"table {name}",
                    CountClass.CHILDREN,
                    (AREAS, KINDS, PERIOD),
                    {cell: hidden_form(1) if "*" in text else exact_form(int(text)) for cell, text in table.items()},
                    dict(self.shares or {}) if last and name == 0 else {},
                )
                for name, table in enumerate(tables)
            )
            found.append(Earlier(f"release {number}", cleared, truth))
        return found


FLAT = {at(area="A"): "*3", at(area="B"): "*12", at(area="C"): "0", at(area="D"): "*40", at(): "55"}
PLANTED = {
    "a total that was forgotten": Planted([{**FLAT, at(area="B"): "12", at(area="D"): "40"}], at(area="A")),
    "each table protected by itself": Planted(
        [
            {**FLAT, at(area="D"): "40"},
            {at(area="B", kind="missing"): "7", at(area="B", kind="neglect"): "5"},
        ],
        at(area="A"),
    ),
    "a percentage of exact counts": Planted([FLAT], at(area="A"), shares={Share(at(area="A"), at(), 1): "5.5"}),
    "the year to date less the quarters before": Planted(
        [
            {
                at(area="A", period="2026-Q2"): "*3",
                at(area="A", period="2026-to-Q2"): "23",
            }
        ],
        at(area="A", period="2026-Q2"),
        earlier=[{at(area="A", period="2026-Q1"): "20"}],
    ),
    "a nought that would have been printed": Planted(
        [{at(area="A"): "*4", at(area="B"): "*1", at(area="C"): "0", at(area="D"): "0", at(): "5"}], at(area="A")
    ),
    "one area knows its own": Planted([{**FLAT, at(area="D"): "40"}], at(area="A"), insider="B"),
    "one part left out of a table": Planted(
        [{at(area="A", kind="missing"): "17", at(area="A"): "20"}], at(area="A", kind="neglect")
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_attacker_recovers_what_a_weak_release_gives_away(name):
    planted = PLANTED[name]
    releases = planted.releases()
    public = [[page(table) for table in release.tables] for release in releases]
    truth = {cell: count for release in releases for cell, count in release.truth.items()}
    known = {
        ("children", cell.at): count for cell, count in truth.items() if planted.insider in {c for _, c in cell.at}
    }
    count = truth.get(planted.aim, 3)

    attacker = Attacker(public, Rule(), known)

    assert attacker.recovers(("children", planted.aim.at), count)


@pytest.mark.parametrize("name", PLANTED)
def test_the_auditor_narrows_what_a_weak_release_gives_away(name):
    *history, released = PLANTED[name].releases()

    _, narrowed = clearance.look_through(released, history, POLICY)

    assert PLANTED[name].aim.at in {cell.at for cell, *_ in narrowed}


def test_the_attacker_leaves_a_strong_release_alone():
    attacker = Attacker([[page(table) for table in Planted([FLAT], at()).releases()[0].tables]], Rule())

    assert not attacker.recovers(("children", at(area="A").at), 3)


def test_a_count_corrected_later_is_attacked_as_it_was_printed():
    of_a, of_b, whole = (("children", one.at) for one in (at(area="A"), at(area="B"), at()))
    sums = {"area": [("", ("A", "B"))]}
    releases = [[Page(True, sums, {of_a: "c", of_b: "12", whole: "15"})], [Page(True, sums, {of_b: "12"})]]

    attacker = Attacker(releases, Rule(), corrected=[set(), {("children", "A")}])

    assert attacker.recovers(of_a, 3)


def test_an_attacker_who_rules_out_the_true_count_is_mistaken():
    attacker = Attacker([[page(table) for table in Planted([FLAT], at()).releases()[0].tables]], Rule())

    with pytest.raises(AssertionError, match="mistaken"):
        attacker.recovers(("children", at(area="A").at), 0)


def test_a_count_far_above_the_least_it_can_be_is_not_recovered():
    of_a, of_b, whole = (("children", one.at) for one in (at(area="A"), at(area="B"), at()))
    attacker = Attacker([[Page(True, {"area": [("", ("A", "B"))]}, {of_a: "c", of_b: "c", whole: "200"})]], Rule())

    assert not attacker.recovers(of_a, 150)


def test_an_attacker_sees_through_tables_that_are_each_protected_by_themselves(monkeypatch):
    monkeypatch.setattr(clearance, "clear_tables", clearance.clear_tables)
    seed("per-table suppression")
    seen = Outcome()

    for number in (101, 102, 103):
        seen.add(attack(number, 3, POLICY))

    assert seen.recovered
