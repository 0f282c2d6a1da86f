"""The worklist: what this viewer looks at first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from duecare.access.act import Act
from duecare.access.scope import Scope, scope
from duecare.access.thing import WORKLIST
from duecare.assessment.list_moment import list_moment
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.finding import Finding
from duecare.record.kept import utc_moment
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.linkage.linked_people import record_names
from duecare.store.models import AssessRun
from duecare.visibility.page_types import WorklistPage
from duecare.visibility.pointer_only import pointer_sources, pointers
from duecare.visibility.sealed_filter import shut_everywhere, shut_with
from duecare.worklist.item import Danger, DangerKind, Item, Step
from duecare.worklist.order import leading_first

TRIES = 3
NOTHING = {"all": 0, "danger": 0, "statutory": 0, "late": 0, "unallocated": 0}


def read_worklist(
    request: Request, *, unallocated: bool = False, area: str = "", page: int = 1, per_page: int = 50
) -> WorklistPage:
    """Which lines does this viewer look at first?

    Shape:   in the one order; each step's unallocated before its allocated; as at `as_of` of the page, which is now if it can be.
             A page beyond the last is the last.
    Raises:  ACC-003 when the viewer has no worklist.
    """
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    run = assessment_runs.run_in_force()
    if run is None:
        log_read(request, Act.READ_WORKLIST)
        return WorklistPage((), 0, 1, 1, NOTHING, (), source_freshness(request.now), request.now)
    seen = scope(request.viewer)
    kind = "unallocated" if unallocated else "all"
    as_of = list_moment(run, request.now)
    items, counts, areas = _read(request, run, as_of, seen, unallocated, area, (page - 1) * per_page, per_page)
    for _ in range(TRIES):
        last = max(1, -(-counts[kind] // per_page))
        later = assessment_runs.run_in_force() or run
        if later.pk == run.pk and page <= last:
            break
        run, page = later, min(page, last)
        as_of = list_moment(run, request.now)
        items, counts, areas = _read(request, run, as_of, seen, unallocated, area, (page - 1) * per_page, per_page)
    log_read(request, Act.READ_WORKLIST, names_of_items(items))
    total = counts[kind]
    return WorklistPage(
        items=items,
        total=total,
        page=page,
        pages=max(1, -(-total // per_page)),
        counts=counts,
        areas=areas,
        fresh=source_freshness(request.now, run),
        as_of=as_of,
    )


def _read(
    request: Request, run: AssessRun, as_of: datetime, seen: Scope, unallocated: bool, area: str, first: int, most: int
) -> tuple[tuple[Item, ...], dict[str, int], tuple[str, ...]]:
    """The lines asked for. A new assessment may be put in force meanwhile and this one dropped: the caller looks."""
    config = read_config()
    hidden = pointer_sources(request, config)
    lines, counts = worklist_lines.work_lines(
        run.pk, seen, unallocated=unallocated, area=area, first=first, most=most, pointers=hidden
    )
    found = _found(run.pk, lines, as_of)
    everything = [finding for some in found.values() for finding in some]
    shut = shut_with(shut_everywhere(seen, request.now), seen, everything, request.now)
    veil = pointers(request, config, findings=everything)
    shown = {line: veil.findings(shut.findings(some)) for line, some in found.items()}
    return tuple(items_of(shown)), counts, tuple(worklist_lines.work_areas(run.pk, seen, hidden))


def _found(
    run: int, lines: Iterable[worklist_lines.WorkLine], as_of: datetime
) -> dict[worklist_lines.WorkLine, list[Finding]]:
    lines = list(lines)
    cases = [line.where.case for line in lines if line.where.case is not None]
    people = [line.where.person for line in lines if line.where.case is None and line.where.person]
    kept = assessment_runs.findings_of(run, cases, people, as_of)
    return {line: kept.get(line.where.case or line.where.person or "", []) for line in lines}


def items_of(shown: Mapping[worklist_lines.WorkLine, list[Finding]]) -> Iterable[Item]:
    """These lines with the findings shown under each, the leading one first."""
    for line, found in shown.items():
        where = line.where
        yield Item(
            case=where.case,
            person=where.person,
            case_kind=line.case_kind,
            area=where.area,
            team=where.team,
            officer=line.officer,
            step=Step(line.step),
            is_unallocated=line.is_unallocated,
            danger=Danger(DangerKind[line.danger], utc_moment(line.danger_at or 0)) if line.danger else None,
            findings=leading_first(found, Step(line.step)),
            next_at=utc_moment(line.next_at) if line.next_at else None,
        )


def names_of_items(items: Iterable[Item]) -> set[Name]:
    """Under which names does the ledger speak of those in these lines?"""
    names: set[Name] = set()
    people: set[str] = set()
    for item in items:
        if item.case is not None:
            names.add((CASE, item.case.source, item.case.case_ref))
        people |= {p for p in (item.person, *(f.person for f in item.findings)) if p}
    return names | record_names(people)
