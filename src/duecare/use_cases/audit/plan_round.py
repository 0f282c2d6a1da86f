"""Planning a round: from which files, as known now, how many of each stratum and set are to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from duecare.access.act import Act
from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.frame_file import Frame, Stratum
from duecare.audit.rounds.sample_draw import Plan, make_plan
from duecare.audit.rounds.sample_sets import SET_NAMES, StratumSets, shared_out, sides_of
from duecare.audit.rounds.sample_size import size_for
from duecare.audit.rounds.sampling_frame import Choice, File, choose_files
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.use_cases.audit.cases_to_draw import files_held
from duecare.use_cases.audit.no_harm_claims import claims_of_no_harm
from duecare.use_cases.audit.round_lead import leading_side, require_undrawn, round_to_change, round_to_read
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Sizes:
    """The number of files of each set in all: given, or enough that a share is known to this half-width.

    Shape:   `within` by set: half the width of the interval, a proportion; `expected` the share that is expected.
    """

    files: Mapping[str, int] = field(default_factory=dict)
    within: Mapping[str, float] = field(default_factory=dict)
    expected: float = 0.5

    def of(self, population: int) -> dict[str, int]:
        """The number of files of each set, of a frame of this size.

        Raises:  AUD-007 if a set is sized both ways, or none is sized at all.
        """
        if set(self.files) & set(self.within) or not (self.files or self.within):
            raise Refusal("AUD-007", found="a set that is sized both ways, or no set that is sized at all")
        sized = {set_name: size_for(set_half, population, self.expected) for set_name, set_half in self.within.items()}
        return {**self.files, **sized}


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned: hashes to read aloud, and counts by stratum; never a case.

    Shape:   `strata` are (stratum, files held, files by set); `undated` could not be placed in the period; `thin` counts
             strata that give one set fewer than two of the files they hold: it cannot tell how sure it is of the whole.
    """

    round: str
    frame_hash: str
    plan_hash: str
    strata: tuple[tuple[Stratum, int, Mapping[str, int]], ...]
    undated: int = 0

    @property
    def thin(self) -> dict[str, int]:
        """By set, the number of strata of which fewer than two files are drawn, though they have more."""
        used_sets = [set_name for set_name in SET_NAMES if any(shares.get(set_name, 0) for *_, shares in self.strata)]
        return {
            set_name: sum(shares.get(set_name, 0) < min(2, files_held) for _, files_held, shares in self.strata)
            for set_name in used_sets
            if set_name == "paired" or len(used_sets) == 1
        }

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            "round": self.round,
            "frame_hash": self.frame_hash,
            "plan_hash": self.plan_hash,
            "files_held": sum(files_held for _, files_held, _ in self.strata),
            "files_to_draw": {
                set_name: sum(shares.get(set_name, 0) for *_, shares in self.strata) for set_name in SET_NAMES
            },
            "undated": self.undated,
            "thin": self.thin,
            "strata": [
                {"stratum": list(stratum), "held": files_held, **shares} for stratum, files_held, shares in self.strata
            ],
        }


def plan_round(
    request: Request,
    round_name: str,
    choice: Choice,
    sizes: Sizes,
    beacon: tuple[str, datetime] | None = None,
    *,
    of_claims: bool = False,
) -> Planned:
    """Plan this round: the files that the choice takes of what is recorded now, without the sealed.

    Shape:   planned again as often as need be until somebody commits to a number. `of_claims`: only of cases that were
             sent back and of which a revisit says that it found no further harm, so that the claim is tested.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is past that;
             AUD-005, AUD-007 where this cannot be drawn; AUD-024 where a side that would grade has no scheme.
    """
    leading_side(request)
    require_undrawn(round_to_read(round_name))
    held_now = files_held(request.now)
    claims = claims_of_no_harm() if of_claims else set()
    chosen_files = choose_files(
        [
            listed_file
            for listed_file in held_now
            if not of_claims or (listed_file.source, listed_file.case_ref) in claims
        ],
        choice,
    )
    cases_held = {stratum: len(cases) for stratum, cases in chosen_files.frame.strata.items()}
    stratum_sets = shared_out(cases_held, sizes.of(len(chosen_files.frame.cases)))
    choice_said = {
        "kinds": sorted(choice.kinds),
        "areas": sorted(choice.areas),
        "opened_from": iso_text(choice.opened_from) if choice.opened_from else None,
        "opened_to": iso_text(choice.opened_to) if choice.opened_to else None,
        "by": list(choice.parts),
        "of_claims": of_claims,
        "known_at": iso_text(request.now),
        "within": dict(sizes.within),
        "undated": chosen_files.undated,
    }
    return _keep_plan(request, round_name, chosen_files.frame, stratum_sets, choice_said, beacon, chosen_files.undated)


