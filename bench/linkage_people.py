"""Labelled person records of the made-up force at any size, written to Parquet household by household, none held.

`python bench/linkage_people.py OUT RECORDS SEED`. The people, their households and what is miswritten of them are the
made-up force's own; which of them come to notice, how often and to whom, is drawn here as its cases draw it.
"""

from __future__ import annotations

import math
import multiprocessing
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, to_seconds, utc_text
from duecare.synthetic.household import Household, Human, Town
from duecare.synthetic.mess import written_down
from duecare.synthetic.places import make_boroughs
from duecare.synthetic.write import ENDING, MONTHS

UNSEEN: Final = 31_415_927
"""A seed on which no model was trained."""

_RECORDS_OF_A_HOUSEHOLD: Final = 1.83
_FORCE: Final = 520_000
"""Households of one force. A larger set is several forces, so that no postcode holds more people than it does in one."""

_LONERS: Final = 0.38
_AREAS: Final = ("NM", "NP", "NR", "NS", "NT", "NW", "NX", "NY", "NZ", "NQ")
_BESIDE: Final = ("", " North", " South", " East", " West", " Upper", " Lower", " Great", " Little", " New")
_CHUNK: Final = 8_000
_LENGTH: Final = MONTHS * 365 * DAY_SECONDS // 12
_KINDS: Final = ("report", "crime", "enquiry", "missing", "detention")
_KINDS_UPTO: Final = (0.43, 0.70, 0.79, 0.91, 1.0)
COLUMNS: Final = (
    "source", "record_id", "written_at", "given_names", "family_name", "also_known_as", "date_of_birth", "sex", "address",
    "postcode", "uprn", "phone", "email", "pnc_id", "cro_number", "nhs_number", "upn", "true_person", "household",
)  # fmt: skip
"""What is written of each record: as `link` reads it, and, last, who it is in truth and of which household."""


@dataclass(slots=True)
class _Desk:
    """The records that the sources make of one household: each source finds again most of those it has.

    Shape:   `rows` as `COLUMNS`; `known` which row has each source of each person.
    """

    chance: Chance
    household: Household
    force: int
    rows: list[tuple[str, ...]] = field(default_factory=list)
    known: set[tuple[str, int]] = field(default_factory=set)
    arrested: set[int] = field(default_factory=set)

    def take(self, source: str, person: Human, at: int, *, is_new: bool = False) -> None:
        """A source writes this person down, unless it has a record of them and finds it."""
        if not is_new and (source, person.number) in self.known and self.chance.draw() > 0.12:
            return
        self.known.add((source, person.number))
        w = written_down(person, at, self.chance, is_known_to_police=person.number in self.arrested)
        mixed = (self.household.number * 1_024 + len(self.rows)) * 2_654_435_761 % 2**42
        address, postcode, uprn = self._place(w.address, w.postcode, w.uprn)
        self.rows.append(
            (
                source,
                f"{mixed:013d}",
                utc_text(at + self.chance.wait(HOUR_SECONDS)),
                w.given,
                w.family,
                w.aliases,
                w.dob,
                w.sex,
                address,
                postcode,
                uprn,
                w.phone,
                w.email,
                w.pnc_id,
                w.cro,
                w.nhs_no,
                w.upn,
                person.key,
                person.household,
            )
        )

    def _place(self, address: str, postcode: str, uprn: str) -> tuple[str, str, str]:
        """The same place in another force, where this household is of one."""
        if self.force == 0:
            return address, postcode, uprn
        return (
            f"{address}{_BESIDE[self.force]}" if address else "",
            postcode.replace("NM", _AREAS[self.force], 1),
            uprn.replace("999", f"99{self.force - 1}", 1),
        )


