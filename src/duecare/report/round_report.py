"""The report of one round: who agreed on what, how kind the force was, what the machine saw, and how it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duecare.audit.agreement.gap_funnel import LIMITS, funnel
from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.published.round_history import NOTE, GapPoint, Point, changes
from duecare.duty.finding import Finding
from duecare.figure import Beside
from duecare.report import agreement_words as words
from duecare.report.report_paper import Cell, Paper, Section, Table
from duecare.vocabulary.moments import in_london

NOTICE = (
    "For those who may compare grades, and not for publication: small counts can point to a person, and nothing here has"
    " passed disclosure control."
)
MANY = "Of many parts some stand out by chance: of twenty without any difference, one interval on average leaves out the truth."


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How many paired files differed, how many of these are settled, and on whose grade?

    Shape:   `as_force`, `as_inspectorate` and `otherwise` add up to `settled`.
    """

    differ: int = 0
    settled: int = 0
    as_force: int = 0
    as_inspectorate: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is reported of a round beside its figures?

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


def round_report(found: Comparison, facts: RoundFacts) -> Paper:
    """The report of this round.

    Shape:   names no grader and no child: a post or a grader's own drift is for the page on agreement.
    """
    return Paper(f"Report of the round {found.round}", NOTICE, tuple(_sections(found, facts)))


def _sections(found: Comparison, facts: RoundFacts) -> Iterator[Section]:
    yield Section("The round", tuple(_round_sentences(found, facts)), (_sides(found),))
    if found.table.n:
        yield Section(
            "How far the two sides agree",
            (words.agreement_sentence(found), words.kappa_sentence(found.kappa)),
            (_crosstab(found), _measures(found)),
        )
        yield Section("The optimism gap", (words.gap_sentence(found.gap), MANY), tuple(_parts(found)))
    elif found.within:
        yield Section("How far graders of one side agree", (), (_measures(found),))
    if found.population:
        yield Section("All files in the frame", (found.basis["drawn"],), (_population(found),))
    if facts.reconciled is not None:
        yield Section("Disagreements, and on what they were settled", tuple(_reconciled(facts.reconciled)))
    if facts.beside is not None:
        yield Section(
            "What the machine saw in the same files", tuple(_beside(facts.beside)), tuple(_late(facts.beside))
        )
    yield Section("Rounds over time", (NOTE,), (_history(facts.history, found.round), _gaps(facts.gaps, found.round)))
    basis = tuple((name.replace("_", " "), text) for name, text in found.basis.items())
    refused = (found.refused,) if found.refused else ()
    yield Section("Basis", refused, (Table("On what these figures rest", ("What", "Basis"), basis),))


def _round_sentences(found: Comparison, facts: RoundFacts) -> Iterator[str]:
    if facts.title:
        yield f"{facts.title}."
    if facts.drawn_at is not None:
        day = in_london(facts.drawn_at)
        yield f"Drawn on {day.day} {day:%B %Y} from the frame {facts.frame_hash} by the seed {facts.seed}."
    yield f"{found.files:,} files, of which both sides graded {found.table.n:,}; {found.referred_back:,} sent back."
    if facts.taken_out:
        each = ", ".join(f"{files:,} {reason.replace('_', ' ')}" for reason, files in facts.taken_out.items())
        gone = sum(facts.taken_out.values())
        yield f"Files taken out, each replaced by the next of its stratum: {gone:,} ({each})."


def _sides(found: Comparison) -> Table:
    rows = []
    for side, one in found.sides.items():
        share = words.in_percent(one.met / one.n) if one.n else "none graded"
        rows.append((words.SIDES[side], one.n, one.met, one.n - one.met, share, one.scheme.says))
    columns = ("Graded by", "Files", "Met the standard", "Below", "Share that met it", "Scheme")
    return Table("What each side gave the files it graded", columns, tuple(rows))


def _crosstab(found: Comparison) -> Table:
    table = found.table
    names = tuple(grade.replace("_", " ") for grade in table.grades)
    rows: list[tuple[Cell, ...]] = [(name, *row, sum(row)) for name, row in zip(names, table.counts, strict=True)]
    rows.append(("all", *table.by_inspectorate, table.n))
    return Table(
        "Grades of the force (down) and of the inspectorate (across)", ("The force", *names, "all"), tuple(rows)
    )


