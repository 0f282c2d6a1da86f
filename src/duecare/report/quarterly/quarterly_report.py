"""The quarterly report, put together from the figures of a quarter and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from duecare.audit.published.round_history import HISTORY_NOTE
from duecare.figure.figure_definition import FAIRNESS, Definition, Dimension
from duecare.report.draft_report import Column, Draft, DraftSection, DraftSentence
from duecare.report.quarterly.quarterly_annexes import (
    accountable_section,
    grades_tables,
    recommendations_section,
    revisits_section,
)
from duecare.report.quarterly.quarterly_counts import sums_of
from duecare.report.quarterly.quarterly_inputs import QuarterFacts
from duecare.report.quarterly.quarterly_tables import (
    BY_WORDS,
    HOURS,
    LATE_WORD,
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
    inspected_sentences,
    plain_words,
    spoken_period,
    stands_out,
)

__all__ = ["NOTICE", "WRITTEN_BY_PEOPLE", "QuarterFacts", "quarterly_report"]

NOTICE: Final = (
    "This report is the inspectorate's. Every number in it has passed disclosure control and was checked by two people who"
    " did not draft it."
)
WRITTEN_BY_PEOPLE: Final = "What the inspectorate says"
"""The heading over what the authors wrote themselves, which no page may put into other words."""
FIRST: Final = Column("figure", "Figure", "label")
DUTY_COLUMN: Final = Column("duty", "Duty", "label")


def quarterly_report(facts: QuarterFacts, release_slug: str) -> Draft:
    """The report of this quarter, before clearance.

    Shape:   what was inspected; what stands out; then each part with its tables; what is hidden and why, how it was counted,
             how good the sources are, and what is not known. Long tables are annexes.
    """
    notice = f"{facts.corrects} {NOTICE}" if facts.corrects else NOTICE
    if facts.is_made_up:
        notice += " The force and everybody in it are made up: no number here is about anyone."
    all_values = [value for values in facts.held.values() for value in values]
    return Draft(
        release_slug,
        f"Children at risk: how {facts.force} met its duties to them, {spoken_period(facts.period)}",
        facts.period,
        notice,
        facts.provenance,
        tuple(section for section in _report_sections(facts, release_slug) if section.said or section.tables),
        sums_of(facts.period, facts.places, all_values),
    )


def _report_sections(facts: QuarterFacts, release_slug: str) -> Iterator[DraftSection]:
    yield DraftSection("What was inspected", tuple(inspected_sentences(facts)))
    yield DraftSection("Main points", tuple(stands_out(facts)))
    if facts.words:
        yield DraftSection(WRITTEN_BY_PEOPLE, tuple(DraftSentence(plain_words(warning)) for warning in facts.words))
    for theme in facts.themes:
        if theme == LATE_WORD:
            yield _late_section(facts)
        else:
            yield _theme_section(facts, theme)
    yield DraftSection(
        "Grades and the gap, round by round", (DraftSentence(HISTORY_NOTE),), grades_tables(facts.rounds, facts.gaps)
    )
    yield recommendations_section(facts.recommendations, release_slug)
    yield revisits_section(facts.revisits, release_slug)
    yield accountable_section(facts.posts, release_slug)
    yield _fairness_section(facts)
    yield DraftSection("What is hidden, and why", tuple(map(DraftSentence, facts.hides)), tells_loss=True)
    yield DraftSection("How it was counted", tuple(map(DraftSentence, METHOD)), ())
    yield DraftSection("How good the sources are", tuple(map(DraftSentence, QUALITY)))
    yield DraftSection("What we do not know", tuple(cannot_tell(facts)))
    yield _annex_section(facts)


def _theme_section(facts: QuarterFacts, theme: str) -> DraftSection:
    tables = []
    sentences = []
    for definition in facts.of_theme(theme):
        if not facts.counted(definition):
            continue
        values = facts.held.get(definition.id, ())
        sentences.append(
            DraftSentence(plain_words(f"{definition.title}. {definition.question} Counted: {definition.numerator}."))
        )
        dimension = next(
            dimension
            for dimension in (Dimension.REASON, Dimension.RISK, Dimension.BCU, Dimension.CASE_KIND, Dimension.AREA)
            if dimension in definition.by
            and (dimension is not Dimension.REASON or definition.id == "custody-held-overnight")
        )
        tables.append(one_by(definition, values, dimension, facts.period, facts.places))
    return DraftSection(theme, tuple(sentences), tuple(tables))


def _late_section(facts: QuarterFacts) -> DraftSection:
    duties = facts.of_theme(LATE_WORD)
    by_kind = side_by_side(
        "duties-late-by-kind", "How often each duty was late", duties, facts.held, facts.period, first_column=DUTY_COLUMN,
        row_names=_duties_owed(duties),
    )  # fmt: skip
    by_area = all_kinds_by_area(duties, facts.held, facts.period, facts.places)
    sentences = (
        DraftSentence("Each row of the first table is one duty, in the words of the rulebook. Duties that were never due are"
                      " left out."),
        DraftSentence("Boroughs have different cases: a total over all kinds shows how much was late, not which borough is"
                      " worse."),
    )  # fmt: skip
    return DraftSection("Duties that were late", sentences, (by_kind, by_area))


def _fairness_section(facts: QuarterFacts) -> DraftSection:
    fairness_definitions = [definition for definition in facts.definitions if definition.by & FAIRNESS]
    tables = []
    for columns, table_title in ((SHARE, "Shares"), (HOURS, "Times"), (SAMPLE, "Grades")):
        for dimension in sorted(FAIRNESS):
            theirs = [
                definition
                for definition in fairness_definitions
                if columns_of(definition) is columns and dimension in definition.by
            ]
            if theirs:
                table_id = f"{table_title.lower()}-by-{dimension.value.replace('_', '-')}"
                caption = f"{table_title} by {BY_WORDS[dimension].lower()}"
                tables.append(
                    many_by(
                        table_id,
                        caption,
                        theirs,
                        facts.held,
                        dimension,
                        first_column=FIRST,
                        row_names=_figure_titles(theirs),
                    )
                )
    sentences = (
        DraftSentence("Who a child is must not decide what is done for them. Each group has its own interval. Children whose"
             " group is not known are shown separately, in no group."),
        DraftSentence("A difference here is a question, not a finding: groups differ in what happened to them and where. A named"
             " officer explains it, or states what will change."),
    )  # fmt: skip
    return DraftSection("Fairness", sentences, tuple(draft_table for draft_table in tables if draft_table.rows))


def _annex_section(facts: QuarterFacts) -> DraftSection:
    duties = facts.of_theme(LATE_WORD)
    tables = [
        many_by(
            f"duties-late-by-kind-and-{dimension_name}",
            f"How often each duty was late, by {dimension_name}",
            duties,
            facts.held,
            dimension,
            first_column=DUTY_COLUMN,
            row_names=_duties_owed(duties),
            annex=True,
        )
        for dimension_name, dimension in (("borough", Dimension.AREA), ("month", Dimension.MONTH))
        if duties
    ]
    tables += [
        one_by(definition, facts.held.get(definition.id, ()), Dimension.AREA, facts.period, facts.places, annex=True)
        for definition in facts.definitions
        if definition.theme != LATE_WORD and Dimension.AREA in definition.by and facts.counted(definition)
    ]
    return DraftSection("Longer tables", (), tuple(draft_table for draft_table in tables if draft_table.rows))


def _duties_owed(duties: Sequence[Definition]) -> dict[str, str]:
    return {definition.id: definition.question.partition("? ")[2] or definition.title for definition in duties}


def _figure_titles(definitions: Sequence[Definition]) -> dict[str, str]:
    return {definition.id: definition.title for definition in definitions}
