"""Sets and beacons: what the plan fixes, who is in which set, and that a plan without either is what it was."""

import hashlib
import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.rounds import draw_seed as seeds
from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.file_replacement import REASONS
from duecare.audit.rounds.frame_file import Case, build_frame
from duecare.audit.rounds.sample_draw import Plan, draw_sample, is_left_to_chance, make_plan, seed_of
from duecare.audit.rounds.sample_sets import SET_NAMES, sets_of, shared_out, sides_of
from duecare.vocabulary.refusals import Refusal

A, B = ("domestic_abuse", "Eastmoor"), ("missing", "Northmoor")
SMALL = build_frame(
    [Case("crime", f"C/{at:03}", A) for at in range(30)] + [Case("m", f"M/{at:03}", B) for at in range(12)]
)
SETS_OF = {
    A: {"paired": 3, "inspector_only": 2, "force_only": 1},
    B: {"paired": 2, "inspector_only": 1, "force_only": 0},
}
SIZES = {A: 6, B: 3}
BEACON = Beacon("made-up beacon", "2026-11-26T12:00:00+00:00")
NUMBERS = {"force": "1" * 64, "inspectorate": "ab" * 32}
PULSE = "c0" * 64


def joined(*parts):
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def test_a_plan_without_sets_has_the_hash_that_decision_16_gives_it():
    of = make_plan(SMALL, SIZES)
    rows = [[list(stratum), size] for stratum, size in sorted(SIZES.items())]
    written = json.dumps(["duecare draw 1", SMALL.hash, rows], separators=(",", ":"))

    assert of.hash == joined(written)


def test_the_hash_fixes_the_sets_and_the_beacon():
    other = {**SETS_OF, A: {"paired": 2, "inspector_only": 3, "force_only": 1}}
    plans = [
        make_plan(SMALL, SIZES),
        make_plan(SMALL, SIZES, SETS_OF),
        make_plan(SMALL, SIZES, other),
        make_plan(SMALL, SIZES, SETS_OF, BEACON),
        make_plan(SMALL, SIZES, SETS_OF, Beacon(BEACON.name, "2026-11-26T12:01:00+00:00")),
        make_plan(SMALL, SIZES, None, BEACON),
    ]

    assert len({of.hash for of in plans}) == len(plans)


def test_the_first_files_of_a_stratum_are_of_its_first_set_and_sets_change_no_file():
    seed = "5" * 64
    plain = draw_sample(SMALL, make_plan(SMALL, SIZES), seed)
    parted = draw_sample(SMALL, make_plan(SMALL, SIZES, SETS_OF), seed)

    assert [one.case for one in parted.drawn] == [one.case for one in plain.drawn]
    assert [one.set for one in parted.drawn] == [
        *["paired"] * 3, *["inspector_only"] * 2, "force_only", *["paired"] * 2, "inspector_only"
    ]  # fmt: skip
    assert {one.probability for one in parted.drawn} == {Fraction(6, 30), Fraction(3, 12)}


def test_who_replaces_a_file_takes_its_set():
    seed = "5" * 64
    of = make_plan(SMALL, SIZES, SETS_OF)
    first = draw_sample(SMALL, of, seed).drawn[0]

    after = draw_sample(SMALL, of, seed, [(first.case.key, "not_found")])

    (new,) = [one for one in after.drawn if one.rank == 7]
    assert (first.set, new.set) == ("paired", "paired")
    assert sorted(one.set for one in after.drawn) == sorted(one.set for one in draw_sample(SMALL, of, seed).drawn)
    assert {one.probability for one in after.drawn if one.case.stratum == A} == {Fraction(7, 30)}


def test_sets_that_do_not_add_up_are_refused():
    for wrong in ({A: SETS_OF[A]}, {**SETS_OF, B: {"paired": 2}}, {**SETS_OF, B: {"paired": 4, "force_only": -1}}):
        with pytest.raises(Refusal) as refused:
            make_plan(SMALL, SIZES, wrong)
        assert refused.value.code == "AUD-007"


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from(REASONS)), max_size=12), st.integers(0, 2**64))
def test_however_many_are_taken_out_the_sets_keep_their_sizes_and_probabilities_count_all_that_was_reached(
    outs, number
):
    of, seed, gone = make_plan(SMALL, SIZES, SETS_OF), f"{number:064x}", []
    for at, reason in outs:
        key = draw_sample(SMALL, of, seed, gone).drawn[at].case.key
        try:
            draw_sample(SMALL, of, seed, [*gone, (key, reason)])
        except Refusal:
            continue
        gone.append((key, reason))

    drawn = draw_sample(SMALL, of, seed, gone).drawn

    for stratum, shares in SETS_OF.items():
        mine = [one for one in drawn if one.case.stratum == stratum]
        out = sum(key in {case.key for case in SMALL.strata[stratum]} for key, _ in gone)
        assert Counter(one.set for one in mine) == {name: files for name, files in shares.items() if files}
        assert {one.probability for one in mine} == {Fraction(SIZES[stratum] + out, len(SMALL.strata[stratum]))}
    assert not {one.case.key for one in drawn} & {key for key, _ in gone}


# --- the beacon ---------------------------------------------------------------------------------------------


def committed(of: Plan, *sides: str) -> dict[str, str]:
    return {side: seeds.side_commitment(of.hash, side, NUMBERS[side]) for side in sides}


