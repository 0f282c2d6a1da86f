"""The engine's cuts of all figures are the judge's, one for one."""

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.figures import START

from duecare.figure import CountedLine, cut_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.engine import engine_tallies
from duecare.figure.figure_count import cut_tallies as judged
from duecare.figure.figure_count import figure_values, valued_cuts
from duecare.store.bulk.duckdb_engine import Duck

FIGURES = ["custody-held-overnight", "seen-after", "grades-gap", "grades-met-by-force", "late-local-see-the-child"]
COUNTS = st.sampled_from([True, False, None])
AMOUNTS = st.sampled_from([0.0, 1.5, 40.0, float("inf")])


@st.composite
def a_line(draw):
    figure = draw(st.sampled_from(FIGURES))
    of = figure_catalogue()[figure].definition
    cuts = {one: draw(st.sampled_from(["one", "two's", "not known"])) for one in sorted(of.by)}
    amount = None
    if figure == "seen-after":
        amount = draw(AMOUNTS)
    elif figure == "grades-gap":
        amount = draw(st.sampled_from([1.0, 0.0, -1.0]))
    drawn = figure.startswith("grades") and draw(st.integers(0, 9)) > 0
    counts = draw(COUNTS)
    return CountedLine(
        figure, str(draw(st.integers())), START, counts, "", amount=amount if counts is not None else None,
        cuts=cut_of(cuts), stratum=draw(st.sampled_from(["a", "b"])) if drawn else "", frame=200 if drawn else 0,
    )  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_line(), max_size=60))
def test_the_engine_counts_every_cut_of_every_figure_as_the_judge_does(members):
    definitions = [one.definition for one in figure_catalogue().values()]

    with duckdb.connect() as connection:
        found = engine_tallies(Duck(connection), definitions, members)

    for of in definitions:
        mine = [one for one in members if one.figure == of.id]
        assert found.get(of.id, {}) == judged(of, mine)
        assert repr(valued_cuts(of, "2026-Q3", found.get(of.id, {}))) == repr(figure_values(of, "2026-Q3", mine))
