"""Lines of the worklist as one viewer may see them: cut to their scope, each where what they are shown of it puts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.record.record_from_body import utc_moment
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.store.findings.worklist_lines import WorkLine
from duecare.visibility.view import Visibility
from duecare.visibility.visible import VisibleFinding, VisibleItem
from duecare.vocabulary.areas import plain_area
from duecare.worklist.item import Danger, DangerKind, Item, Step
from duecare.worklist.order import leading_first, line_order

PlaceAgain = Callable[[WorkLine, Sequence[VisibleFinding]], WorkLine | None]
"""Where a line stands by these findings and its danger alone; None where nothing is left of it."""

Groups = Mapping[WorkLine, Sequence[VisibleFinding]]
NOTHING: Mapping[str, int] = {"all": 0, "danger": 0, "statutory": 0, "late": 0, "unallocated": 0}


@dataclass(frozen=True, slots=True)
class LinesShown:
    """Some lines of the worklist, how many there are of each kind, and the areas in which there are any."""

    items: tuple[VisibleItem, ...]
    counts: Mapping[str, int]
    areas: tuple[str, ...]


def lines_shown(
    visible: Visibility,
    run: int,
    as_of: datetime,
    place_again: PlaceAgain,
    *,
    unallocated: bool = False,
    area: str = "",
    first: int = 0,
    most: int = 0,
) -> LinesShown:
    """The lines of an assessment that this viewer may see, from `first` on, in the one order.

    Shape:   a line beside something sealed stands where the findings that are shown put it, and is not there where none
             is left: neither its place nor its being there tells of what is not shown. A danger stays, whoever told of it.
    """
    sources = visible.pointer_only.sources
    beside = worklist_lines.lines_beside(run, visible.scope, *visible.sealed.lines_beside(), pointers=sources)
    placed = placed_again(visible.groups_shown(findings_of_lines(run, beside, as_of)), place_again)
    in_area = {
        line: findings_by_line for line, findings_by_line in placed.items() if not area or line.where.area == area
    }
    asked_lines = sorted((line for line in in_area if line.is_unallocated or not unallocated), key=line_order)
    start = max(0, first - len(asked_lines))
    kept_lines, counts = worklist_lines.work_lines(
        run,
        visible.scope,
        unallocated=unallocated,
        area_name=area,
        first_row=start,
        most_rows=first + most - start,
        pointers=sources,
        without=beside,
    )
    ordered = sorted([*kept_lines, *asked_lines], key=line_order) if asked_lines else kept_lines
    page_lines = ordered[first - start : first - start + most]
    others = [line for line in page_lines if line not in in_area]
    findings_by_line = {**visible.groups_shown(findings_of_lines(run, others, as_of)), **in_area}
    return LinesShown(
        items=tuple(items_of({line: findings_by_line[line] for line in page_lines})),
        counts={name: number + count_lines(in_area)[name] for name, number in counts.items()},
        areas=_areas_of(visible, run, beside, placed),
    )


def areas_shown(visible: Visibility, run: int, as_of: datetime, place_again: PlaceAgain) -> tuple[str, ...]:
    """The areas in which this viewer may see any line."""
    sources = visible.pointer_only.sources
    beside = worklist_lines.lines_beside(run, visible.scope, *visible.sealed.lines_beside(), pointers=sources)
    placed = placed_again(visible.groups_shown(findings_of_lines(run, beside, as_of)), place_again)
    return _areas_of(visible, run, beside, placed)


def _areas_of(visible: Visibility, run: int, beside: list[WorkLine], placed: Iterable[WorkLine]) -> tuple[str, ...]:
    areas = worklist_lines.work_areas(run, visible.scope, visible.pointer_only.sources, without=beside)
    return tuple(sorted({*areas, *(line.where.area for line in placed if line.where.area)}))


def placed_again(groups: Groups, place_again: PlaceAgain) -> dict[WorkLine, Sequence[VisibleFinding]]:
    """These lines where their findings put them, without those of which nothing is left."""
    placed = ((place_again(line, findings), findings) for line, findings in groups.items())
    return {line: findings for line, findings in placed if line is not None}


def findings_of_lines(run: int, lines: Iterable[WorkLine], as_of: datetime) -> dict[WorkLine, list[Finding]]:
    """The findings that an assessment keeps under each of these lines, whoever may see them."""
    lines = list(lines)
    cases: list[CaseKey] = [line.where.case for line in lines if line.where.case is not None]
    people = [line.where.person for line in lines if line.where.case is None and line.where.person]
    findings = assessment_runs.findings_of(run, cases, people, as_of)
    return {line: findings.get(line.where.case or line.where.person or "", []) for line in lines}


def count_lines(lines: Iterable[WorkLine]) -> dict[str, int]:
    """How many of these lines there are of each kind."""
    lines = list(lines)
    return {
        "all": len(lines),
        "danger": sum(1 for line in lines if line.step == Step.DANGER_NOW.value),
        "statutory": sum(1 for line in lines if line.step == Step.STATUTORY_LIMIT.value),
        "late": sum(1 for line in lines if line.step == Step.LATENESS.value),
        "unallocated": sum(1 for line in lines if line.is_unallocated),
    }


def lines_in_area(lines: Iterable[WorkLine], area: str) -> list[WorkLine]:
    """Those of these lines in this area; all where none is named."""
    return [line for line in lines if not area or plain_area(line.where.area) == plain_area(area)]


def items_of(lines: Groups) -> Iterable[VisibleItem]:
    """These lines with the findings shown under each, the leading one first."""
    for line, findings in lines.items():
        where = line.where
        yield VisibleItem(
            Item(
                case=where.case,
                person=where.person,
                case_kind=line.case_kind,
                area=where.area,
                team=where.team,
                officer=line.officer,
                step=Step(line.step),
                is_unallocated=line.is_unallocated,
                danger=danger_of_line(line),
                findings=leading_first(findings, Step(line.step)),
                next_at=utc_moment(line.next_at) if line.next_at else None,
            )
        )


def danger_of_line(line: WorkLine) -> Danger | None:
    """The danger that this line is kept with."""
    return Danger(DangerKind[line.danger], utc_moment(line.danger_at or 0)) if line.danger else None
