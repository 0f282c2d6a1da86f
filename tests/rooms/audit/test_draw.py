"""Frame, seed and draw: one canonical form, a seed that no side can choose, a draw that anyone can repeat."""

import hashlib
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.rounds import draw_seed as seeds
from duecare.audit.rounds import sample_draw as room
from duecare.audit.rounds.frame_file import Case, build_frame
from duecare.audit.rounds.sample_draw import draw_sample, make_plan, verify_draw
from duecare.audit.rounds.sample_size import in_proportion, size_for
from duecare.vocabulary.refusals import Refusal

SMALL = build_frame(
    [Case("crime", f"C/{at:03}", ("domestic abuse", "Eastmoor")) for at in range(30)]
    + [Case("missing", f"M/{at:03}", ("missing", "Northmoor")) for at in range(12)]
)
SIZES = {("domestic abuse", "Eastmoor"): 6, ("missing", "Northmoor"): 3}
PLAN = make_plan(SMALL, SIZES)
NUMBERS = {"force": "1" * 64, "inspectorate": "ab" * 32}


def committed(of=PLAN, numbers=NUMBERS):
    return {side: seeds.side_commitment(of.hash, side, number) for side, number in numbers.items()}


SEED = seeds.combined_seed(PLAN.hash, committed(), NUMBERS)
SAMPLE = draw_sample(SMALL, PLAN, SEED)


def keys(sample):
    return [one.case.key for one in sample.drawn]


# --- the frame ----------------------------------------------------------------------------------------------


def test_the_hash_of_a_frame_is_that_of_its_plain_json():
    two = build_frame([Case("b", "2", ("x", "é")), Case("a", "10", ("x", "y"))])

    assert two.canonical == '[["a","10",["x","y"]],["b","2",["x","é"]]]'.encode()
    assert two.hash == hashlib.sha256(two.canonical).hexdigest()


@given(st.permutations(range(len(SMALL.cases))))
def test_the_order_in_which_files_come_changes_nothing(order):
    assert build_frame(SMALL.cases[at] for at in order) == SMALL


@given(st.integers(0, len(SMALL.cases) - 1), st.sampled_from(["source", "case_ref", "stratum"]))
def test_any_change_to_any_file_changes_the_hash(at, part):
    case = SMALL.cases[at]
    other = {"source": case.source, "case_ref": case.case_ref, "stratum": case.stratum}
    other[part] = (*case.stratum[:-1], "Elsewhere") if part == "stratum" else other[part] + "x"

    changed = build_frame([*SMALL.cases[:at], Case(**other), *SMALL.cases[at + 1 :]])

    assert changed.hash != SMALL.hash


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ([], "no file"),
        ([Case("a", "1", ("x",)), Case("a", "1", ("y",))], "a:1 appears more than once"),
        ([Case("a", "1", ("x",)), Case("a", "2", ("x", "y"))], "more parts"),
        ([Case("", "1", ("x",))], "empty"),
        ([Case("a", "1\x1f2", ("x",))], "control character"),
        ([Case("a", "1", ("\ud800",))], "cannot be written"),
    ],
)
def test_a_frame_that_cannot_be_drawn_from_is_refused(cases, fault):
    with pytest.raises(Refusal) as refused:
        build_frame(cases)

    assert refused.value.code == "AUD-005"
    assert fault in str(refused.value)


# --- the seed -----------------------------------------------------------------------------------------------


def test_either_sides_number_changes_the_seed_and_the_sides_are_not_alike():
    others = [{**NUMBERS, side: "c" * 64} for side in NUMBERS] + [
        dict(zip(NUMBERS, reversed(NUMBERS.values()), strict=True))
    ]

    found = {seeds.combined_seed(PLAN.hash, committed(numbers=numbers), numbers) for numbers in others}

    assert len(found | {SEED}) == 4


def test_the_order_of_the_sides_changes_nothing():
    assert seeds.combined_seed(PLAN.hash, committed(), dict(reversed(NUMBERS.items()))) == SEED


