"""One source's record of a person, object, location or event, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

NO_DETAIL: Mapping[str, object] = MappingProxyType({})


class RecordKey(NamedTuple):
    """The key of a record and its source, written `source:record_id`."""

    source: str
    record_id: str

    def __str__(self) -> str:
        return f"{self.source}:{self.record_id}"


class CaseKey(NamedTuple):
    """The key of a case; equal references in two sources are two cases."""

    source: str
    case_ref: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One source's record of one person.

    Shape:   empty tuples and empty text where the source is silent; `born` is Unknown with its reason.
    """

    key: RecordKey
    given_names: str = ""
    family_name: str = ""
    also_known_as: tuple[str, ...] = ()
    online_names: tuple[str, ...] = ()
    born: PartialDate | Unknown = Unknown("no date of birth given")
    due_on: date | None = None
    sex: str = ""
    ethnicity: str = ""
    ethnicity_scheme: str = ""
    ethnicity_by: str = ""
    disability: str = ""
    language: str = ""
    communication_needs: str = ""
    address: str = ""
    postcode: str = ""
    uprn: str = ""
    address_from: str = ""
    protected_address: bool = False
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    pnc_id: str = ""
    cro_number: str = ""
    nhs_number: str = ""
    upn: str = ""
    other_ids: tuple[str, ...] = ()
    school: str = ""
    restricted: bool = False
    sealed: bool = False
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvolvementRow:
    """A person's tie to an event, and their role in it."""

    record: RecordKey
    role: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One source's record of an event.

    Shape:   `case` is None where the event belongs to none; `ties` ordered by record and role.
    Units:   UTC, whole seconds; `written_at` is the version's time.
    """

    source: str
    event_id: str
    kind: str
    happened_at: When
    written_at: datetime
    case: CaseKey | None = None
    area: str = ""
    team: str = ""
    officer: str = ""
    address: str = ""
    postcode: str = ""
    uprn: str = ""
    risk: str = ""
    outcome: str = ""
    detail: Mapping[str, object] = field(default_factory=lambda: NO_DETAIL, hash=False)
    text: str = ""
    ties: tuple[InvolvementRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One source's record of one case."""

    key: CaseKey
    kind: str
    area: str = ""
    opened_at: When | None = None
    closed_at: When | None = None
    restricted: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """An officer's team, rank, service and absences.

    Units:   `from_`, `to`, `absent_from`, `absent_to` are instants; None is open-ended (or, for absence, none).
    """

    source: str
    officer: str
    name: str = ""
    rank: str = ""
    force: str = ""
    team: str = ""
    supervisor: str = ""
    accreditations: tuple[str, ...] = ()
    from_: datetime | None = None
    to: datetime | None = None
    absent_from: datetime | None = None
    absent_to: datetime | None = None
    absent_from_text: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostRecord:
    """The holder of a post, for an area, from when to when.

    Shape:   `area` is empty for a post of the whole force; `holder` is empty while vacant.
    """

    source: str
    post: str
    kind: str
    area: str = ""
    holder: str = ""
    from_: datetime | None = None
    to: datetime | None = None
    dedicated: bool = False
    on_call: bool = False
    written_at: datetime | None = None
