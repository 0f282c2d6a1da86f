"""The optimism gap and its paired interval, from the cross-table and from totals alone."""

from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rooms.audit.tables import AIRWAYS, WORDS, table, tables

from duecare.audit.agreement import optimism_gap as agreement_optimism_gap
from duecare.audit.agreement.crosstab import Crosstab
from duecare.audit.agreement.grade_drift import mcnemar_test
from duecare.audit.agreement.optimism_gap import optimism_gap
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9


def the_interval_is_that_of_the_published_example():
    found = optimism_gap(AIRWAYS)

    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (-0.517, -0.026)


def test_the_interval_is_that_of_the_published_example():
    the_interval_is_that_of_the_published_example()


def it_holds_nought_exactly_when_mcnemar_does_not_refuse_it(one_only, other_only, n):
    held = table((n - one_only - other_only, one_only), (other_only, 0))

    drift = mcnemar_test(held, is_exact=False, is_corrected=False)

    if abs(drift.p_value - 0.05) > CLOSE:
        assert agreement_optimism_gap.tango_interval(one_only, other_only, n).holds(0) == (drift.p_value > 0.05)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 200))
def test_it_holds_zero_exactly_when_mcnemar_does_not_refuse_it(one_only, other_only, alike):
    assume(one_only + other_only)

    it_holds_nought_exactly_when_mcnemar_does_not_refuse_it(one_only, other_only, one_only + other_only + alike)


@given(tables())
def test_the_gap_is_the_difference_of_the_shares_and_lies_in_its_interval(held):
    assume(held.n)
    found, cut = optimism_gap(held), held.on_the_cut

    assert found.value == pytest.approx(cut.by_force[0] / held.n - cut.by_inspectorate[0] / held.n, abs=CLOSE)
    assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1
    assert (found.force_passed, found.inspectors_passed) == (cut.by_force[0], cut.by_inspectorate[0])


@given(tables())
def test_seen_from_the_other_side_the_gap_is_turned_round(held):
    assume(held.n)
    turned = Crosstab(held.grades, held.meets, tuple(zip(*held.counts, strict=True)))

    one, other = optimism_gap(held), optimism_gap(turned)

    assert one.value == -other.value
    assert (one.interval.low, one.interval.high) == (
        pytest.approx(-other.interval.high, abs=CLOSE),
        pytest.approx(-other.interval.low, abs=CLOSE),
    )


@pytest.mark.parametrize(("counts", "value", "end"), [(((0, 9), (0, 0)), 1, 1.0), (((0, 0), (9, 0)), -1, -1.0)])
def test_where_one_side_alone_passes_every_file_the_gap_is_whole(counts, value, end):
    found = optimism_gap(table(*counts))

    assert found.value == value
    assert end in (found.interval.low, found.interval.high)


def test_where_both_sides_agree_on_every_file_the_gap_may_still_be_a_little():
    found = optimism_gap(table((10, 0), (0, 10)))

    assert found.value == 0
    assert (
        found.interval.high == -found.interval.low == pytest.approx(1.959963984540054**2 / (20 + 1.959963984540054**2))
    )


def test_no_files_give_no_gap():
    assert isinstance(optimism_gap(table((0, 0), (0, 0))), Unknown)


def test_a_gap_is_printed_with_its_interval():
    shown = optimism_gap(Crosstab(WORDS, 2, ((3, 2, 9, 1), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 2)))).as_json()

    assert (shown["n"], shown["force_passed"], shown["inspectors_passed"]) == (19, 16, 6)
    assert shown["passed_by_force_not_inspectors"] == 10
    assert shown["optimism_gap_interval"]["method"] == "Tango score, paired"


# --- from totals alone --------------------------------------------------------------------------------------


@given(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n), st.integers(0, n)))
)
def test_the_interval_from_totals_holds_that_of_every_cross_table_with_them(given_):
    n, force, inspectors, both = given_
    both = max(force + inspectors - n, min(both, force, inspectors))

    wide, own = (
        agreement_optimism_gap.tango_of_totals(force, inspectors, n),
        agreement_optimism_gap.tango_interval(force - both, inspectors - both, n),
    )

    assert wide.low <= own.low
    assert own.high <= wide.high


# --- how often it holds the truth ---------------------------------------------------------------------------


def coverage(n, force_only, inspectors_only, interval):
    """The exact share of all samples of n whose interval holds the true gap."""
    truth, alike, held = force_only - inspectors_only, 1 - force_only - inspectors_only, 0.0
    for one in range(n + 1):
        for other in range(n + 1 - one):
            chance = comb(n, one) * comb(n - one, other) * force_only**one * inspectors_only**other
            chance *= alike ** (n - one - other)
            if chance > 1e-12 and interval(one, other, n).holds(truth):
                held += chance
    return held


def it_holds_the_truth_as_often_as_it_says(n, force_only, inspectors_only):
    assert 0.93 <= coverage(n, force_only, inspectors_only, agreement_optimism_gap.tango_interval) <= 0.975


@pytest.mark.parametrize(
    ("n", "force_only", "inspectors_only"), [(33, 0.4, 0.03), (33, 0.25, 0.1), (33, 0.8, 0.02), (48, 0.5, 0.02)]
)
def test_it_holds_the_truth_as_often_as_it_says(n, force_only, inspectors_only):
    it_holds_the_truth_as_often_as_it_says(n, force_only, inspectors_only)


@pytest.mark.soak
def test_on_132_files_it_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(20261125)
    for force_only, inspectors_only in ((0.56, 0.01), (0.3, 0.05), (0.1, 0.1), (0.03, 0.03)):
        drawn = rng.multinomial(132, [force_only, inspectors_only, 1 - force_only - inspectors_only], 4_000)
        held = sum(
            agreement_optimism_gap.tango_interval(int(one), int(other), 132).holds(force_only - inspectors_only)
            for one, other, _ in drawn
        )

        assert 0.93 <= held / 4_000 <= 0.975
