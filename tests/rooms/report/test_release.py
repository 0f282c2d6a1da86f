"""What is released has passed clearance: hidden numbers stay hidden in shares, intervals and sentences; bytes are bound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made.quarters import POLICY, clearance

from duecare.disclosure import Dimension
from duecare.figure.figure_definition import About
from duecare.report.draft_report import (
    Column,
    Count,
    Draft,
    DraftSection,
    DraftSentence,
    DraftTable,
    ShareOf,
    SureOf,
    Typical,
)
from duecare.report.release.printed_marks import HIDDEN, NOT_KNOWN
from duecare.report.release.release_clearance import cleared, clears_the_same
from duecare.report.release.release_serialisation import as_bytes, hash_of, read_released
from duecare.report.release.released_figures import ReleasedFigure
from duecare.vocabulary.refusals import Refusal

SUMS = (Dimension("area", (("", ("Ash", "Birch", "Cedar", "Dale")),)),)


def count(value, area="", measure="held", about=About.CHILDREN):
    return Count(measure, (("area", area),) if area else (), value, about)


def draft(numbers=(3, 12, 20, 40), said=(), about=About.CHILDREN):
    rows = []
    for area, value in zip(
        ("Ash", "Birch", "Cedar", "Dale", ""), (*numbers, sum(n for n in numbers if n)), strict=True
    ):
        part, whole = count(value, area, about=about), count(100 if area else 400, area, "in custody", about)
        rows.append((area or "All", part, whole, ShareOf(part, whole), SureOf(part, whole, "low"), Typical(7.25, part)))
    columns = (
        Column("area", "Borough", "label"), Column("held", "Held"), Column("of_all", "Of"),
        Column("share", "Share (%)", "number", ("held", "of_all")), Column("low", "Low (%)", "number"),
        Column("hours", "Hours", "number"),
    )  # fmt: skip
    table = DraftTable("held-by-area", "Held, by borough", columns, tuple(rows), adds_up=True)
    return Draft("q", "A report", "2026-Q3", "For all.", (), (DraftSection("Held", tuple(said), (table,)),), SUMS)


def shown(released):
    return [
        [cell if isinstance(cell, str) else cell.mark or cell.shown for cell in row]
        for row in released.tables()[0].rows
    ]


def test_a_released_figure_is_made_by_clearance_alone():
    with pytest.raises(Refusal) as refused:
        ReleasedFigure(3, "", "children held", object())

    assert refused.value.code == "REP-020"


def test_a_small_count_is_hidden_with_everything_worked_out_from_it_and_with_what_would_give_it_back():
    rows = shown(cleared(draft(), (), POLICY).released)

    assert rows[0] == ["Ash", HIDDEN, 100, HIDDEN, HIDDEN, HIDDEN]
    assert sum(row[1] == HIDDEN for row in rows[:4]) >= 2
    assert rows[4][1:4] == [75, 400, 18.8]


def test_what_is_typical_of_a_few_is_not_shown():
    rows = shown(cleared(draft((6, 12, 20, 40)), (), POLICY).released)

    assert [row[5] for row in rows] == [NOT_KNOWN, 7.2, 7.2, 7.2, 7.2]


def test_counts_of_practice_may_be_small():
    rows = shown(cleared(draft(about=About.PRACTICE), (), POLICY).released)

    assert [row[1] for row in rows] == [3, 12, 20, 40, 75]
    assert rows[0][3:5] == [3.0, 1.0]


def test_a_sentence_says_what_is_released_and_no_more():
    part, whole = count(3, "Ash"), count(100, "Ash", "in custody")
    said = DraftSentence("{} of {} in Ash ({}%).", (part, whole, ShareOf(part, whole)))
    released = cleared(draft(said=(said,)), (), POLICY).released

    assert released.sections[0].sentences == (
        "a number that is not shown of 100 in Ash (a number that is not shown%).",
    )


def test_what_is_not_known_is_a_gap_and_no_zero():
    rows = shown(cleared(draft((None, 12, 20, 40)), (), POLICY).released)

    assert rows[0] == ["Ash", NOT_KNOWN, 100, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN]


def test_a_report_that_gives_one_count_two_values_contradicts_itself():
    said = DraftSentence("{}", (count(4, "Ash"),))

    with pytest.raises(ValueError, match="two values"):
        cleared(draft(said=(said,)), (), POLICY)


def test_a_share_of_none_is_not_known():
    part, none = count(0, "Ash"), count(0, "Ash", "in custody")
    table = DraftTable(
        "t", "T", (Column("a", "A", "label"), Column("s", "S", "number")), (("Ash", ShareOf(part, none)),)
    )
    made = Draft("q", "A report", "2026-Q3", "", (), (DraftSection("S", (), (table,)),), SUMS)

    assert shown(cleared(made, (), POLICY).released) == [["Ash", NOT_KNOWN]]


def test_what_was_cleared_is_read_back_the_same_and_nothing_else_is():
    released = clearance().released
    held = as_bytes(released)

    assert read_released(held, hash_of(held)) == released
    assert as_bytes(read_released(held, hash_of(held))) == held
    with pytest.raises(Refusal) as refused:
        read_released(held.replace(b"374", b"375", 1), hash_of(held))
    assert refused.value.code == "REP-021"


def test_the_same_would_be_cleared_the_same_until_something_else_is_out():
    first = cleared(draft(), (), POLICY)
    assert clears_the_same(first.earlier, (), POLICY)

    columns = (Column("area", "Borough", "label"), Column("held", "Held"))
    alone = DraftTable("a", "A", columns, (("All", count(75)),))
    assert clears_the_same(first.earlier, (released_before(alone),), POLICY)
    others = DraftTable(
        "b", "B", columns, tuple((one, count(n, one)) for one, n in (("Birch", 12), ("Cedar", 20), ("Dale", 40)))
    )
    assert not clears_the_same(first.earlier, (released_before(others),), POLICY)


def released_before(table):
    """What the clearance of a report of this one table knew."""
    return cleared(Draft("o", "Other", "2026-Q3", "", (), (DraftSection("S", (), (table,)),), SUMS), (), POLICY).earlier


def test_where_the_rule_rounds_it_is_shown_how_many_are():
    rounding = replace(POLICY, mode="round")
    made = replace(draft(), sections=(replace(draft().sections[0], tells_loss=True),))

    assert "are rounded." in cleared(made, (), rounding).released.sections[0].sentences[-1]


def test_a_sentence_takes_numbers_and_no_words():
    with pytest.raises(TypeError):
        cleared(draft(said=(DraftSentence("{}", ("a word",)),)), (), POLICY)
