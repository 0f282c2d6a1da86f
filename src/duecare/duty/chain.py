"""Every occurrence of one duty in one reading of a timeline: what meets or ends each, and whether another follows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from duecare.duty.declaration import Duty, Recurs, Rule
from duecare.duty.episodes import Stretch, case_of, find_stretches, stretch_of
from duecare.duty.evaluation_context import EvaluationContext
from duecare.duty.facts import Interpretation, PlacedFact, fact_order
from duecare.duty.limit import Limit
from duecare.duty.occurrence_state import Ending, Occurrence
from duecare.duty.standing_spans import Stands, first_standing, next_vacancy, standing_spans
from duecare.record.pole import CaseKey
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.watched_moment import unwatched


@dataclass(slots=True)
class OccurrenceChain:
    """The occurrences of one duty in one reading, as they are worked out."""

    duty: Duty
    reading: Interpretation
    ground: EvaluationContext
    rows: list[Occurrence] = field(default_factory=list)
    spent: set[tuple[str, str]] = field(default_factory=set)

    def is_running_at(self, at_moment: datetime) -> bool:
        """Whether an occurrence of it runs at this moment."""
        return any(occurrence.is_running_at(at_moment) for occurrence in self.rows)

    def follow(
        self, trigger: PlacedFact, stretch: Stretch | None, until: datetime | None, base_moment: datetime | None = None
    ) -> None:
        """Work out the occurrence that this trigger begins, and those that follow from it.

        Shape:   `stretch` bounds the facts and ends the duty; facts from `until` on belong to a later start.
        """
        number, start, rule_turn = 1, trigger.at, 0
        cause: PlacedFact = trigger
        for _ in range(self.duty.at_most):
            dated = self._dated(start)
            rule_in_force = self.duty.rule_on(london_day(dated.at if dated else start))
            is_again = cause is not trigger
            if rule_in_force is None or start > self.ground.as_of or (is_again and self._is_closed(cause, start)):
                return
            limit_ref, allowance = rule_in_force.turn(rule_turn)
            occurrence = Occurrence(cause, number, start, rule_in_force, limit_ref, dated=dated)
            occurrence.ended = self._ending(occurrence, stretch)
            if rule_turn and occurrence.ended is not None and occurrence.ended.at <= start:
                return
            self._discharge(occurrence, stretch, until, later=rule_turn > 0)
            limit_until = occurrence.met_at or (occurrence.ended.at if occurrence.ended else None)
            Limit(occurrence, self.reading, self.ground, base_moment, dated, limit_until).set(allowance)
            base_moment = None
            superseding_fact = self._supersession(occurrence, rule_in_force)
            if superseding_fact is not None:
                occurrence.ended = Ending(
                    superseding_fact.at, superseding_fact, f"superseded by {superseding_fact.kind.replace('_', ' ')}"
                )
                occurrence.met = occurrence.met_at = occurrence.excused = None
                Limit(occurrence, self.reading, self.ground, None, dated, superseding_fact.at).set(allowance)
            self._settle(occurrence, stretch, until)
            self.rows.append(occurrence)
            if superseding_fact is not None:
                number, start, cause, rule_turn, base_moment = (
                    1,
                    superseding_fact.at,
                    superseding_fact,
                    rule_turn + 1,
                    self._last_met(superseding_fact.at),
                )
                continue
            following = self._next(occurrence, number)
            if following is None:
                return
            cause, number, start = following
            rule_turn += 1

    def _next(self, occurrence: Occurrence, number: int) -> tuple[PlacedFact, int, datetime] | None:
        duty = self.duty
        if occurrence.met_at is not None and duty.standing is not None and duty.standing.restarts:
            vacancy = next_vacancy(self._standing(None), occurrence.met_at)
            return None if vacancy is None else (vacancy[1], 1, vacancy[0])
        if duty.recurs is None:
            return None
        if occurrence.met is not None and occurrence.met_at is not None:
            if duty.recurs is Recurs.FROM_DISCHARGE or (
                occurrence.due_at is not None and occurrence.met_at <= occurrence.due_at
            ):
                return occurrence.met, 1, occurrence.met_at
        elif duty.recurs is Recurs.FROM_DISCHARGE or occurrence.excused is not None:
            return None
        due_moment = occurrence.due_at
        if (
            due_moment is None
            or due_moment >= self.ground.as_of
            or (occurrence.ended is not None and occurrence.ended.at <= due_moment)
        ):
            return None
        return occurrence.trigger, number + 1, due_moment

    def _discharge(
        self, occurrence: Occurrence, stretch: Stretch | None, until: datetime | None, *, later: bool
    ) -> None:
        duty, start = self.duty, occurrence.started_at
        if duty.standing is not None:
            standing_span = first_standing(self._standing(stretch), start)
            if standing_span is not None:
                occurrence.met, occurrence.met_at = standing_span.fact, max(start, standing_span.from_)
        else:
            for met_fact in self.reading.of("met"):
                if met_fact.at < start or (later and met_fact.at == start) or not _is_within(met_fact, stretch, until):
                    continue
                if self.duty.holds is not (met_fact[2:4] == occurrence.trigger[2:4]):
                    continue
                if (met_fact.source, met_fact.event_id) not in self.spent:
                    occurrence.met, occurrence.met_at = met_fact, met_fact.at
                    break
        for met_fact in self.reading.of("excused"):
            if met_fact.at >= start and _is_within(met_fact, stretch, until):
                occurrence.excused = met_fact
                break
        if occurrence.met_at is not None and occurrence.ended is not None and occurrence.met_at > occurrence.ended.at:
            occurrence.met = occurrence.met_at = None
        if (
            occurrence.excused is not None
            and occurrence.ended is not None
            and occurrence.excused.at > occurrence.ended.at
        ):
            occurrence.excused = None

    def _settle(self, occurrence: Occurrence, stretch: Stretch | None, until: datetime | None) -> None:
        if occurrence.met_at is not None and occurrence.excused is not None:
            in_time = occurrence.due_at is not None and occurrence.met_at <= occurrence.due_at
            if in_time or occurrence.met_at <= occurrence.excused.at:
                occurrence.excused = None
            else:
                occurrence.met = occurrence.met_at = None
        if occurrence.met is not None or occurrence.excused is not None:
            occurrence.ended = None
        if occurrence.met is not None and self.duty.recurs is not None:
            self.spent.add((occurrence.met.source, occurrence.met.event_id))
        stops = [
            occurrence.met_at,
            occurrence.excused.at if occurrence.excused else None,
            occurrence.ended.at if occurrence.ended else None,
        ]
        occurrence.stopped_at = min((stop_moment for stop_moment in stops if stop_moment is not None), default=None)
        occurrence.attempted = [
            attempt_fact
            for attempt_fact in self.reading.of("attempted")
            if attempt_fact.at >= occurrence.started_at
            and (occurrence.stopped_at is None or attempt_fact.at <= occurrence.stopped_at)
            and _is_within(attempt_fact, stretch, until)
        ]
        occurrence.settle(unwatched(self.ground.as_of), self.duty.late_excused_by_detail)

    def _ending(self, occurrence: Occurrence, stretch: Stretch | None) -> Ending | None:
        start = occurrence.started_at
        endings: list[Ending] = []
        for ending_part in ("ended", "left"):
            for ending_fact in self.reading.of(ending_part):
                if ending_fact.at >= start and ending_fact != occurrence.trigger:
                    endings.append(
                        Ending(
                            ending_fact.at,
                            ending_fact,
                            f"ended by {ending_fact.kind.replace('_', ' ')} before it was due",
                        )
                    )
                    break
        if self.duty.ended_with_case:
            closing = next(
                (closing_fact for closing_fact in self._closings(occurrence.trigger) if closing_fact.at >= start), None
            )
            if closing is not None:
                told_closing = None if closing in self.reading.of("row_closed") else closing
                endings.append(Ending(closing.at, told_closing, "the case was closed before it was due"))
        if stretch is not None and stretch.to is not None and not self._is_discharge(stretch.closed):
            ended_by = stretch.closed.kind.replace("_", " ") if stretch.closed else "the next episode"
            endings.append(Ending(stretch.to, stretch.closed, f"ended by {ended_by} before it was due"))
        return min(endings, key=lambda ending: ending.at, default=None)

    def _is_discharge(self, placed_fact: PlacedFact | None) -> bool:
        return placed_fact is not None and any(
            met_fact is placed_fact or met_fact == placed_fact for met_fact in self.reading.of("met")
        )

    def _is_closed(self, cause: PlacedFact, start: datetime) -> bool:
        """Whether the case stands closed then, never to be opened again."""
        return self.duty.ended_with_case and any(closing_fact.at <= start for closing_fact in self._closings(cause))

    def _closings(self, trigger: PlacedFact) -> list[PlacedFact]:
        """The closings of the trigger's case that no later reopening undoes, in order."""
        case_key = self._case_of(trigger)
        if case_key is None:
            return []
        reopened = [
            fact_order(reopening)
            for reopening in self.reading.of("case_reopened")
            if reopening.event and reopening.event.case == case_key
        ]
        closed = [*self.reading.of("case_closed"), *self.reading.of("row_closed")]
        last_reopening = max(reopened, default=None)
        return sorted(
            (
                closing_fact
                for closing_fact in closed
                if closing_fact.event
                and closing_fact.event.case == case_key
                and (last_reopening is None or fact_order(closing_fact) > last_reopening)
            ),
            key=fact_order,
        )

    def _case_of(self, trigger: PlacedFact) -> CaseKey | None:
        if trigger.event is not None:
            return trigger.event.case
        return next(
            (occurrence.trigger.event.case for occurrence in self.rows if occurrence.trigger.event is not None), None
        )

    def _supersession(self, occurrence: Occurrence, rule_in_force: Rule) -> PlacedFact | None:
        if rule_in_force.superseded is None:
            return None
        stops = [
            occurrence.met_at,
            occurrence.excused.at if occurrence.excused else None,
            occurrence.ended.at if occurrence.ended else None,
        ]
        stop_at = min((stop_moment for stop_moment in stops if stop_moment is not None), default=None)
        for superseding_fact in self.reading.of("superseded"):
            if (
                superseding_fact.at < occurrence.started_at
                or london_day(superseding_fact.at) < rule_in_force.superseded.on_or_after
            ):
                continue
            return superseding_fact if stop_at is None or superseding_fact.at < stop_at else None
        return None

    def _dated(self, start: datetime) -> PlacedFact | None:
        """The latest fact that rule and limit follow, at or before the start."""
        dated_fact = None
        for candidate_fact in self.reading.of("dated"):
            if candidate_fact.at <= start:
                dated_fact = candidate_fact
        return dated_fact

    def _last_met(self, at_moment: datetime) -> datetime | None:
        return max((met_fact.at for met_fact in self.reading.of("met") if met_fact.at <= at_moment), default=None)

    def _standing(self, stretch: Stretch | None) -> list[Stands]:
        assert self.duty.standing is not None
        return standing_spans(
            [met_fact for met_fact in self.reading.of("met") if _is_within(met_fact, stretch, None)],
            [lapsed_fact for lapsed_fact in self.reading.of("lapsed") if _is_within(lapsed_fact, stretch, None)],
            self.ground.roster,
            self.ground.terms.absence_grace,
            self.ground.as_of,
            by_officer=self.duty.standing.by_officer,
        )