def a_side_is_held_to_its_number():
    with pytest.raises(Refusal) as refused:
        seeds.combined_seed(PLAN.hash, committed(), {**NUMBERS, "force": "2" * 64})

    assert refused.value.faults == ("force revealed a number that does not fit its commitment",)


def test_a_side_is_held_to_its_number():
    a_side_is_held_to_its_number()


def sizes_are_fixed_before_any_number_is_known():
    """Numbers committed to under one plan give no seed for another."""
    other = make_plan(SMALL, {**SIZES, ("missing", "Northmoor"): 4})

    with pytest.raises(Refusal):
        seeds.combined_seed(other.hash, committed(PLAN), NUMBERS)


def test_sizes_are_fixed_before_any_number_is_known():
    sizes_are_fixed_before_any_number_is_known()


def a_commitment_cannot_be_copied():
    """A side that hands over the other's commitment as its own cannot reveal the other's number after it."""
    copied = {"force": committed()["inspectorate"], "inspectorate": committed()["inspectorate"]}

    with pytest.raises(Refusal):
        seeds.combined_seed(
            PLAN.hash, copied, {"force": NUMBERS["inspectorate"], "inspectorate": NUMBERS["inspectorate"]}
        )


def test_a_commitment_cannot_be_copied():
    a_commitment_cannot_be_copied()


def test_a_missing_a_stray_and_a_lonely_number_are_all_named():
    with pytest.raises(Refusal) as refused:
        seeds.combined_seed(PLAN.hash, {"force": committed()["force"]}, {"inspectorate": NUMBERS["inspectorate"]})

    assert len(refused.value.faults) == 3


@pytest.mark.parametrize(
    ("side", "number"), [("force", "1234"), ("force", "A" * 64), ("", "1" * 64), ("a\x1fb", "1" * 64)]
)
def test_a_number_that_could_be_guessed_is_refused(side, number):
    with pytest.raises(Refusal) as refused:
        seeds.side_commitment(PLAN.hash, side, number)

    assert refused.value.code == "AUD-006"


# --- the draw -----------------------------------------------------------------------------------------------


