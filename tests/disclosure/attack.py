"""One history of releases, drafted, cleared, printed, and attacked with all that was ever printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.disclosure.attacker import Attacker, Rule
from tests.disclosure.force import QUARTERS, correct, drafted, made, page

from duecare.disclosure import DisclosurePolicy, Earlier, clearance
from duecare.vocabulary.refusals import Refusal


@dataclass
class Outcome:
    """How many counts were attacked, which were recovered, how many drafts were refused, how much was lost?"""

    attacked: int = 0
    recovered: list[str] = field(default_factory=list)
    releases: int = 0
    refused: int = 0
    cells: int = 0
    small: int = 0
    for_others: int = 0

    def add(self, other: Outcome) -> None:
        for name in ("attacked", "recovered", "releases", "refused", "cells", "small", "for_others"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def attack(seed: int, quarters: int, policy: DisclosurePolicy, *, insiders: int = 1) -> Outcome:
    """A made-up force of this seed publishes for so many quarters; then everything ever printed is attacked.

    By one who knows no area's figures, and by so many who know one area's in full.
    """
    force, outcome = made(seed, quarters), Outcome()
    history: list[Earlier] = []
    public, corrected, waiting = [], [], set()
    children: dict = {}
    for number in range(quarters):
        if number:
            waiting |= correct(force, number)
        try:
            found = clearance.clear_tables(drafted(force, number), history, policy)
        except Refusal as refusal:
            if refusal.code != "REP-011":
                raise
            outcome.refused += 1
            continue
        outcome.releases += 1
        outcome.cells += found.summary.cells
        outcome.small += found.summary.small
        outcome.for_others += found.summary.hidden_for_others
        history.append(found.as_earlier(QUARTERS[number]))
        public.append([page(table) for table in found.tables])
        corrected.append(waiting)
        waiting, children = set(), dict(force.children)
    if not history:
        return outcome
    is_round = policy.mode == "round"
    rule = Rule(is_round, policy.threshold, policy.base, zeros_are_shown=policy.zeros == "shown" and not is_round)
    forms = {cell: form for one in history for table in one.tables for cell, form in table.cells.items()}
    truth = {cell: count for one in history for cell, count in one.truth.items()}
    for insider in ("", *force.areas[:insiders]):
        known = {}
        for name, count in children.items():
            at = dict(zip(["period", *force.dimensions], name, strict=True))
            if at["area"] == insider and QUARTERS.index(at["period"]) < quarters:
                known["children", frozenset(at.items())] = count
        attacker = Attacker(public, rule, known, corrected)
        for cell, form in forms.items():
            is_theirs = cell.category("area") in {insider, ""} or cell.category("area") not in force.areas
            if form.form == "exact" or (insider and (is_theirs or not policy.is_small(truth[cell]))):
                continue
            outcome.attacked += 1
            if attacker.recovers((cell.measure, cell.at), truth[cell], policy.protection):
                outcome.recovered.append(f"seed {seed}, knowing {insider or 'nothing'}: {cell.text} is {truth[cell]}")
    return outcome
