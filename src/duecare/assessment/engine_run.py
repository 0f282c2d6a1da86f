"""Every finding by the engine, for the worklist's part to read beside the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby

from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.assess import in_order
from duecare.duty.declaration import Duty
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.found import stream_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.units import sql_text
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.bulk.all_facts import Everything
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give
from duecare.store.bulk.local_spark import on_spark

DUCKDB, SPARK = "duckdb", "spark"


@dataclass(slots=True)
class Found:
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

    def of_case(self, case: CaseKey) -> list[Finding]:
        """Every finding in this case, its own first, then its people's; cases are asked for in order."""
        while self._case is None or self._case[0] < case:
            self._case = next(self._cases, None)
            if self._case is None:
                self._case = CaseKey(LAST, ""), []
        return self._case[1] if self._case[0] == case else []


LAST = "\U0010ffff"


def find(
    held: Everything,
    by: Reckoning,
    duties: tuple[Duty, ...],
    engine: str = DUCKDB,
    tell: Callable[[str], None] = lambda _what: None,
) -> Found:
    """Have this engine reckon everything; what did it find?"""
    duck = Duck(held.connection)
    give(duck)
    tell("facts given")
    with on_spark(duck) if engine == SPARK else nullcontext(duck) as chosen:
        prepare_tables(chosen, by.roster)
        tell("facts prepared")
        left = evaluate_duties(chosen, duties, by.roster, by.as_of, by.policy, tell)
    alone = f"f.person IS NOT NULL AND (f.case_ref IS NULL OR f.duty = {sql_text(by.policy.visit_duty)})"
    people = groupby(stream_findings(duck, alone, "f.person"), key=lambda f: f.person or "")
    cases = groupby(stream_findings(duck, "f.case_ref IS NOT NULL", "f.source, f.case_ref"), key=lambda f: f.case)
    return Found(
        frozenset(duty.id for duty in left),
        ((person, sorted(some, key=in_order)) for person, some in people),
        ((case, sorted(some, key=_in_case)) for case, some in cases if case is not None),
    )


def _in_case(finding: Finding) -> tuple[str, tuple[bool, float, str, str, str]]:
    return finding.person or "", in_order(finding)
