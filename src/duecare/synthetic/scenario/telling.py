"""How one scenario is told: clean records of its people, its events, and what it should give."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.synthetic.clock import DAY, HOUR, day_text, london_text, utc_text, wall
from duecare.synthetic.custody import opened
from duecare.synthetic.deliveries import SHEETS
from duecare.synthetic.force import Force
from duecare.synthetic.mess import Written
from duecare.synthetic.nominals import merlin_row, pole_row
from duecare.synthetic.places import NOWHERE, Borough, Place, dwelling

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

    def at(self, own: str, before_end: int) -> int:
        """The second at which it happens: by the wall clock at its own date, or so long before the last moment."""
        return self.force.ending - before_end if self.is_live else wall(own)

    def either(self, own: str, live: str) -> str:
        """The word of this copy; the two copies are about different people."""
        return live if self.is_live else own

    def someone(self, given: str, family: str, age: int, at: int, sex: str = "F", *, home: int = 0) -> Written:
        """Somebody of this age at this time, written down without a slip."""
        place = dwelling(self.borough, 88_000 + home)
        born = day_text(at // DAY - int(age * 365.25) - 100)
        return Written(given, family, "", born, sex, "", *place)

    def merlin_nominal(self, letter: str, who: Written, at: int, *, same_as: str = "") -> str:
        """A clean Merlin nominal."""
        return self._nominal("merlin", "nominals", merlin_row, letter, who, at, same_as)

    def pole_person(self, letter: str, who: Written, at: int, *, same_as: str = "") -> str:
        """A clean record of the neutral layout."""
        return self._nominal("pole", "persons", pole_row, letter, who, at, same_as)

    def _nominal(self, source: str, sheet: str, make: object, letter: str, who: Written, at: int, same_as: str) -> str:
        assert callable(make)
        ref = f"{self.ref}-{letter}"
        self.force.deliveries.put(source, sheet, at, make(ref, who, at))
        self.truth(source, ref, same_as or letter)
        return ref

    def truth(self, source: str, record: str, letter: str) -> None:
        """Say whose record it is."""
        household = f"{self.ref}-{letter[:1]}" if letter.endswith("'") else self.ref
        self.force.nominals.tell(source, record, f"{self.ref}-{letter}", household)

    def event(
        self,
        kind: str,
        at: int,
        *ties: tuple[str, str],
        officer: str = "",
        place: Place = NOWHERE,
        outcome: str = "",
        detail: str = "",
        text: str = "",
        source: str = "",
        later: int = 10 * MINUTE,
    ) -> None:
        """An event of the neutral layout in this case; `source` is whose records the ties name when not its own."""
        if at > self.force.ending:
            return
        self._events += 1
        event_id = f"{self.ref}-E{self._events}"
        written_at = min(at + later, self.force.ending)
        version = utc_text(written_at)
        row = [
            event_id, kind, utc_text(at), self.ref, "", self.borough.name, "", officer, *place, "", outcome, detail,
            text, version, "",
        ]  # fmt: skip
        self.force.deliveries.put("pole", "events", written_at, row)
        for record, role in ties:
            self.force.deliveries.put("pole", "ties", written_at, [event_id, record, role, source, version, ""])

    def pole_case(self, kind: str, opened_at: int, closed_at: int | None = None) -> None:
        """The case itself."""
        until = utc_text(closed_at) if closed_at is not None else ""
        written_at = opened_at + HOUR if closed_at is None else closed_at
        written_at = min(written_at, self.force.ending)
        row = [self.ref, kind, self.borough.name, utc_text(opened_at), until, "", "", utc_text(written_at), ""]
        self.force.deliveries.put("pole", "cases", written_at, row)

    def row(self, source: str, sheet: str, written_at: int, **values: str) -> None:
        """A row of a source's own layout."""
        written_at = min(written_at, self.force.ending)
        write = utc_text if source == "visor" else london_text
        values["last_updated"] = write(written_at)
        self.force.deliveries.put(
            source, sheet, written_at, [values.get(column, "") for column in SHEETS[source][sheet]]
        )

    def custody(self, who: Written, arrived: int, written_at: int, part: str = "", **times: int | str) -> str:
        """A custody record: times are seconds, everything else is text."""
        ref = f"{self.ref}{part}"
        values = opened(ref, who, self.borough, arrived, self.officer("Custody"))
        values |= {name: said if isinstance(said, str) else london_text(said) for name, said in times.items()}
        self.row("custody", "records", written_at, arrival_reason="arrest", **values)
        return ref

    def review(self, custody_ref: str, number: int, at: int, reason: str = "") -> None:
        """A review of detention."""
        self.row(
            "custody",
            "reviews",
            at + MINUTE,
            review_ref=f"{custody_ref}-R{number}",
            custody_ref=custody_ref,
            reviewed_at=london_text(at),
            reviewer=self.force.staff.holder(self.borough, "duty_inspector"),
            reviewer_rank="Inspector",
            postponed_reason=reason,
            area=self.borough.name,
        )

    def officer(self, team: str) -> str:
        """The first officer of this team here."""
        return self.force.staff.stations[self.borough.number].members[team][0].number

    def expect(
        self, duty: str, ref: str, state: str, started_at: int, due_at: int, met_at: int | None = None, case: str = ""
    ) -> None:
        """Say what the case should give."""
        self.expects.append(
            {
                "scenario": self.scenario,
                "live": self.is_live,
                "case_ref": case or self.ref,
                "duty": duty,
                "ref": ref,
                "state": state,
                "started_at": utc_text(started_at),
                "due_at": utc_text(due_at),
                "met_at": utc_text(met_at) if met_at is not None else None,
            }
        )
