"""One row of published totals of an audit run elsewhere: read, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.grading.csv_rows import TORN, Row, header_faults, lines_of
from duecare.audit.grading.grade_scheme import CUT
from duecare.record.version import SetAside
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

GRADES: Final = ("good", "adequate", "requires_improvement", "inadequate")
NUMBERS: Final = ("n", *GRADES, *CUT, "referred_back", "count")
COLUMNS: Final = ("set_id", "force", "round", "grader", "n", *GRADES, *CUT, "referred_back", "status", "source_url")
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
    """What does one published row say of one set of files, and who says so?

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
    row: Row

    @property
    def are_grades_known(self) -> bool:
        """Does the row say how many files met the standard, and how many fell below it?"""
        return isinstance(self.meets, int) and isinstance(self.below, int)

    @property
    def are_grades_partly_known(self) -> bool:
        """Does the row give some grades, or one side of the standard, and not all?"""
        given = (self.meets, self.below, *self.grades.values())
        return not self.are_grades_known and any(isinstance(one, int) for one in given)

    @property
    def known_grades(self) -> tuple[tuple[str, int], ...]:
        """The grades that the row gives, by name."""
        return tuple((name, one) for name, one in self.grades.items() if isinstance(one, int))

    @property
    def side(self) -> str:
        """Who graded: inspectorate, force, or neither that is known?"""
        who = self.grader.strip().casefold()
        return next((side for side in ("inspectorate", "force") if who.startswith(side)), "")

    @property
    def below_percent(self) -> float | Unknown:
        """What share fell below the standard, in per cent to one decimal?"""
        return percent(self.below, self.n)

    @property
    def meets_percent(self) -> float | Unknown:
        """What share met the standard, in per cent to one decimal?"""
        return percent(self.meets, self.n)

    @property
    def referred_back_percent(self) -> float | Unknown:
        """What share was referred back to the force, in per cent to one decimal?"""
        return percent(self.referred_back, self.n)

    @property
    def count_percent(self) -> float | Unknown:
        """What share has what `measure` names, in per cent to one decimal?"""
        return percent(self.count, self.n)

    @property
    def meets_basis(self) -> str:
        """On what basis does the number that met the standard stand: stated, derived, a reading, or not known?"""
        return self._basis(CUT[0])

    @property
    def below_basis(self) -> str:
        """On what basis does the number below the standard stand?"""
        return self._basis(CUT[1])

    @property
    def readings(self) -> tuple[int, ...]:
        """Which numbers may have met the standard, where the source's words allow several? The row's own first."""
        if not isinstance(self.meets, int) or not isinstance(self.n, int):
            return ()
        words = self.status.casefold()
        found: set[int] = set()
        if "around" in words:
            exact, share = _ALTERNATIVES.search(words), _PERCENT.search(words)
            if exact:
                found = {int(one) for one in exact.groups()}
            elif share:
                found = {one for one in range(self.n + 1) if _nearest(100 * one, self.n) == int(share[1])}
        return (self.meets, *sorted(one for one in found if one <= self.n and one != self.meets))

    def _basis(self, column: str) -> str:
        if not isinstance(self.meets if column == CUT[0] else self.below, int):
            return NOT_KNOWN
        if not self.row.get(column, "").strip():
            return DERIVED
        words = self.status.casefold()
        if "around" in words:
            share = _PERCENT.search(words)
            return f'a reading of "around {share[1]} %"' if share else "a reading"
        if words.startswith("meets derived"):
            return DERIVED if column == CUT[0] else STATED
        if DERIVED in words:
            return DERIVED
        return STATED if STATED in words else NOT_STATED


