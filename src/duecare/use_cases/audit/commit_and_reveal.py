"""The numbers of a draw: each side commits to one, then all are revealed; a beacon's value follows after its pulse."""

from __future__ import annotations

import re
from datetime import datetime

from duecare.access.act import Act
from duecare.audit.rounds import draw_seed as seeds
from duecare.audit.rounds.draw_seed import BEACON
from duecare.audit.rounds.sample_draw import is_left_to_chance
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.use_cases.audit.round_lead import frame_and_plan, leading_side, plan_of, require_undrawn, round_to_change
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.refusals import Refusal

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_VALUE = re.compile(r"[0-9a-f]{64,128}")


def side_and_plan(request: Request, round_name: str) -> tuple[str, str]:
    """The side, and the hash of the plan, for which the viewer would commit to a number now.

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022, AUD-025 where nothing can be committed to now.
    """
    audit_side = leading_side(request)
    with transaction():
        audit_round = round_to_change(round_name)
        _may_commit(audit_round, audit_side, request.now)
    return audit_side, audit_round.plan_hash


def commit_number(request: Request, round_name: str, commitment: str) -> None:
    """Hand over this commitment, for the viewer's own side; the number itself stays with them.

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not at that;
             AUD-025 where the side has committed, a number is out, or the beacon's pulse is.
    """
    audit_side = leading_side(request)
    given_commitment = commitment.strip().lower()
    with transaction():
        audit_round = round_to_change(round_name)
        _may_commit(audit_round, audit_side, request.now)
        if not _COMMITMENT.fullmatch(given_commitment):
            raise Refusal("AUD-025", where=f"the side {audit_side}", found="a commitment that is not 64 hex digits")
        round_records.keep_commitment(audit_round, audit_side, given_commitment, request.now, request.viewer.account)
        round_records.keep_lead(audit_round, audit_side, request.viewer.account)
        log_write(
            request, Act.LEAD_ROUND, outcome=f"done: round {round_name}, {audit_side} committed to {given_commitment}"
        )


def reveal_number(request: Request, round_name: str, number: str) -> None:
    """Tell the number to which the viewer's side committed.

    Raises:  as `commit_number`; AUD-022 while somebody has yet to commit; AUD-025 where it does not fit.
    """
    audit_side = leading_side(request)
    given_number = number.strip().lower()
    with transaction():
        audit_round = round_to_change(round_name)
        require_undrawn(audit_round)
        handed = {number_row.side: number_row for number_row in round_records.numbers_of(audit_round)}
        lacking = what_lacks(audit_round, request.now)
        if lacking:
            raise Refusal("AUD-022", where=f"round {round_name}", found=lacking)
        own_number = handed.get(audit_side)
        if own_number is None or own_number.number:
            raise Refusal(
                "AUD-025", where=f"the side {audit_side}", found="no commitment, or a number that is already revealed"
            )
        try:
            number_fits = (
                seeds.side_commitment(audit_round.plan_hash, audit_side, given_number) == own_number.commitment
            )
        except Refusal:
            number_fits = False
        if not number_fits:
            raise Refusal("AUD-025", where=f"the side {audit_side}", found="a number that does not fit its commitment")
        round_records.keep_number(audit_round, audit_side, given_number, request.now, request.viewer.account)
        round_records.keep_lead(audit_round, audit_side, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {round_name}, {audit_side} revealed its number")


def give_pulse(request: Request, round_name: str, value: str) -> None:
    """Put down the value that the beacon published at the time that the plan names.

    Shape:   anyone can hold it against the beacon's own archive, and the draw with it.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022, AUD-025 as the numbers of sides.
    """
    leading_side(request)
    pulse_value = value.strip().lower()
    with transaction():
        audit_round = round_to_change(round_name)
        require_undrawn(audit_round)
        beacon = plan_of(audit_round).beacon
        if beacon is None or any(number_row.side == BEACON for number_row in round_records.numbers_of(audit_round)):
            raise Refusal(
                "AUD-025", where="the beacon", found="a plan without a beacon, or a value that is already recorded"
            )
        lacking = what_lacks(audit_round, request.now)
        if lacking:
            raise Refusal("AUD-022", where=f"round {round_name}", found=lacking)
        if not _VALUE.fullmatch(pulse_value):
            raise Refusal("AUD-025", where="the beacon", found="a value that is not 64 to 128 hex digits")
        round_records.keep_pulse(audit_round, BEACON, pulse_value, request.now, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {round_name}, the beacon's value is {pulse_value}")


def what_lacks(audit_round: AuditRound, current_time: datetime) -> str:
    """What is missing before numbers may be revealed; empty when nothing is.

    Shape:   the commitments of two sides; with a beacon that of one, and its pulse.
    """
    beacon = plan_of(audit_round).beacon
    committed = [number_row for number_row in round_records.numbers_of(audit_round) if number_row.commitment]
    if not audit_round.plan_hash or len(committed) < (1 if beacon else 2):
        return "a side to commit to a number"
    if beacon and current_time < pulse_time(beacon.pulse_at):
        return "the pulse of a beacon"
    return ""


def pulse_time(pulse_text: str) -> datetime:
    """The time of this pulse."""
    return read_time(pulse_text).when.earliest


def _may_commit(audit_round: AuditRound, audit_side: str, current_time: datetime) -> None:
    require_undrawn(audit_round)
    frame, sample_plan = frame_and_plan(audit_round)
    handed = round_records.numbers_of(audit_round)
    if not is_left_to_chance(frame, sample_plan):
        raise Refusal(
            "AUD-025",
            where=f"round {audit_round.name}",
            found="a plan that leaves nothing to chance and needs no number",
        )
    if any(number_row.side == audit_side for number_row in handed):
        raise Refusal("AUD-025", where=f"the side {audit_side}", found="a commitment that was handed over already")
    if any(number_row.number for number_row in handed):
        raise Refusal("AUD-025", where=f"round {audit_round.name}", found="a number that has been revealed")
    if sample_plan.beacon and current_time >= pulse_time(sample_plan.beacon.pulse_at):
        raise Refusal(
            "AUD-025", where=f"round {audit_round.name}", found="a beacon with a value that may be known already"
        )
