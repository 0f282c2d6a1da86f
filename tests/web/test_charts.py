"""Pictures of figures: every mark within its frame and numbered as its table, shapes that tell, no style and no script."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import FileSystemLoader

import duecare.web
from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.funnel_chart import funnel_of
from duecare.figure.charts.p_chart import p_chart
from duecare.figure.charts.xmr_chart import Measured, xmr_chart
from duecare.figure.comparison.group_fairness import Cell, group_fairness
from duecare.figure.comparison.hour_differences import HoursApart
from duecare.figure.comparison.share_differences import share_difference
from duecare.figure.counted_share import Counted
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown
from duecare.web.jinja import environment
from duecare.web.site.formatting import charts
from duecare.web.site.formatting.tile_map import TILE, tile_map

AREAS = (
    Counted("Ashmere", 45, 100, 2), *(Counted(f"Area {at}", 18 + at % 5, 100) for at in range(19)),
    Counted("Millrace", 31, 100), Counted("<b>Westering</b>", 0, 0, 3),
)  # fmt: skip
FUNNEL = funnel_of(AREAS)
MONTHS = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(30)]
SHARES = p_chart(
    [*(Counted(month, 8 + at % 3, 60) for at, month in enumerate(MONTHS[:-1])), Counted(MONTHS[-1], 40, 60)]
)
HOURS = xmr_chart(
    [Measured(month, 30.0 + at % 4 if at < 15 else 10.0 + at % 4) for at, month in enumerate(MONTHS)],
    [Rebase(MONTHS[15], "Moved to one desk.")],
).values


def points_of(picture):
    return [tuple(map(float, pair.split(","))) for _, line in picture.lines for pair in line.split()]


def is_within(picture):
    left, top, wide, tall = picture.frame
    return all(
        left - 0.1 <= x <= left + wide + 0.1 and top - 0.1 <= y <= top + tall + 0.1
        for x, y in (*points_of(picture), *((one.x, one.y) for one in picture.marks))
    )


def test_the_funnel_shows_by_shape_and_number_who_is_outside():
    picture = charts.shares_funnel(FUNNEL, AREAS)

    assert [(one.shape, one.label, one.stands_out) for one in picture.marks if one.label] == [
        ("square", "1", True),
        ("diamond", "21", False),
    ]
    assert {one.shape for one in picture.marks if not one.label} == {"circle"}
    assert len(picture.marks) == 21
    assert is_within(picture)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=40)
)
def test_every_area_with_cases_stands_within_the_funnel(rows):
    areas = tuple(Counted(str(at), part, n) for at, (part, n) in enumerate(rows))
    found = funnel_of(areas)

    if not isinstance(found, Unknown):
        assert is_within(charts.shares_funnel(found, areas))


@pytest.mark.parametrize("picture", [charts.shares_funnel(FUNNEL, AREAS), charts.series(SHARES)])
def test_for_a_telephone_the_same_is_drawn_narrow(picture):
    assert picture.narrow.width <= 390 - 2 * 15
    assert is_within(picture.narrow)
    assert [(one.label, one.shape) for one in picture.narrow.marks] == [(one.label, one.shape) for one in picture.marks]
    assert len(picture.narrow.across) <= 6


def test_a_series_shows_by_shape_what_is_more_than_chance():
    picture = charts.series(SHARES)

    assert [(one.shape, one.label) for one in picture.marks if one.label] == [("square", "30")]
    assert len(picture.marks) == 30
    assert [text for _, _, text in picture.across][:2] == ["2024-01", "2024-06"]
    assert is_within(picture)


def test_a_series_shows_where_limits_were_reset_and_its_lines_break_there():
    picture = charts.series(HOURS, charts.hours_tick)

    assert [text for _, _, text in picture.began] == ["reset"]
    assert [name for name, _ in picture.lines] == ["series", "centre", "limit", "limit", "centre", "limit", "limit"]
    assert is_within(picture)


def test_a_month_that_is_not_known_breaks_the_line_and_has_no_mark():
    series = [Measured(month, 20.0 + at % 3 if at != 14 else Unknown("stale")) for at, month in enumerate(MONTHS)]
    picture = charts.series(xmr_chart(series).values)

    assert [name for name, _ in picture.lines].count("series") == 2
    assert len(picture.marks) == 29


@given(st.lists(st.floats(0, 10_000), min_size=1, max_size=50))
def test_every_point_of_any_series_stands_within(values):
    assert is_within(
        charts.series(xmr_chart([Measured(str(at), one) for at, one in enumerate(values)]).values, charts.hours_tick)
    )


def test_of_no_points_there_is_an_empty_frame():
    empty = p_chart([])

    assert charts.series(empty).marks == ()
    assert charts.small_series([empty])[0].marks == ()


def test_small_series_stand_on_one_scale():
    quiet = p_chart([Counted(month, 2, 60) for month in MONTHS])
    one, other = charts.small_series([quiet, SHARES])

    assert one.up == other.up
    assert one.marks[0].y > other.marks[0].y
    assert is_within(one)
    assert is_within(other)


APART = [
    ("A", share_difference(Counted("a", 40, 100), Counted("b", 20, 100))),
    ("B", share_difference(Counted("a", 21, 100), Counted("b", 20, 100))),
    ("C", Unknown("few")),
    ("D", HoursApart(-0.2, Interval(-0.3, -0.1, "ranks"), 20, 20)),
]


def test_differences_stand_around_zero_and_those_not_shown_have_no_mark():
    picture = charts.forest(APART)
    a, b, c, d = picture.rows

    assert (a.is_told, b.is_told, c.is_told, d.is_told) == (True, False, False, True)
    assert (c.middle, c.said) == (None, "not known")
    assert b.low < picture.zero < b.middle < b.high
    assert d.high < picture.zero < a.low
    assert all(0 <= one.low <= one.high <= picture.width for one in picture.rows)
    assert picture.width <= 390 - 30


def test_of_no_differences_there_is_only_zero():
    picture = charts.forest([("A", Unknown("few"))])

    assert 0 <= picture.zero <= picture.width


def test_ticks_are_round_few_and_reach_around():
    assert [text for _, text in charts.ticks(0.071, 0.312, 8, charts.share_tick)] == [
        "5%", "10%", "15%", "20%", "25%", "30%", "35%",
    ]  # fmt: skip
    assert [text for _, text in charts.ticks(-0.2, 0.1, 6, charts.points_tick)] == ["−20", "−10", "0", "+10"]
    assert charts.ticks(0, 0, 6, charts.hours_tick)[0][1] == "0"
    assert charts.hours_tick(1_200) == "1,200"


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_ticks_hold_what_they_are_for(low, more):
    found = [value for value, _ in charts.ticks(low, low + more, 8, charts.hours_tick)]

    assert 2 <= len(found) <= 10
    assert found[0] <= low + 1e-6
    assert low + more <= found[-1] + 1e-6


ROWS = (("Ashmere", "", "Area 3"), ("", "Millrace", "Nowhere"))


def test_each_area_has_one_tile_where_it_is_laid_out_and_the_rest_stand_below():
    found = tile_map(AREAS, FUNNEL, ROWS)
    at = {AREAS[one.number - 1].label: (one.x, one.y) for one in found.tiles}

    assert found.is_laid_out
    assert len(found.tiles) == len(AREAS) == len(set(at.values()))
    assert at["Ashmere"][1] == at["Area 3"][1] < at["Millrace"][1] < at["Area 0"][1]
    assert at["Ashmere"][0] < at["Millrace"][0] < at["Area 3"][0]
    assert all(one.x >= 0 and one.x + TILE <= found.width and one.y + TILE <= found.height for one in found.tiles)


def test_without_a_layout_tiles_stand_in_order_and_the_map_knows():
    found = tile_map(AREAS, FUNNEL)

    assert not found.is_laid_out
    assert (found.tiles[0].x, found.tiles[0].y) < (found.tiles[1].x, found.tiles[1].y)
    assert tile_map((), FUNNEL).tiles == ()


def test_a_tile_shows_by_its_sign_what_its_colour_shows():
    tiles = {AREAS[one.number - 1].label: one for one in tile_map(AREAS, FUNNEL, ROWS).tiles}
    below = tile_map((Counted("Low", 2, 100), Counted("Lower", 11, 100)), FUNNEL).tiles

    assert [tiles[name].sign for name in ("Ashmere", "Millrace", "Area 3", "<b>Westering</b>")] == ["▲▲", "▲", "", "–"]
    assert [one.sign for one in below] == ["▼▼", "▼"]
    assert tiles["Ashmere"].is_flagged
    assert not tiles["Millrace"].is_flagged
    assert tiles["<b>Westering</b>"].value == ""
    assert tile_map(AREAS, Unknown("one area")).tiles[0].sign == "?"


def test_long_names_stand_on_two_lines_and_are_cut():
    found = tile_map((Counted("Fallowfield Vale", 1, 9), Counted("Kensingtonandchelsea", 1, 9)), Unknown("few")).tiles

    assert found[0].name == ("Fallowfield", "Vale")
    assert found[1].name == ("Kensingtona…",)


FAIR = group_fairness(
    [Cell("x", "Black", 40, 100), Cell("x", "White", 20, 100), Cell("x", "Other", 1, 4), Cell("x", None, 2, 9)]
)


@pytest.fixture(scope="module")
def page():
    made = environment(loader=FileSystemLoader(Path(duecare.web.__file__).parent / "templates"))
    asked = """{% import "figures/parts/charts.html" as c %}
        {{ c.funnel(funnel, areas, funnel_picture, "By area") }}{{ c.funnel(no_limits, areas, False, "Not told") }}
        {{ c.tiles(map, "Map") }}{{ c.series(shares, shares_picture, "By month") }}
        {{ c.series(hours, hours_picture, "Hours by month", "Hours", "hours") }}
        {{ c.small_series(small, "By area and month") }}{{ c.forest(fair_picture, "By ethnicity") }}"""
    return made.from_string(asked).render(
        funnel=FUNNEL, no_limits=Unknown("one area"), areas=AREAS, funnel_picture=charts.shares_funnel(FUNNEL, AREAS),
        map=tile_map(AREAS, FUNNEL, ROWS), shares=SHARES, shares_picture=charts.series(SHARES), hours=HOURS,
        hours_picture=charts.series(HOURS, charts.hours_tick),
        small=[("Ashmere", SHARES, charts.small_series([SHARES])[0])],
        fair_picture=charts.forest([(one.counted.label, one.like_with_like) for one in FAIR.groups]),
    )  # fmt: skip


def test_a_page_of_charts_has_neither_style_nor_script(page):
    assert not re.search(r"style=|<style|<script|onload|url\(", page)
    assert "<b>" not in page
    assert "&lt;b&gt;Westering" in page


def test_every_picture_has_its_words_and_its_table(page):
    assert page.count("<svg") == page.count('role="img"') == page.count("The table says the same.") == 6 + 3
    assert page.count("duecare-broad") == page.count("duecare-narrow") == 3
    assert page.count("<table") == 5
    assert page.count('scope="row"') == page.count("<tr") - 5


def test_limits_are_spoken_of_only_where_they_are_drawn():
    made = environment(loader=FileSystemLoader(Path(duecare.web.__file__).parent / "templates"))
    few = p_chart([Counted(month, 8, 60) for month in MONTHS[:3]])
    said = [
        made.from_string(
            '{% import "figures/parts/charts.html" as c %}{{ c.series(chart, picture, "By month") }}'
        ).render(chart=chart, picture=charts.series(chart))
        for chart in (few, SHARES)
    ]

    assert ["Dashed lines: the limits" in one for one in said] == [False, True]


def test_text_on_pictures_is_dark(page):
    assert set(re.findall(r'<text[^>]* fill="([^"]+)"', page)) == {"#0b0c0c"}
    assert all('fill="' in one for one in re.findall(r"<text[^>]*>", page))


def test_what_is_not_known_is_said_beside_the_rest(page):
    assert "We could not work out limits: one area." in page
    assert "no cases" in page
    assert ">not known</text>" in page
    assert "Moved to one desk." in page
