"""A made-up inspection from frame to figures: drawn, allotted, graded by graders of known bias, and the bias found again."""

from collections import Counter
from random import Random

import pytest

from duecare.audit.agreement.agreement import cohen_kappa, gwet_coefficient, quadratic_weights
from duecare.audit.agreement.crosstab import cross_tabulate
from duecare.audit.agreement.grade_drift import mcnemar_test, stuart_maxwell
from duecare.audit.agreement.optimism_gap import optimism_gap
from duecare.audit.agreement.stratified_estimate import estimate_population, paired_stratum, passed_stratum
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.rounds import draw_seed as seeds
from duecare.audit.rounds.file_allocation import GraderConflict, allot_files
from duecare.audit.rounds.frame_file import Case, build_frame
from duecare.audit.rounds.sample_draw import draw_sample, make_plan, ranked_cases, verify_draw
from duecare.audit.rounds.sample_size import in_proportion

SCHEME = grade_schemes()["case-files-2014"]
AREAS = ("Eastmoor", "Northmoor", "Southmoor")
KINDS = ("domestic abuse", "missing")
# What inspectors would give, by kind; and how often the force, which sees the same file, gives a grade or two more.
TRUTH = {"domestic abuse": (5, 17, 40, 38), "missing": (8, 22, 45, 25)}
KINDER = (0.45, 0.40, 0.15)


def made_up(files, seed):
    """A frame, and what each side would grade every file in it, were it drawn."""
    rng = Random(seed)
    cases, grades = [], {}
    for at in range(files):
        kind = KINDS[rng.random() < 0.35]
        case = Case("crime", f"C/{at:06}", (kind, AREAS[int(rng.random() ** 1.5 * 3)]))
        place = rng.choices(range(4), TRUTH[kind])[0]
        lifted = max(0, place - rng.choices(range(3), KINDER)[0])
        cases.append(case)
        grades[case.key] = (SCHEME.grades[lifted], SCHEME.grades[place])
    return build_frame(cases), grades


HELD, GRADES = made_up(4_000, 20261125)
STRATA = HELD.strata
SIZES = in_proportion({stratum: len(cases) for stratum, cases in STRATA.items()}, 374)
TRUE_SHARE = sum(SCHEME.is_met(inspectors) for _, inspectors in GRADES.values()) / len(GRADES)
TRUE_GAP = sum(SCHEME.is_met(force) for force, _ in GRADES.values()) / len(GRADES) - TRUE_SHARE


def estimates(drawn_by_stratum):
    """The share that meets the standard by all files drawn, and the gap by the first 132, which both sides grade."""
    both = in_proportion({stratum: len(cases) for stratum, cases in drawn_by_stratum.items()}, 132)
    shares, gaps = [], []
    for stratum, cases in drawn_by_stratum.items():
        met = [tuple(map(SCHEME.is_met, GRADES[case.key])) for case in cases]
        first = Counter(met[: both[stratum]])
        size = len(STRATA[stratum])
        shares.append(passed_stratum(stratum, size, len(met), sum(inspectors for _, inspectors in met)))
        gaps.append(paired_stratum(stratum, size, both[stratum], first[True, False], first[False, True]))
    return estimate_population(shares), estimate_population(gaps)


def test_a_round_finds_the_bias_that_was_put_in():
    of = make_plan(HELD, SIZES)
    numbers = {side: f"{Random(side).getrandbits(256):064x}" for side in ("force", "inspectorate")}
    commitments = {side: seeds.side_commitment(of.hash, side, number) for side, number in numbers.items()}
    seed = seeds.combined_seed(of.hash, commitments, numbers)
    sample = draw_sample(HELD, of, seed)
    cases = [drawn.case for drawn in sample.drawn]
    ties = [GraderConflict(case.key, f"IN{at % 5}", "supervised") for at, case in enumerate(cases)]

    allotted = allot_files(cases, [f"IN{at}" for at in range(10)], ties, seed)
    share, gap = estimates({stratum: [case for case in cases if case.stratum == stratum] for stratum in STRATA})
    table = cross_tabulate([GRADES[case.key] for case in cases], SCHEME)

    assert verify_draw(HELD, of, commitments, numbers, allotted) == ()
    assert len(cases) == 374
    assert max(Counter(allotted.values()).values()) == 38
    assert not any(allotted[tie.case] == tie.officer for tie in ties)
    assert share.interval.holds(TRUE_SHARE)
    assert gap.interval.holds(TRUE_GAP)
    assert gap.interval.low > 0.2
    assert optimism_gap(table).interval.holds(TRUE_GAP)
    assert mcnemar_test(table).p_value < 1e-9
    assert stuart_maxwell(table).p_value < 1e-9
    assert cohen_kappa(table).value < cohen_kappa(table, quadratic_weights).value
    assert 0 < gwet_coefficient(table).interval.low < gwet_coefficient(table).value


@pytest.mark.soak
def test_in_2000_rounds_share_and_gap_are_held_in_95_of_100():
    held = Counter()
    for turn in range(2_000):
        drawn = {stratum: ranked_cases(cases, f"turn {turn}")[: SIZES[stratum]] for stratum, cases in STRATA.items()}
        share, gap = estimates(drawn)
        held += Counter(share=share.interval.holds(TRUE_SHARE), gap=gap.interval.holds(TRUE_GAP))

    assert 0.93 <= held["share"] / 2_000 <= 0.97
    assert 0.93 <= held["gap"] / 2_000 <= 0.97