def find_occurrences(duty: Duty, reading: Interpretation, ground: EvaluationContext) -> list[Occurrence]:
    """Find every occurrence of this duty in this reading.

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


def _while_it_stands(reading: Interpretation) -> Interpretation:
    """The same reading with only those starts at which the state stands."""
    began = {began_fact[2:4] for began_fact in reading.of("began")}
    facts = sorted({*reading.of("began"), *reading.of("ceased")}, key=fact_order)
    starts: dict[int, list[PlacedFact]] = {}
    for level, level_starts in reading.starts.items():
        for start in level_starts:
            before = [start_fact for start_fact in facts if start_fact.at <= start.at]
            if before and before[-1][2:4] in began:
                starts.setdefault(level, []).append(start)
    return Interpretation(starts, reading.parts)


def _by_case(duty: Duty, reading: Interpretation, ground: EvaluationContext) -> list[Occurrence]:
    """The preferred starts of each case, and the returns that begin again what no ending followed."""
    levels: dict[object, dict[int, list[PlacedFact]]] = {}
    for level, facts in reading.starts.items():
        for start_fact in facts:
            levels.setdefault(case_of(start_fact), {}).setdefault(level, []).append(start_fact)
    starts = [start for level_starts in levels.values() for start in _preferred_starts(level_starts)]
    returns = _return_starts(starts, reading)
    chains: dict[object, list[OccurrenceChain]] = {}
    case_chains: list[OccurrenceChain] = []
    for start in sorted([*starts, *returns], key=fact_order):
        is_return = start in returns
        cases = (
            {case_of(start_fact) for start_fact in starts if start_fact.at <= start.at}
            if is_return
            else {case_of(start)}
        )
        before = case_chains if is_return else chains.get(case_of(start), [])
        if duty.once and any(chain.rows for chain in before):
            continue
        if any(chain.is_running_at(start.at) for chain in before) or _is_away(start, reading):
            continue
        chain = OccurrenceChain(duty, reading, ground)
        chain.follow(start, None, None)
        case_chains.append(chain)
        for case_key in cases:
            chains.setdefault(case_key, []).append(chain)
    return [occurrence for chain in case_chains for occurrence in chain.rows]


def _return_starts(starts: list[PlacedFact], reading: Interpretation) -> list[PlacedFact]:
    """Returns that begin a duty again: those after a start that no ending followed."""
    return_starts = []
    for return_fact in reading.of("returned"):
        before = [start.at for start in starts if start.at <= return_fact.at]
        if before and not any(max(before) < ending_fact.at <= return_fact.at for ending_fact in reading.of("ended")):
            return_starts.append(return_fact)
    return return_starts


def _is_away(start: PlacedFact, reading: Interpretation) -> bool:
    left_moments = [left_fact.at for left_fact in reading.of("left") if left_fact.at < start.at]
    return_moments = [return_fact.at for return_fact in reading.of("returned") if return_fact.at <= start.at]
    return bool(left_moments) and (not return_moments or max(return_moments) < max(left_moments))


def _by_episode(duty: Duty, reading: Interpretation, ground: EvaluationContext) -> list[Occurrence]:
    """The preferred starts of each episode, those of each case by themselves; a fact may meet one in each case."""
    opened, closed = reading.of("opened"), reading.of("closed")
    episode_stretches = find_stretches(opened, closed)
    groups: dict[tuple[datetime, datetime | None], tuple[Stretch, dict[int, list[PlacedFact]]]] = {}
    for level, facts in sorted(reading.starts.items()):
        for start_fact in facts:
            stretch = stretch_of(start_fact, episode_stretches, opened, closed)
            _, starts = groups.setdefault((stretch.from_, stretch.to), (stretch, {}))
            starts.setdefault(level, []).append(start_fact)
    chains: dict[object, list[OccurrenceChain]] = {}
    for stretch, starts in groups.values():
        chains_by_case: dict[object, OccurrenceChain] = {}
        for start in _preferred_starts(starts):
            case_key = case_of(start)
            if any(chain.is_running_at(start.at) for chain in chains.get(case_key, ())):
                continue
            if case_key not in chains_by_case:
                chains_by_case[case_key] = OccurrenceChain(duty, reading, ground)
                chains.setdefault(case_key, []).append(chains_by_case[case_key])
            chains_by_case[case_key].follow(start, stretch, None)
    return [occurrence for episode_chains in chains.values() for chain in episode_chains for occurrence in chain.rows]


def _after_episodes(duty: Duty, reading: Interpretation, ground: EvaluationContext) -> list[Occurrence]:
    """The preferred start of each case between openings; a fact belongs to the latest such starts before it.

    Shape:   returns from one absence that several cases tell are met by one fact; a later absence's return, or a later
             one in the same case, takes what follows it.
    """
    cut_moments = sorted({opening_fact.at for opening_fact in reading.of("opened")})
    groups: dict[int, dict[int, list[PlacedFact]]] = {}
    for level, facts in reading.starts.items():
        for start_fact in facts:
            segment = sum(1 for cut_moment in cut_moments if cut_moment <= start_fact.at)
            groups.setdefault(segment, {}).setdefault(level, []).append(start_fact)
    segment_starts: list[tuple[int, PlacedFact]] = []
    for segment, starts in sorted(groups.items()):
        last_start: dict[object, PlacedFact] = {}
        for start in _preferred_starts(starts):
            case_key = case_of(start)
            if case_key not in last_start or not _still_runs(duty, reading, ground, last_start[case_key], start):
                segment_starts.append((segment, start))
                last_start[case_key] = start
    occurrences: list[Occurrence] = []
    for segment, start in segment_starts:
        later = [
            later_start.at
            for segment_number, later_start in segment_starts
            if later_start.at > start.at and (segment_number > segment or case_of(later_start) == case_of(start))
        ]
        chain = OccurrenceChain(duty, reading, ground)
        chain.follow(start, None, min(later, default=None))
        occurrences.extend(chain.rows)
    return occurrences


def _still_runs(
    duty: Duty, reading: Interpretation, ground: EvaluationContext, last_start: PlacedFact, start: PlacedFact
) -> bool:
    chain = OccurrenceChain(duty, reading, ground)
    chain.follow(last_start, None, None)
    return chain.is_running_at(start.at)


def _preferred_starts(starts: dict[int, list[PlacedFact]]) -> list[PlacedFact]:
    return starts[min(starts)] if starts else []


def _is_within(placed_fact: PlacedFact, stretch: Stretch | None, until: datetime | None) -> bool:
    return (stretch is None or stretch.holds(placed_fact.at)) and (until is None or placed_fact.at < until)
