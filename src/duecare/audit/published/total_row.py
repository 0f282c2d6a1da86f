"""One row of published totals of an audit run elsewhere: read, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.grading.csv_rows import TORN_ROW, CsvRow, header_faults, lines_of
from duecare.audit.grading.grade_scheme import GRADE_CUT
from duecare.record.version import SetAside
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

GRADES: Final = ("good", "adequate", "requires_improvement", "inadequate")
NUMBERS: Final = ("n", *GRADES, *GRADE_CUT, "referred_back", "count")
COLUMNS: Final = (
    "set_id",
    "force",
    "round",
    "grader",
    "n",
    *GRADES,
    *GRADE_CUT,
    "referred_back",
    "status",
    "source_url",
)
OPTIONAL: Final = ("measure", "count")

STATED: Final = "stated"
DERIVED: Final = "derived"
NOT_STATED: Final = "not stated"
NOT_KNOWN: Final = "not known"

Count = int | Unknown

_NOT_GIVEN: Final = Unknown("not given")
_WHOLE = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"([0-9]{1,3})\s*(?:%|per cent)")
_ALTERNATIVES = re.compile(r"\b([0-9]{1,9}) or ([0-9]{1,9})\b")


@dataclass(frozen=True, slots=True)
class Total:
    """One published row about one set of files, with its source.

    Shape:   `grades` by the scheme's four words; a scheme that lacks a word, like a source that does not say, leaves it
             Unknown. `meets` and `below` are the two sides of the one cut that all schemes share.
    Source:  `source_urls`, as typed in the row.
    """

    set_id: str
    force: str
    round: str
    grader: str
    n: Count
    grades: Mapping[str, Count]
    meets: Count
    below: Count
    referred_back: Count
    measure: str
    count: Count
    status: str
    source_urls: tuple[str, ...]
    notes: tuple[str, ...]
    row: CsvRow

    @property
    def are_grades_known(self) -> bool:
        """Whether the row gives how many files met the standard, and how many fell below it."""
        return isinstance(self.meets, int) and isinstance(self.below, int)

    @property
    def are_grades_partly_known(self) -> bool:
        """Whether the row gives some grades, or one side of the standard, and not all."""
        given_counts = (self.meets, self.below, *self.grades.values())
        return not self.are_grades_known and any(isinstance(count, int) for count in given_counts)

    @property
    def known_grades(self) -> tuple[tuple[str, int], ...]:
        """The grades that the row gives, by name."""
        return tuple((grade_name, count) for grade_name, count in self.grades.items() if isinstance(count, int))

    @property
    def side(self) -> str:
        """Who graded: inspectorate, force, or neither that is known."""
        grader_text = self.grader.strip().casefold()
        return next((side_name for side_name in ("inspectorate", "force") if grader_text.startswith(side_name)), "")

    @property
    def below_percent(self) -> float | Unknown:
        """The share below the standard, in per cent to one decimal."""
        return percent_of(self.below, self.n)

    @property
    def meets_percent(self) -> float | Unknown:
        """The share that met the standard, in per cent to one decimal."""
        return percent_of(self.meets, self.n)

    @property
    def referred_back_percent(self) -> float | Unknown:
        """The share referred back to the force, in per cent to one decimal."""
        return percent_of(self.referred_back, self.n)

    @property
    def count_percent(self) -> float | Unknown:
        """The share that has what `measure` names, in per cent to one decimal."""
        return percent_of(self.count, self.n)

    @property
    def meets_basis(self) -> str:
        """The basis of the number that met the standard: stated, derived, a reading, or not known."""
        return self._basis(GRADE_CUT[0])

    @property
    def below_basis(self) -> str:
        """The basis of the number below the standard."""
        return self._basis(GRADE_CUT[1])

    @property
    def readings(self) -> tuple[int, ...]:
        """The numbers that may have met the standard, where the source's words allow several; the row's own first."""
        if not isinstance(self.meets, int) or not isinstance(self.n, int):
            return ()
        words = self.status.casefold()
        possible_counts: set[int] = set()
        if "around" in words:
            exact, share = _ALTERNATIVES.search(words), _PERCENT.search(words)
            if exact:
                possible_counts = {int(possible_count) for possible_count in exact.groups()}
            elif share:
                possible_counts = {
                    possible_count
                    for possible_count in range(self.n + 1)
                    if _nearest_percent(100 * possible_count, self.n) == int(share[1])
                }
        return (
            self.meets,
            *sorted(
                possible_count
                for possible_count in possible_counts
                if possible_count <= self.n and possible_count != self.meets
            ),
        )

    def _basis(self, column: str) -> str:
        if not isinstance(self.meets if column == GRADE_CUT[0] else self.below, int):
            return NOT_KNOWN
        if not self.row.get(column, "").strip():
            return DERIVED
        words = self.status.casefold()
        if "around" in words:
            share = _PERCENT.search(words)
            return f'a reading of "around {share[1]} %"' if share else "a reading"
        if words.startswith("meets derived"):
            return DERIVED if column == GRADE_CUT[0] else STATED
        if DERIVED in words:
            return DERIVED
        return STATED if STATED in words else NOT_STATED


@dataclass(frozen=True, slots=True)
class Read:
    """The rows taken, the rows set aside with reasons, and the number that repeated an earlier one."""

    accepted: tuple[Total, ...]
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


def percent_of(part_count: Count, whole: Count) -> float | Unknown:
    """The part in per cent of the whole, to one decimal, halves up.

    Unknown: where either is, and of nothing.
    """
    if not isinstance(part_count, int) or not isinstance(whole, int) or not whole:
        return Unknown("not given")
    return _nearest_percent(1000 * part_count, whole) / 10


def rows_of(file_bytes: bytes) -> tuple[CsvRow, ...]:
    """The rows of this CSV file of published totals.

    Shape:   UTF-8, with or without a mark at its beginning; the columns of COLUMNS, in any order, and no others but
             those of OPTIONAL. Blank lines come as empty rows, so that rows keep their numbers.
    Raises:  AUD-001 if it is no such file; nothing of it is taken.
    """
    header, csv_rows = lines_of(file_bytes, "AUD-001")
    faults = _header_faults(header)
    if faults:
        raise Refusal("AUD-001", where="the header", faults=faults)
    return csv_rows


def is_published_totals(header: Sequence[str]) -> bool:
    """Whether these are the columns of published totals, and not of grades by case."""
    return not _header_faults([column_name.strip() for column_name in header])


def read_totals(csv_rows: Iterable[CsvRow], file_name: str = "") -> Read:
    """Read published totals, setting aside rows that cannot stand.

    Shape:   rows as `rows_of` gives them; numbered as a spreadsheet shows them, the header being row 1.
    Unknown: a row without grades is taken, its grades not known; one with some of its grades is taken, the others not
             known. It is set aside only where the given grades contradict n (more than n, or all given and not n), where
             n is not given, or where it cannot be read at all.
    """
    accepted: dict[tuple[str, str], Total] = {}
    aside: list[SetAside] = []
    repeated = 0
    for number, csv_row in enumerate(csv_rows, 2):
        if not csv_row:
            continue
        read_result = _read_total_row(csv_row)
        if isinstance(read_result, Total):
            before = accepted.setdefault((read_result.set_id, read_result.measure), read_result)
            if before.row == read_result.row:
                repeated += before is not read_result
                continue
            read_result = ("set_id", "the same set stands in an earlier row, with other values", "Keep one of them")
        column, reason, remedy = read_result
        original = tuple(
            (column_name, cell_text) for column_name, cell_text in csv_row.items() if column_name != TORN_ROW
        )
        aside.append(SetAside(file_name, number, column, reason, f"{remedy}.", original))
    return Read(tuple(accepted.values()), tuple(aside), repeated)


_Fault = tuple[str, str, str]


def _read_total_row(csv_row: CsvRow) -> Total | _Fault:
    if csv_row.get(TORN_ROW):
        return "row", "it has more or fewer cells than the header", "Quote cells that hold commas"
    texts = {column_name: str(csv_row.get(column_name) or "").strip() for column_name in (*COLUMNS, *OPTIONAL)}
    if not texts["set_id"]:
        return "set_id", "it is empty", "Give the set a name of its own"
    numbers: dict[str, Count] = {}
    for column_name in NUMBERS:
        if texts[column_name] and not _WHOLE.fullmatch(texts[column_name]):
            return column_name, "not a whole number", "Write it in digits, without signs or separators"
        numbers[column_name] = int(texts[column_name]) if texts[column_name] else _NOT_GIVEN
    fault = _sum_fault(numbers) or _part_fault(numbers)
    if fault:
        return fault
    meets, below = (numbers[cut_name] for cut_name in GRADE_CUT)
    good_count, fair_count, poor_count, bad_count = (numbers[grade_name] for grade_name in GRADES)
    notes: list[str] = []
    if any(isinstance(numbers[grade_name], int) for grade_name in GRADES):
        # A blank among given grades that add up is a word the scheme of that year did not have.
        met_count, failed_count = (
            _count_or_zero(good_count) + _count_or_zero(fair_count),
            _count_or_zero(poor_count) + _count_or_zero(bad_count),
        )
        is_whole = met_count + failed_count == numbers["n"]
        if isinstance(meets, int) and (meets != met_count if is_whole else meets < met_count):
            few_words = "" if is_whole else "at least "
            notes.append(f"the grades say that {few_words}{met_count} met the standard, the row says {meets}")
        if not isinstance(meets, int) and (is_whole or _are_given(good_count, fair_count)):
            meets = met_count
        if not isinstance(below, int) and (is_whole or _are_given(poor_count, bad_count)):
            below = failed_count
    return Total(
        set_id=texts["set_id"],
        force=texts["force"],
        round=texts["round"],
        grader=texts["grader"],
        n=numbers["n"],
        grades={grade_name: numbers[grade_name] for grade_name in GRADES},
        meets=meets,
        below=below,
        referred_back=numbers["referred_back"],
        measure=texts["measure"],
        count=numbers["count"],
        status=texts["status"],
        source_urls=tuple(
            source_url for source_url in texts["source_url"].split() if source_url.startswith(("https://", "http://"))
        ),
        notes=tuple(notes),
        row=texts,
    )


def _sum_fault(numbers: Mapping[str, Count]) -> _Fault | None:
    file_count = numbers["n"]
    for names in (GRADES, GRADE_CUT):
        given_numbers = [
            number_value
            for number_value in (numbers[column_name] for column_name in names)
            if isinstance(number_value, int)
        ]
        is_partly_known = (
            isinstance(file_count, int) and len(given_numbers) < len(names) and sum(given_numbers) <= file_count
        )
        if given_numbers and sum(given_numbers) != file_count and not is_partly_known:
            whole = file_count if isinstance(file_count, int) else "given"
            reason = (
                f"the given grades add up to {sum(given_numbers)}, and n is {'not ' if whole == 'given' else ''}{whole}"
            )
            return names[0], reason, "Give every grade, derived where need be, and say so in status"
    return None


def _part_fault(numbers: Mapping[str, Count]) -> _Fault | None:
    file_count = numbers["n"]
    for column_name in ("referred_back", "count"):
        part_count = numbers[column_name]
        if isinstance(part_count, int) and isinstance(file_count, int) and part_count > file_count:
            return column_name, f"{part_count} is more than n, which is {file_count}", "Look again at the source"
    return None


def _are_given(*numbers: Count) -> bool:
    return all(isinstance(number, int) for number in numbers)


def _count_or_zero(number: Count) -> int:
    return number if isinstance(number, int) else 0


def _nearest_percent(part_count: int, whole: int) -> int:
    """The whole number nearest to part / whole, halves up, without floating point."""
    return (2 * part_count + whole) // (2 * whole)


def _header_faults(header: Sequence[str]) -> tuple[str, ...]:
    return header_faults(header, COLUMNS, OPTIONAL, "published totals")
