"""Every figure there is: its definition, and the lines it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from duecare.figure.catalogue.custody_figures import CUSTODY
from duecare.figure.catalogue.duty_figures import duty_figures
from duecare.figure.catalogue.grade_figures import GRADES
from duecare.figure.catalogue.outcome_figures import OUTCOMES
from duecare.figure.figure_definition import Definition, catalogue_hash
from duecare.figure.figure_inputs import FigureInputs
from duecare.figure.figure_line import CountedLine


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the lines from which it is counted.

    Shape:   `duties` are those whose findings it counts; none where it counts events, stays or grades.
    """

    definition: Definition
    members: Callable[[Definition, FigureInputs], Iterable[CountedLine]]
    duties: frozenset[str] = frozenset()

    def of(self, inputs: FigureInputs) -> tuple[CountedLine, ...]:
        """The lines it counts from these inputs, in order of time and key."""
        return tuple(
            sorted(self.members(self.definition, inputs), key=lambda figure_line: (figure_line.at, figure_line.key))
        )


@lru_cache(maxsize=1)
def figure_catalogue() -> Mapping[str, Figure]:
    """Every figure by its id, in the order in which they are printed."""
    figures = [Figure(definition, members) for definition, members in (*CUSTODY, *GRADES, *OUTCOMES)]
    figures += [Figure(definition, members, frozenset({duty_id})) for definition, members, duty_id in duty_figures()]
    return {figure.definition.id: figure for figure in figures}


@lru_cache(maxsize=1)
def hash_of_catalogue() -> str:
    """The hash of the catalogue in force here."""
    return catalogue_hash(figure.definition for figure in figure_catalogue().values())
