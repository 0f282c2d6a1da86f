"""The made-up force that all generators share: its people, staff, random numbers and deliveries, and how late it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_day_text, london_text, utc_text
from duecare.synthetic.deliveries import SHEETS, Deliveries
from duecare.synthetic.household import Household, Human, Town
from duecare.synthetic.nominals import Nominals, nominal_list
from duecare.synthetic.places import NOWHERE, Borough, Place
from duecare.synthetic.staff import Officer, Staff

PersonTies = Sequence[tuple[Human, str]]
Stage = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Enquired:
    """An enquiry led by children's services, as seconds; 0 for what did not happen."""

    borough: Borough
    children: tuple[Human, ...]
    at: int
    started: int
    assessed: int
    closed: int
    held: int = 0
    needs_none: bool = False
    is_planned: bool = False
    plan_ended: int = 0


@dataclass(frozen=True, slots=True)
class Detained:
    """A child's time in custody, from when to when."""

    ref: str
    borough: Borough
    person: Human
    authorised: int
    left: int
    is_certified: bool = False


@dataclass(frozen=True, slots=True)
class Managed:
    """An offender registered since a moment."""

    ref: str
    borough: Borough
    registered: int


@dataclass(frozen=True, slots=True)
class Told:
    """A case: its kind, reference and people, and when each of its steps happened.

    Shape:   `who` are ties to records of the same source, (record, role, source).
    """

    what: str
    ref: str
    borough: Borough
    at: int
    until: int
    who: tuple[tuple[str, str, str], ...] = ()
    steps: tuple[int, ...] = ()
    kind: str = ""


