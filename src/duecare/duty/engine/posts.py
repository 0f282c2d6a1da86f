"""Officers and posts as tables: what the roster answers, between the moments at which its answer can change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from duecare.duty.engine.handed import Engine
from duecare.duty.engine.units import micros, moment_of
from duecare.duty.roster import EARLIEST, Roster, Vacancy, plain_number


def vacancies(roster: Roster, grace: timedelta) -> Iterator[tuple[str, Vacancy]]:
    """Every span in which an officer's absence leaves a vacancy, with the officer as compared."""
    for officer in dict.fromkeys(plain_number(row.officer) for row in roster.officers):
        for vacancy in roster.vacancies(officer, grace):
            yield officer, vacancy


def absences(roster: Roster) -> Iterator[tuple[str, Vacancy]]:
    """Every absence that can leave a vacancy under any grace, with the officer as compared."""
    return vacancies(roster, timedelta())


def lacking(engine: Engine, roster: Roster, accreditations: Iterable[str]) -> None:
    """Make `lacking(officer, accreditation, from_at, to_at)`: from when until when an officer is known to lack one."""
    rows: list[tuple[str, str, int, int | None]] = []
    asked = tuple(accreditations)
    by_officer: dict[str, set[int]] = {}
    for row in roster.officers:
        bounds = by_officer.setdefault(plain_number(row.officer), set())
        bounds |= {micros(moment) for moment in (row.from_, row.to) if moment is not None}
    for officer, bounds in by_officer.items():
        cuts = [micros(EARLIEST), *sorted(bounds)]
        for one in asked:
            for at, to in zip(cuts, [*cuts[1:], None], strict=True):
                if roster.lacks(officer, one, moment_of(at)):
                    rows.append((officer, one, at, to))
    types = {"officer": "VARCHAR", "accreditation": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT"}
    engine.load("lacking", types, rows)


def holders(engine: Engine, roster: Roster, grace: timedelta, roles: Iterable[str], areas: Iterable[str]) -> None:
    """Make `holder(role, area, from_at, to_at, person)`: who holds the post of a kind for an area, from when until when."""
    wanted = sorted(areas)
    rows: list[tuple[str, str, int, int | None, str]] = []
    for role in sorted(roles):
        cuts = _cuts(_post_moments(roster, role, grace))
        for area in wanted:
            for at, to, person in _pieces(cuts, partial(roster.holder, role, area, grace=grace)):
                rows.append((role, area, at, to, person))
    types = {"role": "VARCHAR", "area": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT", "person": "VARCHAR"}
    engine.load("holder", types, rows)


def supervisors(engine: Engine, roster: Roster) -> None:
    """Make `supervisor(officer, from_at, to_at, person)`: who supervises whom, from when until when."""
    bounds: dict[str, set[datetime]] = {}
    for row in roster.officers:
        bounds.setdefault(plain_number(row.officer), set()).update(m for m in (row.from_, row.to) if m is not None)
    rows = [
        (officer, at, to, person)
        for officer, moments in bounds.items()
        for at, to, person in _pieces(_cuts(moments), partial(roster.supervisor_of, officer))
    ]
    types = {"officer": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT", "person": "VARCHAR"}
    engine.load("supervisor", types, rows)


def _post_moments(roster: Roster, role: str, grace: timedelta) -> set[datetime]:
    """The moments at which the holder of any post of this kind may change."""
    found: set[datetime] = set()
    for post in roster.posts:
        if plain_number(post.kind) != plain_number(role):
            continue
        found.update(moment for moment in (post.from_, post.to) if moment is not None)
        if post.holder:
            for vacancy in roster.vacancies(post.holder, grace):
                found.update(moment for moment in (vacancy.from_, vacancy.to) if moment is not None)
    return found


def _cuts(moments: Iterable[datetime]) -> list[datetime]:
    return sorted({EARLIEST, *moments})


def _pieces(cuts: list[datetime], ask: Callable[[datetime], str | None]) -> Iterator[tuple[int, int | None, str]]:
    """The answers between these cuts, where there is one, like neighbours joined."""
    held: tuple[datetime, str | None] | None = None
    for at in cuts:
        said = ask(at)
        if held is not None and held[1] == said:
            continue
        if held is not None and held[1] is not None:
            yield micros(held[0]), micros(at), held[1]
        held = at, said
    if held is not None and held[1] is not None:
        yield micros(held[0]), None, held[1]
