"""The quarterly report, put together from the figures of a quarter and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from duecare.audit.published.round_history import NOTE
from duecare.figure.figure_definition import FAIRNESS, Definition, Dimension
from duecare.report.draft_report import Column, Draft, DraftSection, Said
from duecare.report.quarterly.quarterly_annexes import (
    accountable_section,
    grades_tables,
    recommendations_section,
    revisits_section,
)
from duecare.report.quarterly.quarterly_counts import sums_of
from duecare.report.quarterly.quarterly_inputs import QuarterFacts
from duecare.report.quarterly.quarterly_tables import (
    BY,
    HOURS,
    LATE,
    SAMPLE,
    SHARE,
    all_kinds_by_area,
    columns_of,
    many_by,
    one_by,
    side_by_side,
)
from duecare.report.quarterly.quarterly_wording import (
    METHOD,
    QUALITY,
    cannot_tell,
    inspected,
    plain,
    spoken,
    stands_out,
)

__all__ = ["NOTICE", "QuarterFacts", "quarterly_report"]

NOTICE: Final = (
    "This report is the inspectorate's. Every number in it has passed disclosure control and was checked by two people who"
    " did not draft it."
)
FIRST: Final = Column("figure", "Figure", "label")
DUTY: Final = Column("duty", "What was owed", "label")


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


def _sections(facts: QuarterFacts, slug: str) -> Iterator[DraftSection]:
    yield DraftSection("What was inspected", tuple(inspected(facts)))
    yield DraftSection("What stands out", tuple(stands_out(facts)))
    if facts.words:
        yield DraftSection("What the inspectorate says", tuple(Said(plain(one)) for one in facts.words))
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
    yield DraftSection("What we cannot tell", tuple(cannot_tell(facts)))
    yield _annex(facts)


def _theme(facts: QuarterFacts, theme: str) -> DraftSection:
    tables = []
    said = []
    for one in facts.of_theme(theme):
        if not facts.counted(one):
            continue
        values = facts.held.get(one.id, ())
        said.append(Said(plain(f"{one.title}. {one.question} Counted: {one.numerator}.")))
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
        if one.theme != LATE and Dimension.AREA in one.by and facts.counted(one)
    ]
    return DraftSection("Longer tables", (), tuple(one for one in tables if one.rows))


def _owed(duties: Sequence[Definition]) -> dict[str, str]:
    return {one.id: one.question.partition("? ")[2] or one.title for one in duties}


def _titled(definitions: Sequence[Definition]) -> dict[str, str]:
    return {one.id: one.title for one in definitions}
