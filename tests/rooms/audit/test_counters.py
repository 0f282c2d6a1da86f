"""Seeded defects: each is seen to turn a law of the audit's mathematics red, so that the law is known to guard."""

from fractions import Fraction
from math import comb, sqrt
from random import SystemRandom

import pytest
from tests.rooms.audit import (
    test_agreement,
    test_allot,
    test_draw,
    test_drift,
    test_estimate,
    test_gap,
    test_graders,
    test_interval,
    test_scheme,
)
from tests.rooms.audit.tables import DIAGNOSES, FOUR_GRADERS, table

from duecare.audit.agreement import agreement, grade_drift, grader_agreement, optimism_gap, stratified_estimate
from duecare.audit.agreement.crosstab import Crosstab
from duecare.audit.grading import grade_scheme
from duecare.audit.rounds import draw_seed, file_allocation
from duecare.audit.rounds import sample_draw as draws
from duecare.stats import distributions, interval

AS_IT_IS = stratified_estimate.estimate_population
VERY_RARE = ((5_000, 30, 0.01), (3_000, 20, 0.02))
UNEVEN = table((5, 9, 1), (2, 5, 3), (4, 0, 6))


def wald(one_only, other_only, file_count, confidence=0.95):
    """The defect: the plain interval of a paired difference."""
    value = (one_only - other_only) / file_count
    reach = 1.959963984540054 * sqrt(one_only + other_only - (one_only - other_only) ** 2 / file_count) / file_count
    return interval.Interval(value - reach, value + reach, "Wald")


def wald_estimate(strata, confidence=0.95):
    """The defect: an estimate and so many standard errors, as if strata were large."""
    found = AS_IT_IS(strata)
    reach = 1.959963984540054 * found.standard_error
    around = interval.Interval(found.value - reach, found.value + reach, "Wald")
    return stratified_estimate.Estimate(found.population, found.graded, found.value, found.standard_error, around)


def all_by_distance(size_, weight):
    """The defect: distances are not measured against the whole scale."""
    return tuple(tuple(weight(abs(one - other) / size_) for other in range(size_)) for one in range(size_))


def whole_rows(grade_use):
    """The defect: the grades at both ends count in full."""
    return [
        [
            float(one != other) and sum(grade_use[min(one, other) : max(one, other) + 1]) ** 2
            for other in range(len(grade_use))
        ]
        for one in range(len(grade_use))
    ]


def chance_of_one_side(fewest, trial_count):
    """The defect: only a split the one way counts."""
    return sum(comb(trial_count, count) for count in range(fewest + 1)) / 2**trial_count


def of_one_degree(statistic, degrees):
    """The defect: every test has one degree of freedom."""
    return distributions.chi_squared_tail(statistic, 1)


def by_name_of_the_file(cases, seed_):
    """The defect: the order is that of the file's own key, so that whoever names files chooses the sample."""
    return sorted(cases, key=lambda case: case.case_ref)


def without_floor(population, file_count, at_least=2):
    """The defect: shares are only rounded."""
    whole = sum(population.values())
    return {stratum: round(Fraction(file_count * held, whole)) for stratum, held in population.items()}


def first_listed(cases, graders_, conflict_ties, seed_):
    """The defect: files go round in turn, whoever worked on them."""
    return {case.key: graders_[at % len(graders_)] for at, case in enumerate(cases)}


