"""What a round's grades say: against the parts worked out one by one, and refused where the files cannot bear it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.audit.agreement.agreement import cohen_kappa, gwet_coefficient, linear_weights, quadratic_weights
from duecare.audit.agreement.crosstab import cross_tabulate
from duecare.audit.agreement.gap_funnel import gap_funnel
from duecare.audit.agreement.grader_agreement import krippendorff_alpha
from duecare.audit.agreement.optimism_gap import Gap, tango_interval
from duecare.audit.agreement.round_comparison import compare_files
from duecare.audit.agreement.stratified_estimate import estimate_population, paired_stratum, passed_stratum
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.vocabulary.unknown import Unknown

FOUR, THREE = grade_schemes()["case-files-2014"], grade_schemes()["case-files-2017"]
BOTH = {"force": FOUR, "inspectorate": FOUR}
DAY = datetime(2016, 3, 1, 9, tzinfo=UTC)


def file(at, force="", inspectorate="", *, set_="paired", area="Eastmoor", stratum=(), topics=({}, {})):
    given_ = [
        GradeGiven(side, f"{side[0].upper()}{at % 2}", grade, DAY + timedelta(days=at), told)
        for side, grade, told in (("force", force, topics[0]), ("inspectorate", inspectorate, topics[1]))
        if grade
    ]
    return GradedFile("cris", f"C{at}", set_, tuple(given_), "crime", area, stratum)


def some():
    """Sixty files: 20 good by both, 10 good by the force and inadequate by inspectors, 30 adequate against poor."""
    rows = [("good", "good")] * 20 + [("good", "inadequate")] * 10 + [("adequate", "requires_improvement")] * 30
    return [file(at, *row, area="Eastmoor" if at < 30 else "Westmoor") for at, row in enumerate(rows)]


def test_every_figure_is_that_of_the_cross_table():
    found = compare_files("2016", some(), BOTH, {})
    table = cross_tabulate([(f.given[0].grade, f.given[1].grade) for f in some()], FOUR)

    assert found.table == table
    assert found.agreement.value == 20 / 60
    assert [one.value for one in found.measures] == [
        of(table, weighting).value
        for of in (cohen_kappa, gwet_coefficient)
        for weighting in (_nominal(), linear_weights, quadratic_weights)
    ]
    assert found.gap.value == 40 / 60
    assert (found.gap.interval.low, found.gap.interval.high) == (
        tango_interval(40, 0, 60).low,
        tango_interval(40, 0, 60).high,
    )
    assert found.as_json()["kappa_interval"]["low"] == found.kappa.interval.low


def _nominal():
    from duecare.audit.agreement.agreement import nominal_weights

    return nominal_weights


def test_the_parts_add_up_to_the_whole():
    found = compare_files("2016", some(), BOTH, {})
    by_area = {part.name: part.gap for part in found.by("area")}

    assert {name: (gap.n, gap.value) for name, gap in by_area.items()} == {
        "Eastmoor": (30, 10 / 30),
        "Westmoor": (30, 1.0),
    }
    assert sum(part.gap.n for part in found.by("month")) == 60
    assert {part.name for part in found.by("grader")} == {
        "force: F0",
        "force: F1",
        "inspectorate: I0",
        "inspectorate: I1",
    }
    halves = {part.name: part.gap.value for part in found.by("half")}
    assert halves["force: F0, earlier files"] == pytest.approx(5 / 15)
    assert halves["force: F0, later files"] == 1.0


def test_topics_are_compared_where_both_sides_graded_them():
    files = [
        file(0, "good", "good", topics=({"leadership": "good"}, {"leadership": "inadequate", "investigation": "good"})),
        file(1, "good", "good", topics=({"leadership": "good"}, {"leadership": "good"})),
    ]
    (one,) = compare_files("2016", files, BOTH, {}).by("topic")

    assert (one.name, one.gap.n, one.gap.value) == ("leadership", 2, 0.5)


def test_grades_for_the_suspect_are_compared_for_themselves():
    given_ = (
        GradeGiven("force", "A", "good", DAY, suspect="good"),
        GradeGiven("inspectorate", "B", "good", DAY, suspect="inadequate"),
    )
    found = compare_files("2016", [GradedFile("cris", "C1", "paired", given_), file(2, "good", "good")], BOTH, {})
    (one,) = found.by("suspect")

    assert (one.gap.n, one.gap.value, found.gap.value) == (1, 1.0, 0.0)


def test_a_single_file_of_a_grader_has_no_halves():
    assert compare_files("2016", [file(2, "good", "good")], BOTH, {}).by("half") == ()


def test_a_file_of_one_side_counts_for_that_side_alone():
    files = [*some(), *(file(at, "", "inadequate", set_="inspector_only") for at in range(100, 110))]
    found = compare_files("2016", files, BOTH, {})

    assert (found.table.n, found.files) == (60, 70)
    assert (found.sides["force"].n, found.sides["inspectorate"].n) == (60, 70)
    assert found.sides["inspectorate"].met == 20


def test_of_several_grades_of_one_side_the_last_stands_and_it_is_said():
    twice = GradedFile(
        "cris",
        "C1",
        "paired",
        (
            GradeGiven("force", "B", "good", DAY),
            GradeGiven("force", "A", "inadequate", DAY + timedelta(days=1)),
            GradeGiven("inspectorate", "C", "inadequate", DAY),
        ),
    )
    found = compare_files("2016", [twice, file(2, "good", "good")], BOTH, {})

    assert found.agreement.value == 1.0
    assert "several" in found.basis
    assert found.alpha.n == 2
    assert found.alpha.value < 1
    assert {side: one.n for side, one in found.within.items()} == {"force": 1}


def test_graders_of_one_side_who_graded_the_same_files_are_compared_with_each_other():
    words = [
        ("good", "good"),
        ("adequate", "adequate"),
        ("inadequate", "requires_improvement"),
        ("good", "adequate"),
    ] * 3
    files = [
        GradedFile("cris", f"C{at}", "force_only", (GradeGiven("force", "A", one), GradeGiven("force", "B", other)))
        for at, (one, other) in enumerate(words)
    ]
    found = compare_files("recalibration 2016", files, BOTH, {})
    places = [[FOUR.grades.index(word) for word in pair] for pair in words]

    assert found.within["force"].value == krippendorff_alpha(places, 4)
    assert found.within["force"].interval.holds(found.within["force"].value)
    assert found.as_json()["within"]["force"]["name"] == "Krippendorff's alpha, ordinal, within force"
    assert found.refused


@pytest.mark.parametrize("frame", [None, {("a",): 50}])
def test_files_that_a_side_left_ungraded_are_counted_and_said(frame):
    files = [file(at, "good", "good", stratum=("a",)) for at in range(4)]
    files += [file(9, "good", "", stratum=("a",)), file(10, "", "good", set_="inspector_only", stratum=("a",))]
    said = compare_files("2016", files, BOTH, {}, frame).basis["not_graded"]

    assert "are not compared: 1." in said
    assert ("as if these were like the others" in said) is bool(frame)
    assert "not_graded" not in compare_files("2016", files[:4], BOTH, {}, frame).basis


def test_without_files_of_both_sides_no_agreement_is_shown():
    found = compare_files("2016", [file(1, "good", "", set_="force_only")], BOTH, {}).as_json()

    assert [found[name] for name in ("agreement", "kappa", "kappa_interval", "optimism_gap", "crosstab")] == [None] * 5
    assert "both sides" in found["refused"]


def test_one_grade_throughout_has_no_kappa_and_says_so():
    found = compare_files("2016", [file(at, "good", "good") for at in range(40)], BOTH, {}).as_json()

    assert (found["agreement"], found["kappa"], found["optimism_gap"]) == (1.0, None, 0.0)
    assert "agreement by chance is certain" in found["refused"]


def test_few_files_have_the_bootstraps_interval_the_same_each_time():
    files = [
        file(at, *pair) for at, pair in enumerate([("good", "good"), ("good", "inadequate"), ("adequate", "good")] * 4)
    ]
    one, other = (compare_files("2016", files, BOTH, {}) for _ in range(2))

    assert one.kappa.interval.method.startswith("bootstrap")
    assert one.kappa.interval == other.kappa.interval
    assert one.alpha.interval == other.alpha.interval


def test_files_too_few_for_the_bootstrap_too_say_why_of_both():
    found = compare_files(
        "2016", [file(1, "good", "good"), file(2, "good", "good"), file(3, "good", "adequate")], BOTH, {}
    )

    assert (
        "fewer than 30 files: the analytic interval does not hold, and of the bootstrap" in found.kappa.interval.reason
    )
    assert "too many of the samples" in found.kappa.interval.reason


def test_different_schemes_meet_on_the_cut_with_the_note():
    files = [file(at, "adequate", "good") for at in range(3)] + [file(9, "good", "inadequate")]
    found = compare_files("2017", files, {"force": FOUR, "inspectorate": THREE}, {})

    assert found.table.grades == ("meets_standard", "below_standard")
    assert found.agreement.value == 0.75
    assert "compared only on whether the standard was met" in found.basis["note"]
    assert found.alpha.n == 4


def test_a_round_drawn_here_estimates_every_file_of_its_frame():
    frame = {("a",): 100, ("b",): 300}
    files = [file(at, "good", "good" if at % 2 else "inadequate", stratum=("a",)) for at in range(10)]
    files += [file(at, "good", "inadequate", stratum=("b",)) for at in range(10, 20)]
    found = compare_files("2016", files, BOTH, {}, frame).population

    assert found["inspectorate_meets"] == estimate_population(
        [passed_stratum(("a",), 100, 10, 5), passed_stratum(("b",), 300, 10, 0)]
    )
    assert found["optimism_gap"] == estimate_population(
        [paired_stratum(("a",), 100, 10, 5, 0), paired_stratum(("b",), 300, 10, 10, 0)]
    )
    assert found["inspectorate_meets"].value == pytest.approx(0.125)


def test_a_stratum_that_nobody_graded_lets_nothing_be_said_of_the_frame():
    found = compare_files("2016", [file(1, "good", "good", stratum=("a",))], BOTH, {}, {("a",): 10, ("b",): 10})

    assert isinstance(found.population["optimism_gap"].value, Unknown)
    assert "stratum b" in found.as_json()["population"]["optimism_gap"]["refused"]


GRADE = st.sampled_from([*FOUR.grades, ""])


@settings(max_examples=settings.default.max_examples // 2, deadline=None)
@given(st.lists(st.tuples(GRADE, GRADE, st.sampled_from(["paired", "inspector_only", "force_only"])), max_size=25))
def test_any_round_has_its_figures_or_a_reason_for_each(rows):
    found = compare_files("x", [file(at, *row[:2], set_=row[2]) for at, row in enumerate(rows)], BOTH, {}).as_json()

    json.dumps(found, allow_nan=False)
    for name in ("agreement", "kappa", "kappa_interval", "optimism_gap", "crosstab"):
        assert found[name] is not None or found["refused"]
    for one in found["coefficients"]:
        assert one["refused"] or (one["value"] is not None and one["interval"] is not None)


def test_the_funnel_closes_and_names_what_is_outside():
    whole = Gap(400, 300, 200, 100, 0, 0.25, tango_interval(100, 0, 400))
    found = gap_funnel(whole)

    low, high = found.limits(100, 0.95)
    assert (low + high) / 2 == pytest.approx(0.25)
    assert high - 0.25 == pytest.approx(1.959964 * (0.25 - 0.0625) ** 0.5 / 10, rel=1e-5)
    assert found.limits(1, 0.998) == (-1.0, 1.0)
    assert found.outside(Gap(100, 60, 30, 30, 0, 0.30, tango_interval(30, 0, 100))) is None
    assert found.outside(Gap(100, 60, 25, 35, 0, 0.35, tango_interval(35, 0, 100))) == 0.95
    assert found.outside(Gap(100, 60, 15, 45, 0, 0.45, tango_interval(45, 0, 100))) == 0.998


def test_there_is_no_funnel_where_all_files_differ_alike():
    assert isinstance(gap_funnel(Gap(10, 10, 10, 0, 0, 0.0, tango_interval(0, 0, 10))), Unknown)
    assert isinstance(gap_funnel(Unknown("none")), Unknown)


def test_where_every_file_of_the_frame_was_taken_nothing_is_said_of_chance():
    files = [file(at, "good", "good", stratum=("a",)) for at in range(12)]

    whole = compare_files("2016", files, BOTH, {}, {("a",): 12}).basis["drawn"]
    drawn = compare_files("2016", files, BOTH, {}, {("a",): 13}).basis["drawn"]

    assert "Every file of the frame was taken" in whole
    assert "at random" not in whole
    assert "at random" in drawn