@dataclass(frozen=True, slots=True)
class Read:
    """Which rows were taken, which were set aside and why, and how many only said again what an earlier one had?"""

    accepted: tuple[Total, ...]
    set_aside: tuple[SetAside, ...]
    repeated: int = 0

    def as_json(self) -> dict[str, object]:
        """What an import prints."""
        return {
            "accepted": len(self.accepted),
            "set_aside": len(self.set_aside),
            "repeated": self.repeated,
            "reasons": [f"row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in self.set_aside],
        }


def percent(part: Count, whole: Count) -> float | Unknown:
    """What per cent is the part, to one decimal, halves up?

    Unknown: where either is, and of nothing.
    """
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return Unknown("not given")
    return _nearest(1000 * part, whole) / 10


def rows_of(held: bytes) -> tuple[Row, ...]:
    """The rows of this CSV file of published totals.

    Shape:   UTF-8, with or without a mark at its beginning; the columns of COLUMNS, in any order, and no others but
             those of OPTIONAL. Blank lines come as empty rows, so that rows keep their numbers.
    Raises:  AUD-001 if it is no such file; nothing of it is taken.
    """
    header, rows = lines_of(held, "AUD-001")
    faults = _header_faults(header)
    if faults:
        raise Refusal("AUD-001", where="the header", faults=faults)
    return rows


def is_published_totals(header: Sequence[str]) -> bool:
    """Are these the columns of published totals, and not of grades by case?"""
    return not _header_faults([name.strip() for name in header])


def read_totals(rows: Iterable[Row], file: str = "") -> Read:
    """Which of these rows can stand, and which are set aside?

    Shape:   rows as `rows_of` gives them; numbered as a spreadsheet shows them, the header being row 1.
    Unknown: a row without grades is taken, its grades not known; one with some of its grades is taken, the others not
             known. It is set aside only where the given grades contradict n (more than n, or all given and not n), where
             n is not given, or where it cannot be read at all.
    """
    accepted: dict[tuple[str, str], Total] = {}
    aside: list[SetAside] = []
    repeated = 0
    for number, row in enumerate(rows, 2):
        if not row:
            continue
        read = _read(row)
        if isinstance(read, Total):
            before = accepted.setdefault((read.set_id, read.measure), read)
            if before.row == read.row:
                repeated += before is not read
                continue
            read = ("set_id", "the same set stands in an earlier row, with other values", "Keep one of them")
        column, reason, remedy = read
        original = tuple((name, text) for name, text in row.items() if name != TORN)
        aside.append(SetAside(file, number, column, reason, f"{remedy}.", original))
    return Read(tuple(accepted.values()), tuple(aside), repeated)


_Fault = tuple[str, str, str]


def _read(row: Row) -> Total | _Fault:
    if row.get(TORN):
        return "row", "it has more or fewer cells than the header", "Quote cells that hold commas"
    texts = {name: str(row.get(name) or "").strip() for name in (*COLUMNS, *OPTIONAL)}
    if not texts["set_id"]:
        return "set_id", "it is empty", "Give the set a name of its own"
    numbers: dict[str, Count] = {}
    for name in NUMBERS:
        if texts[name] and not _WHOLE.fullmatch(texts[name]):
            return name, "not a whole number", "Write it in digits, without signs or separators"
        numbers[name] = int(texts[name]) if texts[name] else _NOT_GIVEN
    fault = _sums(numbers) or _parts(numbers)
    if fault:
        return fault
    meets, below = (numbers[name] for name in CUT)
    good, fair, poor, bad = (numbers[name] for name in GRADES)
    notes: list[str] = []
    if any(isinstance(numbers[name], int) for name in GRADES):
        # A blank among given grades that add up is a word the scheme of that year did not have.
        met, fell = _given(good) + _given(fair), _given(poor) + _given(bad)
        is_whole = met + fell == numbers["n"]
        if isinstance(meets, int) and (meets != met if is_whole else meets < met):
            few = "" if is_whole else "at least "
            notes.append(f"the grades say that {few}{met} met the standard, the row says {meets}")
        if not isinstance(meets, int) and (is_whole or _are_given(good, fair)):
            meets = met
        if not isinstance(below, int) and (is_whole or _are_given(poor, bad)):
            below = fell
    return Total(
        set_id=texts["set_id"],
        force=texts["force"],
        round=texts["round"],
        grader=texts["grader"],
        n=numbers["n"],
        grades={name: numbers[name] for name in GRADES},
        meets=meets,
        below=below,
        referred_back=numbers["referred_back"],
        measure=texts["measure"],
        count=numbers["count"],
        status=texts["status"],
        source_urls=tuple(one for one in texts["source_url"].split() if one.startswith(("https://", "http://"))),
        notes=tuple(notes),
        row=texts,
    )


def _sums(numbers: Mapping[str, Count]) -> _Fault | None:
    n = numbers["n"]
    for names in (GRADES, CUT):
        given = [one for one in (numbers[name] for name in names) if isinstance(one, int)]
        is_partly_known = isinstance(n, int) and len(given) < len(names) and sum(given) <= n
        if given and sum(given) != n and not is_partly_known:
            whole = n if isinstance(n, int) else "given"
            reason = f"the given grades add up to {sum(given)}, and n is {'not ' if whole == 'given' else ''}{whole}"
            return names[0], reason, "Give every grade, derived where need be, and say so in status"
    return None


def _parts(numbers: Mapping[str, Count]) -> _Fault | None:
    n = numbers["n"]
    for name in ("referred_back", "count"):
        part = numbers[name]
        if isinstance(part, int) and isinstance(n, int) and part > n:
            return name, f"{part} is more than n, which is {n}", "Look again at the source"
    return None


def _are_given(*numbers: Count) -> bool:
    return all(isinstance(number, int) for number in numbers)


def _given(number: Count) -> int:
    return number if isinstance(number, int) else 0


def _nearest(part: int, whole: int) -> int:
    """The whole number nearest to part / whole, halves up, without floating point."""
    return (2 * part + whole) // (2 * whole)


def _header_faults(header: Sequence[str]) -> tuple[str, ...]:
    return header_faults(header, COLUMNS, OPTIONAL, "published totals")
