"""The proof as a file: written and read again it is the same, and whatever is changed in it is found."""

import dataclasses
import json

import pytest
from tests.rooms.audit.test_sets import BEACON, NUMBERS, PULSE, SETS_OF, SIZES, SMALL, A, committed

from duecare.audit.rounds.draw_proof import Proof, proof_faults, read_proof
from duecare.audit.rounds.sample_draw import draw_sample, make_plan, seed_of
from duecare.vocabulary.refusals import Refusal

OUT = 2


def proof_of(of, commitments, numbers, pulse=None) -> Proof:
    seed = seed_of(SMALL, of, commitments, numbers, pulse)
    gone = [(one.case.key, "not_found") for one in draw_sample(SMALL, of, seed).drawn[:OUT]]
    listed = tuple((one.case.key, one.set) for one in draw_sample(SMALL, of, seed, gone).drawn)
    return Proof("R1", SMALL, SMALL.hash, of, of.hash, commitments, numbers, pulse, tuple(gone), listed)


PLAN = make_plan(SMALL, SIZES, SETS_OF)
WITH_BEACON = make_plan(SMALL, SIZES, SETS_OF, BEACON)
PROOF = proof_of(PLAN, committed(PLAN, *NUMBERS), NUMBERS)
BY_BEACON = proof_of(WITH_BEACON, committed(WITH_BEACON, "force"), {"force": NUMBERS["force"]}, PULSE)
PLAIN = proof_of(make_plan(SMALL, SIZES), committed(make_plan(SMALL, SIZES), *NUMBERS), NUMBERS)


@pytest.mark.parametrize("proof", [PROOF, BY_BEACON, PLAIN])
def test_a_true_proof_is_read_as_it_was_written_and_has_no_fault(proof):
    assert read_proof(proof.canonical) == proof
    assert proof_faults(read_proof(proof.canonical)) == ()


def changed(proof, **what):
    said = json.loads(proof.canonical)
    for name, change in what.items():
        said[name] = change(said[name])
    return read_proof(json.dumps(said).encode())


def swapped(listed):
    sets = [row[2] for row in listed]
    return [[*row[:2], name] for row, name in zip(listed, [*sets[3:], *sets[:3]], strict=True)]


@pytest.mark.parametrize(
    "what",
    [
        {"frame": lambda rows: rows[1:]},
        {"frame": lambda rows: [[rows[0][0], rows[0][1] + "x", rows[0][2]], *rows[1:]]},
        {"plan_hash": lambda text: text[::-1]},
        {"frame_hash": lambda text: text[::-1]},
        {"sizes": lambda rows: [[rows[0][0], rows[0][1] + 1], *rows[1:]]},
        {"sets": lambda rows: [rows[1], rows[0]]},
        {"numbers": lambda sides: {**sides, "force": "2" * 64}},
        {"numbers": lambda sides: {"force": sides["force"]}},
        {"commitments": lambda sides: {"force": sides["force"]}},
        {"taken_out": lambda rows: rows[1:]},
        {"taken_out": lambda rows: [[*row[:2], "disliked"] for row in rows]},
        {"listed": lambda rows: rows[1:]},
        {"listed": lambda rows: [*rows, rows[0]]},
        {"listed": swapped},
        {"pulse": lambda _: PULSE},
        {"beacon": lambda _: ["made up", "2026-11-26T12:00:00+00:00"]},
    ],
)
def test_whatever_is_changed_is_found(what):
    assert proof_faults(changed(PROOF, **what)) != ()


def test_another_value_of_the_beacon_is_found():
    assert proof_faults(changed(BY_BEACON, pulse=lambda text: "c1" + text[2:])) != ()
    assert proof_faults(changed(BY_BEACON, pulse=lambda _: None)) != ()
    assert proof_faults(changed(BY_BEACON, beacon=lambda two: [two[0], "2026-11-26T12:01:00+00:00"])) != ()


def test_a_plan_whose_sets_do_not_add_up_is_found_though_its_hash_fits():
    wrong = dataclasses.replace(PLAN, sets=((*PLAN.sets[0], ("paired", 1)), PLAN.sets[1]))
    proof = dataclasses.replace(PROOF, plan=wrong, plan_hash=wrong.hash)

    assert any("add up" in fault for fault in proof_faults(proof))


def test_a_plan_that_asks_for_more_than_a_stratum_holds_is_found_though_its_hash_fits():
    wrong = dataclasses.replace(PLAN, sizes=((A, 31), PLAN.sizes[1]), sets=((("paired", 31),), PLAN.sets[1]))

    assert any(
        "takes more files than" in fault
        for fault in proof_faults(dataclasses.replace(PROOF, plan=wrong, plan_hash=wrong.hash))
    )


def test_a_plan_that_names_a_stratum_twice_or_out_of_order_is_found_though_its_hash_fits():
    for sizes, sets in (
        ((*PLAN.sizes, PLAN.sizes[1]), (*PLAN.sets, PLAN.sets[1])),
        (PLAN.sizes[::-1], PLAN.sets[::-1]),
    ):
        wrong = dataclasses.replace(PLAN, sizes=sizes, sets=sets)

        assert any(
            "in order" in fault for fault in proof_faults(dataclasses.replace(PROOF, plan=wrong, plan_hash=wrong.hash))
        )


@pytest.mark.parametrize(
    "held",
    [b"", b"\xff", b"[]", b"{}", b'{"format":"other"}', b"null", b"[" * 100_000,
     json.dumps({**json.loads(PROOF.canonical), "sizes": [[["a"], "6"]]}).encode(),
     json.dumps({**json.loads(PROOF.canonical), "sets": [[["paired", 1]]]}).encode(),
     json.dumps({**json.loads(PROOF.canonical), "listed": [["a", "b"]]}).encode()],
)  # fmt: skip
def test_what_is_no_proof_is_refused(held):
    with pytest.raises(Refusal) as refused:
        read_proof(held)

    assert refused.value.code == "AUD-020"
