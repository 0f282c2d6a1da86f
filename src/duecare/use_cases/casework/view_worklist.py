"""The worklist of one viewer: its lines in the order of `worklist/order`, by area, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import WORKLIST
from duecare.assessment.list_moment import list_moment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.assessment.worklist_rows import place_again
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.store.findings import assessment_runs
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import WorklistPage
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.worklist_lines import NOTHING, LinesShown, lines_shown
from duecare.vocabulary.page_sizes import WORKLIST_LINES
from duecare.worklist.item import Item

TRIES = 3


def read_worklist(
    request: Request,
    *,
    unallocated: bool = False,
    force_area: str = "",
    page_number: int = 1,
    per_page: int = WORKLIST_LINES,
) -> WorklistPage:
    """The worklist of this viewer, most urgent first.

    Shape:   in the one order; each step's unallocated before its allocated; as at `as_of` of the page, which is now if it can be.
             A page beyond the last is the last.
    Raises:  ACC-003 when the viewer has no worklist.
    """
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    assess_run = assessment_runs.run_in_force()
    if assess_run is None:
        log_read(request, Act.READ_WORKLIST)
        return WorklistPage((), 0, 1, 1, NOTHING, (), source_freshness(request.now), request.now)
    count_kind = "unallocated" if unallocated else "all"
    as_of = list_moment(assess_run, request.now)
    visible = visibility_for_lists(request, read_config())
    lines = _read_page(visible, assess_run, as_of, unallocated, force_area, (page_number - 1) * per_page, per_page)
    for _ in range(TRIES):
        last_page = max(1, -(-lines.counts[count_kind] // per_page))
        later = assessment_runs.run_in_force() or assess_run
        if later.id == assess_run.id and page_number <= last_page:
            break
        assess_run, page_number = later, min(page_number, last_page)
        as_of = list_moment(assess_run, request.now)
        visible = visibility_for_lists(request, read_config())
        lines = _read_page(visible, assess_run, as_of, unallocated, force_area, (page_number - 1) * per_page, per_page)
    names = line_names(visible, ((item.case, people_of_item(item)) for item in lines.items), as_of)
    log_read(
        request, Act.READ_WORKLIST, names_of_items(visible, lines.items) | visible.ledger_refs_of_people(names.people)
    )
    total = lines.counts[count_kind]
    return WorklistPage(
        items=lines.items,
        total=total,
        page=page_number,
        pages=max(1, -(-total // per_page)),
        counts=lines.counts,
        areas=lines.areas,
        fresh=source_freshness(request.now, assess_run),
        as_of=as_of,
        names=names,
    )


def _read_page(
    visible: Visibility,
    assess_run: AssessmentRun,
    as_of: datetime,
    unallocated: bool,
    force_area: str,
    first_line: int,
    most_lines: int,
) -> LinesShown:
    """The lines asked for. A new assessment may be put in force meanwhile and this one dropped: the caller looks."""
    context = AssessmentContext.at(read_config(), as_of, assess_run.known_at)
    return lines_shown(
        visible,
        assess_run.id,
        as_of,
        lambda worklist_line, findings: place_again(context, worklist_line, findings),
        unallocated=unallocated,
        area=force_area,
        first=first_line,
        most=most_lines,
    )


def names_of_items(visible: Visibility, items: Iterable[Item]) -> set[LedgerRef]:
    """The ledger references of those in these lines, as far as they exist for the viewer."""
    names: set[LedgerRef] = set()
    people: set[str] = set()
    for worklist_item in items:
        if worklist_item.case is not None:
            names.add((CASE_KIND, worklist_item.case.source, worklist_item.case.case_ref))
        people |= people_of_item(worklist_item)
    return names | visible.ledger_refs_of_people(people)


def people_of_item(item: Item) -> set[str]:
    """The people this line is about: whose line it is, and to whom something is owed in it."""
    return {person for person in (item.person, *(finding.person for finding in item.findings)) if person}
