"""Leading a round: whoever does it leads one side of it, and the round has come as far as it must."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import ROUNDS
from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.frame_file import Case, Frame, Stratum, build_frame
from duecare.audit.rounds.sample_draw import Plan
from duecare.audit.rounds.sample_sets import SET_NAMES
from duecare.authorisation.audit_sides import side_of
from duecare.authorisation.authorise import authorise
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.vocabulary.refusals import Refusal


def leading_side(request: Request, wanted_side: str = "") -> str:
    """The side for which the viewer leads rounds.

    Raises:  ACC-003 unless they lead one, and that which is wanted.
    """
    authorise(request, Act.LEAD_ROUND, ROUNDS)
    return side_of(request, Act.LEAD_ROUND, wanted_side)


def round_to_change(round_name: str) -> AuditRound:
    """This round, kept from others for as long as the transaction lasts.

    Raises:  AUD-021 where there is none; AUD-022 where it has ended.
    """
    found_round = round_to_read(round_name, to_change=True)
    if found_round.ended_at is not None:
        raise Refusal("AUD-022", where=f"round {round_name}", found="a round that has ended")
    return found_round


def round_to_read(round_name: str, *, to_change: bool = False) -> AuditRound:
    """This round.

    Raises:  AUD-021 where there is none.
    """
    found_round = round_records.round_named(round_name, to_change=to_change)
    if found_round is None:
        raise Refusal("AUD-021", where="the name of the round")
    return found_round


def require_undrawn(audit_round: AuditRound) -> None:
    """Refuse unless the round is yet to be drawn.

    Raises:  AUD-022 where it has been.
    """
    if audit_round.drawn_at is not None:
        raise Refusal("AUD-022", where=f"round {audit_round.name}", found="a round that has been drawn")


def require_drawn(audit_round: AuditRound) -> None:
    """Refuse unless the round has been drawn.

    Raises:  AUD-022 where it has not.
    """
    if audit_round.drawn_at is None:
        raise Refusal("AUD-022", where=f"round {audit_round.name}", found="a round that has not been drawn")


def frame_and_plan(audit_round: AuditRound) -> tuple[Frame, Plan]:
    """The frame from which, and the plan by which, this round is drawn.

    Raises:  AUD-022 where it has none yet.
    """
    if not audit_round.plan_hash:
        raise Refusal("AUD-022", where=f"round {audit_round.name}", found="a round without a plan")
    cases = [
        Case(source, case_ref, tuple(map(str, stratum)))
        for source, case_ref, stratum in round_records.rows_of_frame(audit_round)
    ]  # fmt: skip
    return build_frame(cases), plan_of(audit_round)


def plan_of(audit_round: AuditRound) -> Plan:
    """The plan by itself, without its frame."""
    stratum_sets = sets_by_stratum(audit_round)
    beacon = audit_round.plan.get("beacon")
    return Plan(
        audit_round.frame_hash,
        tuple((stratum, sum(shares.values())) for stratum, shares in stratum_sets.items()),
        tuple(tuple(shares.items()) for shares in stratum_sets.values()),
        Beacon(*beacon) if beacon else None,
    )


def sets_by_stratum(audit_round: AuditRound) -> dict[Stratum, dict[str, int]]:
    """The number of files of each stratum that go into each set, by the plan of the round."""
    return {
        tuple(stratum): dict(zip(SET_NAMES, shares, strict=True)) for stratum, *shares in audit_round.plan.get("sizes", ())
    }  # fmt: skip
