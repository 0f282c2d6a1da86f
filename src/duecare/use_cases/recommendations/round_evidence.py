"""Rounds drawn here as evidence of a registered test: when each was drawn, from what, and what its side's grades say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from duecare.audit.agreement.population_estimate import population_of
from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.duty.roster import Roster, plain_number
from duecare.recommendation.deciding_round import Grader, RoundEvidence
from duecare.recommendation.registered_test import SampleTest
from duecare.store import accounts
from duecare.store.audit import comparable_grades, round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.facts.officer_roster import known_roster
from duecare.use_cases.audit.compare_grades import of_opened
from duecare.vocabulary.unknown import Unknown


def drawn_rounds(claim_test: SampleTest, after: datetime) -> tuple[RoundEvidence, ...]:
    """Every round of the registered kind that was drawn after this moment, as the test asks about it."""
    rounds_found = [
        drawn_round
        for drawn_round in round_records.every_round()
        if drawn_round.drawn_at is not None and drawn_round.drawn_at > after
    ]
    return tuple(
        as_drawn(drawn_round, claim_test) for drawn_round in rounds_found if drawn_round.kind == claim_test.round_kind
    )


def as_drawn(drawn_round: AuditRound, claim_test: SampleTest) -> RoundEvidence:
    """This round, as the test asks about it: the grades of the registered side, of files of the registered sets."""
    assert drawn_round.drawn_at is not None
    frame_choice: dict[str, Any] = dict(drawn_round.frame_of)
    not_known = Unknown("its grades are not opened, or the frame from which it was drawn is not kept")
    graded, graders, estimate = 0, frozenset[str](), Estimate(0, 0, not_known, not_known, not_known)
    is_open = comparable_grades.is_open(drawn_round)
    if is_open:
        opened_grades = of_opened(
            drawn_round, comparable_grades.as_files(drawn_round, comparable_grades.opened_files(drawn_round))
        )
        files = [graded_file for graded_file in opened_grades.files if graded_file.set in claim_test.sets]
        standing = [
            standing_grade
            for graded_file in files
            if (standing_grade := graded_file.standing(claim_test.graded_by)) is not None
        ]
        graded, graders = len(standing), frozenset(standing_grade.grader for standing_grade in standing)
        if opened_grades.frame:
            estimate = population_of(files, opened_grades.schemes, opened_grades.frame)[f"{claim_test.graded_by}_meets"]
    return RoundEvidence(
        name=drawn_round.name,
        kind=drawn_round.kind,
        drawn_at=drawn_round.drawn_at,
        is_ended=drawn_round.ended_at is not None,
        is_open=is_open,
        is_by_choice="kinds" in frame_choice and not frame_choice.get("of_claims"),
        case_kinds=tuple(frame_choice.get("kinds", ())),
        areas=tuple(frame_choice.get("areas", ())),
        opened_from=_moment_of(frame_choice.get("opened_from")),
        opened_to=_moment_of(frame_choice.get("opened_to")),
        files=sum(
            set_progress.files
            for set_progress in round_records.side_progress(drawn_round, claim_test.graded_by, claim_test.sets)
        ),
        graded=graded,
        graders=tuple(_round_graders(drawn_round, sorted(graders))),
        estimate=estimate,
    )


def teams_of(officer: str) -> frozenset[str]:
    """The teams of this officer, as known now."""
    held_roster = Roster(*known_roster(None))
    return frozenset(
        officer_row.team
        for officer_row in held_roster.officers
        if officer_row.team and officer and plain_number(officer_row.officer) == plain_number(officer)
    )


def _round_graders(drawn_round: AuditRound, grader_accounts: Iterable[str]) -> Iterable[Grader]:
    for account in grader_accounts:
        known_account, grader = accounts.account_named(account), round_records.grader_named(drawn_round, account)
        officer = (grader.officer if grader else "") or (known_account.officer if known_account else "")
        yield Grader(
            account,
            officer,
            frozenset([*known_account.teams, *known_account.areas] if known_account else ()) | teams_of(officer),
        )


def _moment_of(moment_text: object) -> datetime | None:
    return datetime.fromisoformat(moment_text) if isinstance(moment_text, str) and moment_text else None