def _measures(found: Comparison) -> Table:
    measured = [
        (one.name, words.coefficient(one.value), words.between(one.interval, "plain"), one.n)
        for one in found.coefficients
    ]
    drifts = [(words.DRIFTS[name], words.drift_words(one), "", found.table.n) for name, one in found.drift.items()]
    return Table("Agreement beyond chance", ("Measure", "Value", "95% interval", "Files"), (*measured, *drifts))


def _parts(found: Comparison) -> Iterator[Table]:
    limits = funnel(found.gap)
    for kind in ("area", "case_kind", "topic", "suspect", "month"):
        parts = found.by(kind)
        if not parts:
            continue
        title = words.PART_KINDS[kind]
        columns = (title, "Files", "Passed by the force", "By inspectors", "Gap", "95% interval")
        rows: list[tuple[Cell, ...]] = []
        for part in parts:
            gap = part.gap
            name = part.name.replace("_", " ") if kind in {"topic", "case_kind"} else part.name
            row: tuple[Cell, ...] = (name or ("all investigations" if kind == "suspect" else "not said"), gap.n, gap.force_passed,
                   gap.inspectors_passed, words.points(gap.value), words.between(gap.interval, "points"))  # fmt: skip
            if kind == "area":
                reach = tuple(words.limit_words(limits, part, one) for one in LIMITS)
                row = (*row, *reach, words.outside_words(limits, part))
            rows.append(row)
        more = ("95% limits", "99.8% limits", "Where it lies") if kind == "area" else ()
        yield Table(f"The gap by: {title.lower()}", (*columns, *more), tuple(rows))


def _population(found: Comparison) -> Table:
    rows = tuple(
        (words.ESTIMATES[name], words.estimate_words(name, one), one.graded, one.population)
        for name, one in found.population.items()
    )
    return Table("What the draw says of every file", ("Figure", "Estimate", "Files graded", "Files in the frame"), rows)


def _reconciled(one: Reconciliation) -> Iterator[str]:
    yield f"{one.differ:,} paired files were graded differently; {one.settled:,} of these have been settled."
    if one.settled:
        yield (
            f"Settled as the inspectorate had graded: {one.as_inspectorate:,}; as the force had: {one.as_force:,};"
            f" on another grade: {one.otherwise:,}. No settled judgement changes a figure of this report."
        )


def _beside(one: Beside) -> Iterator[str]:
    late = sum(1 for file in one.files if file.breaches)
    yield (
        f"Duties as they stood when the files were drawn, from what was known by then: in {late:,} of {len(one.files):,}"
        " files at least one was late. No grader was shown any of this before their own grades were in."
    )
    if one.left_out:
        yield f"{one.left_out:,} files are sealed and were not looked at."
    yield (
        f'Grades of "good" for a file in which an investigator was allocated late or not at all: {len(one.questions):,}.'
        " Each is a question put to both sides, and not a finding against a grader."
    )


def _late(one: Beside) -> Iterator[Table]:
    rows = [
        (f"{words.SIDES[side]}: {'met' if met else 'below'} the standard", *counts)
        for side, by_cut in one.counts.items()
        for met, counts in by_cut.items()
    ]
    columns = ("Graded", "Files", "With a duty late", "With allocation late")
    yield Table("Grades beside duties", columns, tuple(rows))
    if one.questions:
        asked = [
            (f"{ask.key[0]}:{ask.key[1]}", words.SIDES[ask.side], ask.grade.replace("_", " "), _how_late(ask.breaches))
            for ask in one.questions
        ]
        yield Table("Questions put to both sides", ("File", "Graded by", "Grade", "Allocation"), tuple(asked))


def _how_late(breaches: Sequence[Finding]) -> str:
    hours = [one.late_by_hours for one in breaches if one.late_by_hours is not None]
    return f"late by {max(hours):,.0f} hours" if hours else "late"


def _history(points: Sequence[Point], here: str) -> Table:
    rows = tuple(
        (f"{one.round} (this round)" if one.round == here else one.round, words.SIDES[one.side], one.met, one.n,
         words.in_percent(one.share), words.between(one.interval), words.change_words(change), one.basis)
        for one, change in zip(points, changes(points), strict=True)
    )  # fmt: skip
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
    return Table("Met the standard, by round and side", columns, rows)


def _gaps(points: Sequence[GapPoint], here: str) -> Table:
    rows = tuple(
        (f"{one.round} (this round)" if one.round == here else one.round, one.n, words.points(one.value),
         words.between(one.interval, "points"), one.basis)
        for one in points
    )  # fmt: skip
    return Table("The gap, round by round", ("Round", "Files both sides graded", "Gap", "95% interval", "Basis"), rows)
