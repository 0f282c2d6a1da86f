"""Grade schemes: which words there were, in what order, and where the one cut lies that all of them share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

GRADE_CUT: Final = ("meets_standard", "below_standard")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The grades a file can be given, and which of them meet the standard.

    Shape:   `grades` best first; the first `meets` of them meet the standard, the others fall below. `last_year` is
             None while the scheme is in use.
    Raises:  AUD-002 where words repeat, or where one side of the cut is empty.
    Source:  `source_urls`, in `grade_schemes.toml` for those shipped.
    """

    id: str
    says: str
    grades: tuple[str, ...]
    meets: int
    first_year: int
    last_year: int | None = None
    source_urls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        faults: list[str] = []
        if any(not grade or grade != _plain_word(grade) for grade in self.grades):
            faults.append("a grade is empty or not in plain lower case with underscores")
        if len(set(self.grades)) != len(self.grades):
            faults.append("a grade is listed twice")
        if not 0 < self.meets < len(self.grades):
            faults.append("at least one grade must meet the standard and at least one fall below it")
        if self.last_year is not None and self.last_year < self.first_year:
            faults.append("its last year is before its first")
        if faults:
            raise Refusal("AUD-002", where=self.id or "a scheme without an id", faults=tuple(faults))

    def read(self, grade_word: str) -> str | Unknown:
        """The grade of this scheme that this word names, in any case, with spaces, hyphens or underscores.

        Unknown: an empty cell, and a word that the scheme does not have.
        """
        plain = _plain_word(grade_word)
        if not plain:
            return Unknown("no grade is given")
        return plain if plain in self.grades else Unknown(f"not a grade of the scheme {self.id}")

    def is_met(self, grade: str) -> bool:
        """Whether this grade of the scheme meets the standard."""
        return self.grades.index(grade) < self.meets

    def side(self, grade: str) -> str:
        """The side of the cut on which this grade stands."""
        return GRADE_CUT[not self.is_met(grade)]

    def was_used_in(self, grading_year: int) -> bool:
        """Whether the scheme was in use in this year."""
        return self.first_year <= grading_year and (self.last_year is None or grading_year <= self.last_year)


@dataclass(frozen=True, slots=True)
class Footing:
    """The common ground on which grades of two schemes are compared.

    Shape:   `grades` are the categories of the comparison, best first, and `meets` how many of them meet the standard;
             `note` is empty where both sides used one scheme.
    """

    grades: tuple[str, ...]
    meets: int
    note: str = ""


def common_footing(first_scheme: Scheme, second_scheme: Scheme) -> Footing:
    """The common ground of two schemes: grade by grade, or only the two-way cut with a note."""
    if first_scheme == second_scheme:
        return Footing(first_scheme.grades, first_scheme.meets)
    apart = [
        f"{scheme.says} had {_listed_grades(lone_grades)}, which the other had not"
        for scheme, lone_grades in (
            (first_scheme, _grades_beyond(first_scheme, second_scheme)),
            (second_scheme, _grades_beyond(second_scheme, first_scheme)),
        )
        if lone_grades
    ]
    footing_note = f"{first_scheme.says} and {second_scheme.says} are compared only on whether the standard was met"
    return Footing(GRADE_CUT, 1, ": ".join([footing_note, "; ".join(apart)]) if apart else footing_note)


def scheme_of_year(grading_year: int) -> Scheme | Unknown:
    """The scheme by which case files were graded in this year.

    Unknown: a year for which none is known.
    """
    schemes_used = [scheme for scheme in grade_schemes().values() if scheme.was_used_in(grading_year)]
    return schemes_used[-1] if schemes_used else Unknown("no scheme of grades is known for that year")


@cache
def grade_schemes() -> Mapping[str, Scheme]:
    """The schemes shipped with Duecare, by id; of those of one year, that of case files last."""
    scheme_file = tomllib.loads((files("duecare.audit.grading") / "schemes.toml").read_text("utf-8"))
    scheme_list = [_read_scheme(scheme_row) for scheme_row in scheme_file["scheme"]]
    return {scheme.id: scheme for scheme in scheme_list}


def _read_scheme(scheme_row: Mapping[str, Any]) -> Scheme:
    return Scheme(
        id=scheme_row["id"],
        says=scheme_row["says"],
        grades=tuple(scheme_row["grades"]),
        meets=scheme_row["meets"],
        first_year=scheme_row["first_year"],
        last_year=scheme_row.get("last_year"),
        source_urls=tuple(scheme_row["source"].split()),
    )


def _plain_word(grade_word: str) -> str:
    return "_".join(grade_word.replace("_", " ").replace("-", " ").casefold().split())


def _grades_beyond(first_scheme: Scheme, second_scheme: Scheme) -> tuple[str, ...]:
    return tuple(grade for grade in first_scheme.grades if grade not in second_scheme.grades)


def _listed_grades(grades: tuple[str, ...]) -> str:
    return " and ".join(f"'{grade.replace('_', ' ')}'" for grade in grades)
