"""Who a child is makes a count of practice a count of children: a group of few is not printed, and the boroughs are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.made.quarters import PERIOD, clearance, made_values

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_count import figure_values
from duecare.figure.figure_definition import About, Dimension
from duecare.figure.figure_line import CountedLine
from duecare.figure.figure_value import cut_of


@pytest.mark.parametrize(("figure", "table"), [("seen-after", "times"), ("return-interview-within-72-hours", "shares")])
def test_a_group_of_few_children_is_not_printed(figure, table):
    released = clearance(values={**made_values(), figure: two_disabled_children_of_sixty(figure)}).released

    found = next(one for one in released.tables() if one.id == f"{table}-by-disability")
    title = figure_catalogue()[figure].definition.title
    shown = {row[1]: row[2 + (table == "shares")].shown for row in found.rows if row[0] == title}
    assert (shown.pop("yes"), shown.pop("no")) == (None, None)
    assert set(shown.values()) == {0}


def test_graded_files_and_duties_are_printed_as_practice():
    about = {one: figure.definition.about_in_public for one, figure in figure_catalogue().items()}

    assert {about[one] for one in about if one.startswith(("grades", "late-", "visits"))} == {About.PRACTICE}
    assert about["seen-after"] is about["custody-moved"] is About.CHILDREN


def two_disabled_children_of_sixty(figure):
    definition = figure_catalogue()[figure].definition
    found = []
    for number in range(60):
        said = dict.fromkeys(Dimension, "one group") | {
            Dimension.AREA: "Alderwick", Dimension.BCU: "Dale Command", Dimension.MONTH: "2026-07",
            Dimension.DISABILITY: "yes" if number < 2 else "no", Dimension.RISK: "low",
        }  # fmt: skip
        cuts = cut_of({one: said[one] for one in definition.by})
        at = datetime(2026, 7, 1, tzinfo=UTC)
        amount = 3.0 if figure == "seen-after" else None
        found.append(CountedLine(figure, str(number), at, number % 3 > 0, "", amount=amount, cuts=cuts))
    return figure_values(definition, PERIOD, found)
