"""Pages as use cases hand them to web and command: frozen values, cut to what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from duecare.record.pole import CaseKey, CaseRecord
from duecare.visibility.accountability_pages import Answerable
from duecare.visibility.visible import (
    VisibleFinding,
    VisibleItem,
    VisibleLink,
    VisibleName,
    VisibleRecord,
    VisibleTimelineRow,
)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the last delivery of a source is.

    Shape:   `is_counted` False: its last delivery has been received, and what is shown as owed does not count it yet.
             `known_at`: what was written after it is left out of what is shown as owed; None: nothing is.
             `is_slow`: a night has passed since, and its description says that it delivers less often than nightly.
    Unknown: `extracted_at` is None where the source's deliveries name no time.
    """

    source: str
    extracted_at: datetime | None
    received_at: datetime
    is_stale: bool
    is_counted: bool = True
    is_slow: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom the viewer may open, with the words by which a list names them: `Ana Maris, 14`."""

    person: str
    words: VisibleName


@dataclass(frozen=True, slots=True)
class LineNames:
    """The people named in the lines of a list: those whom the viewer may open, and nobody else.

    Shape:   `people` by their ids, everyone who is named; `children` pairs each case with the children named in it.
    """

    people: Mapping[str, NamedPerson] = field(default_factory=dict)
    children: tuple[tuple[CaseKey, tuple[NamedPerson, ...]], ...] = ()

    def named(self, people: Iterable[str | None]) -> tuple[NamedPerson, ...]:
        """Those of these people who are named, by their names."""
        found = [named_person for person in set(people) if person and (named_person := self.people.get(person))]
        return tuple(sorted(found, key=lambda named_person: (named_person.words, named_person.person)))

    def children_of(self, case: CaseKey | None) -> tuple[NamedPerson, ...]:
        """The children named in this case."""
        return next((children for named_case, children in self.children if named_case == case), ())


NOBODY_NAMED = LineNames()


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """Lines of the worklist in the one order. `counts`: danger, statutory, late, unallocated."""

    items: tuple[VisibleItem, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    areas: tuple[str, ...]
    fresh: tuple[Freshness, ...]
    as_of: datetime
    names: LineNames = NOBODY_NAMED


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding, what its duty says, and how it was worked out, in plain words."""

    finding: VisibleFinding
    says: str
    source: str
    steps: tuple[str, ...]
    evidence_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything recorded of one person, across every source.

    Shape:   `warnings` first on the page: (words, since, source); `cases` are (key, record or None, roles); `notices` say
             what is not shown to this viewer, and whom to call.
    """

    person: str
    label: str
    aliases: tuple[str, ...]
    names: tuple[str, ...]
    born: tuple[str, ...]
    age_words: str
    records: tuple[VisibleRecord, ...]
    warnings: tuple[tuple[str, datetime | None, str], ...]
    timeline: tuple[VisibleTimelineRow, ...]
    findings: tuple[Explained, ...]
    links: tuple[VisibleLink, ...]
    cases: tuple[tuple[CaseKey, CaseRecord | None, tuple[str, ...]], ...]
    as_of: datetime
    known_at: datetime | None
    fresh: tuple[Freshness, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything recorded of one source's case.

    Shape:   `people` are (person id, label, roles); `notices` say what is not shown to this viewer, and whom to call.
             `to_answer`: how many errors that a review found were put to those criticised. `counted_in`: the figures that
             count it, for whoever opens their lists: (period, id, title).
    """

    key: CaseKey
    case: CaseRecord | None
    people: tuple[tuple[str, str, tuple[str, ...]], ...]
    owner: str
    danger_words: str
    timeline: tuple[VisibleTimelineRow, ...]
    findings: tuple[Explained, ...]
    as_of: datetime
    known_at: datetime | None
    fresh: tuple[Freshness, ...] = ()
    notices: tuple[str, ...] = ()
    to_answer: int = 0
    counted_in: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """One delivery: what was in it, and what became of its rows."""

    id: int
    number: int | None
    name: str
    source: str
    sequence: int | None
    scope: str
    status: str
    extracted_at: datetime | None
    received_at: datetime
    rows_in: int
    accepted: int
    set_aside: int
    stale: int
    unchanged: int
    refused: int
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAsideShown:
    """A row that was set aside, why, and how it is corrected."""

    file: str
    row: int
    column: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DeliveriesPage:
    """Deliveries, the newest first."""

    deliveries: tuple[DeliveryShown, ...]
    total: int
    page: int
    pages: int
    fresh: tuple[Freshness, ...]


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One delivery with what was set aside and which defects were noted: (column, reason, count).

    Shape:   `set_aside` are the rows still to be corrected; `corrected` how many have been received again since.
    """

    delivery: DeliveryShown
    set_aside: tuple[SetAsideShown, ...]
    defects: tuple[tuple[str, str, int], ...]
    received_again: int = 0


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One registered sex offender and the visit owed: when due, when last seen, attempts since, who manages."""

    person: str
    label: str
    area: str
    risk: str
    manager: str
    due_at: datetime | None
    last_seen_at: datetime | None
    attempts: int
    words: str
    finding: VisibleFinding | None


