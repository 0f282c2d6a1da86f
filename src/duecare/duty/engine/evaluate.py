"""The findings of a whole force in SQL: which duties are worked out so, and the steps from prepared tables to findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from duecare.duty.declaration import Duty
from duecare.duty.engine.candidates import make_candidates
from duecare.duty.engine.conditions_sql import answer_leaves, needed_accreditations
from duecare.duty.engine.declaration_tables import Shape
from duecare.duty.engine.earliest_start import earliest_starts
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.facts_sql import make_facts
from duecare.duty.engine.finding_writer import write_findings
from duecare.duty.engine.occurrences_sql import is_worked_out_here, make_rows
from duecare.duty.engine.roster_tables import load_lacking
from duecare.duty.engine.units import to_micros
from duecare.duty.force_terms import Terms
from duecare.duty.roster import Roster


def evaluate_duties(
    engine: Engine,
    duties: Sequence[Duty],
    roster: Roster,
    as_of: datetime,
    policy: Terms,
    report_progress: Callable[[str], None] = lambda _what_done: None,
    *,
    due_from: datetime | None = None,
    with_evidence: bool = True,
) -> tuple[Duty, ...]:
    """Make `finding`, `found_evidence` and `found_told` of the prepared tables; returns the duties left to the judge.

    Shape:   the findings are those that `duty/assess` makes of every case's and every person's timeline. `due_from`: all
             those that began, fall due or run on from then, and perhaps others. Not `with_evidence`: `finding` alone.
    """
    duties_here = [applied for applied in map(policy.applied, duties) if is_worked_out_here(applied)]
    duties_left = tuple(duty for duty in duties if not is_worked_out_here(policy.applied(duty)))
    shape = Shape(duties_here)
    now_micros = to_micros(as_of)
    make_facts(engine, shape, now_micros, roster, policy.absence_grace)
    load_lacking(engine, roster, needed_accreditations(shape))
    report_progress("facts")
    bounds = [] if due_from is None else earliest_starts(duties_here, due_from)
    make_candidates(engine, shape, answer_leaves(engine, shape), bounds)
    report_progress("parts")
    make_rows(engine, duties_here, as_of, with_evidence=with_evidence)
    report_progress("occurrences")
    write_findings(engine, shape, roster, policy, now_micros, with_evidence=with_evidence)
    report_progress("findings")
    return duties_left
