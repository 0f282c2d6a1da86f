"""Commands about grades that may be compared: how far two sides agree, and grades taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duecare.audit import Totals
from duecare.audit.agreement.disagreements import SETTLEMENT_WAYS, Settled
from duecare.audit.agreement.optimism_gap import Gap
from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.published.total_row import Total
from duecare.cli.door import CommandContext, store_command
from duecare.record.pole import CaseKey
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

if TYPE_CHECKING:
    from duecare.use_cases.audit.reconcile_grades import Disagreements


@click.command("compare")
@click.option("--round", "round_name", required=True, help="The round's name.")
@store_command
def compare_command(command_context: CommandContext, round_name: str) -> None:
    """Show how far the two sides of a round agree, and how much more generous the force is."""
    from duecare.use_cases.audit.compare_grades import compare_round

    comparison = compare_round(command_context.request, round_name)
    command_context.answer(comparison.as_json(), lambda: _agreement_lines(comparison))


@click.command("export")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@store_command
def export_command(command_context: CommandContext, round_name: str, out: Path) -> None:
    """Write a round's grades as CSV, to import elsewhere."""
    from duecare.use_cases.audit.import_grades import write_grades

    grades = write_grades(command_context.request, round_name, out)
    command_context.answer({"round": round_name, "grades": grades}, lambda: iter([f"{grades} grades written to {out}"]))


@click.command("reconcile")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option(
    "--case", help="The file that was reconciled, as source:case_ref. Without it, the disagreements are listed."
)
@click.option(
    "--by",
    "how",
    type=click.Choice(SETTLEMENT_WAYS),
    default=SETTLEMENT_WAYS[1],
    show_default=True,
    help="Who reconciled it.",
)
@click.option("--grade", default="", help="The grade that was agreed.")
@click.option("--suspect-grade", default="", help="The grade for how the suspect was treated, if the file has one.")
@click.option("--narrative", default="", help="Why.")
@click.option("--who", multiple=True, help="The third grader, or each person at the meeting.")
@store_command
def reconcile_command(
    command_context: CommandContext,
    round_name: str,
    case: str | None,
    how: str,
    grade: str,
    suspect_grade: str,
    narrative: str,
    who: tuple[str, ...],
) -> None:
    """List the files the two sides grade differently; with --case, reconcile one of them."""
    from duecare.use_cases.audit.reconcile_grades import list_disagreements, settle_grade

    if case is None:
        open_disagreements = list_disagreements(command_context.request, round_name)
        command_context.answer(open_disagreements.as_json(), lambda: _difference_lines(open_disagreements))
        return
    source, _, case_ref = case.partition(":")
    settlement = Settled(how, grade, suspect_grade, narrative, who)
    reconciled_file = settle_grade(command_context.request, round_name, CaseKey(source, case_ref), settlement)
    command_context.answer(
        {"round": round_name, "case": case, "settled": reconciled_file.grade},
        lambda: iter([f"settled: {reconciled_file.grade}"]),
    )


@click.command("report")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)
@store_command
def report_command(command_context: CommandContext, round_name: str, out: Path) -> None:
    """Write a round's report as HTML, ODS and PDF, for those who may compare grades. It is not for publication."""
    from duecare.use_cases.audit.report_round import write_report

    files = [
        str(file_path) for file_path in write_report(command_context.request, command_context.config, round_name, out)
    ]
    command_context.answer({"round": round_name, "files": files}, lambda: iter(files))


def _difference_lines(open_disagreements: Disagreements) -> Iterator[str]:
    yield f"{len(open_disagreements.files)} of {open_disagreements.paired} files are graded differently"
    for disputed_file in open_disagreements.files:
        force, inspectorate = disputed_file.pair
        settled = f"; settled: {disputed_file.settled.grade}" if disputed_file.settled else ""
        yield (
            f"  {disputed_file.key.source}:{disputed_file.key.case_ref}  force {force.grade}, "
            f"inspectorate {inspectorate.grade}{settled}"
        )


def _agreement_lines(comparison: Comparison | Totals) -> Iterator[str]:
    if isinstance(comparison, Totals):
        yield from (grade_pair.in_words for grade_pair in comparison.pairs)
        for total in comparison.sets:
            if total.are_grades_partly_known:
                yield f"{total.set_id}: grades partly known: {_known_grades(total)}"
            elif not total.are_grades_known:
                yield f"{total.set_id}: grades not known"
            else:
                yield f"{total.set_id}: {total.below_percent} % of {total.n} below the standard ({total.below_basis})"
        yield comparison.refused
        return
    yield f"{comparison.files} files, {comparison.table.n} graded by both sides"
    yield _coefficient_line("Agreement", comparison.agreement.value, comparison.agreement.interval)
    for coefficient in comparison.coefficients:
        yield _coefficient_line(coefficient.name, coefficient.value, coefficient.interval)
    grading_gap = comparison.gap
    yield (
        _coefficient_line("Optimism gap", grading_gap.value, grading_gap.interval)
        if isinstance(grading_gap, Gap)
        else f"Optimism gap: {grading_gap.reason}"
    )
    for area_part in comparison.by("area"):
        yield (
            "  "
            + _coefficient_line(area_part.name or "no area named", area_part.gap.value, area_part.gap.interval)
            + f", {area_part.gap.n} files"
        )
    yield from (f"{basis_name}: {words}" for basis_name, words in comparison.basis.items())


def _known_grades(total: Total) -> str:
    sides = (("met the standard", total.meets), ("below the standard", total.below))
    known_counts = [f"{count} {name}" for name, count in sides if isinstance(count, int)]
    known_counts += [f"{count} {name.replace('_', ' ')}" for name, count in total.known_grades]
    return f"{', '.join(known_counts)}, of {total.n}"


def _coefficient_line(coefficient_name: str, value: float | Unknown, interval: Interval | Unknown) -> str:
    if isinstance(value, Unknown):
        return f"{coefficient_name}: not known: {value.reason}"
    if isinstance(interval, Unknown):
        return f"{coefficient_name}: {value:.3f}; margin of error not known: {interval.reason}"
    return (
        f"{coefficient_name}: {value:.3f} (95 % interval {interval.low:.3f} to {interval.high:.3f}, {interval.method})"
    )


COMMANDS = (compare_command, export_command, reconcile_command, report_command)