@dataclass(frozen=True, slots=True)
class VisitsBoard:
    """How many visits are due, attempted, seen and overdue, by risk. Each number opens exactly what it counts.

    Shape:   `cells[risk][column]`, risks very_high, high, medium, low, unknown; columns due (in the next 7 days),
             attempted (not seen since, in 28 days), seen (in the last 28 days), overdue, cannot_tell; `lines` are those of
             the cell asked for, else empty.
    """

    cells: Mapping[str, Mapping[str, int]]
    chosen: tuple[str, str] | None
    lines: tuple[VisitLine, ...]
    fresh: tuple[Freshness, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One child in custody now: since when, where kept, what is next due."""

    person: str
    label: str
    age_words: str
    area: str
    case: CaseKey | None
    arrived_at: datetime
    placed_in: str
    adult: str
    accommodation: str
    next_review_at: datetime | None
    words: str
    findings: tuple[VisibleFinding, ...]
    overnight: bool | None = False


@dataclass(frozen=True, slots=True)
class CustodyBoard:
    """Children in custody now. Only while the custody feed is fresh does it say "now".

    Shape:   `counts`: in_custody, review_overdue, review_due_hour, no_adult, accommodation_asked, in_cell,
             overnight; `chosen` names the count whose lines are shown (all of them by default). `overnight_by` says the
             definition of a night in words, `overnight_version` which one it is.
    """

    counts: Mapping[str, int]
    chosen: str
    lines: tuple[CustodyLine, ...]
    is_fresh: bool
    fresh: tuple[Freshness, ...]
    as_of: datetime
    overnight_by: str = ""
    overnight_version: str = ""


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """Some of the findings asked for, in the order of the exchange.

    Shape:   `first` is the place of the first that was looked at, `after` from where to look on, None at the end; `total`
             None where only those looked at are known.
    """

    findings: tuple[VisibleFinding, ...]
    first: int
    after: int | None
    total: int | None
    areas: tuple[str, ...]
    fresh: tuple[Freshness, ...]
    as_of: datetime
    names: LineNames = NOBODY_NAMED


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What is late now, in figures without people. By duty: (duty id, what it says, overdue, open).

    Shape:   `unreported_duties` are the duties for which no source has ever recorded anything that could discharge them.
    """

    late: tuple[tuple[str, str, int, int], ...]
    people: int
    cases: int
    deliveries: int
    fresh: tuple[Freshness, ...]
    as_of: datetime | None
    extra: Mapping[str, int] = field(default_factory=dict)
    unreported_duties: frozenset[str] = frozenset()
    vacant: tuple[Answerable, ...] = ()
