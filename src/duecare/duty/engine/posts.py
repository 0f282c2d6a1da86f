"""Officers and posts as tables: what the roster answers, between the moments at which its answer can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from duecare.duty.engine.handed import Engine
from duecare.duty.engine.units import micros, moment_of
from duecare.duty.roster import EARLIEST, Roster, Vacancy, plain


def vacancies(roster: Roster, grace: timedelta) -> Iterator[tuple[str, Vacancy]]:
    """Every span in which an officer's absence leaves a vacancy, with the officer as compared."""
    for officer in dict.fromkeys(plain(row.officer) for row in roster.officers):
        for vacancy in roster.vacancies(officer, grace):
            yield officer, vacancy


def lacking(engine: Engine, roster: Roster, accreditations: Iterable[str]) -> None:
    """Make `lacking(officer, accreditation, from_at, to_at)`: from when until when an officer is known to lack one."""
    rows: list[tuple[str, str, int, int | None]] = []
    by_officer: dict[str, set[int]] = {}
    for row in roster.officers:
        bounds = by_officer.setdefault(plain(row.officer), set())
        bounds |= {micros(moment) for moment in (row.from_, row.to) if moment is not None}
    for officer, bounds in by_officer.items():
        cuts = [micros(EARLIEST), *sorted(bounds)]
        for one in accreditations:
            for at, to in zip(cuts, [*cuts[1:], None], strict=True):
                if roster.lacks(officer, one, moment_of(at)):
                    rows.append((officer, one, at, to))
    types = {"officer": "VARCHAR", "accreditation": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT"}
    engine.load("lacking", types, rows)
