"""When an occurrence is due: its allowance, worked out again where a later fact changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.allowance import (
    Allowance,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    Fixed,
    FromDetail,
    Plain,
    UntilDetail,
)
from duecare.duty.condition import About, all_hold, number_of
from duecare.duty.due_moment import due_or_unknown, read_period
from duecare.duty.evaluation_context import EvaluationContext
from duecare.duty.facts import Interpretation, PlacedFact
from duecare.duty.occurrence_state import Occurrence
from duecare.duty.pauses import Stop, extended_due, find_stops
from duecare.record.pole import EventRecord
from duecare.vocabulary.london_clock import end_of_day, london_day, read_time
from duecare.vocabulary.moments import When
from duecare.vocabulary.unknown import Unknown


@dataclass(slots=True)
class Limit:
    """How one occurrence's limit is worked out, on what ground, and which facts no longer change it.

    Shape:   `base` is where the limit is worked out from when that is not the start (then never earlier than the start);
             `dated` the fact that it follows instead; facts after `until` change nothing.
    """

    row: Occurrence
    reading: Interpretation
    ground: EvaluationContext
    base: datetime | None = None
    dated: PlacedFact | None = None
    until: datetime | None = None

    def set(self, allowance: Allowance) -> None:
        """Set `due_at` and `due_on`, else `unknown`."""
        occurrence = self.row
        occurrence.due_at, occurrence.due_on = None, None
        origin = self.base or (self.dated.at if self.dated else occurrence.started_at)
        if isinstance(allowance, ByLatestRisk | ByLatestPlan):
            self._follow(allowance, origin)
        else:
            self._put_plain(self._chosen(allowance), origin)
        self._pause()

    def _chosen(self, allowance: Plain | ByTrigger | ByTriggerRisk | ByAgeInCase) -> Plain | Unknown:
        event = self.row.trigger.event
        match allowance:
            case ByTriggerRisk():
                return by_risk(allowance, event)
            case ByAgeInCase(roles, under, child, grown):
                return child if self.ground.has_child(roles, under, self.row.started_at) else grown
            case ByTrigger():
                return by_trigger(allowance, event, self.ground.about(event) if event else None)
            case _:
                return allowance

    def _put_plain(self, allowance: Plain | Unknown, origin: datetime) -> None:
        occurrence = self.row
        floor = occurrence.started_at if self.base is not None else None
        match allowance:
            case Unknown(reason):
                occurrence.due_at, occurrence.due_on, occurrence.unknown = None, None, reason
            case FromDetail(field, allows, less_field):
                self._put_from_detail(field, allows, less_field, origin, floor)
            case UntilDetail(field, otherwise):
                detail_moment = self._moment(field)
                if isinstance(detail_moment, Unknown):
                    occurrence.due_at, occurrence.due_on, occurrence.unknown = None, None, detail_moment.reason
                elif detail_moment is not None:
                    occurrence.due_at = detail_moment.latest
                    occurrence.due_on = None if detail_moment.is_exact else london_day(detail_moment.latest)
                elif otherwise is not None:
                    self._put(otherwise, origin, floor)
                else:
                    trigger_kind = occurrence.trigger.kind
                    occurrence.due_at, occurrence.due_on, occurrence.unknown = (
                        None,
                        None,
                        f"{trigger_kind} does not say {field}",
                    )
            case _:
                self._put(allowance, origin, floor)

    def _put_from_detail(
        self, field: str, allows: Fixed, less_field: str, origin: datetime, floor: datetime | None
    ) -> None:
        occurrence = self.row
        detail_moment = self._moment(field)
        if isinstance(detail_moment, Unknown):
            occurrence.due_at, occurrence.due_on, occurrence.unknown = None, None, detail_moment.reason
            return
        self._put(allows, detail_moment.earliest if detail_moment is not None else origin, floor)
        spent = occurrence.trigger.event.detail.get(less_field) if less_field and occurrence.trigger.event else None
        if spent is None or not str(spent).strip() or occurrence.due_at is None:
            return
        minutes = number_of(spent)
        if minutes is None:
            occurrence.due_at, occurrence.due_on = None, None
            occurrence.unknown = f"{occurrence.trigger.kind} does not say {less_field} as a number"
        elif occurrence.due_on is None:
            occurrence.due_at -= timedelta(seconds=round(minutes * 60))

    def _moment(self, field: str) -> When | Unknown | None:
        """The moment or day that this field of the trigger's detail names; None where it is silent."""
        return moment_named(self.row.trigger.event, field)

    def _follow(self, allowance: ByLatestRisk | ByLatestPlan, origin: datetime) -> None:
        occurrence = self.row
        setting_words = "risk assessed" if isinstance(allowance, ByLatestRisk) else "plan set"
        occurrence.unknown = f"no {setting_words} is known, so the limit cannot be told"
        standing: PlacedFact | None = None
        later: list[PlacedFact] = []
        for setting_fact in self.reading.of(f"sets:{allowance.kind}"):
            if setting_fact.at <= occurrence.started_at:
                standing = setting_fact
            elif self.until is None or setting_fact.at <= self.until:
                later.append(setting_fact)
        if standing is not None:
            self._read_and_put(allowance, standing, origin, occurrence.started_at if self.base is not None else None)
        for setting_fact in later:
            self._read_and_put(allowance, setting_fact, origin, setting_fact.at)

    def _read_and_put(
        self, allowance: ByLatestRisk | ByLatestPlan, setting_fact: PlacedFact, origin: datetime, floor: datetime | None
    ) -> None:
        assert setting_fact.event is not None
        fixed = said_by(allowance, setting_fact.event)
        if isinstance(fixed, Unknown):
            self.row.due_at, self.row.due_on, self.row.unknown = None, None, fixed.reason
        else:
            self._put(fixed, origin, floor)

    def _put(self, fixed: Fixed, origin: datetime, floor: datetime | None) -> None:
        occurrence = self.row
        assessed = due_or_unknown(origin, fixed)
        if isinstance(assessed, Unknown):
            occurrence.due_at, occurrence.due_on, occurrence.unknown = None, None, assessed.reason
            return
        occurrence.due_at, occurrence.due_on = assessed
        if floor is not None and occurrence.due_at < floor:
            occurrence.due_at = floor
            if occurrence.due_on is not None:
                occurrence.due_on = london_day(floor)
                occurrence.due_at = end_of_day(occurrence.due_on)

    def _pause(self) -> None:
        occurrence = self.row
        occurrence.paused = []
        if occurrence.due_at is None or occurrence.due_on is not None:
            return
        end_moment = min(self.ground.as_of, self.until) if self.until else self.ground.as_of
        clock_stops: list[Stop] = find_stops(
            self.reading.of("paused"), self.reading.of("resumed"), occurrence.started_at, end_moment
        )
        occurrence.due_at, occurrence.paused = extended_due(occurrence.due_at, clock_stops)


