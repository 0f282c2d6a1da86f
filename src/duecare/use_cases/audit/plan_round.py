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
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.models import Round
from duecare.use_cases.audit.no_harm_claims import claims_of_no_harm
from duecare.use_cases.audit.round_lead import leads, round_to_change, round_to_read, undrawn
from duecare.use_cases.audit.sampling_frame import files_held
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many files of each set, in all: so many, or so many that a share is known to this half-width?

    Shape:   `within` by set: half the width of the interval, a proportion; `expected` the share that is expected.
    """

    files: Mapping[str, int] = field(default_factory=dict)
    within: Mapping[str, float] = field(default_factory=dict)
    expected: float = 0.5

    def of(self, population: int) -> dict[str, int]:
        """How many files of each set, of a frame of this size?

        Raises:  AUD-007 if a set is sized both ways, or none is sized at all.
        """
        if set(self.files) & set(self.within) or not (self.files or self.within):
            raise Refusal("AUD-007", found="a set that is sized both ways, or no set that is sized at all")
        sized = {name: size_for(half, population, self.expected) for name, half in self.within.items()}
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
        """By set, of how many strata are fewer than two files drawn, though they hold more?"""
        used = [name for name in SET_NAMES if any(shares.get(name, 0) for *_, shares in self.strata)]
        return {
            name: sum(shares.get(name, 0) < min(2, held) for _, held, shares in self.strata)
            for name in used
            if name == "paired" or len(used) == 1
        }

    def as_json(self) -> dict[str, Any]:
        """How is this written in what we send out?"""
        return {
            "round": self.round,
            "frame_hash": self.frame_hash,
            "plan_hash": self.plan_hash,
            "files_held": sum(held for _, held, _ in self.strata),
            "files_to_draw": {name: sum(shares.get(name, 0) for *_, shares in self.strata) for name in SET_NAMES},
            "undated": self.undated,
            "thin": self.thin,
            "strata": [{"stratum": list(one), "held": held, **shares} for one, held, shares in self.strata],
        }


def plan_round(
    request: Request,
    name: str,
    choice: Choice,
    sizes: Sizes,
    beacon: tuple[str, datetime] | None = None,
    *,
    of_claims: bool = False,
) -> Planned:
    """Plan this round: the files that the choice takes of what is held now, without the sealed.

    Shape:   planned anew as often as need be until somebody commits to a number. `of_claims`: only of cases that were
             sent back and of which a revisit says that it found no further harm, so that the claim is tested.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is past that;
             AUD-005, AUD-007 where this cannot be drawn; AUD-024 where a side that would grade has no scheme.
    """
    leads(request)
    undrawn(round_to_read(name))
    held_now = files_held(request.now)
    claims = claims_of_no_harm() if of_claims else set()
    found = choose_files([one for one in held_now if not of_claims or (one.source, one.case_ref) in claims], choice)
    held = {stratum: len(cases) for stratum, cases in found.frame.strata.items()}
    sets = shared_out(held, sizes.of(len(found.frame.cases)))
    said = {
        "kinds": sorted(choice.kinds),
        "areas": sorted(choice.areas),
        "opened_from": iso_text(choice.opened_from) if choice.opened_from else None,
        "opened_to": iso_text(choice.opened_to) if choice.opened_to else None,
        "by": list(choice.parts),
        "of_claims": of_claims,
        "known_at": iso_text(request.now),
        "within": dict(sizes.within),
        "undated": found.undated,
    }
    return _keep(request, name, found.frame, sets, said, beacon, found.undated)


def plan_whole(
    request: Request, name: str, *, of_rounds: Sequence[str] = (), cases: Sequence[CaseKey] = (), into: str
) -> Planned:
    """Plan to look at every file of earlier rounds again, or at these cases: as one job, none left out.

    Shape:   without the sealed; strata are kind and area, as known now. Each side that has a part in the set `into` grades each.
    Raises:  as `plan_round`; AUD-021 where a round or a case is not there.
    """
    leads(request)
    for earlier in of_rounds:
        round_to_read(earlier)
    known = {CaseKey(file.source, file.case_ref): file for file in files_held(request.now)}
    if not set(cases) <= known.keys():
        raise Refusal("AUD-021", where="the cases to look at")
    examined = round_records.cases_of_rounds(of_rounds) - sealed_cases()
    whole = choose_files((known.get(key, File(*key)) for key in examined | set(cases)), Choice()).frame
    sets = {stratum: {name: len(of) * (name == into) for name in SET_NAMES} for stratum, of in whole.strata.items()}
    said = {"rounds": list(of_rounds), "by": ["kind", "area"], "known_at": iso_text(request.now), "undated": 0}
    return _keep(request, name, whole, sets, said, None, 0)


def _keep(
    request: Request,
    name: str,
    files: Frame,
    sets: StratumSets,
    said: Mapping[str, Any],
    beacon: tuple[str, datetime] | None,
    undated: int,
) -> Planned:
    wanted = make_plan(
        files, {one: sum(shares.values()) for one, shares in sets.items()}, sets, _beacon(request, beacon)
    )
    with transaction():
        of = round_to_change(name)
        undrawn(of)
        if round_records.numbers_of(of):
            raise Refusal("AUD-022", where=f"round {name}", found="a number to which somebody has committed")
        _schemes(of, sets)
        round_records.keep_plan(
            of,
            frame=files.canonical,
            frame_hash=files.hash,
            plan=_as_kept(wanted, sets),
            plan_hash=wanted.hash,
            frame_of=dict(said),
        )
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {name} planned, plan {wanted.hash}")
    held = {stratum: len(cases) for stratum, cases in files.strata.items()}
    strata = tuple((one, held[one], dict(sets[one])) for one in sorted(held))
    return Planned(name, files.hash, wanted.hash, strata, undated)


def _as_kept(wanted: Plan, sets: StratumSets) -> dict[str, Any]:
    beacon = wanted.beacon
    return {
        "sizes": [[list(one), *(sets[one].get(name, 0) for name in SET_NAMES)] for one, _ in wanted.sizes],
        "beacon": [beacon.name, beacon.pulse_at] if beacon else None,
    }


def _beacon(request: Request, named: tuple[str, datetime] | None) -> Beacon | None:
    if named is None:
        return None
    name, at = " ".join(named[0].split()), named[1]
    if not name or at <= request.now:
        raise Refusal("AUD-025", where="the beacon", found="no name, or a pulse whose value is known already")
    return Beacon(name, iso_text(at))


def _schemes(of: Round, sets: StratumSets) -> None:
    used = [name for name in SET_NAMES if any(shares.get(name, 0) for shares in sets.values())]
    lacking = [side for side in sides_of(used) if side not in of.schemes]
    if lacking:
        raise Refusal(
            "AUD-024", where=f"round {of.name}", faults=tuple(f"{one} grades without a scheme" for one in lacking)
        )
