"""Open the list that a figure counts, from the whole force down to any cut, cut to what the viewer may open."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.figure import Definition
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.record.pole import CaseKey
from duecare.store.figures import figure_members, figure_snapshots
from duecare.store.figures.figure_snapshots import KeptFigure
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.visibility.figure_access import figure_access_of
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import NOBODY_NAMED, LineNames
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleMember
from duecare.vocabulary.page_sizes import FIGURE_MEMBERS
from duecare.vocabulary.refusals import Refusal

CHOICES = {"all": (True, False, None), "counted": (True,), "not-counted": (False,), "cannot-tell": (None,)}


@dataclass(frozen=True, slots=True)
class FigureList:
    """The lines behind one value: those that may be shown, some at a time, and how many others there are.

    Shape:   `chosen` is all, counted, not-counted or cannot-tell; `total` how many lines of that kind the value counts, of
             which `not_openable` may not be opened; `lines` are those of this page.
    """

    definition: Definition
    period: str
    snapshot: int
    kept: KeptFigure
    chosen: str
    lines: tuple[VisibleMember, ...]
    total: int
    not_openable: int
    page: int
    pages: int
    names: LineNames = NOBODY_NAMED


def open_figure(
    request: Request, figure_key: str, chosen: str = "all", page_number: int = 1, per_page: int = FIGURE_MEMBERS
) -> FigureList:
    """The lines counted for this value.

    Shape:   what the viewer may open is what they may open now. The count stands as it was kept: what they may not open, and
             what was sealed since, is a number without a line.
    Raises:  ACC-003 when the viewer may open no list; REP-031 when no value has this id that is shown to them.
    """
    authorise(request, Act.OPEN_FIGURE, FIGURES)
    check_ledger_writable(request, Act.OPEN_FIGURE)
    value_found = figure_snapshots.value_named(figure_key)
    if value_found is None or value_found[1] not in figure_access_of(request).values_shown([value_found[1]]):
        log_read(request, Act.OPEN_FIGURE)
        raise Refusal("REP-031")
    number, kept_value = value_found
    chosen = chosen if chosen in CHOICES else "all"
    lines_held = [
        figure_line
        for figure_line in figure_members.members_of(number, kept_value.value.figure, kept_value.value.cut)
        if figure_line.counts in CHOICES[chosen]
    ]
    visible = visibility_for_lists(request, read_config())
    lines_in_scope = visible.members_shown(lines_held)
    pages = max(1, -(-len(lines_in_scope) // per_page))
    page_number = min(max(1, page_number), pages)
    page_lines = tuple(lines_in_scope[(page_number - 1) * per_page : page_number * per_page])
    names = line_names(visible, ((line.case, {line.person} if line.person else ()) for line in page_lines), request.now)
    log_read(request, Act.OPEN_FIGURE, _ledger_refs(visible, page_lines) | visible.ledger_refs_of_people(names.people))
    return FigureList(
        figure_catalogue()[kept_value.value.figure].definition,
        kept_value.value.period,
        number,
        kept_value,
        chosen,
        page_lines,
        len(lines_held),
        len(lines_held) - len(lines_in_scope),
        page_number,
        pages,
        names,
    )


def _ledger_refs(visible: Visibility, lines: tuple[VisibleMember, ...]) -> set[LedgerRef]:
    cases: set[LedgerRef] = {
        (CASE_KIND, *figure_line.case) for figure_line in lines if isinstance(figure_line.case, CaseKey)
    }
    return cases | visible.ledger_refs_of_people(figure_line.person for figure_line in lines if figure_line.person)
