"""How far rounds have come, in counts and hashes: no grade, no case, and of the other side nothing while it is blind."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import ROUNDS
from duecare.audit.grading.grade_sealing import key_fingerprint
from duecare.audit.rounds.draw_seed import BEACON
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_draw import is_left_to_chance
from duecare.audit.rounds.sample_sets import sets_of
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.store.audit import round_records, side_keys
from duecare.store.database.transaction import transaction
from duecare.store.models import Round
from duecare.use_cases.audit.commit_and_reveal import what_lacks
from duecare.use_cases.audit.end_round import sides_that_end
from duecare.use_cases.audit.name_graders import candidates
from duecare.use_cases.audit.round_lead import plan_of, planned, round_to_read, sets_by_stratum
from duecare.use_cases.audit.round_pages import Handed, RoundLine, RoundPage, Side
from duecare.vocabulary.moments import london_day


def list_rounds(request: Request) -> tuple[RoundLine, ...]:
    """Which rounds are there, the one opened last first, how far is each, and which is due again?

    Raises:  ACC-003 when the viewer may not see rounds.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    every = round_records.every_round()
    followed = {of.follows.name: of.name for of in every if of.follows is not None}
    found = tuple(_line(of, followed.get(of.name, ""), request.now) for of in every)
    log_read(request, Act.READ_ROUNDS)
    return found


def read_round(request: Request, name: str) -> RoundPage:
    """How far has this round come?

    Raises:  ACC-003 when the viewer may not see rounds; AUD-021 where there is no such round.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    of = round_to_read(name)
    with transaction():
        page = _page(request, of)
    log_read(request, Act.READ_ROUNDS)
    return page


def _page(request: Request, of: Round) -> RoundPage:
    own = request.viewer.side
    plan = plan_of(of)
    sets = sets_by_stratum(of)
    shown = sides_that_end(of) if of.ended_at else (own,) if own in sides_that_end(of) else ()
    sides = tuple(_side(of, side) for side in shown)
    gone: dict[str, int] = {}
    for _, reason in round_records.taken_out(of):
        gone[reason] = gone.get(reason, 0) + 1
    held = _held(of)
    handed = _handed(of)
    leads = Act.LEAD_ROUND in request.viewer.acts and bool(own)
    key = side_keys.key_in_force(own) if leads else None
    next_ = tuple(_next(of, own, handed, sides, has_key=key is not None, now=request.now)) if leads else ()
    return RoundPage(
        line=_line(of, round_records.followed_by(of), request.now),
        side=own if leads else "",
        schemes=of.schemes,
        frame_of=of.frame_of,
        strata=tuple((stratum, held[stratum], shares) for stratum, shares in sets.items()),
        frame_hash=of.frame_hash,
        plan_hash=of.plan_hash,
        beacon=plan.beacon,
        handed=handed,
        lacks=what_lacks(of, request.now) if of.plan_hash and not of.drawn_at else "",
        seed=of.seed if of.ended_at else "",
        taken_out=gone,
        sides=sides,
        ends={side: datetime.fromisoformat(end["at"]) for side, end in sorted(of.ends.items())},
        waits_for=tuple(side for side in sides_that_end(of) if side not in of.ends) if of.drawn_at else (),
        next=next_,
        key=key_fingerprint(key.public) if key else "",
        candidates=candidates(of, own) if "graders" in next_ else (),
    )


def _next(
    of: Round, own: str, handed: tuple[Handed, ...], sides: tuple[Side, ...], *, has_key: bool, now: datetime
) -> list[str]:
    """What can this side do now, the next of it first?"""
    mine = next((side for side in sides if side.side == own), None)
    if of.ended_at is not None:
        return ["open"] if mine is not None and mine.waits_to_open else []
    if not of.plan_hash:
        return ["plan"]
    if of.drawn_at is None:
        return _before_the_draw(of, own, handed, now)
    if mine is None:
        return []
    found = []
    if mine.waits_for_grader:
        found += ["allot", "graders"] if mine.graders else ["graders"]
    if mine.graders and not has_key:
        found.append("key")
    if mine.waits_to_open and not mine.waits_for_grade:
        found.append("open")
    return [*found, *(["end"] if own not in of.ends else [])]


def _before_the_draw(of: Round, own: str, handed: tuple[Handed, ...], now: datetime) -> list[str]:
    if not is_left_to_chance(*planned(of)):
        return ["draw"]
    mine = next((one for one in handed if one.side == own), None)
    told = [one for one in handed if one.is_told]
    if mine is None:
        return [] if told or (of.plan.get("beacon") and not what_lacks(of, now)) else ["commit"]
    if what_lacks(of, now):
        return []
    if not mine.is_told:
        return ["reveal"]
    if of.plan.get("beacon") and not any(one.side == BEACON for one in told):
        return ["pulse"]
    return ["draw"] if len(told) == len(handed) else []


def _line(of: Round, followed_by: str, now: datetime) -> RoundLine:
    late = of.follow_up_due_on is not None and of.follow_up_due_on < london_day(now)
    return RoundLine(
        name=of.name,
        title=of.title,
        kind=of.kind,
        method=of.method,
        stage=_stage(of),
        opened_at=of.opened_at,
        drawn_at=of.drawn_at,
        ended_at=of.ended_at,
        follows=of.follows.name if of.follows is not None else "",
        due_on=of.follow_up_due_on,
        owner=of.follow_up_owner,
        follow_up_by=followed_by,
        is_overdue=late and not followed_by,
    )


def _stage(of: Round) -> str:
    if of.ended_at is not None:
        return "ended"
    if of.drawn_at is not None:
        return "drawn"
    handed = round_records.numbers_of(of)
    if any(row.number for row in handed):
        return "revealed"
    if handed:
        return "committed"
    return "planned" if of.plan_hash else "opened"


def _side(of: Round, side: str) -> Side:
    loads = round_records.loads(of, side)
    graders = round_records.graders_of_side(of, side)
    used = {file.set for file in round_records.files_of(of)}
    return Side(
        side,
        tuple((one.account, one.officer, loads.get(one.account, 0)) for one in graders),
        round_records.progress(of, side, [name for name in sets_of(side) if name in used]),
    )


def _handed(of: Round) -> tuple[Handed, ...]:
    return tuple(
        Handed(
            row.side,
            row.commitment,
            row.committed_at if row.commitment else None,
            row.number if of.ended_at or row.side == BEACON else "",
            row.revealed_at,
        )
        for row in round_records.numbers_of(of)
    )


def _held(of: Round) -> dict[Stratum, int]:
    held: dict[Stratum, int] = {}
    for _, _, stratum in round_records.rows_of_frame(of) if of.plan_hash else ():
        key = tuple(map(str, stratum))
        held[key] = held.get(key, 0) + 1
    return held
