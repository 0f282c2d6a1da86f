"""Open the list that a figure counts, from the whole force down to any cut, cut to what the viewer may open."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import FIGURES
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.figure import Definition, Member
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.record.pole import CaseKey
from duecare.store.figures import figure_members, figure_snapshots
from duecare.store.figures.figure_snapshots import Kept
from duecare.store.ledger.opaque_ids import CASE, RECORD, Name
from duecare.store.linkage.linked_people import members_of
from duecare.visibility.case_scope import admitted_cases, admitted_people
from duecare.visibility.figure_access import sight_of
from duecare.visibility.sealed_filter import sealed_from
from duecare.vocabulary.refusals import Refusal

CHOICES = {"all": (True, False, None), "counted": (True,), "not-counted": (False,), "cannot-tell": (None,)}


@dataclass(frozen=True, slots=True)
class FigureList:
    """The lines behind one value: those that may be shown, some at a time, and how many others there are.

    Shape:   `chosen` is all, counted, not-counted or cannot-tell; `total` how many lines of that kind the value counts, of
             which `shut` may not be opened; `lines` are those of this page.
    """

    definition: Definition
    period: str
    snapshot: int
    kept: Kept
    chosen: str
    lines: tuple[Member, ...]
    total: int
    shut: int
    page: int
    pages: int


def open_figure(request: Request, key: str, chosen: str = "all", page: int = 1, per_page: int = 50) -> FigureList:
    """Which lines were counted for this value?

    Shape:   what the viewer may open is what they may open now. The count stands as it was kept: what they may not open, and
             what was sealed since, is a number without a line.
    Raises:  ACC-003 when the viewer may open no list; REP-031 when no value has this id that is shown to them.
    """
    authorise(request, Act.OPEN_FIGURE, FIGURES)
    check_ledger_writable(request, Act.OPEN_FIGURE)
    found = figure_snapshots.value_named(key)
    if found is None or found[1] not in sight_of(request).shown([found[1]]):
        log_read(request, Act.OPEN_FIGURE)
        raise Refusal("REP-031")
    number, kept = found
    chosen = chosen if chosen in CHOICES else "all"
    held = [
        one
        for one in figure_members.members_of(number, kept.value.figure, kept.value.cut)
        if one.counts in CHOICES[chosen]
    ]
    reached = _reached(request, held)
    pages = max(1, -(-len(reached) // per_page))
    page = min(max(1, page), pages)
    some = tuple(reached[(page - 1) * per_page : page * per_page])
    log_read(request, Act.OPEN_FIGURE, _names(some))
    return FigureList(
        figure_catalogue()[kept.value.figure].definition,
        kept.value.period,
        number,
        kept,
        chosen,
        some,
        len(held),
        len(held) - len(reached),
        page,
        pages,
    )


def _reached(request: Request, lines: list[Member]) -> list[Member]:
    """Those of these lines that the viewer may open now."""
    seen = scope(request.viewer)
    cases = admitted_cases(seen, {one.case for one in lines if one.case}, request.now)
    alone = {one.person for one in lines if one.person and not one.case}
    people = alone if seen.everything else admitted_people(seen, alone, request.now)
    sealed = sealed_from(seen, request.now)
    return [
        one for one in lines if (one.case in cases if one.case else one.person in people) and one.person not in sealed
    ]


def _names(lines: tuple[Member, ...]) -> set[Name]:
    names: set[Name] = {(CASE, *one.case) for one in lines if isinstance(one.case, CaseKey)}
    for person in {one.person for one in lines if one.person}:
        names |= {(RECORD, *record) for record in members_of(person)}
    return names
