"""Which lines of the board of visits a scope admits: said as a query, and of one line that is not kept, alike."""

from __future__ import annotations

import itertools

import pytest
from tests.made.landed import NINE, RECEIVED

from duecare.access.may_open import Scope
from duecare.record.pole import CaseKey
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.store.findings.worklist_lines import VisitKept, Where, admits_line, visit_lines, visited_among
from duecare.store.linkage.linkage_runs import LinkState

pytestmark = pytest.mark.django_db

SCOPES = (
    Scope(),
    Scope(everything=True),
    Scope(everything=True, officers=frozenset({"x1"})),
    Scope(areas=frozenset({"eastmoor"})),
    Scope(teams=frozenset({"team one"}), officers=frozenset({"x1"})),
    Scope(areas=frozenset({""}), teams=frozenset({""})),
    Scope(custody_now=True),
)


def every_line() -> list[VisitKept]:
    """A line of each kind of place: by area, team, names and marks."""
    places = itertools.product(("", "Eastmoor"), ("", " Team One"), ((), ("X1",)), *((False, True),) * 3)
    return [
        VisitKept(
            Where(CaseKey("pole", "C1"), f"p{number:02d}", area, team, names, restricted, sealed, in_custody),
            "high", "", "open", "f", None, None, None, 0,
        )
        for number, (area, team, names, restricted, sealed, in_custody) in enumerate(places)
    ]  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
def test_a_line_is_admitted_where_the_query_finds_it(scope: Scope) -> None:
    run, lines = assessment_runs.begin_run(RECEIVED, NINE, None, "r", LinkState(), 0), every_line()
    worklist_lines.keep_visits(run, lines)

    found = {line.where.person for line in visit_lines(run.id, scope)}
    assert found == {line.where.person for line in lines if admits_line(scope, line.where)}


def test_whoever_is_on_the_board_is_there_whoever_may_see_them() -> None:
    run, lines = assessment_runs.begin_run(RECEIVED, NINE, None, "r", LinkState(), 0), every_line()
    worklist_lines.keep_visits(run, lines)

    assert visited_among(run.id, ["p00", "p63", "p64", "nobody"]) == {"p00", "p63"}
    assert visited_among(run.id + 1, ["p00"]) == set()
