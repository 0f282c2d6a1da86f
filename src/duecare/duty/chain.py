"""Every occurrence of one duty in one reading of a timeline, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from duecare.duty.declaration import Duty, Recurs, Rule
from duecare.duty.episodes import Stretch, case_of, stretch_of, stretches
from duecare.duty.facts import Placed, Reading, order
from duecare.duty.ground import Ground
from duecare.duty.limit import Limit
from duecare.duty.occurrence import Ending, Occurrence
from duecare.duty.standing import Stands, first_standing, next_vacancy, spans
from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.watched_moment import unwatched


@dataclass(slots=True)
class Chain:
    """The occurrences of one duty in one reading, as they are worked out."""

    duty: Duty
    reading: Reading
    ground: Ground
    rows: list[Occurrence] = field(default_factory=list)
    spent: set[tuple[str, str]] = field(default_factory=set)

    def is_running_at(self, at: datetime) -> bool:
        """Does an occurrence of it run at this moment?"""
        return any(row.is_running_at(at) for row in self.rows)

    def follow(
        self, trigger: Placed, stretch: Stretch | None, until: datetime | None, base: datetime | None = None
    ) -> None:
        """Work out the occurrence that this trigger begins, and those that follow from it.

        Shape:   `stretch` bounds the facts and ends the duty; facts from `until` on belong to a later start.
        """
        number, start, turn = 1, trigger.at, 0
        cause: Placed = trigger
        for _ in range(self.duty.at_most):
            dated = self._dated(start)
            rule = self.duty.rule_on(london_day(dated.at if dated else start))
            is_again = cause is not trigger
            if rule is None or start > self.ground.as_of or (is_again and self._is_closed(cause, start)):
                return
            ref, allowance = rule.turn(turn)
            row = Occurrence(cause, number, start, rule, ref, dated=dated)
            row.ended = self._ending(row, stretch)
            if turn and row.ended is not None and row.ended.at <= start:
                return
            self._discharge(row, stretch, until, later=turn > 0)
            limit_until = row.met_at or (row.ended.at if row.ended else None)
            Limit(row, self.reading, self.ground, base, dated, limit_until).set(allowance)
            base = None
            plan = self._supersession(row, rule)
            if plan is not None:
                row.ended = Ending(plan.at, plan, f"superseded by {plan.kind.replace('_', ' ')}")
                row.met = row.met_at = row.excused = None
                Limit(row, self.reading, self.ground, None, dated, plan.at).set(allowance)
            self._settle(row, stretch, until)
            self.rows.append(row)
            if plan is not None:
                number, start, cause, turn, base = 1, plan.at, plan, turn + 1, self._last_met(plan.at)
                continue
            following = self._next(row, number)
            if following is None:
                return
            cause, number, start = following
            turn += 1

    def _next(self, row: Occurrence, number: int) -> tuple[Placed, int, datetime] | None:
        duty = self.duty
        if row.met_at is not None and duty.standing is not None and duty.standing.restarts:
            vacancy = next_vacancy(self._standing(None), row.met_at)
            return None if vacancy is None else (vacancy[1], 1, vacancy[0])
        if duty.recurs is None:
            return None
        if row.met is not None and row.met_at is not None:
            if duty.recurs is Recurs.FROM_DISCHARGE or (row.due_at is not None and row.met_at <= row.due_at):
                return row.met, 1, row.met_at
        elif duty.recurs is Recurs.FROM_DISCHARGE or row.excused is not None:
            return None
        due = row.due_at
        if due is None or due >= self.ground.as_of or (row.ended is not None and row.ended.at <= due):
            return None
        return row.trigger, number + 1, due

    def _discharge(self, row: Occurrence, stretch: Stretch | None, until: datetime | None, *, later: bool) -> None:
        duty, start = self.duty, row.started_at
        if duty.standing is not None:
            span = first_standing(self._standing(stretch), start)
            if span is not None:
                row.met, row.met_at = span.fact, max(start, span.from_)
        else:
            for fact in self.reading.of("met"):
                if fact.at < start or (later and fact.at == start) or not _within(fact, stretch, until):
                    continue
                if self.duty.holds is not (fact[2:4] == row.trigger[2:4]):
                    continue
                if (fact.source, fact.event_id) not in self.spent:
                    row.met, row.met_at = fact, fact.at
                    break
        for fact in self.reading.of("excused"):
            if fact.at >= start and _within(fact, stretch, until):
                row.excused = fact
                break
        if row.met_at is not None and row.ended is not None and row.met_at > row.ended.at:
            row.met = row.met_at = None
        if row.excused is not None and row.ended is not None and row.excused.at > row.ended.at:
            row.excused = None

    def _settle(self, row: Occurrence, stretch: Stretch | None, until: datetime | None) -> None:
        if row.met_at is not None and row.excused is not None:
            in_time = row.due_at is not None and row.met_at <= row.due_at
            if in_time or row.met_at <= row.excused.at:
                row.excused = None
            else:
                row.met = row.met_at = None
        if row.met is not None or row.excused is not None:
            row.ended = None
        if row.met is not None and self.duty.recurs is not None:
            self.spent.add((row.met.source, row.met.event_id))
        stops = [row.met_at, row.excused.at if row.excused else None, row.ended.at if row.ended else None]
        row.stopped_at = min((stop for stop in stops if stop is not None), default=None)
        row.attempted = [
            fact
            for fact in self.reading.of("attempted")
            if fact.at >= row.started_at
            and (row.stopped_at is None or fact.at <= row.stopped_at)
            and _within(fact, stretch, until)
        ]
        row.settle(unwatched(self.ground.as_of), self.duty.late_excused_by_detail)

    def _ending(self, row: Occurrence, stretch: Stretch | None) -> Ending | None:
        start = row.started_at
        found: list[Ending] = []
        for part in ("ended", "left"):
            for fact in self.reading.of(part):
                if fact.at >= start and fact != row.trigger:
                    found.append(Ending(fact.at, fact, f"ended by {fact.kind.replace('_', ' ')} before it was due"))
                    break
        if self.duty.ended_with_case:
            closing = next((fact for fact in self._closings(row.trigger) if fact.at >= start), None)
            if closing is not None:
                told = None if closing in self.reading.of("row_closed") else closing
                found.append(Ending(closing.at, told, "the case was closed before it was due"))
        if stretch is not None and stretch.to is not None and not self._is_discharge(stretch.closed):
            why = stretch.closed.kind.replace("_", " ") if stretch.closed else "the next episode"
            found.append(Ending(stretch.to, stretch.closed, f"ended by {why} before it was due"))
        return min(found, key=lambda ending: ending.at, default=None)

    def _is_discharge(self, fact: Placed | None) -> bool:
        return fact is not None and any(met is fact or met == fact for met in self.reading.of("met"))

    def _is_closed(self, cause: Placed, start: datetime) -> bool:
        """Does the case stand closed then, never to be opened again?"""
        return self.duty.ended_with_case and any(fact.at <= start for fact in self._closings(cause))

    def _closings(self, trigger: Placed) -> list[Placed]:
        """The closings of the trigger's case that no later reopening undoes, in order."""
        case = self._case_of(trigger)
        if case is None:
            return []
        reopened = [order(fact) for fact in self.reading.of("case_reopened") if fact.event and fact.event.case == case]
        closed = [*self.reading.of("case_closed"), *self.reading.of("row_closed")]
        last = max(reopened, default=None)
        return sorted(
            (f for f in closed if f.event and f.event.case == case and (last is None or order(f) > last)), key=order
        )

    def _case_of(self, trigger: Placed) -> CaseKey | None:
        if trigger.event is not None:
            return trigger.event.case
        return next((r.trigger.event.case for r in self.rows if r.trigger.event is not None), None)

    def _supersession(self, row: Occurrence, rule: Rule) -> Placed | None:
        if rule.superseded is None:
            return None
        stops = [row.met_at, row.excused.at if row.excused else None, row.ended.at if row.ended else None]
        stop = min((at for at in stops if at is not None), default=None)
        for fact in self.reading.of("superseded"):
            if fact.at < row.started_at or london_day(fact.at) < rule.superseded.on_or_after:
                continue
            return fact if stop is None or fact.at < stop else None
        return None

    def _dated(self, start: datetime) -> Placed | None:
        """The latest fact that rule and limit go by, at or before the start."""
        found = None
        for fact in self.reading.of("dated"):
            if fact.at <= start:
                found = fact
        return found

    def _last_met(self, at: datetime) -> datetime | None:
        return max((fact.at for fact in self.reading.of("met") if fact.at <= at), default=None)

    def _standing(self, stretch: Stretch | None) -> list[Stands]:
        assert self.duty.standing is not None
        return spans(
            [fact for fact in self.reading.of("met") if _within(fact, stretch, None)],
            [fact for fact in self.reading.of("lapsed") if _within(fact, stretch, None)],
            self.ground.roster,
            self.ground.terms.absence_grace,
            self.ground.as_of,
            by_officer=self.duty.standing.by_officer,
        )


