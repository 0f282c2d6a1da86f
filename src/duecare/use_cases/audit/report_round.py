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
from duecare.store.audit import round_records, unsealed_grades
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.use_cases.audit.compare_grades import comparison_of, gathered, refusing_blind
from duecare.use_cases.audit.duties_beside_grades import beside_of
from duecare.use_cases.audit.reconcile_grades import Disagreements, disagreements_of
from duecare.use_cases.audit.view_agreement import over_time
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.vocabulary.refusals import Refusal


def report_round(request: Request, config: Config, round_name: str) -> Paper:
    """What is there to report of this round?

    Shape:   of a round drawn here also what was settled, and the duties late in its files as known at the draw.
    Raises:  ACC-003 when the viewer may not compare; AUD-041 where there is no such round; AUD-042 while it is blind;
             REP-002 where only totals are known of it.
    """
    authorise(request, Act.COMPARE, GRADES)
    with refusing_blind(request, Act.COMPARE):
        found = _compared(round_name)
    check_ledger_writable(request, Act.COMPARE)
    facts = _facts(config, round_name)
    paper = round_report(found, facts)
    names: set[Name] = {(CASE, *one.key) for one in facts.beside.questions} if facts.beside else set()
    log_read(request, Act.COMPARE, names)
    return paper


def write_report(request: Request, config: Config, round_name: str, folder: Path) -> tuple[Path, ...]:
    """Write the report in every format into this folder; which files?

    Shape:   each file whole or not at all. A format that this machine cannot make is left out, and the others written.
    Raises:  as `report_round`; CFG-001 where the folder cannot be written to.
    """
    paper = report_round(request, config, round_name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise Refusal("CFG-001", where=str(folder), found=wrong.strerror or "it cannot be written") from wrong
    written = []
    for name, (render, _) in FORMATS.items():
        try:
            held = render(paper)
        except Refusal as refusal:
            if refusal.code != "REP-001":
                raise
            continue
        written.append(folder / f"report.{name}")
        write_whole(written[-1], partial(bytes, held))
    return tuple(written)


def _compared(round_name: str) -> Comparison:
    held = gathered(round_name)
    if held is None:
        comparison_of(round_name)
        raise Refusal("REP-002")
    return compare_files(round_name, *held)


def _facts(config: Config, round_name: str) -> RoundFacts:
    own = unsealed_grades.round_named(round_name)
    if own is None:
        return RoundFacts("", None, "", "", *over_time())
    files = unsealed_grades.as_files(own, unsealed_grades.opened_files(own))
    return RoundFacts(
        own.title,
        own.drawn_at,
        own.frame_hash,
        own.seed,
        *over_time(),
        beside_of(config, own, files),
        _reconciliation(disagreements_of(own)),
        dict(Counter(reason for _, reason in round_records.taken_out(own)).most_common()),
    )


def _reconciliation(found: Disagreements) -> Reconciliation:
    settled = [(one.settled.grade, one.pair) for one in found.files if one.settled is not None]
    as_inspectorate = sum(1 for grade, (_, inspectorate) in settled if grade == inspectorate.grade)
    as_force = sum(1 for grade, (force, other) in settled if grade == force.grade != other.grade)
    return Reconciliation(
        len(found.files), len(settled), as_force, as_inspectorate, len(settled) - as_force - as_inspectorate
    )
