"""Every figure of one period counted, and what the counting rests on: shared by taking a snapshot and by checking one."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare import __version__
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import of_some
from duecare.duty.finding import Finding
from duecare.figure import CountedLine, FigureValue, Period, figure_values, hash_of_catalogue, period_named, valued_cuts
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.engine import engine_tallies
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import Policy
from duecare.store.bulk.all_facts import open_engine
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.facts import delivery_records
from duecare.store.figures.figure_snapshots import RestsOn
from duecare.store.ledger import ledger_entries
from duecare.store.linkage import linked_people
from duecare.store.linkage.linkage_runs import link_state
from duecare.use_cases.figures.gather_inputs import gather_inputs
from duecare.vocabulary.refusals import Refusal

MANY_LINES = 20_000
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CountedAll:
    """Every figure of a period: its values at every cut, and the lines they were counted from."""

    values: tuple[FigureValue, ...]
    members: tuple[CountedLine, ...]


def the_period(period_name: str, current_time: datetime) -> Period:
    """The period of this name.

    Raises:  REP-030 when it is none, or has not begun.
    """
    try:
        period = period_named(period_name)
    except ValueError as error:
        raise Refusal("REP-030", found=str(error)) from error
    if period.starts > current_time:
        raise Refusal("REP-030", where=period.name, found="it has not begun")
    return period


def end_of(period: Period, current_time: datetime) -> datetime:
    """The last moment at which a period is looked at: its last second, or now where it has not ended."""
    return min(period.ends - ONE_SECOND, current_time)


def count_all(
    context: AssessmentContext,
    period: Period,
    upto_delivery: int,
    assessed_findings: Iterable[Finding] | None = None,
    tell_progress: Callable[[str], None] = lambda _step_name: None,
) -> CountedAll:
    """Every figure there is, counted for this period.

    Shape:   many lines are counted by the engine, few by the judge: the values are the same.
             `assessed_findings` as `gather_inputs` takes them.
    """
    figure_inputs_held = gather_inputs(
        of_some(context, _owed_duties(context.policy)), period, upto_delivery, assessed_findings, tell_progress
    )
    members = {figure: figure_rule.of(figure_inputs_held) for figure, figure_rule in figure_catalogue().items()}
    tell_progress("lines")
    values_found = tuple(_figure_values(period, members))
    tell_progress("values")
    return CountedAll(values_found, tuple(figure_line for lines in members.values() for figure_line in lines))


def rests_on(policy: Policy, rulebook: str) -> RestsOn:
    """What is counted now, rests on this."""
    link_run, links, ledger_head = linked_people.current_link_run(), link_state(), ledger_entries.kept_range()
    return RestsOn(
        rulebook=rulebook,
        policy=hashlib.sha256(repr(policy).encode()).hexdigest(),
        catalogue=hash_of_catalogue(),
        model=link_run.model if link_run else "",
        link_run=links.run,
        link_moves=links.moves,
        upto_delivery=delivery_records.last_number(),
        watermarks=delivery_records.source_watermarks(),
        ledger_size=ledger_head.size if ledger_head else 0,
        ledger_root=ledger_head.root.hex() if ledger_head else "",
        software=__version__,
    )


def _owed_duties(policy: Policy) -> frozenset[str]:
    """The duties that can be breached: those of law and guidance, and the local ones that somebody has adopted."""
    return frozenset(
        duty_rule.id
        for duty_rule in all_duties()
        if not duty_rule.local or any(standard.adopted_by for standard in policy.standards_of(duty_rule.id))
    )


def _figure_values(period: Period, members: dict[str, tuple[CountedLine, ...]]) -> Iterable[FigureValue]:
    if sum(map(len, members.values())) < MANY_LINES:
        for figure, lines in members.items():
            yield from figure_values(figure_catalogue()[figure].definition, period.name, lines)
        return
    with tempfile.TemporaryDirectory(prefix="duecare-") as spill:
        connection = open_engine(spill)
        try:
            definitions = [figure_rule.definition for figure_rule in figure_catalogue().values()]
            counted = engine_tallies(
                Duck(connection), definitions, (figure_line for lines in members.values() for figure_line in lines)
            )
        finally:
            connection.close()
    for definition in definitions:
        yield from valued_cuts(definition, period.name, counted.get(definition.id, {}))
