"""Runs the engine (DuckDB or Spark) for an assessment, and gives its findings case by case and person by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.assess import in_order
from duecare.duty.declaration import Duty
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.units import sql_text
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.bulk.all_facts import Everything
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give_tables
from duecare.store.bulk.local_spark import on_spark

DUCKDB, SPARK = "duckdb", "spark"


@dataclass(slots=True)
class EngineFindings:
    """What the engine found, by person and by case; and the duties that are left to the judge."""

    left: frozenset[str]
    _people: Iterator[tuple[str, list[Finding]]]
    _cases: Iterator[tuple[CaseKey, list[Finding]]]
    _person: tuple[str, list[Finding]] | None = None
    _case: tuple[CaseKey, list[Finding]] | None = None

    def of_person(self, person: str) -> list[Finding]:
        """This person's findings outside any case, and those of visits; people are asked for in order."""
        while self._person is None or self._person[0] < person:
            self._person = next(self._people, None)
            if self._person is None:
                self._person = LAST, []
        return self._person[1] if self._person[0] == person else []

    def of_case(self, case_key: CaseKey) -> list[Finding]:
        """Every finding in this case, its own first, then its people's; cases are asked for in order."""
        while self._case is None or self._case[0] < case_key:
            self._case = next(self._cases, None)
            if self._case is None:
                self._case = CaseKey(LAST, ""), []
        return self._case[1] if self._case[0] == case_key else []


LAST = "\U0010ffff"


def find_by_engine(
    all_facts: Everything,
    context: AssessmentContext,
    duties: tuple[Duty, ...],
    engine: str = DUCKDB,
    report_progress: Callable[[str], None] = lambda _name: None,
) -> EngineFindings:
    """Have this engine work out everything; what did it find?"""
    duck_engine = Duck(all_facts.connection)
    give_tables(duck_engine)
    report_progress("facts given")
    with on_spark(duck_engine) if engine == SPARK else nullcontext(duck_engine) as chosen:
        prepare_tables(chosen, context.roster)
        report_progress("facts prepared")
        duties_left = evaluate_duties(chosen, duties, context.roster, context.as_of, context.policy, report_progress)
    alone = f"f.person IS NOT NULL AND (f.case_ref IS NULL OR f.duty = {sql_text(context.policy.visit_duty)})"
    people = groupby(
        stream_findings(duck_engine, alone, "f.person"), key=lambda finding_item: finding_item.person or ""
    )
    cases = groupby(
        stream_findings(duck_engine, "f.case_ref IS NOT NULL", "f.source, f.case_ref"),
        key=lambda finding_item: finding_item.case,
    )
    return EngineFindings(
        frozenset(duty.id for duty in duties_left),
        ((person, sorted(unit_findings, key=in_order)) for person, unit_findings in people),
        ((case_key, sorted(unit_findings, key=_in_case)) for case_key, unit_findings in cases if case_key is not None),
    )


def _in_case(finding: Finding) -> tuple[str, tuple[bool, float, str, str, str]]:
    return finding.person or "", in_order(finding)
