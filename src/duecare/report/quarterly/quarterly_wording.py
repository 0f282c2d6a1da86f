"""The sentences of the quarterly report, each number of them a place that clearance fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from duecare.figure.figure_value import FigureValue
from duecare.report.draft_report import DraftCell, DraftSentence
from duecare.report.quarterly.quarterly_counts import counts_at
from duecare.report.quarterly.quarterly_inputs import QuarterFacts
from duecare.report.quarterly.quarterly_tables import LATE_WORD, all_kinds, share_cells

METHOD: Final = (
    (
        "Each figure is defined once: what it counts, out of what, from which source, and what counts as not known. The same rows"
        " are counted for the force, for each borough and for each month, so that parts add up to wholes."
    ),
    (
        "Each share has the interval that would include it in 95 of 100 quarters like this one. For files"
        " drawn at random, the estimate for all files allows for how they were drawn."
    ),
    (
        "A duty is late when it was done after its deadline, or not done by the end of the quarter. Each time a duty was due"
        " is counted once."
    ),
    "Bars show the same numbers as those next to them.",
)
QUALITY: Final = (
    (
        "Everything is counted from the records of the force's own systems, as known when the snapshot was taken. Anything"
        " recorded late may be missing. Anything never recorded is missing."
    ),
    (
        "Where sources contradict each other, or a time is known only to the day, outcomes that are not known are counted"
        " separately, next to each number."
    ),
)


def spoken_period(period: str) -> str:
    """A period as it is written in a sentence.

    Example:
        >>> spoken_period("2026-Q3")
        'July to September 2026'
    """
    year_text, _, quarter = period.partition("-Q")
    months = {"1": "January to March", "2": "April to June", "3": "July to September", "4": "October to December"}
    return f"{months[quarter]} {year_text}" if quarter in months else period


def inspected_sentences(facts: QuarterFacts) -> Iterator[DraftSentence]:
    """What was inspected."""
    yield DraftSentence(f"This report covers {spoken_period(facts.period)}, for {plain_words(facts.force)}.")
    graded = [
        counted
        for figure_id in ("grades-met-by-inspectorate", "grades-met-by-force")
        if (counted := facts.whole(figure_id)) is not None and counted.whole
    ]
    if not graded:
        yield DraftSentence("No round of graded files ended in this quarter.")
    for graded_value in graded:
        graders = "Inspectors" if graded_value.figure.endswith("inspectorate") else "The force's own auditors"
        part_count, whole, *_ = _share_cells(facts, graded_value)
        yield DraftSentence(f"{graders} graded {{}} files; {{}} met the standard.", (whole, part_count))


def stands_out(facts: QuarterFacts) -> Iterator[DraftSentence]:
    """What stands out."""
    duties = facts.of_theme(LATE_WORD)
    totals = [value for definition in duties if (value := facts.whole(definition.id)) is not None]
    if totals and duties:
        part_count, whole, share, *_ = share_cells(all_kinds(duties[0], totals, facts.period))
        yield DraftSentence("Out of {} duties with a known outcome, {} were late or not done ({}%).",
                   (whole, part_count, share))  # fmt: skip
    for figure_id, words in STANDS_OUT:
        value = facts.whole(figure_id)
        if value is not None and value.whole:
            part_count, whole, share, *_ = _share_cells(facts, value)
            yield DraftSentence(words, (part_count, whole, share), f"{facts.definition(figure_id).title}: {NOT_ALL}")


NOT_ALL: Final = "some numbers are not shown, so that no child can be identified."
STANDS_OUT: Final = (
    ("custody-held-overnight", "{} of {} children who came into custody were held overnight ({}%)."),
    (
        "custody-accommodation-never-asked-for",
        "For {} of {} children charged and refused bail, nobody asked for accommodation ({}%).",
    ),
    ("custody-moved", "{} of {} children for whom accommodation was asked for were moved to it ({}%)."),
    ("visits-overdue", "Visits to {} of {} registered sex offenders were overdue at the end of the quarter ({}%)."),
    ("sent-back-acted-upon", "{} of {} cases that were sent back in the quarter were acted on by the end of it ({}%)."),
    ("victims-satisfied", "{} of {} victims and families who answered said they were satisfied ({}%)."),
)


def _share_cells(facts: QuarterFacts, value: FigureValue) -> tuple[DraftCell, ...]:
    return share_cells(counts_at(facts.definition(value.figure), value))


def cannot_tell(facts: QuarterFacts) -> Iterator[DraftSentence]:
    """What nobody can learn from this report."""
    yield DraftSentence("No figure here covers a child about whom nothing was recorded.")
    yield DraftSentence("No figure here shows what caused a difference, only that there is one.")
    nothing = [
        definition.title
        for definition in facts.definitions
        if definition.theme != LATE_WORD and not facts.counted(definition)
    ]
    if nothing:
        yield DraftSentence(f"There was nothing to count in this quarter for: {plain_words('; '.join(nothing))}.")


def plain_words(plain_text: str) -> str:
    """Text that contains no place for a number."""
    return plain_text.replace("{", "{{").replace("}", "}}")
