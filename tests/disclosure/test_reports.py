"""A reader of a whole report, who knows which figures count the same stays, makes out no small count of children."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp
from tests.made.quarters import COMMANDS, MEASURED, PERIOD, POLICY, REASONS, STAYS, facts, made_values

from duecare.report.quarterly.quarterly_report import quarterly_report
from duecare.report.release.printed_marks import HIDDEN
from duecare.report.release.release_clearance import cleared

BEFORE, (MOVED, CERTIFIED, REFUSED, NOTHING_CAME, NEVER) = REASONS[:2], REASONS[2:]
ASKED = {MOVED, REFUSED, NOTHING_CAME, f"{CERTIFIED}, asked"}
BAIL_REFUSED = {*ASKED, NEVER, f"{CERTIFIED}, not asked"}
TOLD = {"custody-held-overnight": "night", "custody-in-a-cell": "cell", "custody-adult-arrived-after": "adult"}
STEPS = {
    "custody-bail-refused": (BAIL_REFUSED, BAIL_REFUSED),
    "custody-accommodation-asked-for": (ASKED, BAIL_REFUSED),
    "custody-accommodation-never-asked-for": (BAIL_REFUSED - ASKED, BAIL_REFUSED),
    "custody-moved": ({MOVED}, ASKED),
}
AREAS = [area for _, areas in COMMANDS for area in areas]


class Reader:
    """All stays of one place or group are told apart by how far the law's steps came, and by three other questions."""

    def __init__(self):
        self.columns, self.rows = {}, []
        self.groups = defaultdict(set)

    def of(self, place, kinds):
        places = AREAS if place == "The whole force" else dict(COMMANDS).get(place, [place])
        return {self.columns.setdefault((one, kind), len(self.columns)): 1 for one in places for kind in kinds}

    def counts(self, figure, column, place, reason=""):
        if figure in STEPS:
            part, whole = STEPS[figure]
            return self.of(place, {"counted": part, "of_all": whole}[column])
        ask = f"{reason} {TOLD[figure]}".strip()
        kinds = {"counted": ["yes"], "of_all": ["yes", "no"], "not_known": ["unknown"]}[column]
        return self.of(place, [f"{ask} {kind}" for kind in kinds])

    def say(self, terms, low, high):
        self.rows.append((terms, low, high))

    def same(self, one, other):
        self.say({n: one.get(n, 0) - other.get(n, 0) for n in {*one, *other}}, 0, 0)

    def tie(self):
        steps = {*BEFORE, *BAIL_REFUSED}
        for place in {place for place, _ in list(self.columns)} | set(AREAS):
            for ask in TOLD.values():
                self.same(self.of(place, steps), self.of(place, [f"{ask} {k}" for k in ("yes", "no", "unknown")]))
        kinds = [*steps, *(f"{ask} {kind}" for ask in TOLD.values() for kind in ("yes", "no", "unknown"))]
        for groups in self.groups.values():
            for kind in kinds:
                every = {n: 1 for group in sorted(groups) for n in self.of(group, [kind])}
                self.same(every, self.of("The whole force", [kind]))
        for reason in REASONS:
            named = {one for one in steps if one.startswith(reason)}
            for kind in ("yes", "no", "unknown"):
                self.of("by reason", [f"{reason} night {kind}"])
            nights = self.of("by reason", [f"{reason} night {kind}" for kind in ("yes", "no", "unknown")])
            self.same(nights, self.of("The whole force", named))
        for kind in ("yes", "no", "unknown"):
            self.same(
                self.of("by reason", [f"{reason} night {kind}" for reason in REASONS]),
                self.of("The whole force", [f"night {kind}"]),
            )

    def most(self, terms, enough=5):
        at, value = [], []
        for row, (some, _, _) in enumerate(self.rows):
            at += [(row, column) for column in some]
            value += some.values()
        matrix = np.zeros((len(self.rows) + 1, len(self.columns)))
        for (row, column), one in zip(at, value, strict=True):
            matrix[row, column] = one
        cost = np.zeros(len(self.columns))
        for column in terms:
            matrix[-1, column], cost[column] = 1, -1
        lows = [low for _, low, _ in self.rows] + [0]
        highs = [high for _, _, high in self.rows] + [enough]
        found = milp(cost, constraints=LinearConstraint(matrix, lows, highs), integrality=np.ones(len(cost)))
        return round(-found.fun) if found.status == 0 else None


@pytest.mark.long
@pytest.mark.guarantee
@pytest.mark.parametrize("seed", [1, 2])
def test_no_small_count_of_stays_follows_from_all_tables_of_a_report(seed, assured):
    values = made_values(seed, 150, PERIOD, (*STAYS, *MEASURED[3:]))
    draft = quarterly_report(facts(values=values), "2026-q3")
    released = cleared(draft, (), POLICY).released
    truth = {table.id: table for table in draft.tables()}
    reader, hidden = Reader(), []
    titles = {one.title: one.id for one in facts().definitions}
    for table in released.tables():
        figure, _, dimension = table.id.partition("-by-")
        for row, true in zip(table.rows, truth[table.id].rows, strict=True):
            of = figure if figure in STAYS else titles.get(str(row[0]), "")
            if of not in STAYS:
                continue
            labels = sum(column.kind == "label" for column in table.columns)
            place, reason = str(row[labels - 1]), ""
            if dimension == "reason" and place != "The whole force":
                place, reason = "by reason", place
            elif dimension not in {"area", "bcu", "reason"}:
                place = f"{dimension} {place}"
                reader.groups[dimension].add(place)
            elif place == "not known":
                continue
            for column, cell, given in zip(table.columns[labels:], row[labels:], true[labels:], strict=True):
                if column.name not in {"counted", "of_all", "not_known"} or (
                    of in STEPS and column.name == "not_known"
                ):
                    continue
                terms = reader.counts(of, column.name, place, reason)
                if cell.mark == HIDDEN:
                    reader.say(terms, 1, np.inf)
                    if 0 < given.value < 5:
                        hidden.append((table.id, str(row[:labels]), column.name, given.value, terms))
                else:
                    reader.say(terms, cell.shown, cell.shown)
    reader.tie()

    assert len(hidden) > 20
    told = [one[:4] for one in hidden if reader.most(one[4]) != 5]
    assert told == []
    assured(
        "G20",
        method="integer-programming reader of a whole report, who knows which figures count the same stays",
        n=len(hidden),
        figure=f"{len(told)} small counts recovered",
        pass_mark="0 recovered",
        seed=seed,
    )
