"""How far rounds have come, in counts and hashes: while a round is blind, nothing of the other side."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import ROUNDS
from duecare.audit.grading.grade_encryption import key_fingerprint
from duecare.audit.rounds.draw_seed import BEACON
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_draw import is_left_to_chance
from duecare.audit.rounds.sample_sets import sets_of
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.store.audit import round_records, side_keys
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.use_cases.audit.commit_and_reveal import what_lacks
from duecare.use_cases.audit.end_round import sides_that_end
from duecare.use_cases.audit.name_graders import grader_candidates
from duecare.use_cases.audit.round_lead import frame_and_plan, plan_of, round_to_read, sets_by_stratum
from duecare.use_cases.audit.round_pages import Handed, RoundLine, RoundPage, Side
from duecare.vocabulary.london_clock import london_day


def list_rounds(request: Request) -> tuple[RoundLine, ...]:
    """Every round, the one opened last first, with how far it has come and whether it is due again.

    Raises:  ACC-003 when the viewer may not see rounds.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    all_rounds = round_records.every_round()
    followed = {audit_round.follows: audit_round.name for audit_round in all_rounds if audit_round.follows}
    round_lines = tuple(
        _round_line(audit_round, followed.get(audit_round.name, ""), request.now) for audit_round in all_rounds
    )
    log_read(request, Act.READ_ROUNDS)
    return round_lines


