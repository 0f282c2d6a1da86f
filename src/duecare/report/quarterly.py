"""The quarterly report, put together from the figures of a quarter and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from duecare.audit.history import NOTE, GapPoint, Point
from duecare.figure.definition import FAIRNESS, Definition, Dimension
from duecare.figure.value import FigureValue
from duecare.report.draft import Column, Draft, DraftCell, DraftSection, Said
from duecare.report.quarterly_beside import (
    Post,
    RecommendationLine,
    Revisits,
    accountable_section,
    grades_tables,
    recommendations_section,
    revisits_section,
)
from duecare.report.quarterly_counts import Places, by_cut, counts_at, nought, sums_of
from duecare.report.quarterly_tables import (
    BY,
    HOURS,
    LATE,
    SAMPLE,
    SHARE,
    all_kinds,
    all_kinds_by_area,
    columns_of,
    many_by,
    one_by,
    share_cells,
    side_by_side,
)

NOTICE: Final = (
    "This report is the inspectorate's. Every number in it has passed disclosure control and was checked by two people who"
    " did not draft it."
)
FIRST: Final = Column("figure", "Figure", "label")
DUTY: Final = Column("duty", "What was owed", "label")


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """What is reported of a quarter?

    Shape:   `values` by the id of their figure; `held` are those of figures that there are today. `words` are the author's
             own paragraphs; `corrects` says what a correction puts right, and is empty for any other release; `is_made_up` of
             a force that does not exist.
    """

    force: str
    period: str
    definitions: tuple[Definition, ...]
    values: Mapping[str, Sequence[FigureValue]]
    places: Places
    provenance: tuple[tuple[str, str], ...]
    hides: tuple[str, ...]
    rounds: tuple[Point, ...] = ()
    gaps: tuple[GapPoint, ...] = ()
    revisits: tuple[Revisits, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    posts: tuple[Post, ...] = ()
    words: tuple[str, ...] = ()
    corrects: str = ""
    is_made_up: bool = False
    held: dict[str, Sequence[FigureValue]] = field(init=False)

    def __post_init__(self) -> None:
        known = {one.id for one in self.definitions}
        object.__setattr__(self, "held", {id_: some for id_, some in self.values.items() if id_ in known})

    def of_theme(self, theme: str) -> tuple[Definition, ...]:
        """The figures that stand under this heading, in the order of the catalogue."""
        return tuple(one for one in self.definitions if one.theme == theme)

    @property
    def themes(self) -> tuple[str, ...]:
        """Every heading of figures, in the order of the catalogue."""
        return tuple(dict.fromkeys(one.theme for one in self.definitions))


def quarterly_report(facts: QuarterFacts, slug: str) -> Draft:
    """The report of this quarter, before clearance.

    Shape:   what was inspected; what stands out; then each part with its tables; what is hidden and why, how it was counted,
             how good the sources are, and what cannot be told. Long tables are annexes.
    """
    notice = f"{facts.corrects} {NOTICE}" if facts.corrects else NOTICE
    if facts.is_made_up:
        notice += " The force and everybody in it are made up: no number here is about anyone."
    every = [value for values in facts.held.values() for value in values]
    return Draft(
        slug,
        f"Children at risk: how {facts.force} did what it owed them, {spoken(facts.period)}",
        facts.period,
        notice,
        facts.provenance,
        tuple(one for one in _sections(facts, slug) if one.said or one.tables),
        sums_of(facts.period, facts.places, every),
    )


def spoken(period: str) -> str:
    """A period as it is said.

    Example:
        >>> spoken("2026-Q3")
        'July to September 2026'
    """
    year, _, quarter = period.partition("-Q")
    months = {"1": "January to March", "2": "April to June", "3": "July to September", "4": "October to December"}
    return f"{months[quarter]} {year}" if quarter in months else period


def _sections(facts: QuarterFacts, slug: str) -> Iterator[DraftSection]:
    yield DraftSection("What was inspected", tuple(_inspected(facts)))
    yield DraftSection("What stands out", tuple(_stands_out(facts)))
    if facts.words:
        yield DraftSection("What the inspectorate says", tuple(Said(_plain(one)) for one in facts.words))
    for theme in facts.themes:
        if theme == LATE:
            yield _late(facts)
        else:
            yield _theme(facts, theme)
    yield DraftSection("Grades and the gap, round by round", (Said(NOTE),), grades_tables(facts.rounds, facts.gaps))
    yield recommendations_section(facts.recommendations, slug)
    yield revisits_section(facts.revisits, slug)
    yield accountable_section(facts.posts, slug)
    yield _fairness(facts)
    yield DraftSection("What is hidden, and why", tuple(map(Said, facts.hides)), tells_loss=True)
    yield DraftSection("How it was counted", tuple(map(Said, METHOD)), ())
    yield DraftSection("How good the sources are", tuple(map(Said, QUALITY)))
    yield DraftSection("What we cannot tell", tuple(_cannot_tell(facts)))
    yield _annex(facts)


METHOD: Final = (
    (
        "Each figure is defined once: what it counts, of what, from which source, and what counts as not known. The same lines"
        " are counted for the force, for each borough and for each month, so that parts and wholes agree."
    ),
    (
        "A share stands with the interval in which it would lie 95 times in 100, were this quarter one of many like it. For files"
        " drawn at random, the estimate for all files follows from how they were drawn."
    ),
    (
        "A duty is late when it was done after its time, or not by the end of the quarter. Of one time that it was owed, nothing"
        " is counted twice."
    ),
    "Bars are drawn from the numbers beside them and say no more than those.",
)
QUALITY: Final = (
    (
        "Everything is counted from what the force's own systems said, as it was known when the snapshot was taken. What was"
        " written down late may be missing; what was never written down is."
    ),
    (
        "Where sources contradict each other, or a time is known only to the day, what cannot be told is counted apart, beside"
        " each number."
    ),
)


def _inspected(facts: QuarterFacts) -> Iterator[Said]:
    yield Said(f"This report covers {spoken(facts.period)}, for {_plain(facts.force)}.")
    graded = [
        counted
        for id_ in ("grades-met-by-inspectorate", "grades-met-by-force")
        if (counted := _whole(facts, id_)) is not None and counted.whole
    ]
    if not graded:
        yield Said("No round of graded files ended in this quarter.")
    for one in graded:
        who = "Inspectors" if one.figure.endswith("inspectorate") else "The force's own auditors"
        part, whole, *_ = _shares(facts, one)
        yield Said(f"{who} graded {{}} files; {{}} met the standard.", (whole, part))


def _stands_out(facts: QuarterFacts) -> Iterator[Said]:
    duties = facts.of_theme(LATE)
    totals = [value for one in duties if (value := _whole(facts, one.id)) is not None]
    if totals and duties:
        part, whole, share, *_ = share_cells(all_kinds(duties[0], totals, facts.period))
        yield Said("Of {} times that something was owed and it can be told, it was late or not done {} times ({}%).",
                   (whole, part, share))  # fmt: skip
    for id_, words in SAID:
        value = _whole(facts, id_)
        if value is not None and value.whole:
            part, whole, share, *_ = _shares(facts, value)
            yield Said(words, (part, whole, share), f"{_of(facts, id_).title}: {NOT_ALL}")


NOT_ALL: Final = "not every number of it can be shown, so that no child can be made out."
SAID: Final = (
    ("custody-held-overnight", "{} of {} children who came into custody were held overnight ({}%)."),
    (
        "custody-accommodation-never-asked-for",
        "For {} of {} children charged and refused bail, nobody asked for accommodation ({}%).",
    ),
    ("custody-moved", "{} of {} children for whom accommodation was asked for were moved to it ({}%)."),
    ("visits-overdue", "Visits to {} of {} registered sex offenders were overdue at the end of the quarter ({}%)."),
    ("sent-back-acted-upon", "{} of {} cases that were sent back in the quarter were acted upon by its end ({}%)."),
    ("victims-satisfied", "{} of {} victims and families who answered said they were satisfied ({}%)."),
)


def _of(facts: QuarterFacts, id_: str) -> Definition:
    return next(one for one in facts.definitions if one.id == id_)


def _shares(facts: QuarterFacts, value: FigureValue) -> tuple[DraftCell, ...]:
    return share_cells(counts_at(_of(facts, value.figure), value))


def _whole(facts: QuarterFacts, id_: str) -> FigureValue | None:
    return by_cut(facts.held.get(id_, ())).get(())


def _theme(facts: QuarterFacts, theme: str) -> DraftSection:
    tables = []
    said = []
    for one in facts.of_theme(theme):
        if not _counted(facts, one):
            continue
        values = facts.held.get(one.id, ())
        said.append(Said(_plain(f"{one.title}. {one.question} Counted: {one.numerator}.")))
        dimension = next(
            each
            for each in (Dimension.REASON, Dimension.RISK, Dimension.BCU, Dimension.CASE_KIND, Dimension.AREA)
            if each in one.by and (each is not Dimension.REASON or one.id == "custody-held-overnight")
        )
        tables.append(one_by(one, values, dimension, facts.period, facts.places))
    return DraftSection(theme, tuple(said), tuple(tables))


def _late(facts: QuarterFacts) -> DraftSection:
    duties = facts.of_theme(LATE)
    by_kind = side_by_side(
        "duties-late-by-kind", "How often each duty was late", duties, facts.held, facts.period, first=DUTY,
        named=_owed(duties),
    )  # fmt: skip
    by_area = all_kinds_by_area(duties, facts.held, facts.period, facts.places)
    said = (
        Said("Each line of the first table is one duty, in the words of the rulebook; duties that never fell due are left out."),
        Said("Boroughs differ in what comes to them: a sum over all kinds says how much was late, and not who is worse."),
    )  # fmt: skip
    return DraftSection("Duties that were late", said, (by_kind, by_area))


def _fairness(facts: QuarterFacts) -> DraftSection:
    ours = [one for one in facts.definitions if one.by & FAIRNESS]
    tables = []
    for columns, name in ((SHARE, "Shares"), (HOURS, "Times"), (SAMPLE, "Grades")):
        for dimension in sorted(FAIRNESS):
            theirs = [one for one in ours if columns_of(one) is columns and dimension in one.by]
            if theirs:
                id_ = f"{name.lower()}-by-{dimension.value.replace('_', '-')}"
                caption = f"{name} by {BY[dimension].lower()}"
                tables.append(many_by(id_, caption, theirs, facts.held, dimension, first=FIRST, named=_titled(theirs)))
    said = (
        Said("Who a child is must not decide what is done for them. Each group stands with its own interval, and those of whom"
             " it is not known stand beside, in no group."),
        Said("A difference here is a question and not a finding: groups differ in what happened to them and where. A named"
             " officer explains it, or says what changes."),
    )  # fmt: skip
    return DraftSection("Fairness", said, tuple(one for one in tables if one.rows))


def _cannot_tell(facts: QuarterFacts) -> Iterator[Said]:
    yield Said("No figure here says what happened to a child of whom nobody wrote anything down.")
    yield Said("No figure here says that a difference was caused by anyone: it says that it is there.")
    nothing = [one.title for one in facts.definitions if one.theme != LATE and not _counted(facts, one)]
    if nothing:
        yield Said(f"Nothing could be counted in this quarter for: {_plain('; '.join(nothing))}.")


def _counted(facts: QuarterFacts, one: Definition) -> bool:
    value = _whole(facts, one.id) or nought(one, facts.period, ())
    return bool(value.part or value.whole or value.unknown)


def _annex(facts: QuarterFacts) -> DraftSection:
    duties = facts.of_theme(LATE)
    tables = [
        many_by(f"duties-late-by-kind-and-{name}", f"How often each duty was late, by {name}", duties, facts.held,
                dimension, first=DUTY, named=_owed(duties), annex=True)
        for name, dimension in (("borough", Dimension.AREA), ("month", Dimension.MONTH))
        if duties
    ]  # fmt: skip
    tables += [
        one_by(one, facts.held.get(one.id, ()), Dimension.AREA, facts.period, facts.places, annex=True)
        for one in facts.definitions
        if one.theme != LATE and Dimension.AREA in one.by and _counted(facts, one)
    ]
    return DraftSection("Longer tables", (), tuple(one for one in tables if one.rows))


def _owed(duties: Sequence[Definition]) -> dict[str, str]:
    return {one.id: one.question.partition("? ")[2] or one.title for one in duties}


def _titled(definitions: Sequence[Definition]) -> dict[str, str]:
    return {one.id: one.title for one in definitions}


def _plain(text: str) -> str:
    """Text that holds no place for a number."""
    return text.replace("{", "{{").replace("}", "}}")
