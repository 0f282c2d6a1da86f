"""The proof of a draw as a file: all that anyone needs to repeat it, with this program or with none of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.frame_file import Case, Frame, frame
from duecare.audit.rounds.sample_draw import Key, Plan, verify_draw
from duecare.vocabulary.refusals import Refusal

FORMAT: Final = "duecare proof of a draw 1"
LARGEST: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """Of which round, frame, plan and numbers is which list said to be the sample?

    Shape:   `frame_hash` and `plan_hash` are as claimed; `listed` is (file, set) in order, `taken_out` (file, reason) in
             the order in which they were.
    """

    round: str
    frame: Frame
    frame_hash: str
    plan: Plan
    plan_hash: str
    commitments: Mapping[str, str]
    numbers: Mapping[str, str]
    pulse: str | None
    taken_out: tuple[tuple[Key, str], ...]
    listed: tuple[tuple[Key, str], ...]

    @property
    def canonical(self) -> bytes:
        """The file: RFC 8785 JSON."""
        beacon = self.plan.beacon
        written: dict[str, Any] = {
            "format": FORMAT,
            "round": self.round,
            "frame_hash": self.frame_hash,
            "frame": [[case.source, case.case_ref, list(case.stratum)] for case in self.frame.cases],
            "plan_hash": self.plan_hash,
            "sizes": [[list(stratum), size] for stratum, size in self.plan.sizes],
            "sets": [[[name, files] for name, files in shares] for shares in self.plan.sets],
            "beacon": [beacon.name, beacon.pulse_at] if beacon else None,
            "commitments": dict(self.commitments),
            "numbers": dict(self.numbers),
            "pulse": self.pulse,
            "taken_out": [[*key, reason] for key, reason in self.taken_out],
            "listed": [[*key, name] for key, name in self.listed],
        }
        return rfc8785.dumps(written)


def read_proof(held: bytes) -> Proof:
    """Which proof does this file hold?

    Raises:  AUD-020 if it is none, or larger than it may be. AUD-005 if its frame is none to draw from.
    """
    if len(held) > LARGEST:
        raise Refusal("AUD-020", found=f"{len(held)} bytes, more than {LARGEST}")
    try:
        said = json.loads(held)
        if said["format"] != FORMAT:
            raise Refusal("AUD-020", found="a format of another name")
        cases = [Case(_text(one[0]), _text(one[1]), tuple(map(_text, one[2]))) for one in said["frame"]]
        beacon = said["beacon"]
        plan = Plan(
            _text(said["frame_hash"]),
            tuple((tuple(map(_text, stratum)), _count(size)) for stratum, size in said["sizes"]),
            tuple(tuple((_text(name), _count(files)) for name, files in shares) for shares in said["sets"]),
            Beacon(_text(beacon[0]), _text(beacon[1])) if beacon else None,
        )
        if plan.sets and len(plan.sets) != len(plan.sizes):
            raise Refusal("AUD-020", found="sets of other strata than those of the plan")
        return Proof(
            round=_text(said["round"]),
            frame=frame(cases),
            frame_hash=plan.frame_hash,
            plan=plan,
            plan_hash=_text(said["plan_hash"]),
            commitments={_text(side): _text(one) for side, one in said["commitments"].items()},
            numbers={_text(side): _text(one) for side, one in said["numbers"].items()},
            pulse=None if said["pulse"] is None else _text(said["pulse"]),
            taken_out=tuple(((_text(source), _text(ref)), _text(why)) for source, ref, why in said["taken_out"]),
            listed=tuple(((_text(source), _text(ref)), _text(name)) for source, ref, name in said["listed"]),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as wrong:
        raise Refusal("AUD-020", found=f"what cannot be read as one ({type(wrong).__name__})") from wrong


def faults(proof: Proof) -> tuple[str, ...]:
    """What is wrong with this proof? Nothing: its list is the sample that chance gave."""
    found = []
    if proof.frame.hash != proof.frame_hash:
        found.append(f"the frame has the hash {proof.frame.hash}, not {proof.frame_hash}")
    if proof.plan.hash != proof.plan_hash:
        found.append(f"the plan has the hash {proof.plan.hash}, not {proof.plan_hash}")
    held = {stratum: len(cases) for stratum, cases in proof.frame.strata.items()}
    sizes = dict(proof.plan.sizes)
    if [stratum for stratum, _ in proof.plan.sizes] != sorted(sizes):
        found.append("the strata of the plan are not in order, or one stands there twice")
    if held.keys() != sizes.keys() or any(size > held[stratum] for stratum, size in sizes.items()):
        found.append("the plan does not name the strata of the frame, or asks for more than one of them holds")
    parted = zip(proof.plan.sizes, proof.plan.sets, strict=False)
    if any(size != sum(files for _, files in shares) for (_, size), shares in parted):
        found.append("the sets of a stratum do not add up to its files")
    if found:
        return tuple(found)
    return verify_draw(
        proof.frame,
        proof.plan,
        proof.commitments,
        proof.numbers,
        [key for key, _ in proof.listed],
        proof.taken_out,
        pulse=proof.pulse,
        sets=dict(proof.listed),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError
    return value
