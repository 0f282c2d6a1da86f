"""One row of grades by case of an audit run elsewhere: read, or set aside with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.grading.csv_rows import TORN_ROW, CsvRow, header_faults, lines_of
from duecare.audit.grading.grade_scheme import Scheme, grade_schemes
from duecare.audit.rounds.sample_sets import GRADED_BY, SIDES
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded, spreadsheet_unguarded
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

REQUIRED: Final = ("round", "case_ref", "set", "grader_side", "grade")
OPTIONAL: Final = ("case_source", "grader", "case_kind", "area", "referred_back", "graded_at")
COLUMNS: Final = (
    "round", "case_ref", "case_source", "set", "grader_side", "grader", "case_kind", "area", "grade", "referred_back",
    "graded_at",
)  # fmt: skip
LONGEST: Final[Mapping[str, int]] = {
    "round": 120, "case_ref": 200, "case_source": 80, "grader": 150, "case_kind": 80, "area": 120, "graded_at": 40,
}  # fmt: skip
_YES_NO: Final[Mapping[str, bool | None]] = {
    "": None, "true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False,
}  # fmt: skip

GradeKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class CaseGrade:
    """The grade that one grader gave one file of a round run elsewhere.

    Shape:   `side` is force or inspectorate; `set` says which sides graded the file; `grade` is the scheme's word, in
             lower case with underscores; `row` is the row as typed.
    Unknown: `referred_back` and `graded_at` are None where the row does not say.
    """

    round: str
    case_source: str
    case_ref: str
    set: str
    side: str
    grader: str
    case_kind: str
    area: str
    grade: str
    referred_back: bool | None
    graded_at: datetime | None
    row: CsvRow

    @property
    def key(self) -> GradeKey:
        """What this row is about: a later file's row with the same key replaces it."""
        return self.round, self.case_source, self.case_ref, self.side, self.grader

    def as_row(self) -> tuple[str, ...]:
        """The row of `grades.csv` for this, in the order of COLUMNS; a spreadsheet takes no cell for a formula."""
        referred_back_text = "" if self.referred_back is None else str(self.referred_back).lower()
        graded_at = iso_text(self.graded_at) if self.graded_at else ""
        cells = (
            self.round, self.case_ref, self.case_source, self.set, self.side, self.grader, self.case_kind, self.area,
            self.grade, referred_back_text, graded_at,
        )  # fmt: skip
        return tuple(spreadsheet_guarded(cell_text) for cell_text in cells)


@dataclass(frozen=True, slots=True)
class ReadGrades:
    """The rows taken, the rows set aside with reasons, and the number that repeated an earlier one."""

    accepted: tuple[CaseGrade, ...]
    set_aside: tuple[SetAside, ...]
    repeated: int = 0

    def as_json(self) -> dict[str, object]:
        """What an import prints."""
        return {
            "accepted": len(self.accepted),
            "set_aside": len(self.set_aside),
            "repeated": self.repeated,
            "reasons": [
                f"row {set_aside_row.row}, {set_aside_row.column}: {set_aside_row.reason}. {set_aside_row.remedy}"
                for set_aside_row in self.set_aside
            ],
        }


def is_case_grades(header: Sequence[str]) -> bool:
    """Whether these are meant as the columns of grades by case, so that faults are reported as of such a file."""
    return {"case_ref", "grade"} <= set(header) or {"case_ref", "grader_side"} <= set(header)


def rows_by_case(file_bytes: bytes) -> tuple[CsvRow, ...]:
    """The rows of this CSV file of grades by case.

    Shape:   the columns of REQUIRED, any of OPTIONAL, in any order, and no others.
    Raises:  AUD-040 if it is no such file; nothing of it is taken.
    """
    header, csv_rows = lines_of(file_bytes, "AUD-040")
    faults = header_faults(header, REQUIRED, OPTIONAL, "grades by case")
    if faults:
        raise Refusal("AUD-040", where="the header", faults=faults)
    return csv_rows


def read_case_grades(csv_rows: Iterable[CsvRow], file_name: str = "", drawn_here: Collection[str] = ()) -> ReadGrades:
    """Read grades by case, setting aside rows that cannot stand.

    Shape:   rows as `rows_by_case` gives them; numbered as a spreadsheet shows them, the header being row 1. Rows of a
             round that was drawn here are set aside: its grades come by opening them, and never past their seal.
    """
    accepted: dict[GradeKey, CaseGrade] = {}
    sets_by_case: dict[tuple[str, str, str], str] = {}
    aside: list[SetAside] = []
    repeated = 0
    for number, csv_row in enumerate(csv_rows, 2):
        if not csv_row:
            continue
        read_result = _read_grade_row(csv_row)
        if isinstance(read_result, CaseGrade):
            before, stands_in = (
                accepted.get(read_result.key),
                sets_by_case.setdefault(read_result.key[:3], read_result.set),
            )
            if before is not None and before.as_row() == read_result.as_row():
                repeated += 1
                continue
            if before is None and stands_in == read_result.set and read_result.round not in drawn_here:
                accepted[read_result.key] = read_result
                continue
            read_result = (
                _DRAWN_HERE if read_result.round in drawn_here else _TWICE if before is not None else _TWO_SETS
            )
        column, reason, remedy = read_result
        original = tuple(
            (column_name, cell_text) for column_name, cell_text in csv_row.items() if column_name != TORN_ROW
        )
        aside.append(SetAside(file_name, number, column, reason, f"{remedy}.", original))
    return ReadGrades(tuple(accepted.values()), tuple(aside), repeated)