def occurrences(duty: Duty, reading: Reading, ground: Ground) -> list[Occurrence]:
    """Every occurrence of this duty in this reading?

    Shape:   in the order in which their chains begin; none where nothing starts the duty.
    """
    if duty.during is not None:
        reading = _while_it_stands(reading)
    if not reading.starts:
        return []
    if duty.episode is None:
        return _by_case(duty, reading, ground)
    if duty.episode.owed_after:
        return _after_episodes(duty, reading, ground)
    return _by_episode(duty, reading, ground)


def _while_it_stands(reading: Reading) -> Reading:
    """The same reading with only those starts at which the state stands."""
    began = {fact[2:4] for fact in reading.of("began")}
    facts = sorted({*reading.of("began"), *reading.of("ceased")}, key=order)
    starts: dict[int, list[Placed]] = {}
    for level, mine in reading.starts.items():
        for start in mine:
            before = [fact for fact in facts if fact.at <= start.at]
            if before and before[-1][2:4] in began:
                starts.setdefault(level, []).append(start)
    return Reading(starts, reading.parts)


def _by_case(duty: Duty, reading: Reading, ground: Ground) -> list[Occurrence]:
    """The preferred starts of each case, and the returns that begin anew what no ending followed."""
    levels: dict[object, dict[int, list[Placed]]] = {}
    for level, facts in reading.starts.items():
        for fact in facts:
            levels.setdefault(case_of(fact), {}).setdefault(level, []).append(fact)
    starts = [start for mine in levels.values() for start in _preferred(mine)]
    returns = _returns(starts, reading)
    chains: dict[object, list[Chain]] = {}
    found: list[Chain] = []
    for start in sorted([*starts, *returns], key=order):
        is_return = start in returns
        cases = {case_of(s) for s in starts if s.at <= start.at} if is_return else {case_of(start)}
        before = found if is_return else chains.get(case_of(start), [])
        if duty.once and any(chain.rows for chain in before):
            continue
        if any(chain.is_running_at(start.at) for chain in before) or _is_away(start, reading):
            continue
        chain = Chain(duty, reading, ground)
        chain.follow(start, None, None)
        found.append(chain)
        for case in cases:
            chains.setdefault(case, []).append(chain)
    return [row for chain in found for row in chain.rows]


