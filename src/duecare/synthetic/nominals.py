"""Each source's records of each person, and the true person of each record."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text, utc_text
from duecare.synthetic.deliveries import SHEETS, Deliveries
from duecare.synthetic.household import Human
from duecare.synthetic.mess import Written, written_down

_MERLIN = len(SHEETS["merlin"]["nominals"])
_POLE_COLUMNS = len(SHEETS["pole"]["persons"])


class Truth:
    """The true person of each record, written as it goes and never kept in memory."""

    def __init__(self, truth_path: Path) -> None:
        truth_path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIOWrapper = truth_path.open("w", encoding="utf-8", newline="")
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
        """The number of people who have a record."""
        return len(self._people)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Nominals:
    """The record by which a source ties a person, made when the person first comes to its notice.

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

    def within(self, case_ref: str) -> None:
        """What follows belongs to this case; nobody is put on one case under two records."""
        if case_ref != self._case:
            self._case = case_ref
            self._in_case.clear()

    def merlin(self, person: Human, happened_at: int) -> str:
        """The Merlin nominal of this person, as of a contact at this second."""
        return f"MN{self._record('merlin', person, happened_at):07d}"

    def pole(self, person: Human, happened_at: int) -> str:
        """The neutral layout's record of this person, as of a contact at this second."""
        return f"N{self._record('pole', person, happened_at):07d}"

    def in_case(self, person: Human, source: str = "pole") -> str:
        """This source's record of this person in the current case; empty where they are not in it."""
        number = self._in_case.get((source, person.number))
        return f"{'MN' if source == 'merlin' else 'N'}{number:07d}" if number is not None else ""

    def booked(self, source: str, record_ref: str, person: Human) -> None:
        """Note the person of a record that a source makes new each time, or that is written elsewhere."""
        self._truth.tell(source, record_ref, person.key, person.household)

    def tell(self, source: str, record: str, person: str, household: str) -> None:
        """Note the person of a record of somebody who is in no household of the town."""
        self._truth.tell(source, record, person, household)

    def _record(self, source: str, person: Human, happened_at: int) -> int:
        used_number = self._in_case.get((source, person.number))
        if used_number is not None:
            return used_number
        record_number = self._in_case[source, person.number] = self._found_or_made(source, person, happened_at)
        return record_number

    def _found_or_made(self, source: str, person: Human, happened_at: int) -> int:
        known_records = self._known[source]
        held_number = known_records.get(person.number)
        if held_number is not None and self._chance.draw() > 0.12:
            if self._chance.within(0.03):
                self._send(source, held_number, person, happened_at)
            return held_number
        self._next[source] += 1
        number = self._next[source]
        known_records[person.number] = number
        self._send(source, number, person, happened_at)
        record = f"MN{number:07d}" if source == "merlin" else f"N{number:07d}"
        self._truth.tell(source, record, person.key, person.household)
        return number

    def _send(self, source: str, number: int, person: Human, happened_at: int) -> None:
        chance = self._chance
        written = written_down(person, happened_at, chance, is_known_to_police=person.number in self.arrested)
        if written.upn:
            self.with_upn.add(person.number)
        written_at = happened_at + chance.wait(HOUR_SECONDS)
        if chance.within(0.015):
            written_at += chance.between(3, 40) * DAY_SECONDS
        written_at = min(written_at, self._deliveries.extractions[-1])
        sheet_row, sheet = (
            (merlin_row(f"MN{number:07d}", written, written_at), "nominals")
            if source == "merlin"
            else (pole_row(f"N{number:07d}", written, written_at), "persons")
        )
        self._deliveries.put(source, sheet, written_at, sheet_row)
        if chance.within(0.01):
            self._send_older(source, sheet, number, person, written_at)

    def _send_older(self, source: str, sheet: str, number: int, person: Human, written_at: int) -> None:
        """An older version that is delivered after the newer one."""
        earlier = written_at - self._chance.between(2, 30) * DAY_SECONDS
        written = written_down(person, earlier, self._chance, is_known_to_police=False)
        sheet_row = (
            merlin_row(f"MN{number:07d}", written, earlier)
            if source == "merlin"
            else pole_row(f"N{number:07d}", written, earlier)
        )
        index = self._deliveries.index_of(written_at) + 1
        if index < len(self._deliveries.extractions):
            self._deliveries.put_into(index, source, sheet, sheet_row)


def merlin_row(record_ref: str, written: Written, written_at: int) -> list[str]:
    """A row of Merlin's nominals."""
    return [
        record_ref,
        written.family,
        written.given,
        written.aliases,
        written.dob,
        written.sex,
        written.ethnicity,
        written.address,
        written.postcode,
        written.uprn,
        written.phone,
        written.email,
        written.school,
        written.upn,
        written.nhs_no,
        written.pnc_id,
        "",
        london_text(written_at),
        "",
    ]


def pole_row(record_ref: str, written: Written, written_at: int) -> list[str]:
    """A row of the neutral layout's persons."""
    return [
        record_ref,
        written.given,
        written.family,
        written.aliases,
        "",
        written.dob,
        "",
        written.sex,
        written.ethnicity,
        "16+1" if written.ethnicity else "",
        "officer" if written.ethnicity else "",
        "",
        "",
        "",
        written.address,
        written.postcode,
        written.uprn,
        "",
        "",
        written.phone,
        written.email,
        written.pnc_id,
        written.cro,
        written.nhs_no,
        written.upn,
        "",
        written.school,
        "",
        "",
        utc_text(written_at),
        "",
    ]


def nominal_list(nominal_ties: Iterable[tuple[str, str]]) -> str:
    """The text by which a row names who is in it: `child=MN0000001;parent=MN0000002`."""
    return ";".join(f"{person_role}={record_ref}" for person_role, record_ref in nominal_ties)


assert len(merlin_row("", Written("", ""), 0)) == _MERLIN
assert len(pole_row("", Written("", ""), 0)) == _POLE_COLUMNS
