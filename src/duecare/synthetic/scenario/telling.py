"""Writing one scenario: clean records of its people, its events, and the findings to expect."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_text, london_text, utc_text, wall_seconds
from duecare.synthetic.custody import opened_values
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force
from duecare.synthetic.mess import Written
from duecare.synthetic.nominals import merlin_row, pole_row
from duecare.synthetic.places import NOWHERE, Borough, Place, make_dwelling

MINUTE = 60


@dataclass(slots=True)
class Telling:
    """One copy of one scenario: at its own dates, or live, placed by the last day.

    Shape:   `expects` are the findings it should give, in the words of the exchange.
    """

    force: Force
    scenario: str
    is_live: bool
    borough: Borough
    expects: list[dict[str, object]] = field(default_factory=list)
    _events: int = 0

    @property
    def ref(self) -> str:
        """The case's reference: `NM-SC01`, or `NM-SC01-LIVE`."""
        return f"NM-{self.scenario}{'-LIVE' if self.is_live else ''}"

    def at(self, own_time: str, before_end: int) -> int:
        """The second at which it happens: by the wall clock at its own date, or so long before the last moment."""
        return self.force.ending - before_end if self.is_live else wall_seconds(own_time)

    def either(self, own_text: str, live_text: str) -> str:
        """The word of this copy; the two copies are about different people."""
        return live_text if self.is_live else own_text

    def someone(
        self,
        given_name: str,
        family: str,
        age_years: int,
        happened_at: int,
        person_sex: str = "F",
        *,
        home_place: int = 0,
    ) -> Written:
        """Somebody of this age at this time, written down without a slip."""
        place = make_dwelling(self.borough, 88_000 + home_place)
        birth_day = day_text(happened_at // DAY_SECONDS - int(age_years * 365.25) - 100)
        return Written(given_name, family, "", birth_day, person_sex, "", *place)

    def merlin_nominal(self, letter: str, written_person: Written, happened_at: int, *, same_as: str = "") -> str:
        """A clean Merlin nominal."""
        return self._nominal("merlin", "nominals", merlin_row, letter, written_person, happened_at, same_as)

    def pole_person(self, letter: str, written_person: Written, happened_at: int, *, same_as: str = "") -> str:
        """A clean record of the neutral layout."""
        return self._nominal("pole", "persons", pole_row, letter, written_person, happened_at, same_as)

    def _nominal(
        self,
        source: str,
        sheet: str,
        make_row: object,
        letter: str,
        written_person: Written,
        happened_at: int,
        same_as: str,
    ) -> str:
        assert callable(make_row)
        record_ref = f"{self.ref}-{letter}"
        self.force.deliveries.put(source, sheet, happened_at, make_row(record_ref, written_person, happened_at))
        self.truth(source, record_ref, same_as or letter)
        return record_ref

    def truth(self, source: str, record: str, letter: str) -> None:
        """Note the person of a record."""
        household = f"{self.ref}-{letter[:1]}" if letter.endswith("'") else self.ref
        self.force.nominals.tell(source, record, f"{self.ref}-{letter}", household)

    def event(
        self,
        event_kind: str,
        happened_at: int,
        *person_ties: tuple[str, str],
        officer: str = "",
        place: Place = NOWHERE,
        outcome: str = "",
        detail: str = "",
        event_text: str = "",
        source: str = "",
        later: int = 10 * MINUTE,
    ) -> None:
        """An event of the neutral layout in this case; `source` is that of the tied records when not its own."""
        if happened_at > self.force.ending:
            return
        self._events += 1
        event_id = f"{self.ref}-E{self._events}"
        written_at = min(happened_at + later, self.force.ending)
        version = utc_text(written_at)
        sheet_row = [
            event_id,
            event_kind,
            utc_text(happened_at),
            self.ref,
            "",
            self.borough.name,
            "",
            officer,
            *place,
            "",
            outcome,
            detail,
            event_text,
            version,
            "",
        ]
        self.force.deliveries.put("pole", "events", written_at, sheet_row)
        for record, person_role in person_ties:
            self.force.deliveries.put("pole", "ties", written_at, [event_id, record, person_role, source, version, ""])

    def pole_case(self, event_kind: str, opened_at: int, closed_at: int | None = None) -> None:
        """The case itself."""
        until = utc_text(closed_at) if closed_at is not None else ""
        written_at = opened_at + HOUR_SECONDS if closed_at is None else closed_at
        written_at = min(written_at, self.force.ending)
        sheet_row = [
            self.ref,
            event_kind,
            self.borough.name,
            utc_text(opened_at),
            until,
            "",
            "",
            utc_text(written_at),
            "",
        ]
        self.force.deliveries.put("pole", "cases", written_at, sheet_row)

    def row(self, source: str, sheet: str, written_at: int, **values: str) -> None:
        """A row of a source's own layout."""
        written_at = min(written_at, self.force.ending)
        write = utc_text if source == "visor" else london_text
        values["last_updated"] = write(written_at)
        self.force.deliveries.put(
            source, sheet, written_at, [values.get(column, "") for column in SHEETS[source][sheet]]
        )

    def custody(
        self, written_person: Written, arrived: int, written_at: int, part_suffix: str = "", **times: int | str
    ) -> str:
        """A custody record: times are seconds, everything else is text."""
        record_ref = f"{self.ref}{part_suffix}"
        values = opened_values(record_ref, written_person, self.borough, arrived, self.officer("Custody"))
        values |= {
            value_name: said_value if isinstance(said_value, str) else london_text(said_value)
            for value_name, said_value in times.items()
        }
        self.row("custody", "records", written_at, arrival_reason="arrest", **values)
        return record_ref

    def review(self, custody_ref: str, number: int, happened_at: int, reason: str = "") -> None:
        """A review of detention."""
        self.row(
            "custody",
            "reviews",
            happened_at + MINUTE,
            review_ref=f"{custody_ref}-R{number}",
            custody_ref=custody_ref,
            reviewed_at=london_text(happened_at),
            reviewer=self.force.staff.holder(self.borough, "duty_inspector"),
            reviewer_rank="Inspector",
            postponed_reason=reason,
            area=self.borough.name,
        )

    def officer(self, team_name: str) -> str:
        """The first officer of this team here."""
        return self.force.staff.stations[self.borough.number].members[team_name][0].number

    def expect(
        self,
        duty_id: str,
        record_ref: str,
        state: str,
        started_at: int,
        due_at: int,
        met_at: int | None = None,
        case_ref: str = "",
    ) -> None:
        """Say what the case should give."""
        self.expects.append(
            {
                "scenario": self.scenario,
                "live": self.is_live,
                "case_ref": case_ref or self.ref,
                "duty": duty_id,
                "ref": record_ref,
                "state": state,
                "started_at": utc_text(started_at),
                "due_at": utc_text(due_at),
                "met_at": utc_text(met_at) if met_at is not None else None,
            }
        )
