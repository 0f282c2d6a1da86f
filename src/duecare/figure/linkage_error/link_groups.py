"""Of whom a pair of records is, in the groups in which missed links must show; and errors counted where truth is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.person_attributes import age_group, born_of, known_of
from duecare.record.pole import PersonRecord

DIFFER: Final = "the two differ"
SEX, SAID, SEEN, AGE, SOURCE = (
    "sex",
    "ethnicity, as they said",
    "ethnicity, as an officer saw it",
    "age",
    "source",
)
DIMENSIONS: Final = (SEX, SAID, SEEN, AGE, SOURCE)
WHOLE: Final = "all"

Groups = Mapping[str, tuple[str, ...]]


def groups_of(record: PersonRecord, on: date) -> dict[str, tuple[str, ...]]:
    """In which groups is whoever this record is of, by what it says, on that day?

    Unknown: "not known", where it does not say.
    """
    known = known_of([record]).groups
    return {
        SEX: (known[Dimension.SEX],),
        SAID: (known[Dimension.ETHNICITY_SELF],),
        SEEN: (known[Dimension.ETHNICITY_OFFICER],),
        AGE: (age_group(born_of([record]), on),),
        SOURCE: (record.key.source,),
    }


def groups_of_pair(a: Groups, b: Groups) -> dict[str, tuple[str, ...]]:
    """In which groups does a pair of two such records count?

    Shape:   in that which either names, where the other names it too or says nothing; in both sources.
    Unknown: "not known", where neither says; "the two differ", where they do.
    """
    found = {}
    for dimension in a:
        told = {*a[dimension], *b.get(dimension, ())}
        if dimension == SOURCE:
            found[dimension] = tuple(sorted(told))
            continue
        said = sorted(told - {NOT_KNOWN})
        found[dimension] = (DIFFER,) if len(said) > 1 else tuple(said) or (NOT_KNOWN,)
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pairs of a group are joined, how many of those are two people; how many are one, how many of those missed?"""

    dimension: str
    group: str
    joined: int
    false: int
    true: int
    missed: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How far did linkage err on a made-up force of which it is known who is who?

    Shape:   `rows` begin with all pairs. Kept in a model's card under `measured_by_group`, as text.
    """

    seed: int
    records: int
    rows: tuple[Counted, ...]

    def to_text(self) -> str:
        """The table as a model's card keeps it: JSON on one line."""
        rows = [[one.dimension, one.group, one.joined, one.false, one.true, one.missed] for one in self.rows]
        return json.dumps({"seed": self.seed, "records": self.records, "rows": rows}, sort_keys=True)


def read_measured(text: str) -> Measured | None:
    """The table that is kept in this text; None where there is none that can be read."""
    try:
        held = json.loads(text)
        rows = tuple(Counted(str(one[0]), str(one[1]), *(int(number) for number in one[2:6])) for one in held["rows"])
        return Measured(int(held["seed"]), int(held["records"]), rows)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def measured(
    people: Mapping[str, str], truth: Mapping[str, str], groups: Mapping[str, Groups], *, seed: int
) -> Measured:
    """How far does this linkage err, pair by pair, whole and by group?

    Shape:   `people`, `truth` and `groups` by record, of the same records: who each is held to be, who they are, of whom.
    """
    counts: dict[tuple[str, str], list[int]] = {(WHOLE, WHOLE): [0, 0, 0, 0]}
    for held, other, first in ((people, truth, 0), (truth, people, 2)):
        for a, b in _pairs(held):
            wrong = other[a] != other[b]
            of = groups_of_pair(groups.get(a, {}), groups.get(b, {}))
            named = [(WHOLE, WHOLE), *((d, g) for d, some in of.items() for g in some)]
            for name in named:
                row = counts.setdefault(name, [0, 0, 0, 0])
                row[first] += 1
                row[first + 1] += wrong
    order = {name: number for number, name in enumerate((WHOLE, *DIMENSIONS))}
    rows = sorted(counts.items(), key=lambda one: (order.get(one[0][0], len(order)), one[0]))
    return Measured(seed, len(people), tuple(Counted(*name, *row) for name, row in rows))


def _pairs(held: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    together: dict[str, list[str]] = {}
    for record in sorted(held):
        together.setdefault(held[record], []).append(record)
    for records in together.values():
        yield from combinations(records, 2)


def shares_of(rows: Iterable[Counted]) -> tuple[tuple[Counted, float | None, float | None], ...]:
    """Each row with the share of joined pairs that is false, and of true pairs that is missed; None of no pairs."""
    return tuple(
        (one, one.false / one.joined if one.joined else None, one.missed / one.true if one.true else None)
        for one in rows
    )
