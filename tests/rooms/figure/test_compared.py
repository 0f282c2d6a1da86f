"""The lines of a figure as cells that statistics compare."""

from math import inf

from tests.made.figures import START

from duecare.figure import CountedLine, Dimension, cut_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.comparison.compared_cells import areas_of, compared_groups, differing_groups
from duecare.figure.figure_count import median_of, value_at
from duecare.figure.figure_value import FigureValue
from duecare.vocabulary.unknown import Unknown

SHARE, HOURS = (
    figure_catalogue()["return-interview-within-72-hours"].definition,
    figure_catalogue()["seen-after"].definition,
)


def line(of, number, counts, sex, amount=None):
    cuts = dict.fromkeys(of.by, "not known") | {Dimension.AREA: "Eastmoor", Dimension.SEX: sex}
    return CountedLine(of.id, str(number), START, counts, "", amount=amount, cuts=cut_of(cuts))


def test_a_group_that_fares_worse_than_those_like_it_is_shown():
    lines = [line(SHARE, n, n % 4 > 0, "female") for n in range(60)] + [
        line(SHARE, n, n % 4 == 0, "male") for n in range(60)
    ]
    lines += [line(SHARE, n, None, "male") for n in range(9)] + [line(SHARE, 1, True, "not known")]

    found = compared_groups(SHARE, lines, Dimension.SEX)

    assert set(differing_groups(found)) == {"female", "male"}
    assert found.not_known.n == 1
    assert [one.counted.n for one in found.groups] == [60, 60]


def test_hours_that_have_not_ended_are_longer_than_all_others():
    lines = [line(HOURS, n, True, "female", 1.0 + n / 10) for n in range(40)]
    lines += [line(HOURS, n, n % 2 == 0, "male", 20.0 + n if n % 2 == 0 else inf) for n in range(40)]

    found = compared_groups(HOURS, lines, Dimension.SEX)

    assert set(differing_groups(found)) == {"female", "male"}
    assert {one.label: one.median for one in found.groups}["male"] == (58 + 2 * 58) / 2


def test_hours_of_nobody_compare_nothing():
    assert compared_groups(HOURS, [line(HOURS, 1, False, "male", inf)], Dimension.SEX).groups[0].n == 1


def test_a_count_and_a_difference_are_not_compared():
    for figure in ("custody-bail-refused", "grades-gap"):
        assert compared_groups(figure_catalogue()[figure].definition, [], Dimension.SEX) is None


def test_areas_are_handed_to_the_funnel_as_they_were_counted():
    value = FigureValue(SHARE.id, "2026-Q3", ((Dimension.AREA, "Eastmoor"),), 3, 9, 2, 1 / 3)
    (found,) = areas_of([value])

    assert (found.label, found.part, found.n, found.unknown) == ("Eastmoor", 3, 9, 2)


def test_the_interval_of_a_median_is_by_ranks_and_refused_of_few():
    value, sure = median_of([float(n) for n in range(1, 26)])
    assert (value, sure.low, sure.high) == (13.0, 7.0, 19.0)
    assert isinstance(median_of([1.0, 2.0])[1], Unknown)
    assert isinstance(median_of([1.0] * 15 + [inf] * 15)[0], Unknown)
    assert isinstance(median_of([1.0] * 16 + [inf] * 14)[1], Unknown)


def test_a_gap_of_files_of_which_nobody_knows_how_they_were_drawn_has_its_interval_in_the_round():
    gap = figure_catalogue()["grades-gap"].definition
    cuts = cut_of(dict.fromkeys(gap.by, "not known"))
    lines = [CountedLine(gap.id, str(n), START, n < 3, "", amount=1.0 if n < 3 else 0.0, cuts=cuts) for n in range(10)]

    found = value_at(gap, "2026-Q3", (), lines)

    assert found.value == 0.3
    assert isinstance(found.interval, Unknown)
    assert isinstance(value_at(gap, "2026-Q3", (), []).value, Unknown)
