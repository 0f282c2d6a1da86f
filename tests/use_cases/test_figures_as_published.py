"""Whoever is not shown all that was counted sees of children what was published, and by no other way more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.made.long_runs import mostly_long
from tests.made.quarters import COMMANDS, PERIOD, made_values
from tests.made.releases import OUT, figures_made_up, out
from tests.made.releases import enrolled as enrol
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.figure import Dimension, FigureValue
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_definition import FAIRNESS, About
from duecare.figure.hidden_value import is_hidden
from duecare.report.quarterly.as_published import TOO_FEW
from duecare.report.release.release_clearance import ReleasedFigure
from duecare.stats.interval import Interval
from duecare.store.figures import figure_snapshots
from duecare.use_cases.figures.compare_boroughs import read_boroughs
from duecare.use_cases.figures.explain_difference import explain_difference
from duecare.use_cases.figures.list_members import open_figure
from duecare.use_cases.figures.verify_snapshot import recompute_figure
from duecare.use_cases.figures.view_figures import KeptFigure, _whole_dimensions, read_figure, read_figures
from duecare.use_cases.releases.view_published import published_page
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

CHILDREN = [one for one in made_values() if figure_catalogue()[one].definition.about_in_public is About.CHILDREN]
NOT_ALL = {
    "expert": frozenset(),
    "mayors_office": frozenset(),
    "statistician": frozenset(),
    "bcu_lead": frozenset({COMMANDS[0][1][0]}),
}


def someone(role, areas=frozenset()):
    return asking(OUT + timedelta(days=1), Viewer(role, frozenset({role}), areas=areas))


def keep(values):
    rests = figure_snapshots.RestsOn("", "", "", "", 0, 0, 0, (), 0, "", "")
    number = figure_snapshots.begin_snapshot(
        period=PERIOD, as_of=NOW, known_at=NOW, recorded_at=NOW, account_name="made up", rests_on=rests
    )
    figure_snapshots.keep_values(number, [value for some in values.values() for value in some])
    return figure_snapshots.latest_snapshot(PERIOD)


@pytest.fixture
def kept(store, monkeypatch):
    figures_made_up(monkeypatch)
    enrol()
    return keep(made_values())


def values_of(page):
    return [page.kept, *(one for _, cut in page.cuts for one in cut), *page.through_time]


@pytest.mark.parametrize("role", mostly_long(NOT_ALL, list(NOT_ALL)[:1]))
def test_no_count_of_children_is_shown_before_it_is_published(store, kept, role):
    for figure in CHILDREN:
        page = read_figure(someone(role, NOT_ALL[role]), store.config, figure)
        for one in values_of(page):
            is_own = dict(one.value.cut).get(Dimension.AREA) in NOT_ALL[role]
            assert is_own or is_hidden(one.value), (figure, one.value.cut)


@pytest.mark.parametrize("role", mostly_long(NOT_ALL, list(NOT_ALL)[:1]))
def test_what_is_shown_is_what_was_published(store, kept, role):
    out(store.config)
    cells = [
        cell
        for table in published_page("2026-q3").released.tables()
        for row in table.rows
        for cell in row
        if isinstance(cell, ReleasedFigure)
    ]
    printed = {cell.about for cell in cells if cell.shown is not None}
    shown = 0
    for figure in CHILDREN:
        page = read_figure(someone(role, NOT_ALL[role]), store.config, figure)
        assert page.release == "2026-q3"
        for one in values_of(page):
            if not is_hidden(one.value) and dict(one.value.cut).get(Dimension.AREA) not in NOT_ALL[role]:
                shown += 1
                assert one.as_published
                if figure == "seen-after":
                    at = [f"{by.value} in {PERIOD} {said}" if by in FAIRNESS else said for by, said in one.value.cut]
                    assert any(
                        about.startswith(f"{figure}, of all") and all(a in about for a in at) for about in printed
                    )
    assert shown > 20


def test_what_was_counted_again_since_is_not_shown_before_it_is_published(store, kept):
    out(store.config)
    before = [one.value for one in values_of(read_figure(someone("expert"), store.config, "custody-held-overnight"))]
    keep(made_values(seed=2))

    again = [one.value for one in values_of(read_figure(someone("expert"), store.config, "custody-held-overnight"))]

    assert before[0] == again[0]
    assert read_figure(someone("chief_officer"), store.config, "custody-held-overnight").kept.value != again[0]


def test_nobody_else_opens_or_works_out_again_what_was_published(store, kept):
    out(store.config)
    page = read_figure(someone("expert"), store.config, "custody-held-overnight")
    assert not is_hidden(page.kept.value)

    with pytest.raises(Refusal) as refused:
        recompute_figure(someone("expert"), store.config, page.kept.key)
    assert refused.value.code == "REP-031"
    with pytest.raises(Refusal) as refused:
        open_figure(someone("bcu_lead", NOT_ALL["bcu_lead"]), page.kept.key)
    assert refused.value.code == "REP-031"


def test_groups_are_compared_only_where_all_their_counts_were_published(store, kept):
    assert read_figure(someone("expert"), store.config, "seen-after").fairness == ()
    everything = read_figure(someone("chief_officer"), store.config, "seen-after")
    assert {by for by, _ in everything.fairness} == {by for by, _ in everything.cuts if by in FAIRNESS}


def test_boroughs_stand_side_by_side_by_what_was_done_alone(store, kept):
    page = read_boroughs(someone("expert"), store.config)

    assert page.left_out
    assert not {one.id for one in page.figures} & set(CHILDREN)


def test_the_list_of_figures_says_by_which_release(store, kept):
    assert read_figures(someone("expert")).release == ""
    out(store.config)
    assert read_figures(someone("expert")).release == "2026-q3"


HALF = Interval(9.0, 15.0, "order statistics")


def hours(sex: str, number: int, value: float | Unknown, *, printed: bool = False) -> KeptFigure:
    """How long until a child of this sex was seen, as counted; or as a release printed it, without how many were seen."""
    one = FigureValue("seen-after", PERIOD, ((Dimension.SEX, sex),), 0 if printed else number, number, 0, value, HALF)
    return KeptFigure(sex, one, as_published=printed, not_printed=frozenset({"part"} if printed else ()))


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        pytest.param(12.3, [Dimension.SEX], id="as printed, to one place"),
        pytest.param(TOO_FEW, [], id="of too few for the release to say what is typical"),
        pytest.param(14.0, [], id="counted anew since"),
    ],
)
def test_hours_of_groups_are_compared_only_where_what_is_typical_of_each_was_published(printed, compared):
    counted = [hours("female", 7, 12.34), hours("male", 30, 20.0)]
    shown = [hours("female", 7, printed, printed=True), hours("male", 30, 20.0, printed=True)]

    assert _whole_dimensions(counted, shown) == compared


def test_what_officers_said_of_a_group_is_read_where_its_difference_is(store, kept):
    answer = {"dimension": "sex", "group": "one group", "answer": "explained", "words": "Few were asked."}
    explain_difference(someone("chief_officer"), snapshot=kept.id, figure="seen-after", **answer)

    assert [one.words for one in read_figure(someone("chief_officer"), store.config, "seen-after").answers] == [
        "Few were asked."
    ]
    assert read_figure(someone("expert"), store.config, "seen-after").answers == ()