def anyone_can_repeat_it():
    """The program that stands in the decision on draws, run as it stands there, with nothing of ours at hand."""
    (page,) = (Path(__file__).parents[3] / "docs/decisions").glob("*-a-draw-*.md")
    (program,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    given_ = {
        "frame": SMALL.canonical,
        "sizes": [[["domestic abuse", "Eastmoor"], 6], [["missing", "Northmoor"], 3]],
        "numbers": NUMBERS,
    }
    exec(compile(program, page.name, "exec"), given_)

    assert keys(room.draw_sample(SMALL, PLAN, SEED)) == given_["sample"]
    assert committed() == given_["commitments"]


def test_anyone_can_repeat_it():
    anyone_can_repeat_it()


def test_probabilities_are_exact():
    assert {(one.case.source, one.probability) for one in SAMPLE.drawn} == {
        ("crime", Fraction(6, 30)),
        ("missing", Fraction(3, 12)),
    }
    assert sum(1 / one.probability for one in SAMPLE.drawn) == len(SMALL.cases)


def every_file_is_drawn_as_often_as_its_probability_says():
    """4,000 seeds, 3 files of 12: each file about 1,000 times, each pair about 182 times, by chi-squared at one in a million."""
    turns, files = 4_000, [case for case in SMALL.cases if case.source == "missing"]
    singles, pairs = Counter(), Counter()
    for turn in range(turns):
        first = [case.key for case in room.ranked_cases(files, f"seed {turn}")][:3]
        singles.update(first)
        pairs.update((one, other) for one in first for other in first if one < other)

    # Singles: counts of a sample without replacement spread by n (1 - f) at 11 degrees; pairs are rougher and get room.
    due, among = turns * 3 / 12, turns * 3 / 66
    assert sum((singles[case.key] - due) ** 2 for case in files) / (due * (1 - 3 / 12)) * 11 / 12 < 55
    assert len(pairs) == 66
    assert max(abs(count - among) for count in pairs.values()) < 5.5 * among**0.5


def test_every_file_is_drawn_as_often_as_its_probability_says():
    every_file_is_drawn_as_often_as_its_probability_says()


def test_a_plan_of_another_frame_is_refused():
    with pytest.raises(Refusal) as refused:
        draw_sample(build_frame(SMALL.cases[1:]), PLAN, SEED)

    assert refused.value.code == "AUD-008"


@pytest.mark.parametrize(
    ("sizes", "fault"),
    [
        ({("missing", "Northmoor"): 3}, "no size is given for the stratum domestic abuse / Eastmoor"),
        ({**SIZES, ("x", "y"): 1}, "the stratum x / y is not in the frame"),
        ({**SIZES, ("missing", "Northmoor"): 13}, "13 files of the stratum missing / Northmoor, which has 12"),
        ({**SIZES, ("missing", "Northmoor"): -1}, "-1 files"),
    ],
)
def test_sizes_that_cannot_be_drawn_are_refused(sizes, fault):
    with pytest.raises(Refusal) as refused:
        make_plan(SMALL, sizes)

    assert refused.value.code == "AUD-007"
    assert fault in str(refused.value)


def test_a_whole_stratum_can_be_drawn():
    everything = make_plan(SMALL, {stratum: len(cases) for stratum, cases in SMALL.strata.items()})

    found = draw_sample(SMALL, everything, SEED)

    assert sorted(keys(found)) == [case.key for case in SMALL.cases]
    assert {one.probability for one in found.drawn} == {1}


# --- replacements -------------------------------------------------------------------------------------------


def a_file_taken_out_is_replaced_by_the_next_in_its_stratum():
    first, second = (one.case.key for one in SAMPLE.drawn if one.case.source == "missing" and one.rank < 3)
    order = room.ranked_cases(SMALL.strata["missing", "Northmoor"], SEED)

    found = draw_sample(SMALL, PLAN, SEED, [(first, "not_found"), (second, "not_in_scope")])

    assert [one.case for one in found.drawn if one.case.source == "missing"] == order[2:5]
    assert [one.by for one in found.replaced] == order[3:5]
    assert {one.probability for one in found.drawn if one.case.source == "missing"} == {Fraction(5, 12)}
    assert [one.case.key for one in found.drawn if one.case.source == "crime"] == keys(SAMPLE)[:6]


def test_a_file_taken_out_is_replaced_by_the_next_in_its_stratum():
    a_file_taken_out_is_replaced_by_the_next_in_its_stratum()


def test_a_replacement_can_itself_be_replaced():
    first = keys(SAMPLE)[0]
    once = draw_sample(SMALL, PLAN, SEED, [(first, "not_found")])

    twice = draw_sample(SMALL, PLAN, SEED, [(first, "not_found"), (once.replaced[0].by.key, "not_found")])

    assert [one.by.key for one in twice.replaced] == [
        case.key for case in room.ranked_cases(SMALL.strata["domestic abuse", "Eastmoor"], SEED)[6:8]
    ]


@pytest.mark.parametrize(
    ("taken_out", "found"),
    [
        ([(("crime", "none such"), "not_found")], "not in the sample"),
        ([(keys(SAMPLE)[0], "it looks bad")], "not among those agreed"),
        ([(keys(SAMPLE)[0], "not_found")] * 2, "not in the sample"),
    ],
)
def test_a_replacement_outside_the_rule_is_refused(taken_out, found):
    with pytest.raises(Refusal) as refused:
        draw_sample(SMALL, PLAN, SEED, taken_out)

    assert refused.value.code == "AUD-011"
    assert found in str(refused.value)


def test_a_stratum_that_is_used_up_gives_no_replacement():
    everything = make_plan(SMALL, {stratum: len(cases) for stratum, cases in SMALL.strata.items()})

    with pytest.raises(Refusal, match="every file of the stratum has been drawn"):
        draw_sample(SMALL, everything, SEED, [(("crime", "C/001"), "not_found")])


# --- verifying ----------------------------------------------------------------------------------------------


def test_the_true_sample_verifies():
    assert verify_draw(SMALL, PLAN, committed(), NUMBERS, keys(SAMPLE)) == ()


def any_file_swapped_for_another_is_found(at):
    listed = keys(SAMPLE)
    stranger = next(case.key for case in SMALL.cases if case.key not in listed)

    faults = verify_draw(SMALL, PLAN, committed(), NUMBERS, [*listed[:at], stranger, *listed[at + 1 :]])

    assert faults == (
        f"{':'.join(stranger)} is listed and was not drawn",
        f"{':'.join(listed[at])} was drawn and is not listed",
    )


@pytest.mark.parametrize("at", range(len(SAMPLE.drawn)))
def test_any_file_swapped_for_another_is_found(at):
    any_file_swapped_for_another_is_found(at)


def test_another_frame_other_numbers_and_a_file_listed_twice_are_found():
    listed = keys(SAMPLE)

    assert "AUD-008" in verify_draw(build_frame(SMALL.cases[1:]), PLAN, committed(), NUMBERS, listed)[0]
    assert "AUD-006" in verify_draw(SMALL, PLAN, committed(), {**NUMBERS, "force": "2" * 64}, listed)[0]
    assert verify_draw(SMALL, PLAN, committed(), NUMBERS, [*listed, listed[0]]) == (
        f"{':'.join(listed[0])} is listed more than once",
    )


def test_replacements_are_verified_too():
    taken_out = [(keys(SAMPLE)[0], "not_found")]
    after = keys(draw_sample(SMALL, PLAN, SEED, taken_out))

    assert verify_draw(SMALL, PLAN, committed(), NUMBERS, after, taken_out) == ()
    assert len(verify_draw(SMALL, PLAN, committed(), NUMBERS, after)) == 2


# --- sizes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("population", "n"), [(100, 80), (500, 217), (1_000, 278), (10_000, 370), (100_000, 383)])
def test_sizes_for_five_points_are_those_of_the_published_table(population, n):
    """Krejcie and Morgan 1970, Educational and Psychological Measurement 30, 607-610: rounded there, never down here."""
    assert 0 <= size_for(0.05, population) - n <= 1


@given(st.integers(1, 5_000), st.floats(0.01, 0.3), st.floats(0.05, 0.95))
def test_the_size_keeps_its_word_and_one_file_fewer_would_not(population, half_width, expected):
    n = size_for(half_width, population, expected)

    def reach(files):
        return (
            1.959963984540054
            * (expected * (1 - expected) / files * (population - files) / max(1, population - 1)) ** 0.5
        )

    assert reach(n) <= half_width + 1e-9
    assert n == 1 or reach(n - 1) > half_width - 1e-9


populations = st.dictionaries(st.tuples(st.sampled_from("abcdefgh")), st.integers(0, 400), min_size=1)


def shares_are_near_proportion_and_no_stratum_is_left_with_one(held, n):
    sizes = in_proportion(held, n)

    assert sum(sizes.values()) == n
    assert all(min(2, held[stratum]) <= size <= held[stratum] for stratum, size in sizes.items())


@given(populations, st.floats(0, 1))
def test_shares_are_near_proportion_and_no_stratum_is_left_with_one(held, part):
    least, most = sum(min(2, size) for size in held.values()), sum(held.values())

    shares_are_near_proportion_and_no_stratum_is_left_with_one(held, round(least + part * (most - least)))


def test_374_files_shared_out_over_five_strata():
    held = {("a",): 60_000, ("b",): 25_000, ("c",): 10_000, ("d",): 4_900, ("e",): 100}

    assert in_proportion(held, 374) == {("a",): 224, ("b",): 93, ("c",): 37, ("d",): 18, ("e",): 2}


@pytest.mark.parametrize(
    "call", [lambda: size_for(0, 10), lambda: size_for(0.05, 10, 1.0), lambda: size_for(0.05, 10, 0.5, 1)]
)
def test_a_precision_that_cannot_be_is_refused(call):
    with pytest.raises(Refusal, match="AUD-007"):
        call()


@pytest.mark.parametrize("n", [1, 13])
def test_more_files_than_there_are_or_fewer_than_strata_need_are_refused(n):
    with pytest.raises(Refusal, match="AUD-007"):
        in_proportion({("a",): 10, ("b",): 2}, n)
