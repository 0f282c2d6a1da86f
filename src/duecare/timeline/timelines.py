"""The two timelines there are: of one case, and of one person across every source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, RecordKey
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

Born = PartialDate | Unknown


@dataclass(frozen=True, slots=True)
class CaseTimeline:
    """The events of one case, in order.

    Shape:   `events` ordered by happened_at, written_at, source, event_id; `whose` and `born` cover everyone tied
             to them; `sex` those whose records name one and only one.
    """

    key: CaseKey
    case: CaseRecord | None
    events: tuple[EventRecord, ...]
    whose: Mapping[RecordKey, str]
    born: Mapping[str, Born]
    sex: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonTimeline:
    """The events of one person, in every source, and in every case they are tied to.

    Shape:   `events` ordered by happened_at, written_at, source, event_id, and hold all events of those cases, because
             an event without a tie may be this person's, and a case's closing is; `cases` are those cases' records. `sex`
             covers those whose records name one and only one.
    """

    person: str
    records: frozenset[RecordKey]
    events: tuple[EventRecord, ...]
    cases: Mapping[CaseKey, CaseRecord]
    whose: Mapping[RecordKey, str]
    born: Mapping[str, Born]
    sex: Mapping[str, str] = field(default_factory=dict)


Timeline = CaseTimeline | PersonTimeline
