"""Ending a round: by each side that grades in it; then it is due again about a year later, and somebody owns that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from duecare.access.act import Act
from duecare.audit.rounds.sample_sets import SET_NAMES, sides_of
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store import accounts
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.use_cases.audit.round_lead import leading_side, round_to_change, sets_by_stratum
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

AGAIN_AFTER_MONTHS: Final = 12
IS_REPEATED: Final = frozenset({"inspection", "internal"})


@dataclass(frozen=True, slots=True)
class Ended:
    """Whether the round has ended, which sides have yet to end it, and when and with whom it is due again."""

    round: str
    has_ended: bool
    waits_for: tuple[str, ...]
    due_on: date | None
    owner: str

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            "round": self.round,
            "ended": self.has_ended,
            "waits_for": list(self.waits_for),
            "follow_up_due_on": self.due_on.isoformat() if self.due_on else None,
            "follow_up_owner": self.owner,
        }


def end_round(request: Request, round_name: str, *, due_on: date | None = None, owner: str = "") -> Ended:
    """End this round for the viewer's own side; with the last side that grades in it, it has ended, graded or not.

    Shape:   an inspection and an internal audit are due again twelve months later, owned by whoever ended it, unless
             another day or owner is given; others only where a day is. A round never drawn is ended by one side.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it has ended; AUD-029
             where the day is past, or nobody is enrolled as the owner.
    """
    audit_side = leading_side(request)
    with transaction():
        audit_round = round_to_change(round_name)
        ending = sides_that_end(audit_round)
        if audit_round.drawn_at is not None and audit_side not in ending:
            raise Refusal(
                "AUD-023", where=f"round {round_name}", found=f"a round in which the {audit_side} grades nothing"
            )
        today = london_day(request.now)
        due_day = due_on or audit_round.follow_up_due_on
        if due_day is None and audit_round.kind in IS_REPEATED and audit_round.drawn_at is not None:
            due_day = add_months(today, AGAIN_AFTER_MONTHS)
        follow_up_owner = owner or audit_round.follow_up_owner or (request.viewer.account if due_day else "")
        if (due_on and due_on <= today) or (follow_up_owner and accounts.account_named(follow_up_owner) is None):
            raise Refusal(
                "AUD-029", where=f"round {round_name}", found="a day that is past, or an owner who is not enrolled"
            )
        waits = (
            tuple(ending_side for ending_side in ending if ending_side not in {*audit_round.ends, audit_side})
            if audit_round.drawn_at
            else ()
        )
        round_records.keep_end(
            audit_round,
            audit_side,
            request.now,
            request.viewer.account,
            is_last=not waits,
            due_on=due_day,
            owner=follow_up_owner,
        )
        log_write(request, Act.LEAD_ROUND, outcome=f"done: round {round_name} ended by {audit_side}")
    return Ended(round_name, not waits, waits, due_day, follow_up_owner)


def sides_that_end(audit_round: AuditRound) -> tuple[str, ...]:
    """The sides that must end this round: those that grade in it."""
    share_sets = sets_by_stratum(audit_round).values()
    return sides_of(set_name for set_name in SET_NAMES if any(shares[set_name] for shares in share_sets))
