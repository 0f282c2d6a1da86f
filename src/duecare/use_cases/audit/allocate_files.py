"""Allotting a side's files to its graders: nobody grades a file that they worked, supervised or commanded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.access.act import Act
from duecare.audit.rounds.conflicts_of_interest import ties_of
from duecare.audit.rounds.file_allocation import Tie, allot_files
from duecare.audit.rounds.frame_file import Case
from duecare.audit.rounds.sample_draw import CONFLICTED
from duecare.audit.rounds.sample_sets import sets_of
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.facts.officer_roster import roster
from duecare.store.ledger.opaque_ids import CASE
from duecare.store.models import RoundGrader, SampledFile
from duecare.use_cases.audit.replace_file import replace
from duecare.use_cases.audit.round_lead import drawn, leads, round_to_change
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class AllottedRound:
    """How many files has each grader of the side, and how many were replaced because no grader was free?"""

    round: str
    side: str
    loads: dict[str, int]
    allotted: int
    replaced: int

    def as_json(self) -> dict[str, Any]:
        """How is this written in what we send out?"""
        return {
            "round": self.round,
            "side": self.side,
            "allotted": self.allotted,
            "replaced": self.replaced,
            "graders": [{"account": account, "files": files} for account, files in sorted(self.loads.items())],
        }


def allot_round(request: Request, name: str, *, replaces: bool = False, wanted: str = "") -> AllottedRound:
    """Allot the files of the viewer's own side that nobody has yet to its graders.

    Shape:   as evenly as conflicts of interest allow, by the seed. With `replaces`, a file that no grader may have is
             replaced by the rule of the draw. Files are spoken of by number, so that no case is named to a lead.
    Raises:  ACC-003 when the viewer does not lead that side; AUD-021, AUD-022 where there is no such round or it is not
             drawn; AUD-010 with every file that no grader may have and each grader's tie: then nothing is allotted;
             AUD-011 where no file is left to replace one with.
    """
    side = leads(request, wanted)
    with transaction():
        of = round_to_change(name)
        drawn(of)
        graders = round_records.graders_of_side(of, side)
        known: dict[int, list[Tie]] = {}
        replaced = 0
        while True:
            files = round_records.without_grader(of, side, sets_of(side))
            known |= {file.pk: _ties(file, graders, request.now) for file in files if file.pk not in known}
            stuck = [file for file in files if len({tie.officer for tie in known[file.pk]}) == len(graders)]
            if not stuck:
                break
            if not replaces or not graders:
                raise Refusal("AUD-010", faults=tuple(_why(file, known[file.pk], graders) for file in stuck))
            for file in stuck:
                replace(of, file, CONFLICTED, request.now)
            replaced += len(stuck)
        cases = {file.pk: Case(file.case_source, file.case_ref, tuple(file.stratum)) for file in files}
        ties = [tie for file in files for tie in known[file.pk]]
        whose = allot_files(list(cases.values()), [one.account for one in graders], ties, of.seed) if cases else {}
        round_records.keep_allotment(side, {number: whose[case.key] for number, case in cases.items()}, request.now)
        log_write(
            request,
            Act.LEAD_ROUND,
            names={(CASE, *case.key) for case in cases.values()},
            outcome=f"done: round {name}, {len(cases)} files allotted for {side}, {replaced} replaced",
        )
        loads = {**{one.account: 0 for one in graders}, **round_records.loads(of, side)}
    return AllottedRound(name, side, loads, len(cases), replaced)


def _ties(file: SampledFile, graders: Iterable[RoundGrader], now: datetime) -> list[Tie]:
    """What the graders have to do with this file, by the facts as they are known now; under their accounts."""
    key = CaseKey(file.case_source, file.case_ref)
    facts = facts_of_case(key, None)
    events = [event for event in facts.events if event.case == key]
    found = ties_of(key, facts.cases.get(key), events, *roster(None), now)
    accounts: dict[str, list[str]] = {}
    for one in graders:
        if one.officer.strip():
            accounts.setdefault(one.officer.strip().casefold(), []).append(one.account)
    return sorted(
        (Tie(tie.case, account, tie.how) for tie in found for account in accounts.get(tie.officer, ())),
        key=lambda tie: (tie.officer, tie.how),
    )


def _why(file: SampledFile, ties: Iterable[Tie], graders: Iterable[RoundGrader]) -> str:
    stratum = " / ".join(map(str, file.stratum))
    each = "; ".join(
        f"{one.account} {' and '.join(tie.how for tie in ties if tie.officer == one.account)} it" for one in graders
    )
    return f"file {file.pk} of {stratum}: {each or 'there are no graders'}"