_Fault = tuple[str, str, str]
_TWICE: Final[_Fault] = (
    "case_ref",
    "the same grader's grade of the same file stands in an earlier row, with other values",
    "Keep one of them",
)
_DRAWN_HERE: Final[_Fault] = (
    "round",
    "it was drawn here, and each side opens its own grades of it",
    "Give a round run elsewhere a name of its own",
)
_TWO_SETS: Final[_Fault] = ("set", "the same file stands in an earlier row in another set", "Give a file one set")


def _read_grade_row(csv_row: CsvRow) -> CaseGrade | _Fault:
    if csv_row.get(TORN_ROW):
        return "row", "it has more or fewer cells than the header", "Quote cells that hold commas"
    texts = {column_name: _plain_text(str(csv_row.get(column_name) or "")) for column_name in COLUMNS}
    fault = _fault_of_texts(texts)
    if fault:
        return fault
    chosen = _one_of(texts["set"], GRADED_BY)
    grader_side = _one_of(texts["grader_side"], SIDES)
    grade = known_grade(texts["grade"])
    if not chosen:
        return "set", "not paired, inspector_only or force_only", "Say which sides graded the file"
    if not grader_side:
        return "grader_side", "neither force nor inspectorate", "Say for which side it was graded"
    if grader_side not in GRADED_BY[chosen]:
        return "grader_side", "a file of this set is graded by the other side alone", "Put the file in the paired set"
    if isinstance(grade, Unknown):
        return "grade", grade.reason, "Use the scheme's own words, in any case, with spaces or underscores"
    referred_back_text = texts["referred_back"].casefold()
    if referred_back_text not in _YES_NO:
        return "referred_back", "neither yes nor no", "Write true, false, or leave it empty"
    try:
        graded_at = read_time(texts["graded_at"]).when.earliest if texts["graded_at"] else None
    except ValueError as error:
        return "graded_at", str(error), "Write it as 2016-03-01T09:00, or leave it empty"
    return CaseGrade(
        round=texts["round"],
        case_source=texts["case_source"],
        case_ref=texts["case_ref"],
        set=chosen,
        side=grader_side,
        grader=texts["grader"],
        case_kind=texts["case_kind"],
        area=texts["area"],
        grade=grade,
        referred_back=_YES_NO[referred_back_text],
        graded_at=graded_at,
        row=texts,
    )


def known_grade(grade_word: str) -> str | Unknown:
    """The grade this word names, of any scheme there is.

    Unknown: an empty cell, and a word of no scheme.
    """
    grades_read = [scheme.read(grade_word) for scheme in grade_schemes().values()]
    if not grade_word.strip():
        return Unknown("no grade is given")
    return next(
        (grade_result for grade_result in grades_read if isinstance(grade_result, str)),
        Unknown("not a grade of any scheme that is known"),
    )


def scheme_for(words: Iterable[str], round_name: str, graded: Iterable[datetime | None] = ()) -> tuple[Scheme, str]:
    """The scheme by which this round was graded, and how that is known.

    Shape:   that of the year in the round's name, else of the one year in which all was graded, if it has all the words
             used; else the scheme of fewest grades that has them all. `words` are grades that some scheme has.
    """
    used_words = set(words)
    named_years = {int(named_year) for named_year in _YEAR_PATTERN.findall(round_name)}
    dated = {graded_at.year for graded_at in graded if graded_at is not None}
    for years, basis_words in ((named_years, "the year in the round's name"), (dated, "the year of grading")):
        if len(years) == 1:
            (grading_year,) = years
            of_year = [scheme for scheme in grade_schemes().values() if scheme.was_used_in(grading_year)]
            fitting = next((scheme for scheme in reversed(of_year) if used_words <= set(scheme.grades)), None)
            if fitting is not None:
                return fitting, f"{fitting.says}, by {basis_words}"
    holding = [scheme for scheme in grade_schemes().values() if used_words <= set(scheme.grades)]
    chosen_scheme = min(holding, key=lambda scheme: len(scheme.grades))
    return chosen_scheme, f"{chosen_scheme.says}, the fewest grades that hold every word used"


_YEAR_PATTERN: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def _fault_of_texts(texts: Mapping[str, str]) -> _Fault | None:
    for column_name in ("round", "case_ref"):
        if not texts[column_name]:
            return column_name, "it is empty", "Every grade names its round and its case"
    for column_name, cell_text in texts.items():
        if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in cell_text):
            return column_name, "it holds a control character", "Take it out"
        if len(cell_text) > LONGEST.get(column_name, 200):
            return column_name, f"it is longer than {LONGEST.get(column_name, 200)} characters", "Shorten it"
    return None


def _one_of(cell_text: str, allowed: Iterable[str]) -> str:
    plain = "_".join(cell_text.replace("_", " ").replace("-", " ").casefold().split())
    return plain if plain in allowed else ""


def _plain_text(cell_text: str) -> str:
    return spreadsheet_unguarded(cell_text.strip())
