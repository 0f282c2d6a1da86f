"""What figures of one period are counted from: findings, stays, events, graded files, and the area and people of each."""

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
from duecare.figure.figure_line import NOT_KNOWN, CountedLine
from duecare.figure.figure_value import CutKey, cut_of
from duecare.figure.person_attributes import PersonAttributes, attributes_at, known_of
from duecare.figure.reporting_period import Period, month_of, quarter_of
from duecare.record.pole import CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.rulebook.borough_commands import Commands
from duecare.rulebook.force_policy import Policy
from duecare.vocabulary.areas import LONDON, plain_area


@dataclass(frozen=True, slots=True)
class OfCase:
    """The area and kind of a case; empty where no source gives them."""

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
class FigureInputs:
    """Everything that figures of one period are counted from, as known at one moment.

    Shape:   `findings` of every duty, worked out at `as_of`; `stays` those that began in the period; `events` of the kinds that
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
        definition: Definition,
        line_key: str,
        moment_at: datetime,
        counts: bool | None,
        why: str,
        *,
        case_key: CaseKey | None = None,
        person: str | None = None,
        area_name: str = "",
        team_name: str = "",
        amount: float | None = None,
        stratum: str = "",
        frame: int = 0,
        risk_grade: str = "",
        reason: str = "",
    ) -> CountedLine:
        """A line of this figure, with its value in each dimension that the figure is cut by."""
        case_place = self.cases.get(case_key, _NOWHERE) if case_key is not None else _NOWHERE
        area_label, command = self._place(area_name or case_place.area)
        dimensions = definition.by
        stated_values = (
            area_label,
            command,
            team_name or case_place.team or NOT_KNOWN,
            case_place.kind or NOT_KNOWN,
            risk_grade or NOT_KNOWN,
            reason or NOT_KNOWN,
            month_of(moment_at) if Dimension.MONTH in dimensions else "",
            quarter_of(moment_at).name if Dimension.QUARTER in dimensions else "",
        )
        line_cut = _cuts_for(
            dimensions, stated_values, () if dimensions.isdisjoint(FAIRNESS) else self._about(person, moment_at)
        )
        return CountedLine(
            definition.id, line_key, moment_at, counts, why, case_key, person, amount, line_cut, stratum, frame
        )

    def findings_of(self, duty_id: str) -> Sequence[Finding]:
        """The findings of this duty, those that are only suggested apart: they are no breach of anything."""
        return self._by_duty.get(duty_id, ())

    @cached_property
    def _by_duty(self) -> Mapping[str, Sequence[Finding]]:
        findings_by_duty: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.adopted is not False:
                findings_by_duty.setdefault(finding.duty, []).append(finding)
        return findings_by_duty

    def area_named(self, area_name: str) -> str:
        """The one name of this area, however a source writes it."""
        return _area_label(self.policy.commands, area_name)

    def of_kinds(self, *kinds: str) -> Iterable[EventRecord]:
        """The events of these kinds that lie in the period."""
        return (event for event in self.events if event.kind in kinds and self.period.holds(event.happened_at.earliest))

    def _place(self, area_name: str) -> tuple[str, str]:
        """The name of this area, and of its command: found once for each way of writing it."""
        if area_name not in self._places:
            area_label = self.area_named(area_name)
            self._places[area_name] = area_label, _command_label(self.policy.commands, area_label)
        return self._places[area_name]

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        return {}

    def _about(self, person: str | None, moment_at: datetime) -> StatedValues:
        if person is None:
            return _NOBODY
        if person not in self._known:
            self._known[person] = known_of(self.people.get(person, ()))
        return tuple(attributes_at(self._known[person], self.looked_after.get(person, ()), moment_at).items())

    @cached_property
    def _known(self) -> dict[str, PersonAttributes]:
        return {}


StatedValues = tuple[tuple[Dimension, str], ...]
_STATED_ORDER = (
    Dimension.AREA,
    Dimension.BCU,
    Dimension.TEAM,
    Dimension.CASE_KIND,
    Dimension.RISK,
    Dimension.REASON,
    Dimension.MONTH,
    Dimension.QUARTER,
)
_NOBODY: StatedValues = tuple((dimension, NOT_KNOWN) for dimension in sorted(FAIRNESS))
_LONDON = {plain_area(borough): borough for borough in LONDON.values()}
_NOWHERE = OfCase()


@lru_cache(maxsize=65_536)
def _cuts_for(dimensions: frozenset[Dimension], stated_values: tuple[str, ...], of_whom: StatedValues) -> CutKey:
    values = {**dict(zip(_STATED_ORDER, stated_values, strict=True)), **dict(of_whom)}
    return cut_of({dimension: values[dimension] for dimension in dimensions})


@lru_cache(maxsize=4_096)
def _area_label(commands: Commands, area_name: str) -> str:
    return commands.named(area_name) or _LONDON.get(plain_area(area_name)) or " ".join(area_name.split()) or NOT_KNOWN


@lru_cache(maxsize=4_096)
def _command_label(commands: Commands, area_name: str) -> str:
    return commands.of(area_name) or NOT_KNOWN
