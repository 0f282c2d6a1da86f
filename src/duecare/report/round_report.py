"""The report of one round: agreement between sides, the gap, duties in the same files, and earlier rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duecare.audit.agreement.gap_funnel import LIMITS, gap_funnel
from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.published.round_history import HISTORY_NOTE, GapPoint, Point, point_changes
from duecare.duty.finding import Finding
from duecare.figure import Beside
from duecare.report import agreement_words as words
from duecare.report.report_paper import CellValue, Paper, Section, Table
from duecare.vocabulary.london_clock import in_london

NOTICE = (
    "For people who may compare grades, not for publication: small counts can identify a person, and nothing here has"
    " passed disclosure control."
)
MANY_PARTS = (
    "With many parts, some stand out by chance: of 20 with no difference, one interval on average "
    "misses the true value."
)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How many paired files differed, how many of these are settled, and on whose grade.

    Shape:   `as_force`, `as_inspectorate` and `otherwise` add up to `settled`.
    """

    differ: int = 0
    settled: int = 0
    as_force: int = 0
    as_inspectorate: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """The facts of a round that are reported beside its figures.

    Shape:   `beside` and `reconciled` are None for a round that was run elsewhere, of which neither is known here.
             `taken_out` counts files by the reason for which they were replaced.
    """

    title: str
    drawn_at: datetime | None
    frame_hash: str
    seed: str
    history: tuple[Point, ...]
    gaps: tuple[GapPoint, ...]
    beside: Beside | None = None
    reconciled: Reconciliation | None = None
    taken_out: Mapping[str, int] = field(default_factory=dict)


def round_report(comparison: Comparison, facts: RoundFacts) -> Paper:
    """The report of this round.

    Shape:   names no grader and no child: a post or a grader's own drift is for the page on agreement.
    """
    return Paper(f"Report of the round {comparison.round}", NOTICE, tuple(_report_sections(comparison, facts)))


def _report_sections(comparison: Comparison, facts: RoundFacts) -> Iterator[Section]:
    yield Section("The round", tuple(_round_sentences(comparison, facts)), (_sides_table(comparison),))
    if comparison.table.n:
        yield Section(
            "How far the two sides agree",
            (words.agreement_sentence(comparison), words.kappa_sentence(comparison.kappa)),
            (_crosstab_table(comparison), _measures_table(comparison)),
        )
        yield Section(
            "The optimism gap", (words.gap_sentence(comparison.gap), MANY_PARTS), tuple(_part_tables(comparison))
        )
    elif comparison.within:
        yield Section("How far graders of one side agree", (), (_measures_table(comparison),))
    if comparison.population:
        yield Section("All files in the frame", (comparison.basis["drawn"],), (_population_table(comparison),))
    if facts.reconciled is not None:
        yield Section("Disagreements, and how they were reconciled", tuple(_reconciled_sentences(facts.reconciled)))
    if facts.beside is not None:
        yield Section(
            "Duties in the same files",
            tuple(_beside_sentences(facts.beside)),
            tuple(_late_tables(facts.beside)),
        )
    yield Section(
        "Rounds over time",
        (HISTORY_NOTE,),
        (_history_table(facts.history, comparison.round), _gaps_table(facts.gaps, comparison.round)),
    )
    basis = tuple((basis_name.replace("_", " "), basis_text) for basis_name, basis_text in comparison.basis.items())
    refused = (comparison.refused,) if comparison.refused else ()
    yield Section("Basis", refused, (Table("Basis of these figures", ("What", "Basis"), basis),))


def _round_sentences(comparison: Comparison, facts: RoundFacts) -> Iterator[str]:
    if facts.title:
        yield f"{facts.title}."
    if facts.drawn_at is not None:
        drawn_day = in_london(facts.drawn_at)
        yield f"Drawn on {drawn_day.day} {drawn_day:%B %Y} from the frame {facts.frame_hash} by the seed {facts.seed}."
    yield (
        f"{comparison.files:,} files, {comparison.table.n:,} of them graded by both sides; "
        f"{comparison.referred_back:,} sent back."
    )
    if facts.taken_out:
        reasons_words = ", ".join(f"{files:,} {reason.replace('_', ' ')}" for reason, files in facts.taken_out.items())
        taken_count = sum(facts.taken_out.values())
        yield f"Files replaced by the next in their stratum: {taken_count:,} ({reasons_words})."


def _sides_table(comparison: Comparison) -> Table:
    table_rows = []
    for side_name, side_result in comparison.sides.items():
        share = words.in_percent(side_result.met / side_result.n) if side_result.n else "none graded"
        table_rows.append(
            (
                words.SIDES[side_name],
                side_result.n,
                side_result.met,
                side_result.n - side_result.met,
                share,
                side_result.scheme.says,
            )
        )
    columns = ("Graded by", "Files", "Met the standard", "Below", "Share that met it", "Scheme")
    return Table("Grades that each side gave", columns, tuple(table_rows))


def _crosstab_table(comparison: Comparison) -> Table:
    table = comparison.table
    names = tuple(grade.replace("_", " ") for grade in table.grades)
    table_rows: list[tuple[CellValue, ...]] = [
        (grade_name, *count_row, sum(count_row)) for grade_name, count_row in zip(names, table.counts, strict=True)
    ]
    table_rows.append(("all", *table.by_inspectorate, table.n))
    return Table(
        "Grades of the force (down) and of the inspectorate (across)", ("The force", *names, "all"), tuple(table_rows)
    )


