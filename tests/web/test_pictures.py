"""Where things stand in the pictures of audits: in proportion, within the frame, numbered as their tables are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.agreement.crosstab import Crosstab
from duecare.audit.agreement.gap_breakdown import Part
from duecare.audit.agreement.gap_funnel import Funnel
from duecare.audit.agreement.optimism_gap import Gap, tango_interval
from duecare.audit.published.round_history import GapPoint, Point
from duecare.web.audit.audit_charts import crosstab_picture, funnel_picture, gaps_picture, history_picture
from duecare.web.site.formatting.plot import HEIGHT, WIDTH


def part(n: int, force_only: int) -> Part:
    return Part(
        "area", f"A{n}", Gap(n, n, n - force_only, force_only, 0, force_only / n, tango_interval(force_only, 0, n))
    )


def test_a_squares_area_is_the_number_of_files():
    found = crosstab_picture(Crosstab(("good", "bad"), 1, ((16, 4), (0, 1))))
    sizes = {one.count: one.size for one in found.squares}

    assert abs(sizes[16] / sizes[4] - 2) < 0.01
    assert abs(sizes[16] / sizes[1] - 4) < 0.02
    assert sizes[0] == 0
    assert [one.is_same for one in found.squares] == [True, False, False, True]
    assert [one.count for one in found.squares] == [16, 4, 0, 1]


def test_an_empty_cross_table_has_no_squares():
    assert {one.size for one in crosstab_picture(Crosstab(("good", "bad"), 1, ((0, 0), (0, 0)))).squares} == {0}


def test_the_funnel_marks_what_is_outside_and_its_limits_close():
    found = funnel_picture(Funnel(0.2, 0.4), [part(10, 2), part(100, 60), part(400, 80)])
    upper = next(points for name, points in found.lines if name == "95").split()

    assert [(one.label, one.stands_out) for one in found.marks] == [("1", False), ("2", True), ("3", False)]
    heights = [float(point.split(",")[1]) for point in upper]
    assert heights == sorted(heights) or heights == sorted(heights, reverse=True)
    assert found.marks[0].x < found.marks[1].x < found.marks[2].x


@given(
    st.lists(st.tuples(st.integers(1, 500), st.floats(0, 1)), min_size=1, max_size=30),
    st.floats(-1, 1),
    st.floats(0.01, 1),
)
def test_every_mark_stands_within_the_picture(parts, centre, spread):
    found = funnel_picture(Funnel(centre, spread), [part(n, round(n * share)) for n, share in parts])

    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in found.marks)
    assert all(
        0 <= float(number) <= WIDTH
        for _, points in found.lines
        for pair in points.split()
        for number in pair.split(",")
    )
    assert len(found.across) <= 11


ROUND = st.tuples(
    st.floats(1990, 2030), st.sampled_from(["force", "inspectorate", ""]), st.integers(1, 400), st.floats(0, 1)
)


@given(st.lists(ROUND, min_size=1, max_size=30))
def test_every_round_stands_in_its_year_with_its_interval_around_it(rows):
    points = [Point(str(at), year, side, n, round(n * share), "") for at, (year, side, n, share) in enumerate(rows)]
    found = history_picture(points)

    assert [one.label for one in found.marks] == [str(at) for at in range(1, len(points) + 1)]
    for mark in found.marks:
        assert mark.high <= mark.y <= mark.low
        assert 0 <= mark.x <= WIDTH


@given(
    st.lists(
        st.tuples(st.floats(1990, 2030), st.integers(1, 400), st.floats(0, 1), st.booleans()), min_size=1, max_size=30
    )
)
def test_every_gap_stands_within_the_picture_with_its_interval_around_it(rows):
    points = []
    for at, (year, n, share, is_kinder) in enumerate(rows):
        one = round(n * share)
        ends = tango_interval(one, 0, n) if is_kinder else tango_interval(0, one, n)
        points.append(GapPoint(str(at), year, n, one / n if is_kinder else -one / n, ends, ""))
    found = gaps_picture(points)

    for mark in found.marks:
        assert mark.high - 0.1 <= mark.y <= mark.low + 0.1
        assert 0 <= mark.high <= mark.low <= HEIGHT
