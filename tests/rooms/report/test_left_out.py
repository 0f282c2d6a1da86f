"""A table in which nothing can be read is left out, and named; whatever can be read stands."""

from __future__ import annotations

import pytest
from tests.made.quarters import POLICY

from duecare.disclosure import Dimension
from duecare.figure.figure_definition import About
from duecare.report.draft_report import Column, Count, Draft, DraftSection, DraftTable, ShareOf
from duecare.report.release.printed_marks import HIDDEN
from duecare.report.release.release_clearance import cleared

AREAS = ("Ash", "Birch", "Cedar")
SUMS = (Dimension("area", (("", AREAS),)),)
COLUMNS = (
    Column("area", "Borough", "label"), Column("counted", "Held"), Column("of_all", "Of"),
    Column("share", "Share (%)", "number", ("counted", "of_all")), Column("not_known", "Not known"),
)  # fmt: skip


def released(held, of, about=About.CHILDREN):
    """A report of one table: held and in custody, borough by borough, and their sums."""

    def count(measure, value, area):
        return Count(measure, (("area", area),) if area else (), value, about)

    rows = []
    for area, part, whole in zip((*AREAS, ""), (*held, sum(held)), (*of, sum(of)), strict=True):
        cells = count("held", part, area), count("in custody", whole, area)
        rows.append((area or "The whole force", *cells, ShareOf(*cells), count("held, not known", 0, area)))
    table = DraftTable("held-by-area", "Held, by borough", COLUMNS, tuple(rows), adds_up=True)
    made = Draft("q", "A report", "2026-Q3", "", (), (DraftSection("Held", (), (table,)),), SUMS)
    return cleared(made, (), POLICY).released


def test_a_table_of_nothing_but_marks_and_zeros_is_left_out_and_named():
    found = released((1, 2, 0), (1, 2, 0))

    assert found.tables() == ()
    assert found.sections[0].sentences == ("Not shown, because the numbers are too small: Held, by borough.",)


@pytest.mark.parametrize(
    ("held", "of"),
    [
        pytest.param((30, 12, 20), (60, 70, 80), id="all can be shown"),
        pytest.param((1, 2, 0), (60, 70, 80), id="of how many can be shown"),
        pytest.param((0, 0, 0), (1, 2, 1), id="nought for the whole force is what there is to read"),
        pytest.param((0, 0, 0), (0, 0, 0), id="noughts alone hide nothing"),
    ],
)
def test_a_table_with_something_to_read_stands(held, of):
    found = released(held, of)

    assert [table.id for table in found.tables()] == ["held-by-area"]
    assert found.sections[0].sentences == ()


def test_how_police_did_is_never_left_out():
    found = released((1, 2, 0), (1, 2, 0), About.PRACTICE)

    assert len(found.tables()) == 1
    assert HIDDEN not in str(found)
