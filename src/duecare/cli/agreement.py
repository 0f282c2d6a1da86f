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
from duecare.cli.door import Here, command
from duecare.record.pole import CaseKey
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

if TYPE_CHECKING:
    from duecare.use_cases.audit.reconcile_grades import Disagreements


@click.command("compare")
@click.option("--round", "round_name", required=True, help="The round's name.")
@command
def compare_(here: Here, round_name: str) -> None:
    """How far the two sides of a round agree, and by how much the force is kinder."""
    from duecare.use_cases.audit.compare_grades import compare_round

    found = compare_round(here.asking, round_name)
    here.answer(found.as_json(), lambda: _words(found))


@click.command("export")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@command
def export(here: Here, round_name: str, out: Path) -> None:
    """Write a round's grades as CSV, to be taken in elsewhere."""
    from duecare.use_cases.audit.import_grades import write_grades

    grades = write_grades(here.asking, round_name, out)
    here.answer({"round": round_name, "grades": grades}, lambda: iter([f"{grades} grades written to {out}"]))


@click.command("reconcile")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option("--case", help="The file that was settled, as source:case_ref. Without it, the disagreements are listed.")
@click.option(
    "--by",
    "how",
    type=click.Choice(SETTLEMENT_WAYS),
    default=SETTLEMENT_WAYS[1],
    show_default=True,
    help="Who settled it.",
)
@click.option("--grade", default="", help="The grade on which it was settled.")
@click.option("--suspect-grade", default="", help="That for how the suspect was treated, where the file has one.")
@click.option("--narrative", default="", help="Why.")
@click.option("--who", multiple=True, help="The third grader, or each of those who met.")
@command
def reconcile_(
    here: Here,
    round_name: str,
    case: str | None,
    how: str,
    grade: str,
    suspect_grade: str,
    narrative: str,
    who: tuple[str, ...],
) -> None:
    """Which files the two sides differ on; with --case, on what one of them was settled."""
    from duecare.use_cases.audit.reconcile_grades import disagreements, reconcile

    if case is None:
        found = disagreements(here.asking, round_name)
        here.answer(found.as_json(), lambda: _differing(found))
        return
    source, _, case_ref = case.partition(":")
    said = Settled(how, grade, suspect_grade, narrative, who)
    kept = reconcile(here.asking, round_name, CaseKey(source, case_ref), said)
    here.answer({"round": round_name, "case": case, "settled": kept.grade}, lambda: iter([f"settled: {kept.grade}"]))


@click.command("report")
@click.option("--round", "round_name", required=True, help="The round's name.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)
@command
def report_(here: Here, round_name: str, out: Path) -> None:
    """Write a round's report as HTML, ODS and PDF: for those who may compare grades, and not for publication."""
    from duecare.use_cases.audit.report_round import write_report

    files = [str(path) for path in write_report(here.asking, here.config, round_name, out)]
    here.answer({"round": round_name, "files": files}, lambda: iter(files))


def _differing(found: Disagreements) -> Iterator[str]:
    yield f"{len(found.files)} of {found.paired} files are graded differently"
    for one in found.files:
        force, inspectorate = one.pair
        settled = f"; settled: {one.settled.grade}" if one.settled else ""
        yield f"  {one.key.source}:{one.key.case_ref}  force {force.grade}, inspectorate {inspectorate.grade}{settled}"


def _words(found: Comparison | Totals) -> Iterator[str]:
    if isinstance(found, Totals):
        yield from (pair.in_words for pair in found.pairs)
        for total in found.sets:
            if total.are_grades_partly_known:
                yield f"{total.set_id}: grades partly known: {_known_grades(total)}"
            elif not total.are_grades_known:
                yield f"{total.set_id}: grades not known"
            else:
                yield f"{total.set_id}: {total.below_percent} % of {total.n} below the standard ({total.below_basis})"
        yield found.refused
        return
    yield f"{found.files} files, {found.table.n} graded by both sides"
    yield _line("Agreement", found.agreement.value, found.agreement.interval)
    for one in found.coefficients:
        yield _line(one.name, one.value, one.interval)
    gap = found.gap
    yield _line("Optimism gap", gap.value, gap.interval) if isinstance(gap, Gap) else f"Optimism gap: {gap.reason}"
    for part in found.by("area"):
        yield "  " + _line(part.name or "no area named", part.gap.value, part.gap.interval) + f", {part.gap.n} files"
    yield from (f"{name}: {words}" for name, words in found.basis.items())


def _known_grades(total: Total) -> str:
    sides = (("met the standard", total.meets), ("below the standard", total.below))
    known = [f"{count} {name}" for name, count in sides if isinstance(count, int)]
    known += [f"{count} {name.replace('_', ' ')}" for name, count in total.known_grades]
    return f"{', '.join(known)}, of {total.n}"


def _line(name: str, value: float | Unknown, interval: Interval | Unknown) -> str:
    if isinstance(value, Unknown):
        return f"{name}: cannot tell: {value.reason}"
    if isinstance(interval, Unknown):
        return f"{name}: {value:.3f}; how sure cannot be told: {interval.reason}"
    return f"{name}: {value:.3f} (95 % interval {interval.low:.3f} to {interval.high:.3f}, {interval.method})"


COMMANDS = (compare_, export, reconcile_, report_)
