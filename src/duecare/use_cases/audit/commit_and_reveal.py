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
from duecare.store.database.transaction import transaction
from duecare.store.models import Round
from duecare.use_cases.audit.round_lead import leads, plan_of, planned, round_to_change, undrawn
from duecare.vocabulary.moments import read_time
from duecare.vocabulary.refusals import Refusal

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_VALUE = re.compile(r"[0-9a-f]{64,128}")


def side_and_plan(request: Request, name: str) -> tuple[str, str]:
    """For which side, and for the hash of which plan, would the viewer commit to a number now?

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022, AUD-025 where nothing can be committed to now.
    """
    side = leads(request)
    with transaction():
        of = round_to_change(name)
        _may_commit(of, side, request.now)
    return side, of.plan_hash


def commit_number(request: Request, name: str, commitment: str) -> None:
    """Hand over this commitment, for the viewer's own side; the number itself stays with them.

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not at that;
             AUD-025 where the side has committed, a number is out, or the beacon's pulse is.
    """
    side = leads(request)
    given = commitment.strip().lower()
    with transaction():
        of = round_to_change(name)
        _may_commit(of, side, request.now)
        if not _COMMITMENT.fullmatch(given):
            raise Refusal("AUD-025", where=f"the side {side}", found="a commitment that is not 64 hex digits")
        round_records.keep_commitment(of, side, given, request.now, request.viewer.account)
        round_records.keep_lead(of, side, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {name}, {side} committed to {given}")


def reveal_number(request: Request, name: str, number: str) -> None:
    """Tell the number to which the viewer's side committed.

    Raises:  as `commit_number`; AUD-022 while somebody has yet to commit; AUD-025 where it does not fit.
    """
    side = leads(request)
    given = number.strip().lower()
    with transaction():
        of = round_to_change(name)
        undrawn(of)
        handed = {row.side: row for row in round_records.numbers_of(of)}
        lacking = what_lacks(of, request.now)
        if lacking:
            raise Refusal("AUD-022", where=f"round {name}", found=lacking)
        own = handed.get(side)
        if own is None or own.number:
            raise Refusal("AUD-025", where=f"the side {side}", found="no commitment, or a number that is told already")
        try:
            fits = seeds.side_commitment(of.plan_hash, side, given) == own.commitment
        except Refusal:
            fits = False
        if not fits:
            raise Refusal("AUD-025", where=f"the side {side}", found="a number that does not fit its commitment")
        round_records.keep_number(of, side, given, request.now, request.viewer.account)
        round_records.keep_lead(of, side, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {name}, {side} revealed its number")


def give_pulse(request: Request, name: str, value: str) -> None:
    """Put down the value that the beacon published at the time that the plan names.

    Shape:   anyone can hold it against the beacon's own archive, and the draw with it.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022, AUD-025 as the numbers of sides.
    """
    leads(request)
    given = value.strip().lower()
    with transaction():
        of = round_to_change(name)
        undrawn(of)
        beacon = plan_of(of).beacon
        if beacon is None or any(row.side == BEACON for row in round_records.numbers_of(of)):
            raise Refusal(
                "AUD-025", where="the beacon", found="a plan that names none, or a value that is told already"
            )
        lacking = what_lacks(of, request.now)
        if lacking:
            raise Refusal("AUD-022", where=f"round {name}", found=lacking)
        if not _VALUE.fullmatch(given):
            raise Refusal("AUD-025", where="the beacon", found="a value that is not 64 to 128 hex digits")
        round_records.keep_pulse(of, BEACON, given, request.now, request.viewer.account)
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {name}, the beacon's value is {given}")


def what_lacks(of: Round, now: datetime) -> str:
    """What is lacking before numbers may be told? Empty when nothing is.

    Shape:   the commitments of two sides; with a beacon that of one, and its pulse.
    """
    beacon = plan_of(of).beacon
    committed = [row for row in round_records.numbers_of(of) if row.commitment]
    if not of.plan_hash or len(committed) < (1 if beacon else 2):
        return "a side that has yet to commit to a number"
    if beacon and now < pulse_time(beacon.pulse_at):
        return "a beacon whose pulse is yet to come"
    return ""


def pulse_time(text: str) -> datetime:
    """When is this pulse?"""
    return read_time(text).when.earliest


def _may_commit(of: Round, side: str, now: datetime) -> None:
    undrawn(of)
    frame, plan = planned(of)
    handed = round_records.numbers_of(of)
    if not is_left_to_chance(frame, plan):
        raise Refusal(
            "AUD-025", where=f"round {of.name}", found="a plan that leaves nothing to chance and needs no number"
        )
    if any(row.side == side for row in handed):
        raise Refusal("AUD-025", where=f"the side {side}", found="a commitment that was handed over already")
    if any(row.number for row in handed):
        raise Refusal("AUD-025", where=f"round {of.name}", found="a number that has been told")
    if plan.beacon and now >= pulse_time(plan.beacon.pulse_at):
        raise Refusal("AUD-025", where=f"round {of.name}", found="a beacon whose value can be known")
