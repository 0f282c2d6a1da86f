"""Pages of figures, made up: a quarter's figures, one of them with its cuts and differences, and the list it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.made.figures import QUARTER, START, finding, held, stay

from duecare.figure import FAIRNESS, Dimension, FigureInputs, cut_of, figure_values
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.comparison.compared_cells import compared_groups
from duecare.store.figures.difference_answers import Answered
from duecare.store.figures.figure_snapshots import KeptFigure, RestsOn, Snapshot
from duecare.use_cases.figures.list_members import FigureList
from duecare.use_cases.figures.view_figures import FiguresPage, OneFigure, Tile
from duecare.visibility.page_types import LineNames, NamedPerson

KEY = "0123456789abcdef"
SHARE = "late-local-see-the-child"
STATES = ("met", "met", "met_late", "overdue", "cannot_tell")
AREAS = ("Eastmoor", "Ashmere", "Dunmarsh", "Saltwick", "")
RESTS = RestsOn(
    "r" * 64, "p" * 64, "c" * 64, "model-1", 3, 0, 41, (("merlin", 41, "merlin-2026-10-01", "2026-10-01T02:00:00+00:00"),),
    1_234, "f" * 64, "0.1.0",
)  # fmt: skip
MAY_DIFFER = "return-interview-within-72-hours"


def everything() -> FigureInputs:
    """Forty times that a duty was owed in a few areas, and some stays in custody."""
    findings = [
        finding(n, STATES[n % 5], duty=duty, area=AREAS[n % 4], met=START if n % 5 < 3 else None)
        for duty in ("LOCAL-see-the-child", "DFE2014-return-interview")
        for n in range(60)
    ]
    stays = [stay(n, "bail_refused", *(["accommodation_requested"] if n % 2 else [])) for n in range(12)]
    return held(findings=findings, stays=stays)


def snapshot() -> Snapshot:
    """The figures of the quarter."""
    what = everything()
    found, counts = [], {}
    for figure, one in figure_catalogue().items():
        members = one.of(what)
        counts[figure] = len(members)
        found += [KeptFigure(KEY, value) for value in figure_values(one.definition, QUARTER.name, members)]
    return Snapshot(
        7, QUARTER.name, QUARTER.ends, QUARTER.ends, datetime(2026, 10, 4, 9, tzinfo=UTC), "keeper", RESTS, tuple(found),
        counts,
    )  # fmt: skip


def figures(*, opens_lists: bool = True) -> FiguresPage:
    """The page of all figures."""
    kept = snapshot()
    whole = {one.value.figure: one for one in kept.values if not one.value.cut}
    tiles = tuple(Tile(one.definition, whole[figure]) for figure, one in figure_catalogue().items())
    return FiguresPage(("2026-Q3", "2026-Q2"), kept, tiles, opens_lists, sees_everything=opens_lists, release="2026-q3")


def figure(name: str = MAY_DIFFER) -> OneFigure:
    """One figure; of one that may differ between groups, one group does, and an officer has answered for it."""
    kept, one = snapshot(), figure_catalogue()[name]
    whole = kept.of(name)
    assert whole is not None
    cuts = tuple((by, cut) for by in sorted(one.definition.by) if (cut := kept.by(name, by)))
    members = [
        replace(
            line,
            counts=None if line.counts is None else at % 3 > 0,
            cuts=cut_of({**dict(line.cuts), Dimension.SEX: ("female", "male", "female")[at % 3]}),
        )
        for at, line in enumerate(one.of(everything()))
    ]
    pairs = ((by, compared_groups(one.definition, members, by)) for by in sorted(one.definition.by & FAIRNESS))
    return OneFigure(
        definition=one.definition,
        snapshot=kept,
        kept=whole,
        cuts=cuts,
        through_time=(replace(whole, value=replace(whole.value, period="2026-Q2")), whole),
        fairness=tuple((by, found) for by, found in pairs if found is not None),
        answers=(
            Answered(name, "sex", "male", "changes", "Interviews are now asked for at once.", "C1", QUARTER.ends),
        ),
        periods=("2026-Q3", "2026-Q2"),
        opens_lists=True,
        sees_everything=True,
    )


def figure_list(name: str = SHARE, chosen: str = "all") -> FigureList:
    """The list that a figure counts, of which three lines may not be opened."""
    kept, one = snapshot().of(name), figure_catalogue()[name]
    assert kept is not None
    some = one.of(everything())
    names = LineNames({"p1": NamedPerson("p1", "Ben Example, 9")})  # type: ignore[arg-type]
    lines = (replace(some[0], person="p1"), replace(some[1], case=None, person="p1"), *some[2:20])
    return FigureList(one.definition, QUARTER.name, 7, kept, chosen, lines, len(some), 3, 1, 3, names)