def test_a_beacon_stands_in_the_place_of_a_number():
    of = make_plan(SMALL, SIZES, SETS_OF, BEACON)
    told = {"force": NUMBERS["force"]}

    seed = seed_of(SMALL, of, committed(of, "force"), told, PULSE)

    assert seed == joined("duecare seed 1", of.hash, "beacon", PULSE, "force", NUMBERS["force"])
    assert seed != seed_of(SMALL, of, committed(of, "force"), told, "c1" + PULSE[2:])


@pytest.mark.parametrize("pulse", [None, "", "C0" * 64, "c0" * 31, "c0" * 65])
def test_a_beacon_without_its_value_gives_no_seed(pulse):
    of = make_plan(SMALL, SIZES, SETS_OF, BEACON)

    with pytest.raises(Refusal) as refused:
        seed_of(SMALL, of, committed(of, "force"), {"force": NUMBERS["force"]}, pulse)

    assert refused.value.code == "AUD-006"


def test_a_beacon_that_the_plan_does_not_name_and_one_alone_give_no_seed():
    of, with_beacon = make_plan(SMALL, SIZES, SETS_OF), make_plan(SMALL, SIZES, SETS_OF, BEACON)

    for wrong in ((of, committed(of, *NUMBERS), NUMBERS, PULSE), (with_beacon, {}, {}, PULSE)):
        with pytest.raises(Refusal):
            seed_of(SMALL, *wrong)
    with pytest.raises(Refusal):
        seeds.side_commitment(of.hash, "beacon", "1" * 64)


def test_where_every_file_is_drawn_nothing_is_left_to_chance():
    every = {A: 30, B: 12}
    all_of = make_plan(SMALL, every, {A: {"inspector_only": 30}, B: {"inspector_only": 12}})
    parted = make_plan(SMALL, every, {A: {"paired": 10, "inspector_only": 20}, B: {"paired": 12}})

    assert [is_left_to_chance(SMALL, of) for of in (all_of, parted, make_plan(SMALL, SIZES))] == [False, True, True]
    assert seed_of(SMALL, all_of, {}, {}) == all_of.hash
    with pytest.raises(Refusal):
        seed_of(SMALL, parted, {}, {})


# --- how many of each set -----------------------------------------------------------------------------------


def test_sets_are_shared_out_as_the_frame_is():
    held = {("a",): 6_000, ("b",): 3_000, ("c",): 1_000, ("d",): 3}

    found = shared_out(held, {"paired": 132, "inspector_only": 242})

    assert {name: sum(shares[name] for shares in found.values()) for name in SET_NAMES} == {
        "paired": 132, "inspector_only": 242, "force_only": 0
    }  # fmt: skip
    assert found["d",] == {"paired": 2, "inspector_only": 0, "force_only": 0}
    assert [sum(found[one].values()) for one in (("a",), ("b",), ("c",))] == [223, 112, 37]


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=12),
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)),
)
def test_whatever_the_frame_sets_add_up_and_no_stratum_gives_more_than_it_holds(sizes, wanted):
    held = {(f"{at}",): size for at, size in enumerate(sizes)}
    asked = dict(zip(SET_NAMES, wanted, strict=True))
    least = sum(min(2, size) for size in sizes)
    if not least <= sum(wanted) <= sum(sizes):
        with pytest.raises(Refusal):
            shared_out(held, asked)
        return

    found = shared_out(held, asked)

    assert {name: sum(shares[name] for shares in found.values()) for name in SET_NAMES} == asked
    assert all(min(2, held[one]) <= sum(shares.values()) <= held[one] for one, shares in found.items())
    assert all(files >= 0 for shares in found.values() for files in shares.values())


def test_an_unknown_set_and_less_than_nothing_are_refused():
    for wrong in ({"pair": 3}, {"paired": -1, "force_only": 9}):
        with pytest.raises(Refusal):
            shared_out({("a",): 30}, wrong)


def test_who_grades_what():
    assert sets_of("force") == ("paired", "force_only")
    assert sets_of("inspectorate") == ("paired", "inspector_only")
    assert [sides_of(names) for names in (("paired",), ("force_only",), ("inspector_only",), ())] == [
        ("force", "inspectorate"), ("force",), ("inspectorate",), ()
    ]  # fmt: skip


@pytest.mark.parametrize("beacon", [None, BEACON])
def test_the_program_of_the_decision_makes_our_sample(beacon):
    (page,) = (Path(__file__).parents[3] / "docs/decisions").glob("*-the-plan-of-a-round-*.md")
    (program,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    of = make_plan(SMALL, SIZES, SETS_OF, beacon)
    told = {"force": NUMBERS["force"]} if beacon else NUMBERS
    said = {
        "frame": SMALL.canonical,
        "sizes": [[list(one), SIZES[one], [list(share) for share in SETS_OF[one].items()]] for one in (A, B)],
        "beacon": [beacon.name, beacon.pulse_at] if beacon else None,
        "numbers": {**told, "beacon": PULSE} if beacon else told,
    }
    exec(compile(program, page.name, "exec"), said)

    drawn = draw_sample(SMALL, of, seed_of(SMALL, of, committed(of, *told), told, PULSE if beacon else None)).drawn

    assert [(*one.case.key, one.set) for one in drawn] == said["sample"]
