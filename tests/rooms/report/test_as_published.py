"""A value as a release printed it: the same number that stands there, and nothing that it hides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made.quarters import clearance, made_values

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_definition import About, Unit
from duecare.report.draft_report import counts_of
from duecare.report.quarterly.as_published import Printed
from duecare.report.quarterly.quarterly_counts import counts_at
from duecare.report.quarterly.quarterly_tables import cells_of
from duecare.report.release.release_clearance import key_of

CHILDREN = [one for one in made_values() if figure_catalogue()[one].definition.about_in_public is About.CHILDREN]


@pytest.fixture(scope="module")
def made():
    found = clearance()
    return Printed(found.released), {bound.cell for bound in found.bounds}


def hides(definition, value, hidden):
    """Which counts that a row of this value rests on are hidden?"""
    return {
        count.measure for cell in cells_of(definition, value) for count in counts_of(cell) if key_of(count) in hidden
    }


def test_what_is_hidden_is_not_shown_and_what_is_printed_is_shown_as_it_is(made):
    printed, hidden = made
    told = not_printed = part_told = 0
    for figure in CHILDREN:
        definition = figure_catalogue()[figure].definition
        for kept in made_values()[figure]:
            counts, found = counts_at(definition, kept), printed.value(definition, kept)
            if found is None:
                not_printed += 1
                continue
            told += 1
            value, left_out = found
            is_hours = definition.unit is Unit.HOURS
            assert key_of(counts.part) not in hidden or is_hours
            assert counts.whole is None or key_of(counts.whole) not in hidden
            assert ("unknown" in left_out) is (key_of(counts.unknown) in hidden)
            assert (value.whole, value.unknown) == (kept.whole, 0 if "unknown" in left_out else kept.unknown)
            assert ("part" in left_out) is is_hours
            part_told += bool(hides(definition, kept, hidden))
            if not is_hours:
                assert (value.part, value.value, value.interval) == (kept.part, kept.value, kept.interval)
    assert (told > 20, not_printed > 20, part_told > 5) == (True, True, True)


def test_of_hours_it_is_shown_how_many_they_are_and_what_is_typical_to_one_decimal(made):
    printed, _ = made
    definition = figure_catalogue()["seen-after"].definition
    (kept,) = (one for one in made_values()["seen-after"] if not one.cut)

    found, _ = printed.value(definition, kept)

    assert (found.part, found.whole) == (0, kept.whole)
    assert found.value == pytest.approx(kept.value, abs=0.051)
    assert found.interval.low == pytest.approx(kept.interval.low, abs=0.051)


def test_a_value_of_another_period_was_not_printed(made):
    printed, _ = made
    (kept,) = (one for one in made_values()["seen-after"] if not one.cut)

    assert printed.value(figure_catalogue()["seen-after"].definition, replace(kept, period="2026-Q2")) is None
