"""The proof of a draw as a file: all that anyone needs to repeat it, with this program or with none of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.frame_file import Case, Frame, FrameKey, build_frame
from duecare.audit.rounds.sample_draw import Plan, verify_draw
from duecare.vocabulary.refusals import Refusal

FORMAT: Final = "duecare proof of a draw 1"
LARGEST: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """The round, frame, plan, numbers and list of a draw, to be checked by anyone.

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
    taken_out: tuple[tuple[FrameKey, str], ...]
    listed: tuple[tuple[FrameKey, str], ...]

    @property
    def canonical(self) -> bytes:
        """The file: RFC 8785 JSON."""
        beacon = self.plan.beacon
        written: dict[str, Any] = {
            "format": FORMAT,
            "round": self.round,
            "frame_hash": self.frame_hash,
            "frame": [
                [frame_case.source, frame_case.case_ref, list(frame_case.stratum)] for frame_case in self.frame.cases
            ],
            "plan_hash": self.plan_hash,
            "sizes": [[list(stratum), stratum_size] for stratum, stratum_size in self.plan.sizes],
            "sets": [[[set_name, files] for set_name, files in shares] for shares in self.plan.sets],
            "beacon": [beacon.name, beacon.pulse_at] if beacon else None,
            "commitments": dict(self.commitments),
            "numbers": dict(self.numbers),
            "pulse": self.pulse,
            "taken_out": [[*case_key, reason] for case_key, reason in self.taken_out],
            "listed": [[*case_key, set_name] for case_key, set_name in self.listed],
        }
        return rfc8785.dumps(written)


def read_proof(file_bytes: bytes) -> Proof:
    """Read the proof in this file.

    Raises:  AUD-020 if it is none, or larger than it may be. AUD-005 if its frame is none to draw from.
    """
    if len(file_bytes) > LARGEST:
        raise Refusal("AUD-020", found=f"{len(file_bytes)} bytes, more than {LARGEST}")
    try:
        proof_json = json.loads(file_bytes)
        if proof_json["format"] != FORMAT:
            raise Refusal("AUD-020", found="a format of another name")
        cases = [
            Case(_require_text(frame_row[0]), _require_text(frame_row[1]), tuple(map(_require_text, frame_row[2])))
            for frame_row in proof_json["frame"]
        ]
        beacon = proof_json["beacon"]
        draw_plan = Plan(
            _require_text(proof_json["frame_hash"]),
            tuple(
                (tuple(map(_require_text, stratum)), _require_count(stratum_size))
                for stratum, stratum_size in proof_json["sizes"]
            ),
            tuple(
                tuple((_require_text(set_name), _require_count(files)) for set_name, files in shares)
                for shares in proof_json["sets"]
            ),
            Beacon(_require_text(beacon[0]), _require_text(beacon[1])) if beacon else None,
        )
        if draw_plan.sets and len(draw_plan.sets) != len(draw_plan.sizes):
            raise Refusal("AUD-020", found="sets of other strata than those of the plan")
        return Proof(
            round=_require_text(proof_json["round"]),
            frame=build_frame(cases),
            frame_hash=draw_plan.frame_hash,
            plan=draw_plan,
            plan_hash=_require_text(proof_json["plan_hash"]),
            commitments={
                _require_text(grader_side): _require_text(commitment_text)
                for grader_side, commitment_text in proof_json["commitments"].items()
            },
            numbers={
                _require_text(grader_side): _require_text(number_text)
                for grader_side, number_text in proof_json["numbers"].items()
            },
            pulse=None if proof_json["pulse"] is None else _require_text(proof_json["pulse"]),
            taken_out=tuple(
                ((_require_text(source), _require_text(case_ref)), _require_text(reason_text))
                for source, case_ref, reason_text in proof_json["taken_out"]
            ),
            listed=tuple(
                ((_require_text(source), _require_text(case_ref)), _require_text(set_name))
                for source, case_ref, set_name in proof_json["listed"]
            ),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Refusal("AUD-020", found=f"what cannot be read as one ({type(error).__name__})") from error


def proof_faults(proof: Proof) -> tuple[str, ...]:
    """What is wrong with this proof; empty when its list is the sample that chance gave."""
    fault_list = []
    if proof.frame.hash != proof.frame_hash:
        fault_list.append(f"the frame has the hash {proof.frame.hash}, not {proof.frame_hash}")
    if proof.plan.hash != proof.plan_hash:
        fault_list.append(f"the plan has the hash {proof.plan.hash}, not {proof.plan_hash}")
    stratum_counts = {stratum: len(cases) for stratum, cases in proof.frame.strata.items()}
    sizes = dict(proof.plan.sizes)
    if [stratum for stratum, _ in proof.plan.sizes] != sorted(sizes):
        fault_list.append("the strata of the plan are not in order, or one appears twice")
    if stratum_counts.keys() != sizes.keys() or any(
        stratum_size > stratum_counts[stratum] for stratum, stratum_size in sizes.items()
    ):
        fault_list.append("the plan does not name the strata of the frame, or takes more files than one of them has")
    parted = zip(proof.plan.sizes, proof.plan.sets, strict=False)
    if any(stratum_size != sum(files for _, files in shares) for (_, stratum_size), shares in parted):
        fault_list.append("the sets of a stratum do not add up to its files")
    if fault_list:
        return tuple(fault_list)
    return verify_draw(
        proof.frame,
        proof.plan,
        proof.commitments,
        proof.numbers,
        [case_key for case_key, _ in proof.listed],
        proof.taken_out,
        pulse=proof.pulse,
        sample_sets=dict(proof.listed),
    )


def _require_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _require_count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError
    return value
