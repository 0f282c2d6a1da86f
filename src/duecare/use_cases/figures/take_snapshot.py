"""Keep the figures of a period as they are known now, with everything they rest on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.assessment.policy_history import keep_policy
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.rulebook.local import SEE_THE_CHILD
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.figures import figure_members, figure_snapshots
from duecare.store.findings import assessment_runs
from duecare.use_cases.figures.count_figures import count_all, end_of, rests_on, the_period


def take_snapshot(
    request: Request,
    config: Config,
    period: str,
    *,
    known_at: datetime | None = None,
    as_assessed: bool = False,
    tell_progress: Callable[[str], None] = lambda _step_name: None,
) -> figure_snapshots.Snapshot:
    """The figures of this period, as known now or at `known_at`, kept.

    Shape:   state is assessed at the end of the period, or now where it has not ended. What is sealed now counts for nobody.
             Another snapshot of the period stays beside it: the later one is shown. `as_assessed`: of a period that has not
             ended, by the findings of an assessment just made, at its moment, where there is one.
    Raises:  ACC-003 when the viewer may not; REP-030 when there is no such period, or it has not begun.
    """
    authorise(request, Act.TAKE_SNAPSHOT, FIGURES)
    within = the_period(period, request.now)
    check_ledger_writable(request, Act.TAKE_SNAPSHOT)
    keep_policy(config, request.now)
    known_moment = known_at or request.now
    context = AssessmentContext.at(config, end_of(within, request.now), known_moment)
    upto_delivery = delivery_records.last_number()
    assess_run = (
        assessment_runs.run_in_force() if as_assessed and known_at is None and within.ends > request.now else None
    )
    assessed_findings = None
    if assess_run is not None and (assess_run.rulebook, assess_run.upto_delivery, assess_run.known_at) == (
        context.rulebook,
        upto_delivery,
        None,
    ):
        context = replace(context, as_of=assess_run.as_of)
        assessed_findings = assessment_runs.that_figures_count(
            assess_run.id, within.starts, within.ends, (SEE_THE_CHILD.id, context.policy.visit_duty)
        )
    rests = rests_on(context.policy, context.rulebook)
    counted = count_all(context, within, upto_delivery, assessed_findings, tell_progress)
    number = figure_snapshots.begin_snapshot(
        period=within.name,
        as_of=context.as_of,
        known_at=known_moment,
        recorded_at=request.now,
        account_name=request.viewer.account,
        rests_on=rests,
    )
    try:
        figure_members.keep_lines(number, counted.members)
        with transaction():
            figure_snapshots.keep_values(number, counted.values)
            log_write(request, Act.TAKE_SNAPSHOT, outcome=f"done: figures of {within.name}")
    except BaseException:
        figure_members.abandon_snapshot(number)
        raise
    tell_progress("kept")
    kept_snapshot = figure_snapshots.snapshot_numbered(number)
    assert kept_snapshot is not None
    return kept_snapshot
