"""Which record has each source of each person, and which person is each record, in truth?"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY, HOUR, london_text, utc_text
from duecare.synthetic.deliveries import SHEETS, Deliveries
from duecare.synthetic.household import Human
from duecare.synthetic.mess import Written, written_down

_MERLIN = len(SHEETS["merlin"]["nominals"])
_POLE = len(SHEETS["pole"]["persons"])


class Truth:
    """Which person is each record? Written as it goes, never held."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIOWrapper = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(("source", "record_id", "true_person", "household"))
        self._people: set[str] = set()
        self.records = 0

    def tell(self, source: str, record_id: str, person: str, household: str) -> None:
        """Say that this record is this person."""
        self._writer.writerow((source, record_id, person, household))
        self._people.add(person)
        self.records += 1

    @property
    def people(self) -> int:
        """How many people have a record?"""
        return len(self._people)

    def close(self) -> None:
        """Nothing more will be told."""
        self._file.close()


class Nominals:
    """Which record does a source tie a person by? It makes one when the person first comes to its notice.

    Shape:   now and then a source makes a second record of somebody it has already, having searched for another
             spelling; now and then it sends an older version late, or one never changed again.
    """

    def __init__(self, deliveries: Deliveries, truth: Truth, chance: Chance) -> None:
        self._deliveries = deliveries
        self._truth = truth
        self._chance = chance
        self._known: dict[str, dict[int, int]] = {"merlin": {}, "pole": {}}
        self._next = {"merlin": 0, "pole": 0}
        self._case = ""
        self._in_case: dict[tuple[str, int], int] = {}
        self.arrested: set[int] = set()
        self.with_upn: set[int] = set()

    def within(self, case: str) -> None:
        """What follows belongs to this case; nobody is put on one case under two records."""
        if case != self._case:
            self._case = case
            self._in_case.clear()

    def merlin(self, person: Human, at: int) -> str:
        """The Merlin nominal of this person, as of a contact at this second."""
        return f"MN{self._record('merlin', person, at):07d}"

    def pole(self, person: Human, at: int) -> str:
        """The neutral layout's record of this person, as of a contact at this second."""
        return f"N{self._record('pole', person, at):07d}"

    def in_case(self, person: Human, source: str = "pole") -> str:
        """This source's record of this person in the case told of last; empty where they are not in it."""
        number = self._in_case.get((source, person.number))
        return f"{'MN' if source == 'merlin' else 'N'}{number:07d}" if number is not None else ""

    def booked(self, source: str, ref: str, person: Human) -> None:
        """Say whose a record is that a source makes anew each time, or that is written elsewhere."""
        self._truth.tell(source, ref, person.key, person.household)

    def tell(self, source: str, record: str, person: str, household: str) -> None:
        """Say whose a record is, of somebody who is in no household of the town."""
        self._truth.tell(source, record, person, household)

    def _record(self, source: str, person: Human, at: int) -> int:
        used = self._in_case.get((source, person.number))
        if used is not None:
            return used
        found = self._in_case[source, person.number] = self._found_or_made(source, person, at)
        return found

    def _found_or_made(self, source: str, person: Human, at: int) -> int:
        known = self._known[source]
        held = known.get(person.number)
        if held is not None and self._chance.draw() > 0.12:
            if self._chance.within(0.03):
                self._send(source, held, person, at)
            return held
        self._next[source] += 1
        number = self._next[source]
        known[person.number] = number
        self._send(source, number, person, at)
        record = f"MN{number:07d}" if source == "merlin" else f"N{number:07d}"
        self._truth.tell(source, record, person.key, person.household)
        return number

    def _send(self, source: str, number: int, person: Human, at: int) -> None:
        chance = self._chance
        written = written_down(person, at, chance, is_known_to_police=person.number in self.arrested)
        if written.upn:
            self.with_upn.add(person.number)
        written_at = at + chance.wait(HOUR)
        if chance.within(0.015):
            written_at += chance.between(3, 40) * DAY
        written_at = min(written_at, self._deliveries.extractions[-1])
        row, sheet = (
            (merlin_row(f"MN{number:07d}", written, written_at), "nominals")
            if source == "merlin"
            else (pole_row(f"N{number:07d}", written, written_at), "persons")
        )
        self._deliveries.put(source, sheet, written_at, row)
        if chance.within(0.01):
            self._send_older(source, sheet, number, person, written_at)

    def _send_older(self, source: str, sheet: str, number: int, person: Human, written_at: int) -> None:
        """An older version that is delivered after the newer one."""
        earlier = written_at - self._chance.between(2, 30) * DAY
        written = written_down(person, earlier, self._chance, is_known_to_police=False)
        row = (
            merlin_row(f"MN{number:07d}", written, earlier)
            if source == "merlin"
            else pole_row(f"N{number:07d}", written, earlier)
        )
        index = self._deliveries.index_of(written_at) + 1
        if index < len(self._deliveries.extractions):
            self._deliveries.put_into(index, source, sheet, row)


def merlin_row(ref: str, w: Written, written_at: int) -> list[str]:
    """A row of Merlin's nominals."""
    return [
        ref, w.family, w.given, w.aliases, w.dob, w.sex, w.ethnicity, w.address, w.postcode, w.uprn, w.phone, w.email,
        w.school, w.upn, w.nhs_no, w.pnc_id, "", london_text(written_at), "",
    ]  # fmt: skip


def pole_row(ref: str, w: Written, written_at: int) -> list[str]:
    """A row of the neutral layout's persons."""
    return [
        ref, w.given, w.family, w.aliases, "", w.dob, "", w.sex, w.ethnicity, "16+1" if w.ethnicity else "",
        "officer" if w.ethnicity else "", "", "", "", w.address, w.postcode, w.uprn, "", "", w.phone, w.email, w.pnc_id,
        w.cro, w.nhs_no, w.upn, "", w.school, "", "", utc_text(written_at), "",
    ]  # fmt: skip


def nominal_list(ties: Iterable[tuple[str, str]]) -> str:
    """How does a row say who is in it? `child=MN0000001;parent=MN0000002`."""
    return ";".join(f"{role}={ref}" for role, ref in ties)


assert len(merlin_row("", Written("", ""), 0)) == _MERLIN
assert len(pole_row("", Written("", ""), 0)) == _POLE