@cache
def _town(seed: int, households: int) -> Town:
    return Town.of(seed, make_boroughs(Chance(seed)), households, to_seconds(ENDING) // DAY_SECONDS)


def households_for(records: int) -> int:
    """Of how many households do the records come, near enough?"""
    return max(100, round(records / _RECORDS_OF_A_HOUSEHOLD))


def _expected(number: int, households: int) -> float:
    """How often does this household come to notice? Once on average; a few again and again, as in `Force.family`."""
    begin, end = number / households, (number + 1) / households
    often = households * (math.sqrt(end) - math.sqrt(begin)) if end <= 0.0625 else 0.0
    # One force's most noticed household, however many forces there are.
    return min(often, 700.0) + (1.0 if begin > 0.25 else 0.0)


def _times(chance: Chance, expected: float) -> int:
    left, found = math.exp(-expected), 0
    drawn = chance.draw()
    while drawn > left:
        drawn *= chance.draw()
        found += 1
    return found


def _household(seed: int, households: int, number: int) -> list[tuple[str, ...]]:
    chance = Chance(seed * 7_919 + number)
    is_alone = number >= households
    times = _times(chance, 0.25 if is_alone else _expected(number, households))
    if not times:
        return []
    household = _town(seed, households).household(number)
    desk = _Desk(chance, household, number % max(1, min(len(_AREAS), round(households / _FORCE))))
    begin = to_seconds(ENDING) - _LENGTH
    for at in sorted(begin + int(chance.draw() * (_LENGTH - 2 * DAY_SECONDS)) for _ in range(times)):
        if is_alone:
            _alone(desk, household.adults[0], at)
        else:
            _noticed(desk, household, at)
    return desk.rows


def _alone(desk: _Desk, person: Human, at: int) -> None:
    source = desk.chance.weighted(("pole", "visor", "custody", "cris"), (0.6, 0.72, 0.85, 1.0))
    if source in {"visor", "custody"}:
        desk.arrested.add(person.number)
    desk.take(source, person, at, is_new=source in {"custody", "cris"})


def _noticed(desk: _Desk, household: Household, at: int) -> None:
    chance = desk.chance
    minors = household.minors(at)
    if not minors:
        return
    child, adults = chance.one(minors), household.adults
    kind = chance.weighted(_KINDS, _KINDS_UPTO)
    if kind == "report":
        children = minors if chance.within(0.75) else [child]
        both = [*children, *(adult for adult in adults if chance.within(0.85))]
        for person in both:
            desk.take("merlin", person, at)
        if chance.within(0.07):
            desk.take("pole", both[0], at)
        if chance.within(0.1):
            desk.take("cad", chance.one(both), at, is_new=True)
    elif kind == "crime":
        suspect = chance.one(adults)
        if chance.within(0.3):
            desk.arrested.add(suspect.number)
        for person in (child, suspect):
            if chance.within(0.8):
                desk.take("pole", person, at)
            else:
                desk.take("cris", person, at, is_new=True)
    elif kind == "enquiry":
        for person in (*minors, adults[0]):
            desk.take("pole", person, at)
    elif kind == "missing":
        desk.take("merlin", child, at)
    elif child.age(at) >= 11:
        # A child's PNC serials would meet those of adults from here on.
        if child.pnc_serial < 2_000_000:
            desk.arrested.add(child.number)
        desk.take("custody", child, at, is_new=True)


def _chunk(asked: tuple[int, int, int, int]) -> pa.Table:
    seed, households, begin, end = asked
    rows = [row for number in range(begin, end) for row in _household(seed, households, number)]
    columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    return pa.table(
        {
            name: pa.array([text or None for text in values], pa.string())
            for name, values in zip(COLUMNS, columns, strict=True)
        }
    )


def chunks(records: int, seed: int) -> Iterator[pa.Table]:
    """The records, some thousands of households at a time; the same number and seed give the same."""
    households = households_for(records)
    upto = int(households * (1 + _LONERS))
    asked = [(seed, households, begin, min(begin + _CHUNK, upto)) for begin in range(0, upto, _CHUNK)]
    if len(asked) < 3:
        yield from map(_chunk, asked)
        return
    with multiprocessing.Pool(2) as pool:
        yield from pool.imap(_chunk, asked)


def write(out: Path, *, records: int, seed: int = UNSEEN) -> int:
    """Write about so many records into one Parquet file; how many they are."""
    count = 0
    with pq.ParquetWriter(out, pa.schema([(name, pa.string()) for name in COLUMNS]), compression="zstd") as file:
        for table in chunks(records, seed):
            file.write_table(table)
            count += table.num_rows
    return count


def main() -> None:
    out, records, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else UNSEEN
    print(f"{write(out, records=records, seed=seed)} records in {out}")


if __name__ == "__main__":
    main()
