"""The roster as tables: who is absent, who supervises whom, who holds which post, who lacks an accreditation, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.units import moment_of, to_micros
from duecare.duty.roster import EARLIEST, Roster, Vacancy, plain_number


def duty_vacancies(roster: Roster, grace: timedelta) -> Iterator[tuple[str, Vacancy]]:
    """Every span in which an officer's absence leaves a vacancy, with the officer as compared."""
    for officer in dict.fromkeys(plain_number(officer_row.officer) for officer_row in roster.officers):
        for vacancy in roster.vacancies(officer, grace):
            yield officer, vacancy


def duty_absences(roster: Roster) -> Iterator[tuple[str, Vacancy]]:
    """Every absence that can leave a vacancy under any grace, with the officer as compared."""
    return duty_vacancies(roster, timedelta())


def load_lacking(engine: Engine, roster: Roster, accreditations: Iterable[str]) -> None:
    """Make `lacking(officer, accreditation, from_at, to_at)`: from when until when an officer is known to lack one."""
    table_rows: list[tuple[str, str, int, int | None]] = []
    asked = tuple(accreditations)
    by_officer: dict[str, set[int]] = {}
    for officer_row in roster.officers:
        bounds = by_officer.setdefault(plain_number(officer_row.officer), set())
        bounds |= {to_micros(moment) for moment in (officer_row.from_, officer_row.to) if moment is not None}
    for officer, bounds in by_officer.items():
        cut_moments = [to_micros(EARLIEST), *sorted(bounds)]
        for accreditation in asked:
            for from_moment, until_moment in zip(cut_moments, [*cut_moments[1:], None], strict=True):
                if roster.lacks(officer, accreditation, moment_of(from_moment)):
                    table_rows.append((officer, accreditation, from_moment, until_moment))
    types = {"officer": "VARCHAR", "accreditation": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT"}
    engine.load("lacking", types, table_rows)


def load_holders(engine: Engine, roster: Roster, grace: timedelta, roles: Iterable[str], areas: Iterable[str]) -> None:
    """Make `holder(role, area, from_at, to_at, person)`: who has the post of a kind for an area, from when until when."""
    wanted_areas = sorted(areas)
    table_rows: list[tuple[str, str, int, int | None, str]] = []
    for role_name in sorted(roles):
        cut_moments = _cut_moments(_post_moments(roster, role_name, grace))
        for area_name in wanted_areas:
            for from_moment, until_moment, person in _answer_pieces(
                cut_moments, partial(roster.holder, role_name, area_name, grace=grace)
            ):
                table_rows.append((role_name, area_name, from_moment, until_moment, person))
    types = {"role": "VARCHAR", "area": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT", "person": "VARCHAR"}
    engine.load("holder", types, table_rows)


def load_supervisors(engine: Engine, roster: Roster) -> None:
    """Make `supervisor(officer, from_at, to_at, person)`: who supervises whom, from when until when."""
    bounds: dict[str, set[datetime]] = {}
    for officer_row in roster.officers:
        bounds.setdefault(plain_number(officer_row.officer), set()).update(
            change_moment for change_moment in (officer_row.from_, officer_row.to) if change_moment is not None
        )
    table_rows = [
        (officer, from_moment, until_moment, person)
        for officer, moments in bounds.items()
        for from_moment, until_moment, person in _answer_pieces(
            _cut_moments(moments), partial(roster.supervisor_of, officer)
        )
    ]
    types = {"officer": "VARCHAR", "from_at": "BIGINT", "to_at": "BIGINT", "person": "VARCHAR"}
    engine.load("supervisor", types, table_rows)


def _post_moments(roster: Roster, role_name: str, grace: timedelta) -> set[datetime]:
    """The moments at which the holder of any post of this kind may change."""
    post_moments: set[datetime] = set()
    for post_row in roster.posts:
        if plain_number(post_row.kind) != plain_number(role_name):
            continue
        post_moments.update(moment for moment in (post_row.from_, post_row.to) if moment is not None)
        if post_row.holder:
            for vacancy in roster.vacancies(post_row.holder, grace):
                post_moments.update(moment for moment in (vacancy.from_, vacancy.to) if moment is not None)
    return post_moments


def _cut_moments(moments: Iterable[datetime]) -> list[datetime]:
    return sorted({EARLIEST, *moments})


def _answer_pieces(
    cut_moments: list[datetime], answer_at: Callable[[datetime], str | None]
) -> Iterator[tuple[int, int | None, str]]:
    """The answers between these cuts, where there is one, like neighbours joined."""
    held_piece: tuple[datetime, str | None] | None = None
    for cut_moment in cut_moments:
        answer_here = answer_at(cut_moment)
        if held_piece is not None and held_piece[1] == answer_here:
            continue
        if held_piece is not None and held_piece[1] is not None:
            yield to_micros(held_piece[0]), to_micros(cut_moment), held_piece[1]
        held_piece = cut_moment, answer_here
    if held_piece is not None and held_piece[1] is not None:
        yield to_micros(held_piece[0]), None, held_piece[1]
