"""A row that lacks is read as a 0: of children none lacks, so that clearance knows what a reader knows."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.made.quarters import PERIOD, clearance, made_values

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_count import figure_values
from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import NOT_KNOWN, CountedLine
from duecare.figure.figure_value import cut_of

FIGURE = "return-interview-within-72-hours"


def seven_children():
    """Five girls and two boys, of none of whom a disability is known; other figures know of some."""
    definition = figure_catalogue()[FIGURE].definition
    found = []
    for number in range(7):
        said = dict.fromkeys(Dimension, NOT_KNOWN) | {
            Dimension.AREA: "Alderwick", Dimension.BCU: "Dale Command", Dimension.MONTH: "2026-07",
            Dimension.SEX: "female" if number < 5 else "male",
        }  # fmt: skip
        cuts = cut_of({one: said[one] for one in definition.by})
        found.append(CountedLine(FIGURE, str(number), datetime(2026, 7, 1, tzinfo=UTC), True, "", cuts=cuts))
    return figure_values(definition, PERIOD, found)


def rows_of(released, table):
    title = figure_catalogue()[FIGURE].definition.title
    found = next((one for one in released.tables() if one.id == f"shares-by-{table}"), None)
    return {row[1]: row[2].shown for row in found.rows if row[0] == title} if found else {}


def test_two_boys_do_not_follow_from_five_girls_and_seven_of_whom_nothing_is_known():
    released = clearance(values={**made_values(), FIGURE: seven_children()}).released
    sexes, disabilities = rows_of(released, "sex"), rows_of(released, "disability")

    assert sexes["male"] is None
    assert None in (sexes["female"], disabilities[NOT_KNOWN])
    assert {"one group", "another group"} <= disabilities.keys()


def test_of_children_the_row_of_no_known_place_is_always_there():
    released = clearance(values={**made_values(), FIGURE: seven_children()}).released
    by_command = next(one for one in released.tables() if one.id == f"{FIGURE}-by-bcu")

    assert [row[0] for row in by_command.rows][-2:] == [NOT_KNOWN, "The whole force"]
