"""What is one count in two figures is one count to disclosure control: no figure gives away what another hides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.made.quarters import PERIOD, STAYS, clearance, made_values

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_count import figure_values
from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import CountedLine
from duecare.figure.figure_value import cut_of

WHERE = {Dimension.AREA: "Ashmere", Dimension.BCU: "Dale Command", Dimension.MONTH: "2026-07"}
ELSEWHERE = {Dimension.AREA: "Coldbrook", Dimension.BCU: "Fold Command", Dimension.MONTH: "2026-08"}


def lines(figure, *told):
    """Lines of a figure: so many in Ashmere that count, do not, and with an unknown outcome; then in Coldbrook."""
    definition = figure_catalogue()[figure].definition
    found = []
    for where, some in ((WHERE, told[:3]), (ELSEWHERE, told[3:])):
        said = {one: where.get(one, "one group") for one in Dimension} | {Dimension.REASON: "not charged"}
        cuts = cut_of({one: said[one] for one in definition.by})
        for counts, how_many in zip((True, False, None), some, strict=True):
            amount = 2.0 if figure.endswith("arrived-after") and counts is not None else None
            found += [
                CountedLine(
                    figure,
                    f"{len(found) + number}",
                    datetime(2026, 7, 1, tzinfo=UTC),
                    counts,
                    "",
                    amount=amount,
                    cuts=cuts,
                )
                for number in range(how_many)
            ]
    return figure_values(definition, PERIOD, found)


def printed(released, table, place="Ashmere"):
    found = next(one for one in released.tables() if one.id == f"{table}-by-area")
    row = next(row for row in found.rows if row[0] == place)
    return {column.name: cell.shown for column, cell in zip(found.columns[1:], row[1:], strict=True)}


def test_who_was_never_asked_for_does_not_follow_from_who_was_asked_for():
    refused, asked = (20, 0, 0, 30, 0, 0), (17, 3, 0, 23, 7, 0)
    never, moved = (3, 17, 0, 7, 23, 0), (0, 17, 0, 6, 17, 0)
    told = {
        "custody-bail-refused": lines("custody-bail-refused", *refused),
        "custody-accommodation-asked-for": lines("custody-accommodation-asked-for", *asked),
        "custody-accommodation-never-asked-for": lines("custody-accommodation-never-asked-for", *never),
        "custody-moved": lines("custody-moved", *moved),
    }
    released = clearance(values={**_others(), **told}).released

    refused_here = printed(released, "custody-bail-refused")["counted"]
    asked_here = printed(released, "custody-moved")["of_all"]
    assert printed(released, "custody-accommodation-never-asked-for")["counted"] is None
    assert refused_here is None or asked_here is None, f"{refused_here} - {asked_here} tells of how many it is small"
    for one in ("asked-for", "never-asked-for"):
        assert printed(released, f"custody-accommodation-{one}")["of_all"] == refused_here


def test_of_how_many_it_is_not_known_does_not_follow_from_a_figure_of_the_same_stays():
    told = {
        "custody-held-overnight": lines("custody-held-overnight", 8, 12, 0, 20, 20, 0),
        "custody-in-a-cell": lines("custody-in-a-cell", 11, 6, 3, 20, 10, 10),
    }
    released = clearance(values={**_others(), **told}).released

    stays = printed(released, "custody-held-overnight")
    cells = printed(released, "custody-in-a-cell")
    assert cells["not_known"] is None
    assert None in (stays["of_all"], stays["not_known"], cells["of_all"]), "what both figures count of all is told"


@pytest.mark.long
def test_a_whole_made_up_quarter_is_cleared_with_every_figure_of_custody():
    assert clearance(values=made_values(5, 120, PERIOD, STAYS)).released


def _others():
    return {figure: some for figure, some in made_values().items() if not figure.startswith("custody")}
