"""What figures of one period are counted from: findings, stays, events, graded files, and where and of whom each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.frame_file import Stratum
from duecare.duty.finding import Finding
from duecare.figure.custody_stay import Stay
from duecare.figure.figure_definition import FAIRNESS, Definition, Dimension
from duecare.figure.figure_line import NOT_KNOWN, Member
from duecare.figure.figure_value import Cut, cut_of
from duecare.figure.person_attributes import Known, about, known_of
from duecare.figure.reporting_period import Period, month_of, quarter_of
from duecare.record.pole import CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.rulebook.borough_commands import Commands
from duecare.rulebook.force_policy import Policy
from duecare.vocabulary.areas import LONDON, plain_area


@dataclass(frozen=True, slots=True)
class OfCase:
    """Where does a case lie, and of which kind is it? Empty where no source says."""

    area: str = ""
    team: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class OfRound:
    """The grades of one round that has ended, with the schemes of both sides and the frame it was drawn from.

    Shape:   `at` is when its grades were opened, or the middle of the year in its name; `frame` is empty where it was not
             drawn here.
    """

    name: str
    at: datetime
    files: tuple[GradedFile, ...]
    schemes: Mapping[str, Scheme]
    frame: Mapping[Stratum, int]


@dataclass(frozen=True, slots=True)
class Offender:
    """One registered sex offender and the visits owed about them at the end of the period.

    Shape:   `risk` is the last grade a named person gave, or `unknown`; `findings` are those of the duty to visit that can
             still be done.
    """

    person: str
    risk: str
    area: str
    team: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Held:
    """Everything that figures of one period are counted from, as known at one moment.

    Shape:   `findings` of every duty, reckoned at `as_of`; `stays` those that began in the period; `events` of the kinds that
             some figure counts, of any time up to `as_of`, in order; `cases` and `people` of all who appear in them.
             `around` are all events of the cases revisited in the period, and of the children in them, whose records are `whose`.
             `children` is every case, of those decided or graded, with a child or young victim, and who they are where it is
             one alone; else empty. `people` are the records of those of whom some figure asks who they are.
    """

    period: Period
    as_of: datetime
    policy: Policy
    findings: Sequence[Finding] = ()
    stays: Sequence[Stay] = ()
    offenders: Sequence[Offender] = ()
    events: Sequence[EventRecord] = ()
    rounds: Sequence[OfRound] = ()
    cases: Mapping[CaseKey, OfCase] = field(default_factory=dict)
    people: Mapping[str, Sequence[PersonRecord]] = field(default_factory=dict)
    looked_after: Mapping[str, Sequence[EventRecord]] = field(default_factory=dict)
    children: Mapping[CaseKey, str] = field(default_factory=dict)
    around: Sequence[EventRecord] = ()
    whose: Mapping[RecordKey, str] = field(default_factory=dict)

    def member(
        self,
        of: Definition,
        key: str,
        at: datetime,
        counts: bool | None,
        why: str,
        *,
        case: CaseKey | None = None,
        person: str | None = None,
        area: str = "",
        team: str = "",
        amount: float | None = None,
        stratum: str = "",
        frame: int = 0,
        risk: str = "",
        reason: str = "",
    ) -> Member:
        """A line of this figure, with its value in each dimension that the figure is cut by."""
        lies = self.cases.get(case, _NOWHERE) if case is not None else _NOWHERE
        named, command = self._place(area or lies.area)
        by = of.by
        said = (
            named,
            command,
            team or lies.team or NOT_KNOWN,
            lies.kind or NOT_KNOWN,
            risk or NOT_KNOWN,
            reason or NOT_KNOWN,
            month_of(at) if Dimension.MONTH in by else "",
            quarter_of(at).name if Dimension.QUARTER in by else "",
        )
        cuts = _cuts(by, said, () if by.isdisjoint(FAIRNESS) else self._about(person, at))
        return Member(of.id, key, at, counts, why, case, person, amount, cuts, stratum, frame)

    def findings_of(self, duty: str) -> Sequence[Finding]:
        """The findings of this duty, those that are only suggested apart: they are no breach of anything."""
        return self._by_duty.get(duty, ())

    @cached_property
    def _by_duty(self) -> Mapping[str, Sequence[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.adopted is not False:
                found.setdefault(finding.duty, []).append(finding)
        return found

    def area_named(self, area: str) -> str:
        """By which one name does this area go, however a source writes it?"""
        return _named(self.policy.commands, area)

    def of_kinds(self, *kinds: str) -> Iterable[EventRecord]:
        """The events of these kinds that lie in the period."""
        return (one for one in self.events if one.kind in kinds and self.period.holds(one.happened_at.earliest))

    def _place(self, area: str) -> tuple[str, str]:
        """The name of this area, and of its command: looked up once for each way of writing it."""
        if area not in self._places:
            named = self.area_named(area)
            self._places[area] = named, _command(self.policy.commands, named)
        return self._places[area]

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        return {}

    def _about(self, person: str | None, at: datetime) -> Said:
        if person is None:
            return _NOBODY
        if person not in self._known:
            self._known[person] = known_of(self.people.get(person, ()))
        return tuple(about(self._known[person], self.looked_after.get(person, ()), at).items())

    @cached_property
    def _known(self) -> dict[str, Known]:
        return {}


Said = tuple[tuple[Dimension, str], ...]
_SAID = (
    Dimension.AREA,
    Dimension.BCU,
    Dimension.TEAM,
    Dimension.CASE_KIND,
    Dimension.RISK,
    Dimension.REASON,
    Dimension.MONTH,
    Dimension.QUARTER,
)
_NOBODY: Said = tuple((one, NOT_KNOWN) for one in sorted(FAIRNESS))
_LONDON = {plain_area(name): name for name in LONDON.values()}
_NOWHERE = OfCase()


@lru_cache(maxsize=65_536)
def _cuts(by: frozenset[Dimension], said: tuple[str, ...], of_whom: Said) -> Cut:
    values = {**dict(zip(_SAID, said, strict=True)), **dict(of_whom)}
    return cut_of({one: values[one] for one in by})


@lru_cache(maxsize=4_096)
def _named(commands: Commands, area: str) -> str:
    return commands.named(area) or _LONDON.get(plain_area(area)) or " ".join(area.split()) or NOT_KNOWN


@lru_cache(maxsize=4_096)
def _command(commands: Commands, area: str) -> str:
    return commands.of(area) or NOT_KNOWN