def _returns(starts: list[Placed], reading: Reading) -> list[Placed]:
    """Returns that begin a duty anew: those after a start that no ending followed."""
    found = []
    for back in reading.of("returned"):
        before = [start.at for start in starts if start.at <= back.at]
        if before and not any(max(before) < end.at <= back.at for end in reading.of("ended")):
            found.append(back)
    return found


def _is_away(start: Placed, reading: Reading) -> bool:
    left = [fact.at for fact in reading.of("left") if fact.at < start.at]
    back = [fact.at for fact in reading.of("returned") if fact.at <= start.at]
    return bool(left) and (not back or max(back) < max(left))


def _by_episode(duty: Duty, reading: Reading, ground: Ground) -> list[Occurrence]:
    """The preferred starts of each episode, those of each case by themselves; a fact may meet one in each case."""
    opened, closed = reading.of("opened"), reading.of("closed")
    found = stretches(opened, closed)
    groups: dict[tuple[datetime, datetime | None], tuple[Stretch, dict[int, list[Placed]]]] = {}
    for level, facts in sorted(reading.starts.items()):
        for fact in facts:
            stretch = stretch_of(fact, found, opened, closed)
            _, starts = groups.setdefault((stretch.from_, stretch.to), (stretch, {}))
            starts.setdefault(level, []).append(fact)
    chains: dict[object, list[Chain]] = {}
    for stretch, starts in groups.values():
        mine: dict[object, Chain] = {}
        for start in _preferred(starts):
            case = case_of(start)
            if any(chain.is_running_at(start.at) for chain in chains.get(case, ())):
                continue
            if case not in mine:
                mine[case] = Chain(duty, reading, ground)
                chains.setdefault(case, []).append(mine[case])
            mine[case].follow(start, stretch, None)
    return [row for each in chains.values() for chain in each for row in chain.rows]


def _after_episodes(duty: Duty, reading: Reading, ground: Ground) -> list[Occurrence]:
    """The preferred start of each case between openings; a fact belongs to the latest such starts before it.

    Shape:   returns from one absence that several cases tell are met by one fact; a later absence's return, or a later
             one in the same case, takes what follows it.
    """
    cuts = sorted({fact.at for fact in reading.of("opened")})
    groups: dict[int, dict[int, list[Placed]]] = {}
    for level, facts in reading.starts.items():
        for fact in facts:
            segment = sum(1 for cut in cuts if cut <= fact.at)
            groups.setdefault(segment, {}).setdefault(level, []).append(fact)
    begun: list[tuple[int, Placed]] = []
    for segment, starts in sorted(groups.items()):
        last: dict[object, Placed] = {}
        for start in _preferred(starts):
            case = case_of(start)
            if case not in last or not _still_runs(duty, reading, ground, last[case], start):
                begun.append((segment, start))
                last[case] = start
    rows: list[Occurrence] = []
    for segment, start in begun:
        later = [s.at for n, s in begun if s.at > start.at and (n > segment or case_of(s) == case_of(start))]
        chain = Chain(duty, reading, ground)
        chain.follow(start, None, min(later, default=None))
        rows.extend(chain.rows)
    return rows


def _still_runs(duty: Duty, reading: Reading, ground: Ground, last: Placed, start: Placed) -> bool:
    chain = Chain(duty, reading, ground)
    chain.follow(last, None, None)
    return chain.is_running_at(start.at)


def _preferred(starts: dict[int, list[Placed]]) -> list[Placed]:
    return starts[min(starts)] if starts else []


def _within(fact: Placed, stretch: Stretch | None, until: datetime | None) -> bool:
    return (stretch is None or stretch.holds(fact.at)) and (until is None or fact.at < until)