DEFECTS = {
    "weights not measured against the scale": (
        lambda patch: patch.setattr(agreement, "_by_distance", all_by_distance),
        lambda: test_agreement.test_gwet_of_published_examples(DIAGNOSES, "quadratic", 0.299, 0.075),
    ),
    "linear weights where quadratic were asked": (
        lambda patch: patch.setattr(agreement, "quadratic_weights", agreement.linear_weights),
        lambda: test_agreement.kappa_is_that_of_scikit_learn(DIAGNOSES, "quadratic"),
    ),
    "AC1 whose chance forgets how many grades there are": (
        lambda patch: patch.setattr(agreement, "gwet_scale", lambda weights: 1.0),
        lambda: test_agreement.test_gwet_of_published_examples(DIAGNOSES, "nominal", 0.456, 0.043),
    ),
    "agreement counted on one corner of the table": (
        lambda patch: patch.setattr(Crosstab, "agreed", property(lambda held: held.counts[0][0])),
        lambda: test_agreement.raw_agreement_is_the_share_on_the_diagonal(DIAGNOSES),
    ),
    "a bootstrap that takes its chance from anywhere": (
        lambda patch: patch.setattr(interval, "Random", lambda seed_: SystemRandom()),
        test_agreement.the_same_seed_gives_the_same_interval,
    ),
    "ordinal distance with whole ends": (
        lambda patch: patch.setattr(grader_agreement, "by_order", whole_rows),
        lambda: test_graders.alpha_is_that_of_krippendorff(FOUR_GRADERS, 5),
    ),
    "an exact test of one side only": (
        lambda patch: patch.setattr(grade_drift, "even_odds_tail", chance_of_one_side),
        lambda: test_drift.mcnemar_is_that_of_statsmodels(UNEVEN),
    ),
    "a chi-squared tail of one degree for all": (
        lambda patch: patch.setattr(grade_drift, "chi_squared_tail", of_one_degree),
        lambda: test_drift.stuart_maxwell_is_that_of_statsmodels(UNEVEN),
    ),
    "only the first family of grades tested": (
        lambda patch: patch.setattr(grade_drift, "_linked_families", lambda held: [[0, 1]]),
        test_drift.families_of_grades_are_tested_each_for_itself,
    ),
    "a plain interval of the gap, seen at the published example": (
        lambda patch: patch.setattr(optimism_gap, "tango_interval", wald),
        test_gap.the_interval_is_that_of_the_published_example,
    ),
    "a plain interval of the gap, seen against McNemar": (
        lambda patch: patch.setattr(optimism_gap, "tango_interval", wald),
        lambda: test_gap.it_holds_nought_exactly_when_mcnemar_does_not_refuse_it(6, 1, 30),
    ),
    "a plain interval of the gap, seen by how rarely it holds the truth": (
        lambda patch: patch.setattr(optimism_gap, "tango_interval", wald),
        lambda: test_gap.it_holds_the_truth_as_often_as_it_says(33, 0.8, 0.02),
    ),
    "a small frame taken for an endless one": (
        lambda patch: patch.setattr(
            test_interval,
            "wilson_interval",
            lambda part_count, file_count, population=None: interval.wilson_interval(part_count, file_count),
        ),
        test_interval.a_small_frame_is_held_as_often_as_it_says,
    ),
    "a standard error without the finite population": (
        lambda patch: patch.setattr(stratified_estimate, "_open_share", lambda graded_stratum: 1.0),
        test_estimate.over_all_samples_it_is_right_and_knows_its_own_error,
    ),
    "a plain interval of the estimate": (
        lambda patch: patch.setattr(test_estimate.room, "estimate_population", wald_estimate),
        lambda: test_estimate.it_holds_the_truth_in_95_of_100_draws(VERY_RARE, 60, 20261125),
    ),
    "a stratum all but counted that moves as if it were endless": (
        lambda patch: patch.setattr(stratified_estimate, "_counted_files", lambda graded_stratum: 1.0),
        test_estimate.a_stratum_that_is_all_but_counted_does_not_hide_the_doubt_of_others,
    ),
    "adequate taken for below the standard": (
        lambda patch: patch.setattr(grade_scheme.Scheme, "is_met", lambda held, grade: held.grades.index(grade) < 1),
        test_scheme.adequate_met_the_standard_and_requires_improvement_did_not,
    ),
    "schemes of two eras compared grade by grade": (
        lambda patch: patch.setattr(
            test_scheme,
            "common_footing",
            lambda first_scheme, second_scheme: grade_scheme.Footing(first_scheme.grades, first_scheme.meets),
        ),
        test_scheme.across_schemes_only_the_cut_is_compared_and_the_note_says_so,
    ),
    "a draw in the order of names, seen by who repeats it": (
        lambda patch: patch.setattr(draws, "ranked_cases", by_name_of_the_file),
        test_draw.anyone_can_repeat_it,
    ),
    "a draw in the order of names, seen by how often": (
        lambda patch: patch.setattr(draws, "ranked_cases", by_name_of_the_file),
        test_draw.every_file_is_drawn_as_often_as_its_probability_says,
    ),
    "a side not held to its number": (
        lambda patch: patch.setattr(draw_seed, "combined_seed", lambda of, committed, revealed: "seed"),
        test_draw.a_side_is_held_to_its_number,
    ),
    "sizes that can still change when numbers are known": (
        lambda patch: patch.setattr(draws.Plan, "hash", property(lambda held: held.frame_hash)),
        test_draw.sizes_are_fixed_before_any_number_is_known,
    ),
    "commitments without the side's name": (
        lambda patch: patch.setattr(
            draw_seed, "side_commitment", lambda of, grader_side, number: draw_seed.hash_parts(of, number)
        ),
        test_draw.a_commitment_cannot_be_copied,
    ),
    "a replacement that somebody picks": (
        lambda patch: patch.setattr(
            test_draw, "draw_sample", lambda held, draw_plan, seed_, out: draws.draw_sample(held, draw_plan, seed_)
        ),
        test_draw.a_file_taken_out_is_replaced_by_the_next_in_its_stratum,
    ),
    "a list of files believed unseen": (
        lambda patch: patch.setattr(test_draw, "verify_draw", lambda *given: ()),
        lambda: test_draw.any_file_swapped_for_another_is_found(0),
    ),
    "strata left with a single file": (
        lambda patch: patch.setattr(test_draw, "in_proportion", without_floor),
        lambda: test_draw.shares_are_near_proportion_and_no_stratum_is_left_with_one(
            {("a",): 400, ("b",): 4, ("c",): 3}, 40
        ),
    ),
    "files that go round in turn": (
        lambda patch: patch.setattr(file_allocation, "allot_files", first_listed),
        lambda: test_allot.nobody_grades_a_file_of_their_own(
            test_allot.CASES,
            test_allot.GRADERS,
            [file_allocation.GraderConflict(test_allot.CASES[0].key, "AU1", "worked")],
        ),
    ),
    "a case that nobody may grade allotted all the same": (
        lambda patch: patch.setattr(file_allocation, "allot_files", first_listed),
        test_allot.a_case_that_nobody_may_grade_is_named_and_nothing_is_allotted,
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_the_defect_turns_its_law_red(name, monkeypatch):
    seeded, law = DEFECTS[name]
    law()
    seeded(monkeypatch)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        law()