def plan_whole(
    request: Request, round_name: str, *, of_rounds: Sequence[str] = (), cases: Sequence[CaseKey] = (), into_set: str
) -> Planned:
    """Plan to look at every file of earlier rounds again, or at these cases: as one job, none left out.

    Shape:   without the sealed; strata are kind and area, as known now. Each side that has a part in the set
             `into_set` grades each.
    Raises:  as `plan_round`; AUD-021 where a round or a case is not there.
    """
    leading_side(request)
    for earlier in of_rounds:
        round_to_read(earlier)
    known_files = {
        CaseKey(sampled_file.source, sampled_file.case_ref): sampled_file for sampled_file in files_held(request.now)
    }
    if not set(cases) <= known_files.keys():
        raise Refusal("AUD-021", where="the cases to revisit")
    examined = round_records.cases_of_rounds(of_rounds) - sealed_cases()
    whole = choose_files(
        (known_files.get(case_key, File(*case_key)) for case_key in examined | set(cases)), Choice()
    ).frame
    stratum_sets = {
        stratum: {set_name: len(stratum_files) * (set_name == into_set) for set_name in SET_NAMES}
        for stratum, stratum_files in whole.strata.items()
    }
    choice_said = {"rounds": list(of_rounds), "by": ["kind", "area"], "known_at": iso_text(request.now), "undated": 0}
    return _keep_plan(request, round_name, whole, stratum_sets, choice_said, None, 0)


def _keep_plan(
    request: Request,
    round_name: str,
    files: Frame,
    stratum_sets: StratumSets,
    choice_said: Mapping[str, Any],
    beacon: tuple[str, datetime] | None,
    undated: int,
) -> Planned:
    wanted_plan = make_plan(
        files,
        {stratum: sum(shares.values()) for stratum, shares in stratum_sets.items()},
        stratum_sets,
        _named_beacon(request, beacon),
    )
    with transaction():
        audit_round = round_to_change(round_name)
        require_undrawn(audit_round)
        if round_records.numbers_of(audit_round):
            raise Refusal("AUD-022", where=f"round {round_name}", found="somebody has already committed to a number")
        _check_schemes(audit_round, stratum_sets)
        round_records.keep_plan(
            audit_round,
            frame=files.canonical,
            frame_hash=files.hash,
            plan_json=_as_kept(wanted_plan, stratum_sets),
            plan_hash=wanted_plan.hash,
            frame_of=dict(choice_said),
        )
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {round_name} planned, plan {wanted_plan.hash}")
    cases_held = {stratum: len(cases) for stratum, cases in files.strata.items()}
    strata = tuple(
        (stratum_key, cases_held[stratum_key], dict(stratum_sets[stratum_key])) for stratum_key in sorted(cases_held)
    )
    return Planned(round_name, files.hash, wanted_plan.hash, strata, undated)


def _as_kept(wanted_plan: Plan, stratum_sets: StratumSets) -> dict[str, Any]:
    beacon = wanted_plan.beacon
    return {
        "sizes": [
            [list(stratum), *(stratum_sets[stratum].get(set_name, 0) for set_name in SET_NAMES)]
            for stratum, _ in wanted_plan.sizes
        ],
        "beacon": [beacon.name, beacon.pulse_at] if beacon else None,
    }


def _named_beacon(request: Request, named_pulse: tuple[str, datetime] | None) -> Beacon | None:
    if named_pulse is None:
        return None
    beacon_name, pulse_time = " ".join(named_pulse[0].split()), named_pulse[1]
    if not beacon_name or pulse_time <= request.now:
        raise Refusal("AUD-025", where="the beacon", found="no name, or a pulse with a value that is already known")
    return Beacon(beacon_name, iso_text(pulse_time))


def _check_schemes(audit_round: AuditRound, stratum_sets: StratumSets) -> None:
    used_sets = [set_name for set_name in SET_NAMES if any(shares.get(set_name, 0) for shares in stratum_sets.values())]
    lacking = [audit_side for audit_side in sides_of(used_sets) if audit_side not in audit_round.schemes]
    if lacking:
        raise Refusal(
            "AUD-024",
            where=f"round {audit_round.name}",
            faults=tuple(f"{lacking_side} grades without a scheme" for lacking_side in lacking),
        )
