"""The column contract of the neutral layout `pole`: which columns each sheet may carry, and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Reads(Enum):
    """How the text of a column is read."""

    TEXT = "text"
    LIST = "list separated by semicolons"
    TIME = "ISO 8601 time or day"
    DAY = "day"
    PARTIAL_DATE = "date of which the day or month may be unknown"
    YES = "true or false"
    JSON = "JSON object"
    EVENT_KIND = "a kind of event"
    CASE_KIND = "a kind of case"
    ROLE = "a role"
    SEX = "M, F or X"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is read, and whether it must be there."""

    name: str
    reads: Reads = Reads.TEXT
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns a sheet may have, and those that make its key."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)


def _columns_of(column_spec: str) -> tuple[Column, ...]:
    reads = {reading.name.lower(): reading for reading in Reads}
    columns = []
    for column_word in column_spec.split():
        column_name, _, reads_name = column_word.partition(":")
        required = column_name.endswith("*")
        columns.append(Column(column_name.rstrip("*"), reads[reads_name or "text"], required))
    return (*columns, Column("written_at", Reads.TIME), Column("deleted", Reads.YES))


POLE_SHEETS: Final[dict[str, Sheet]] = {
    "persons": Sheet(
        "persons",
        _columns_of(
            "record_id* given_names family_name also_known_as:list online_names:list date_of_birth:partial_date"
            " due_on:day sex:sex ethnicity ethnicity_scheme ethnicity_by disability language communication_needs"
            " address postcode uprn address_from:day protected_address:yes phone:list email:list pnc_id cro_number"
            " nhs_number upn other_ids:list school restricted:yes sealed:yes"
        ),
        ("record_id",),
    ),
    "events": Sheet(
        "events",
        _columns_of(
            "event_id* kind*:event_kind happened_at*:time case_ref case_source area team officer address postcode uprn"
            " risk outcome detail:json text"
        ),
        ("event_id",),
    ),
    "ties": Sheet("ties", _columns_of("event_id* record_id* role*:role source"), ("event_id",)),
    "cases": Sheet(
        "cases",
        _columns_of("case_ref* kind*:case_kind area opened_at:time closed_at:time restricted:yes sealed:yes"),
        ("case_ref",),
    ),
    "officers": Sheet(
        "officers",
        _columns_of(
            "officer* name rank force team supervisor accreditations:list from:time to:time absent_from:time"
            " absent_to:time"
        ),
        ("officer", "from", "absent_from"),
    ),
    "posts": Sheet(
        "posts",
        _columns_of("post* kind* area holder from:time to:time dedicated:yes on_call:yes"),
        ("post", "from"),
    ),
}