def _measures_table(comparison: Comparison) -> Table:
    measured = [
        (
            coefficient.name,
            words.coefficient_words(coefficient.value),
            words.between_words(coefficient.interval, "plain"),
            coefficient.n,
        )
        for coefficient in comparison.coefficients
    ]
    drifts = [
        (words.DRIFTS[drift_name], words.drift_words(drift), "", comparison.table.n)
        for drift_name, drift in comparison.drift.items()
    ]
    return Table("Agreement beyond chance", ("Measure", "Value", "95% interval", "Files"), (*measured, *drifts))


def _part_tables(comparison: Comparison) -> Iterator[Table]:
    limits = gap_funnel(comparison.gap)
    for part_kind in ("area", "case_kind", "topic", "suspect", "month"):
        parts = comparison.by(part_kind)
        if not parts:
            continue
        title = words.PART_KINDS[part_kind]
        columns = (title, "Files", "Passed by the force", "By inspectors", "Gap", "95% interval")
        table_rows: list[tuple[CellValue, ...]] = []
        for breakdown_part in parts:
            part_gap = breakdown_part.gap
            part_name = (
                breakdown_part.name.replace("_", " ") if part_kind in {"topic", "case_kind"} else breakdown_part.name
            )
            table_row: tuple[CellValue, ...] = (
                part_name or ("all investigations" if part_kind == "suspect" else "not recorded"),
                part_gap.n,
                part_gap.force_passed,
                part_gap.inspectors_passed,
                words.points_words(part_gap.value),
                words.between_words(part_gap.interval, "points"),
            )
            if part_kind == "area":
                reach = tuple(words.limit_words(limits, breakdown_part, limit_share) for limit_share in LIMITS)
                table_row = (*table_row, *reach, words.outside_words(limits, breakdown_part))
            table_rows.append(table_row)
        more_columns = ("95% limits", "99.8% limits", "Compared with the limits") if part_kind == "area" else ()
        yield Table(f"The gap by: {title.lower()}", (*columns, *more_columns), tuple(table_rows))


def _population_table(comparison: Comparison) -> Table:
    table_rows = tuple(
        (
            words.ESTIMATES[estimate_name],
            words.estimate_words(estimate_name, estimate),
            estimate.graded,
            estimate.population,
        )
        for estimate_name, estimate in comparison.population.items()
    )
    return Table("Estimates for every file", ("Figure", "Estimate", "Files graded", "Files in the frame"), table_rows)


def _reconciled_sentences(reconciliation: Reconciliation) -> Iterator[str]:
    yield (
        f"{reconciliation.differ:,} paired files were graded differently; {reconciliation.settled:,} of "
        f"these have been reconciled."
    )
    if reconciliation.settled:
        yield (
            f"Reconciled to the inspectorate's grade: {reconciliation.as_inspectorate:,}; to the "
            f"force's grade: {reconciliation.as_force:,};"
            f" to another grade: {reconciliation.otherwise:,}. No reconciled judgement changes a figure in this report."
        )


def _beside_sentences(beside: Beside) -> Iterator[str]:
    late_count = sum(1 for beside_file in beside.files if beside_file.breaches)
    yield (
        f"Duties at the time the files were drawn, from what was known then: in {late_count:,} of {len(beside.files):,}"
        " files at least one was late. No grader saw any of this before their own grades were in."
    )
    if beside.left_out:
        yield f"{beside.left_out:,} files are sealed and were not checked."
    yield (
        f'Grades of "good" for a file in which an investigator was allocated late or not at all: {len(beside.questions):,}.'
        " Each is a question for both sides, not a finding against a grader."
    )


def _late_tables(beside: Beside) -> Iterator[Table]:
    table_rows = [
        (f"{words.SIDES[side_name]}: {'met' if is_met else 'below'} the standard", *counts)
        for side_name, by_cut in beside.counts.items()
        for is_met, counts in by_cut.items()
    ]
    columns = ("Graded", "Files", "With a duty late", "With allocation late")
    yield Table("Grades and duties", columns, tuple(table_rows))
    if beside.questions:
        asked = [
            (
                f"{question.key[0]}:{question.key[1]}",
                words.SIDES[question.side],
                question.grade.replace("_", " "),
                _how_late(question.breaches),
            )
            for question in beside.questions
        ]
        yield Table("Questions for both sides", ("File", "Graded by", "Grade", "Allocation"), tuple(asked))


def _how_late(breaches: Sequence[Finding]) -> str:
    hours = [breach.late_by_hours for breach in breaches if breach.late_by_hours is not None]
    return f"late by {max(hours):,.0f} hours" if hours else "late"


def _history_table(points: Sequence[Point], this_round: str) -> Table:
    table_rows = tuple(
        (
            f"{round_point.round} (this round)" if round_point.round == this_round else round_point.round,
            words.SIDES[round_point.side],
            round_point.met,
            round_point.n,
            words.in_percent(round_point.share),
            words.between_words(round_point.interval),
            words.change_words(change),
            round_point.basis,
        )
        for round_point, change in zip(points, point_changes(points), strict=True)
    )
    columns = (
        "Round",
        "Graded by",
        "Met the standard",
        "Files",
        "Share",
        "95% interval",
        "Since the round before, same side",
        "Basis",
    )
    return Table("Met the standard, by round and side", columns, table_rows)


def _gaps_table(points: Sequence[GapPoint], this_round: str) -> Table:
    table_rows = tuple(
        (
            f"{round_gap.round} (this round)" if round_gap.round == this_round else round_gap.round,
            round_gap.n,
            words.points_words(round_gap.value),
            words.between_words(round_gap.interval, "points"),
            round_gap.basis,
        )
        for round_gap in points
    )
    return Table(
        "The gap, round by round", ("Round", "Files both sides graded", "Gap", "95% interval", "Basis"), table_rows
    )
