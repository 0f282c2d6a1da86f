"""The report of a round: put together once every side has opened its grades, and written in any of its formats."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.agreement.round_comparison import Comparison, compare_files
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.report import Paper
from duecare.report.render import FORMATS
from duecare.report.round_report import Reconciliation, RoundFacts, round_report
from duecare.store.audit import comparable_grades, round_records
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.use_cases.audit.compare_grades import comparison_of, gather_grades, refusing_blind
from duecare.use_cases.audit.duties_beside_grades import beside_of
from duecare.use_cases.audit.reconcile_grades import Disagreements, disagreements_of
from duecare.use_cases.audit.view_agreement import over_time
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.vocabulary.refusals import Refusal


def report_round(request: Request, config: Config, round_name: str) -> Paper:
    """The report of this round.

    Shape:   of a round drawn here also what was settled, and the duties late in its files as known at the draw.
    Raises:  ACC-003 when the viewer may not compare; AUD-041 where there is no such round; AUD-042 while it is blind;
             REP-002 where only totals are known of it.
    """
    authorise(request, Act.COMPARE, GRADES)
    with refusing_blind(request, Act.COMPARE):
        comparison = _round_comparison(round_name)
    check_ledger_writable(request, Act.COMPARE)
    facts = _round_facts(config, round_name)
    paper = round_report(comparison, facts)
    names: set[LedgerRef] = (
        {(CASE_KIND, *question.key) for question in facts.beside.questions} if facts.beside else set()
    )
    log_read(request, Act.COMPARE, names)
    return paper


def write_report(request: Request, config: Config, round_name: str, folder: Path) -> tuple[Path, ...]:
    """Write the report in every format into this folder; the files written.

    Shape:   each file whole or not at all. A format that this machine cannot make is left out, and the others written.
    Raises:  as `report_round`; CFG-001 where the folder cannot be written to.
    """
    paper = report_round(request, config, round_name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("CFG-001", where=str(folder), found=error.strerror or "it cannot be written") from error
    written = []
    for format_name, (render, _) in FORMATS.items():
        try:
            rendered_paper = render(paper)
        except Refusal as refusal:
            if refusal.code != "REP-001":
                raise
            continue
        written.append(folder / f"report.{format_name}")
        write_whole(written[-1], partial(bytes, rendered_paper))
    return tuple(written)


def _round_comparison(round_name: str) -> Comparison:
    gathered_grades = gather_grades(round_name)
    if gathered_grades is None:
        comparison_of(round_name)
        raise Refusal("REP-002")
    return compare_files(round_name, *gathered_grades)


def _round_facts(config: Config, round_name: str) -> RoundFacts:
    own_round = round_records.round_named(round_name)
    if own_round is None:
        return RoundFacts("", None, "", "", *over_time())
    files = comparable_grades.as_files(own_round, comparable_grades.opened_files(own_round))
    return RoundFacts(
        own_round.title,
        own_round.drawn_at,
        own_round.frame_hash,
        own_round.seed,
        *over_time(),
        beside_of(config, own_round, files),
        _round_reconciliation(disagreements_of(own_round)),
        dict(Counter(reason for _, reason in round_records.taken_out(own_round)).most_common()),
    )


def _round_reconciliation(disagreements: Disagreements) -> Reconciliation:
    settled = [
        (disagreement.settled.grade, disagreement.pair)
        for disagreement in disagreements.files
        if disagreement.settled is not None
    ]
    as_inspectorate = sum(1 for grade, (_, inspectorate) in settled if grade == inspectorate.grade)
    as_force = sum(1 for grade, (force, other_grade) in settled if grade == force.grade != other_grade.grade)
    return Reconciliation(
        len(disagreements.files), len(settled), as_force, as_inspectorate, len(settled) - as_force - as_inspectorate
    )