def read_round(request: Request, round_name: str) -> RoundPage:
    """How far this round has come.

    Raises:  ACC-003 when the viewer may not see rounds; AUD-021 where there is no such round.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    audit_round = round_to_read(round_name)
    with transaction():
        round_page = _round_page(request, audit_round)
    log_read(request, Act.READ_ROUNDS)
    return round_page


def _round_page(request: Request, audit_round: AuditRound) -> RoundPage:
    own_side = request.viewer.side
    sample_plan = plan_of(audit_round)
    stratum_sets = sets_by_stratum(audit_round)
    shown_sides = (
        sides_that_end(audit_round)
        if audit_round.ended_at
        else (own_side,)
        if own_side in sides_that_end(audit_round)
        else ()
    )
    sides = tuple(_side_of_round(audit_round, audit_side) for audit_side in shown_sides)
    replaced_counts: dict[str, int] = {}
    for _, reason in round_records.taken_out(audit_round):
        replaced_counts[reason] = replaced_counts.get(reason, 0) + 1
    cases_held = _held_by_stratum(audit_round)
    handed = _handed_numbers(audit_round)
    leads = Act.LEAD_ROUND in request.viewer.acts and bool(own_side)
    side_key = side_keys.key_in_force(own_side) if leads else None
    next_steps = (
        tuple(_next_steps(audit_round, own_side, handed, sides, has_key=side_key is not None, current_time=request.now))
        if leads
        else ()
    )
    return RoundPage(
        line=_round_line(audit_round, round_records.followed_by(audit_round), request.now),
        side=own_side if leads else "",
        schemes=audit_round.schemes,
        frame_of=audit_round.frame_of,
        strata=tuple((stratum, cases_held[stratum], shares) for stratum, shares in stratum_sets.items()),
        frame_hash=audit_round.frame_hash,
        plan_hash=audit_round.plan_hash,
        beacon=sample_plan.beacon,
        handed=handed,
        lacks=what_lacks(audit_round, request.now) if audit_round.plan_hash and not audit_round.drawn_at else "",
        seed=audit_round.seed if audit_round.ended_at else "",
        taken_out=replaced_counts,
        sides=sides,
        ends={
            audit_side: datetime.fromisoformat(side_end["at"])
            for audit_side, side_end in sorted(audit_round.ends.items())
        },
        waits_for=tuple(audit_side for audit_side in sides_that_end(audit_round) if audit_side not in audit_round.ends)
        if audit_round.drawn_at
        else (),
        next=next_steps,
        key=key_fingerprint(side_key.public) if side_key else "",
        candidates=grader_candidates(audit_round, own_side) if "graders" in next_steps else (),
    )


def _next_steps(
    audit_round: AuditRound,
    own_side: str,
    handed: tuple[Handed, ...],
    sides: tuple[Side, ...],
    *,
    has_key: bool,
    current_time: datetime,
) -> list[str]:
    """What this side can do now, the next step first."""
    own_page = next((side_page for side_page in sides if side_page.side == own_side), None)
    if audit_round.ended_at is not None:
        return ["open"] if own_page is not None and own_page.waits_to_open else []
    if not audit_round.plan_hash:
        return ["plan"]
    if audit_round.drawn_at is None:
        return _before_the_draw(audit_round, own_side, handed, current_time)
    if own_page is None:
        return []
    next_steps = []
    if own_page.waits_for_grader:
        next_steps += ["allot", "graders"] if own_page.graders else ["graders"]
    if own_page.graders and not has_key:
        next_steps.append("key")
    if own_page.waits_to_open and not own_page.waits_for_grade:
        next_steps.append("open")
    return [*next_steps, *(["end"] if own_side not in audit_round.ends else [])]


def _before_the_draw(
    audit_round: AuditRound, own_side: str, handed: tuple[Handed, ...], current_time: datetime
) -> list[str]:
    if not is_left_to_chance(*frame_and_plan(audit_round)):
        return ["draw"]
    own_number = next((handed_number for handed_number in handed if handed_number.side == own_side), None)
    revealed_numbers = [handed_number for handed_number in handed if handed_number.is_told]
    if own_number is None:
        return (
            []
            if revealed_numbers or (audit_round.plan.get("beacon") and not what_lacks(audit_round, current_time))
            else ["commit"]
        )
    if what_lacks(audit_round, current_time):
        return []
    if not own_number.is_told:
        return ["reveal"]
    if audit_round.plan.get("beacon") and not any(handed_number.side == BEACON for handed_number in revealed_numbers):
        return ["pulse"]
    return ["draw"] if len(revealed_numbers) == len(handed) else []


def _round_line(audit_round: AuditRound, followed_by: str, current_time: datetime) -> RoundLine:
    is_late = audit_round.follow_up_due_on is not None and audit_round.follow_up_due_on < london_day(current_time)
    return RoundLine(
        name=audit_round.name,
        title=audit_round.title,
        kind=audit_round.kind,
        method=audit_round.method,
        stage=_round_stage(audit_round),
        opened_at=audit_round.opened_at,
        drawn_at=audit_round.drawn_at,
        ended_at=audit_round.ended_at,
        follows=audit_round.follows,
        due_on=audit_round.follow_up_due_on,
        owner=audit_round.follow_up_owner,
        follow_up_by=followed_by,
        is_overdue=is_late and not followed_by,
    )


def _round_stage(audit_round: AuditRound) -> str:
    if audit_round.ended_at is not None:
        return "ended"
    if audit_round.drawn_at is not None:
        return "drawn"
    handed = round_records.numbers_of(audit_round)
    if any(number_row.number for number_row in handed):
        return "revealed"
    if handed:
        return "committed"
    return "planned" if audit_round.plan_hash else "opened"


def _side_of_round(audit_round: AuditRound, audit_side: str) -> Side:
    loads = round_records.grader_loads(audit_round, audit_side)
    graders = round_records.graders_of_side(audit_round, audit_side)
    used_sets = {sampled_file.set for sampled_file in round_records.files_of(audit_round)}
    return Side(
        audit_side,
        tuple((grader.account, grader.officer, loads.get(grader.account, 0)) for grader in graders),
        round_records.side_progress(
            audit_round, audit_side, [set_name for set_name in sets_of(audit_side) if set_name in used_sets]
        ),
    )


def _handed_numbers(audit_round: AuditRound) -> tuple[Handed, ...]:
    return tuple(
        Handed(
            number_row.side,
            number_row.commitment,
            number_row.committed_at if number_row.commitment else None,
            number_row.number if audit_round.ended_at or number_row.side == BEACON else "",
            number_row.revealed_at,
        )
        for number_row in round_records.numbers_of(audit_round)
    )


def _held_by_stratum(audit_round: AuditRound) -> dict[Stratum, int]:
    cases_held: dict[Stratum, int] = {}
    for _, _, stratum in round_records.rows_of_frame(audit_round) if audit_round.plan_hash else ():
        stratum_key = tuple(map(str, stratum))
        cases_held[stratum_key] = cases_held.get(stratum_key, 0) + 1
    return cases_held
