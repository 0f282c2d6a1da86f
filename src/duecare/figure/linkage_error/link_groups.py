"""The groups of a pair of records, in which missed links must show; and errors counted where the truth is known."""

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
SEX_DIMENSION, SELF_DEFINED, OFFICER_DEFINED, AGE_DIMENSION, SOURCE = (
    "sex",
    "ethnicity, as they said",
    "ethnicity, as an officer saw it",
    "age",
    "source",
)
DIMENSIONS: Final = (SEX_DIMENSION, SELF_DEFINED, OFFICER_DEFINED, AGE_DIMENSION, SOURCE)
WHOLE: Final = "all"

Groups = Mapping[str, tuple[str, ...]]


def groups_of(record: PersonRecord, on_day: date) -> dict[str, tuple[str, ...]]:
    """The groups of the person this record is of, by its own values, on that day.

    Unknown: "not known", where it does not say.
    """
    known_groups = known_of([record]).groups
    return {
        SEX_DIMENSION: (known_groups[Dimension.SEX],),
        SELF_DEFINED: (known_groups[Dimension.ETHNICITY_SELF],),
        OFFICER_DEFINED: (known_groups[Dimension.ETHNICITY_OFFICER],),
        AGE_DIMENSION: (age_group(born_of([record]), on_day),),
        SOURCE: (record.key.source,),
    }


def groups_of_pair(first_groups: Groups, second_groups: Groups) -> dict[str, tuple[str, ...]]:
    """The groups in which a pair of two such records counts.

    Shape:   in that which either names, where the other names it too or says nothing; in both sources.
    Unknown: "not known", where neither says; "the two differ", where they do.
    """
    pair_groups = {}
    for dimension in first_groups:
        both_groups = {*first_groups[dimension], *second_groups.get(dimension, ())}
        if dimension == SOURCE:
            pair_groups[dimension] = tuple(sorted(both_groups))
            continue
        stated_groups = sorted(both_groups - {NOT_KNOWN})
        pair_groups[dimension] = (DIFFER,) if len(stated_groups) > 1 else tuple(stated_groups) or (NOT_KNOWN,)
    return pair_groups


@dataclass(frozen=True, slots=True)
class Counted:
    """The pairs of a group that are joined, those of two people; the pairs of one person, those missed."""

    dimension: str
    group: str
    joined: int
    false: int
    true: int
    missed: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How far linkage errs on a made-up force of which the true people are known.

    Shape:   `rows` begin with all pairs. Kept in a model's card under `measured_by_group`, as text.
    """

    seed: int
    records: int
    rows: tuple[Counted, ...]

    def to_text(self) -> str:
        """The table as a model's card keeps it: JSON on one line."""
        json_rows = [
            [counted.dimension, counted.group, counted.joined, counted.false, counted.true, counted.missed]
            for counted in self.rows
        ]
        return json.dumps({"seed": self.seed, "records": self.records, "rows": json_rows}, sort_keys=True)


def read_measured(json_text: str) -> Measured | None:
    """The table that is kept in this text; None where there is none that can be read."""
    try:
        payload = json.loads(json_text)
        counted_rows = tuple(
            Counted(str(json_row[0]), str(json_row[1]), *(int(number) for number in json_row[2:6]))
            for json_row in payload["rows"]
        )
        return Measured(int(payload["seed"]), int(payload["records"]), counted_rows)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def measured_error(
    people: Mapping[str, str], truth: Mapping[str, str], groups: Mapping[str, Groups], *, force_seed: int
) -> Measured:
    """Measure how far this linkage errs, pair by pair, whole and by group.

    Shape:   `people`, `truth` and `groups` by record, of the same records: who each is held to be, who they are, of whom.
    """
    counts: dict[tuple[str, str], list[int]] = {(WHOLE, WHOLE): [0, 0, 0, 0]}
    for assigned, other_assigned, first_column in ((people, truth, 0), (truth, people, 2)):
        for first_record, second_record in _pairs_of(assigned):
            is_wrong = other_assigned[first_record] != other_assigned[second_record]
            pair_groups = groups_of_pair(groups.get(first_record, {}), groups.get(second_record, {}))
            named_groups = [
                (WHOLE, WHOLE),
                *((dimension, group) for dimension, groups in pair_groups.items() for group in groups),
            ]
            for group_key in named_groups:
                count_row = counts.setdefault(group_key, [0, 0, 0, 0])
                count_row[first_column] += 1
                count_row[first_column + 1] += is_wrong
    order = {dimension: number for number, dimension in enumerate((WHOLE, *DIMENSIONS))}
    counted_rows = sorted(counts.items(), key=lambda counted: (order.get(counted[0][0], len(order)), counted[0]))
    return Measured(
        force_seed, len(people), tuple(Counted(*group_key, *count_row) for group_key, count_row in counted_rows)
    )


def _pairs_of(assigned: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    together: dict[str, list[str]] = {}
    for record in sorted(assigned):
        together.setdefault(assigned[record], []).append(record)
    for records in together.values():
        yield from combinations(records, 2)


def shares_of(counted_rows: Iterable[Counted]) -> tuple[tuple[Counted, float | None, float | None], ...]:
    """Each row with the share of joined pairs that is false, and of true pairs that is missed; None of no pairs."""
    return tuple(
        (
            counted,
            counted.false / counted.joined if counted.joined else None,
            counted.missed / counted.true if counted.true else None,
        )
        for counted in counted_rows
    )