def by_risk(allowance: ByTriggerRisk, event: EventRecord | None) -> Fixed:
    """The limit set by the risk on the trigger."""
    grade = event.risk.strip().casefold().replace(" ", "_") if event else ""
    return dict(allowance.table).get(grade, allowance.otherwise)


def by_trigger(allowance: ByTrigger, event: EventRecord | None, about: About | None) -> Plain | Unknown:
    """The limit set by the trigger; an absence, which is no event, sets none of those with conditions."""
    if event is not None and about is not None:
        for conditions, allows in allowance.table:
            holds, reason = all_hold(conditions, event, about)
            if holds is None:
                return Unknown(reason)
            if holds:
                return allows
    return allowance.otherwise or Unknown("nothing that began it sets a limit")


def moment_named(event: EventRecord | None, field: str) -> When | Unknown | None:
    """The moment or day that this field of an event's detail names; None where it is silent."""
    detail_value = event.detail.get(field) if event else None
    if event is None or detail_value is None or not str(detail_value).strip():
        return None
    try:
        return read_time(str(detail_value)).when
    except ValueError:
        return Unknown(f"{event.kind} gives a {field} that is no time")


def said_by(allowance: ByLatestRisk | ByLatestPlan, event: EventRecord) -> Fixed | Unknown:
    """The limit set by the latest fact."""
    if isinstance(allowance, ByLatestRisk):
        grade = event.risk.strip().casefold().replace(" ", "_").replace("-", "_")
        return dict(allowance.table).get(grade, Unknown("the latest risk assessed has no grade that sets a limit"))
    return read_period(str(event.detail.get(allowance.field, "")))
