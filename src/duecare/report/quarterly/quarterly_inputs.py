"""What the report of a quarter is put together from: its figures, and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duecare.audit.published.round_history import GapPoint, Point
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_value import FigureValue
from duecare.report.quarterly.quarterly_annexes import Post, RecommendationLine, Revisits
from duecare.report.quarterly.quarterly_counts import Places, by_cut, zero_value


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """The facts of a quarter that are reported.

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
        known_ids = {definition.id for definition in self.definitions}
        object.__setattr__(
            self,
            "held",
            {figure_id: figure_values for figure_id, figure_values in self.values.items() if figure_id in known_ids},
        )

    def of_theme(self, theme: str) -> tuple[Definition, ...]:
        """The figures that stand under this heading, in the order of the catalogue."""
        return tuple(definition for definition in self.definitions if definition.theme == theme)

    @property
    def themes(self) -> tuple[str, ...]:
        """Every heading of figures, in the order of the catalogue."""
        return tuple(dict.fromkeys(definition.theme for definition in self.definitions))

    def definition(self, figure_id: str) -> Definition:
        """The definition of the figure of this name."""
        return next(definition for definition in self.definitions if definition.id == figure_id)

    def whole(self, figure_id: str) -> FigureValue | None:
        """The value of this figure for the whole force."""
        return by_cut(self.held.get(figure_id, ())).get(())

    def counted(self, definition: Definition) -> bool:
        """Whether there was anything to count."""
        value = self.whole(definition.id) or zero_value(definition, self.period, ())
        return bool(value.part or value.whole or value.unknown)