@dataclass(slots=True)
class Force:
    """Everything that the makers of cases need.

    Shape:   `enquired`, `detained`, `managed` and `told` gather what is told of besides; `letter` begins the ids of events.
    """

    town: Town
    alone: int
    staff: Staff
    deliveries: Deliveries
    nominals: Nominals
    chance: Chance
    ending: int
    working_days: list[int]
    enquired: list[Enquired] = field(default_factory=list)
    detained: list[Detained] = field(default_factory=list)
    managed: list[Managed] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    letter: str = "E"
    _numbers: dict[str, int] = field(default_factory=dict)

    def beside(self, chance_seed: int) -> Force:
        """The same force, for what is written beside the rest: by a chance of its own, which leaves the rest as it is."""
        chance = Chance(chance_seed)
        return replace(self, chance=chance, staff=self.staff.drawing(chance), letter="F")

    def number(self, series: str) -> int:
        """The next number of a series."""
        self._numbers[series] = next_number = self._numbers.get(series, 0) + 1
        return next_number

    def family(self, happened_at: int, *, oldest: int = 17) -> tuple[Household, list[Human]]:
        """A household with a child of at most this age, and its children under eighteen, as things stand then."""
        while True:
            # Some households come to notice again and again.
            drawn = self.chance.draw()
            household = self.town.household(int((drawn if drawn > 0.25 else drawn * drawn) * self.town.households))
            minors = household.minors(happened_at)
            if any(child.age(happened_at) <= oldest for child in minors):
                return household, minors

    def loner(self) -> tuple[Household, Human]:
        """Somebody who lives alone."""
        household = self.town.household(self.town.households + int(self.chance.draw() * self.alone))
        return household, household.adults[0]

    def delay(self, borough: Borough, limit: int) -> int:
        """Seconds until something is done that is due within `limit`; late as often as the borough is."""
        if self.chance.within(borough.late):
            return int(limit * (1.04 + min(4.0, self.chance.wait(70) / 100)))
        return int(limit * (0.03 + 0.92 * self.chance.draw() ** 1.7))

    def written(self, happened_at: int) -> int:
        """When it is written down: mostly within hours, sometimes days late."""
        if self.chance.draw() < 0.035:
            return happened_at + self.chance.between(1, 15) * DAY_SECONDS
        return happened_at + 60 + self.chance.wait(1.2 * HOUR_SECONDS)

    def working_day_after(self, second: int, count: int) -> int:
        """Midnight (UTC) of the `count`-th working day after the day of this second."""
        return self.working_days[bisect_right(self.working_days, second // DAY_SECONDS) + count - 1] * DAY_SECONDS

    def london(self, happened_at: int) -> str:
        """A time as written on the wall clock; now and then only the day was put down."""
        return london_day_text(happened_at) if self.chance.draw() < 0.012 else london_text(happened_at)

    def grow(self, source: str, sheet: str, values: dict[str, str], stages: list[Stage]) -> None:
        """Send a row as it stood at each extraction: first as opened, again whenever more of it had been filled in.

        Shape:   `stages` are what was filled in when, by column; the version's time is that of the last one.
        """
        columns = SHEETS[source][sheet]
        write = london_text if source in {"merlin", "custody", "cris", "cad"} else utc_text
        index = None
        last_time = 0
        for written_at, filled in sorted(stages, key=_first_time):
            delivery_index = self.deliveries.index_of(written_at)
            if index is not None and delivery_index != index:
                self._send(index, source, sheet, columns, values, write(last_time))
            if delivery_index >= len(self.deliveries.extractions):
                return
            values.update(filled)
            index, last_time = delivery_index, written_at
        if index is not None:
            self._send(index, source, sheet, columns, values, write(last_time))

    def _send(
        self, index: int, source: str, sheet: str, columns: tuple[str, ...], values: dict[str, str], version: str
    ) -> None:
        values["last_updated"] = version
        sheet_row = [values.get(column, "") for column in columns]
        self.deliveries.put_into(index, source, sheet, sheet_row)
        if self.chance.draw() < 0.004:
            self.deliveries.put_into(min(index + 1, len(self.deliveries.extractions) - 1), source, sheet, sheet_row)

    def merlin_ties(self, record_ref: str, person_ties: PersonTies, happened_at: int) -> str:
        """The list of who is in a row of this case of Merlin's."""
        self.nominals.within(record_ref)
        return nominal_list(
            (person_role, self.nominals.merlin(person, happened_at)) for person, person_role in person_ties
        )

    def pole_case(
        self, record_ref: str, event_kind: str, borough: Borough, opened_at: int, closed_at: int | None = None
    ) -> None:
        """A case of the neutral layout, opened and perhaps closed."""
        opened = utc_text(opened_at)
        index = self.deliveries.index_of(opened_at + HOUR_SECONDS)
        if closed_at is None or closed_at > self.ending or self.deliveries.index_of(closed_at + HOUR_SECONDS) != index:
            sheet_row = [
                record_ref,
                event_kind,
                borough.name,
                opened,
                "",
                "",
                "",
                utc_text(opened_at + HOUR_SECONDS),
                "",
            ]
            self.deliveries.put("pole", "cases", opened_at + HOUR_SECONDS, sheet_row)
        if closed_at is not None:
            sheet_row = [
                record_ref,
                event_kind,
                borough.name,
                opened,
                utc_text(closed_at),
                "",
                "",
                utc_text(closed_at + HOUR_SECONDS),
                "",
            ]
            self.deliveries.put("pole", "cases", closed_at + HOUR_SECONDS, sheet_row)

    def event(
        self,
        record_ref: str,
        event_kind: str,
        happened_at: int,
        borough: Borough,
        person_ties: PersonTies = (),
        *,
        officer: str = "",
        team_name: str = "",
        place: Place = NOWHERE,
        risk_grade: str = "",
        outcome: str = "",
        detail: str = "",
        event_text: str = "",
        by_day: float = 0.008,
        foreign: Iterable[tuple[str, str, str]] = (),
        case_source: str = "",
    ) -> str:
        """An event of the neutral layout with its ties; the event's id, empty where it lies after the last extraction.

        Shape:   `foreign` are ties to records of other sources, (record, role, source); `by_day` is the share of times
                 of which only the day was put down; `case_source` is whose case it is, when another source's.
        """
        if happened_at > self.ending:
            return ""
        self.nominals.within(record_ref)
        written_at = self.written(happened_at)
        if written_at > self.ending:
            written_at = self.ending - 60 if happened_at < self.ending - DAY_SECONDS else happened_at + 60
            if written_at > self.ending:
                return ""
        event_id = f"{self.letter}{self.number(f'event {self.letter}'):08d}"
        happened = london_day_text(happened_at) if self.chance.draw() < by_day else utc_text(happened_at)
        version = utc_text(written_at)
        sheet_row = [
            event_id,
            event_kind,
            happened,
            record_ref,
            case_source,
            borough.name,
            team_name,
            officer,
            *place,
            risk_grade,
            outcome,
            detail,
            event_text,
            version,
            "",
        ]
        self.deliveries.put("pole", "events", written_at, sheet_row)
        for person, person_role in person_ties:
            tie_row = [event_id, self.nominals.pole(person, happened_at), person_role, "", version, ""]
            self.deliveries.put("pole", "ties", written_at, tie_row)
        for record, person_role, source in foreign:
            self.deliveries.put("pole", "ties", written_at, [event_id, record, person_role, source, version, ""])
        return event_id

    def investigators(
        self, borough: Borough, team_name: str, since: int, until: int | None
    ) -> list[tuple[int, Officer]]:
        """Investigators and when each was allocated: one at `since`, another whenever an absence leaves nobody on the case."""
        officer = self.staff.pick(borough, team_name, since)
        investigators = [(since, officer)]
        vacant = officer.vacancy_within(since, until if until is not None else self.ending)
        if vacant is not None:
            again = vacant + self.delay(borough, DAY_SECONDS)
            investigators.append((again, self.staff.pick(borough, team_name, again)))
        return investigators


def _first_time(stage: Stage) -> int:
    return stage[0]
