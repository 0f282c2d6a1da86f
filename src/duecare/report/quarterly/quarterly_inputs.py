"""What the report of a quarter is put together from: its figures, and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duecare.audit.published.round_history import GapPoint, Point
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_value import FigureValue
from duecare.report.quarterly.quarterly_annexes import Post, RecommendationLine, Revisits
from duecare.report.quarterly.quarterly_counts import Places, by_cut, nought


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """What is reported of a quarter?

    Shape:   `values` by the id of their figure; `held` are those of figures that there are today. `words` are the author's
             own paragraphs; `corrects` says what a correction puts right, and is empty for any other release; `is_made_up` of
             a force that does not exist.
    """

    force: str
    period: str
    definitions: tuple[Definition, ...]
    values: Mapping[str, Sequence[FigureValue]]
    places: Places
    provenance: tuple[tuple[str, str], ...]
    hides: tuple[str, ...]
    rounds: tuple[Point, ...] = ()
    gaps: tuple[GapPoint, ...] = ()
    revisits: tuple[Revisits, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    posts: tuple[Post, ...] = ()
    words: tuple[str, ...] = ()
    corrects: str = ""
    is_made_up: bool = False
    held: dict[str, Sequence[FigureValue]] = field(init=False)

    def __post_init__(self) -> None:
        known = {one.id for one in self.definitions}
        object.__setattr__(self, "held", {id_: some for id_, some in self.values.items() if id_ in known})

    def of_theme(self, theme: str) -> tuple[Definition, ...]:
        """The figures that stand under this heading, in the order of the catalogue."""
        return tuple(one for one in self.definitions if one.theme == theme)

    @property
    def themes(self) -> tuple[str, ...]:
        """Every heading of figures, in the order of the catalogue."""
        return tuple(dict.fromkeys(one.theme for one in self.definitions))

    def definition(self, id_: str) -> Definition:
        """What is the figure of this name?"""
        return next(one for one in self.definitions if one.id == id_)

    def whole(self, id_: str) -> FigureValue | None:
        """What did it come to for the whole force?"""
        return by_cut(self.held.get(id_, ())).get(())

    def counted(self, one: Definition) -> bool:
        """Was there anything to count?"""
        value = self.whole(one.id) or nought(one, self.period, ())
        return bool(value.part or value.whole or value.unknown)
