"""Allotting a side's files to its graders: nobody grades a file that they worked, supervised or commanded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.access.act import Act
from duecare.audit.rounds.case_ties import ties_of
from duecare.audit.rounds.file_allocation import GraderConflict, allot_files
from duecare.audit.rounds.file_replacement import CONFLICTED
from duecare.audit.rounds.frame_file import Case
from duecare.audit.rounds.sample_sets import sets_of
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import NamedGrader, RoundFile
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.facts.officer_roster import known_roster
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.replace_file import replace_file
from duecare.use_cases.audit.round_lead import leading_side, require_drawn, round_to_change
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class AllottedRound:
    """How many files each grader of the side has, and how many were replaced because no grader was free."""

    round: str
    side: str
    loads: dict[str, int]
    allotted: int
    replaced: int

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            "round": self.round,
            "side": self.side,
            "allotted": self.allotted,
            "replaced": self.replaced,
            "graders": [{"account": account, "files": files} for account, files in sorted(self.loads.items())],
        }


def allot_round(request: Request, round_name: str, *, replaces: bool = False, wanted_side: str = "") -> AllottedRound:
    """Allot the files of the viewer's own side that nobody has yet to its graders.

    Shape:   as evenly as conflicts of interest allow, by the seed. With `replaces`, a file that no grader may have is
             replaced by the rule of the draw. Files are spoken of by number, so that no case is named to a lead.
    Raises:  ACC-003 when the viewer does not lead that side; AUD-021, AUD-022 where there is no such round or it is not
             drawn; AUD-010 with every file that no grader may have and each grader's tie: then nothing is allotted;
             AUD-011 where no file is left to replace one with.
    """
    audit_side = leading_side(request, wanted_side)
    with transaction():
        audit_round = round_to_change(round_name)
        require_drawn(audit_round)
        graders = round_records.graders_of_side(audit_round, audit_side)
        known_involvements: dict[int, list[GraderConflict]] = {}
        replaced = 0
        while True:
            files = round_records.without_grader(audit_round, audit_side, sets_of(audit_side))
            known_involvements |= {
                sampled_file.id: _involvements_of(sampled_file, graders, request.now)
                for sampled_file in files
                if sampled_file.id not in known_involvements
            }
            stuck = [
                sampled_file
                for sampled_file in files
                if len({involvement.officer for involvement in known_involvements[sampled_file.id]}) == len(graders)
            ]
            if not stuck:
                break
            if not replaces or not graders:
                raise Refusal(
                    "AUD-010",
                    faults=tuple(
                        _why_unallottable(sampled_file, known_involvements[sampled_file.id], graders)
                        for sampled_file in stuck
                    ),
                )
            for sampled_file in stuck:
                replace_file(audit_round, sampled_file, CONFLICTED, request.now)
            replaced += len(stuck)
        cases = {sampled_file.id: Case(*sampled_file.case, sampled_file.stratum) for sampled_file in files}
        involvements = [involvement for sampled_file in files for involvement in known_involvements[sampled_file.id]]
        grader_of_case = (
            allot_files(list(cases.values()), [grader.account for grader in graders], involvements, audit_round.seed)
            if cases
            else {}
        )
        round_records.keep_allotment(
            audit_side, {number: grader_of_case[case_record.key] for number, case_record in cases.items()}, request.now
        )
        log_write(
            request,
            Act.LEAD_ROUND,
            names={(CASE_KIND, *case_record.key) for case_record in cases.values()},
            outcome=f"done: round {round_name}, {len(cases)} files allotted for {audit_side}, {replaced} replaced",
        )
        loads = {**{grader.account: 0 for grader in graders}, **round_records.grader_loads(audit_round, audit_side)}
    return AllottedRound(round_name, audit_side, loads, len(cases), replaced)


def _involvements_of(
    sampled_file: RoundFile, graders: Iterable[NamedGrader], current_time: datetime
) -> list[GraderConflict]:
    """What the graders have to do with this file, by the facts as they are known now; under their accounts."""
    case_key = sampled_file.case
    facts = facts_of_case(case_key, None)
    events = [event for event in facts.events if event.case == case_key]
    involvements = ties_of(case_key, facts.cases.get(case_key), events, *known_roster(None), current_time)
    accounts: dict[str, list[str]] = {}
    for grader in graders:
        if grader.officer.strip():
            accounts.setdefault(grader.officer.strip().casefold(), []).append(grader.account)
    return sorted(
        (
            GraderConflict(involvement.case, account, involvement.how)
            for involvement in involvements
            for account in accounts.get(involvement.officer, ())
        ),
        key=lambda involvement: (involvement.officer, involvement.how),
    )


def _why_unallottable(
    sampled_file: RoundFile, involvements: Iterable[GraderConflict], graders: Iterable[NamedGrader]
) -> str:
    stratum = " / ".join(map(str, sampled_file.stratum))
    reasons_text = "; ".join(
        f"{grader.account} "
        f"{' and '.join(involvement.how for involvement in involvements if involvement.officer == grader.account)} it"
        for grader in graders
    )
    return f"file {sampled_file.id} of {stratum}: {reasons_text or 'there are no graders'}"
