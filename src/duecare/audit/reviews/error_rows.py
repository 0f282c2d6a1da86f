"""The rows of `errors.csv`: errors of reviews of single files, read or set aside with the reason, and written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.grading.csv_rows import TORN, Row, header_faults, lines_of
from duecare.audit.reviews.found_error import KINDS, WRONGED, FoundError
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded, spreadsheet_unguarded
from duecare.vocabulary.moments import iso_text, read_time
from duecare.vocabulary.refusals import Refusal

REQUIRED: Final = ("round", "case_ref", "error")
OPTIONAL: Final = ("case_source", "kind", "wronged", "should", "did", "known_from", "post", "answered")
COLUMNS: Final = (*REQUIRED, *OPTIONAL)
_LONGEST: Final = {"round": 120, "case_ref": 200, "case_source": 80, "error": 200, "post": 120}
_TWICE: Final = ("error", "an earlier row has the same error of the same case, with other values", "Keep one of them")
_HELD_HERE: Final = ("round", "a round of this name is held here", "Record its errors on the page of its review")


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """Which error of which case of which round does a row tell?"""

    round: str
    case_source: str
    case_ref: str
    error: FoundError

    def as_row(self) -> tuple[str, ...]:
        """The row that says this, in the order of COLUMNS; a spreadsheet takes no cell for a formula."""
        one = self.error
        cells = (
            self.round, self.case_ref, one.error, self.case_source, one.kind, one.wronged, one.should, one.did,
            iso_text(one.known_from) if one.known_from else "", one.post, one.answer,
        )  # fmt: skip
        return tuple(spreadsheet_guarded(cell) for cell in cells)


@dataclass(frozen=True, slots=True)
class ReadErrors:
    """Which rows were taken, and which were set aside and why?"""

    accepted: tuple[ErrorRow, ...]
    set_aside: tuple[SetAside, ...]

    def as_json(self) -> dict[str, object]:
        """What an import prints."""
        return {
            "accepted": len(self.accepted),
            "set_aside": len(self.set_aside),
            "reasons": [f"row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in self.set_aside],
        }


def is_errors(header: Sequence[str]) -> bool:
    """Are these meant as the columns of errors of single-file reviews?"""
    return {"case_ref", "error"} <= set(header) or {"wronged", "should", "did"} <= set(header)


def error_rows(held: bytes) -> tuple[Row, ...]:
    """The rows of this CSV file of errors.

    Raises:  AUD-058 if it is no such file; nothing of it is taken.
    """
    header, rows = lines_of(held, "AUD-058")
    faults = header_faults(header, REQUIRED, OPTIONAL, "errors")
    if faults:
        raise Refusal("AUD-058", where="the header", faults=faults)
    return rows


def read_errors(rows: Iterable[Row], file: str, now: datetime, held_here: Collection[str] = ()) -> ReadErrors:
    """Which of these rows can stand, and which are set aside?

    Shape:   numbered as a spreadsheet shows them, the header being row 1. What an audit run elsewhere tells is final, as
             at `now`, with the answer it brings. Rows of a round held here are set aside: its errors are its reviewers'.
    """
    accepted: dict[tuple[str, str, str, str], ErrorRow] = {}
    aside: list[SetAside] = []
    for number, row in enumerate(rows, 2):
        if not row:
            continue
        read = _read(row, now)
        if isinstance(read, ErrorRow):
            key = (read.round, read.case_source, read.case_ref, read.error.error)
            if read.round in held_here:
                read = _HELD_HERE
            elif accepted.setdefault(key, read) == read:
                continue
            else:
                read = _TWICE
        column, reason, remedy = read
        original = tuple((name, text) for name, text in row.items() if name != TORN)
        aside.append(SetAside(file, number, column, reason, f"{remedy}.", original))
    return ReadErrors(tuple(accepted.values()), tuple(aside))


def _read(row: Row, now: datetime) -> ErrorRow | tuple[str, str, str]:
    if row.get(TORN):
        return "row", "it has more or fewer cells than the header", "Quote cells that hold commas"
    said = {name: spreadsheet_unguarded(str(row.get(name) or "").strip()) for name in COLUMNS}
    for name in REQUIRED:
        if not said[name]:
            return name, "it is empty", "Say it"
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            return name, f"it is longer than {most} characters", "Say it shorter"
    kind, wronged = (said[name].casefold().replace(" ", "_").replace("-", "_") for name in ("kind", "wronged"))
    if kind and kind not in KINDS:
        return "kind", "none of " + ", ".join(KINDS), "Use one of these words, or leave it empty"
    if wronged and wronged not in WRONGED:
        return "wronged", "none of " + ", ".join(WRONGED), "Use one of these words, or leave it empty"
    try:
        known_from = read_time(said["known_from"]).when.earliest if said["known_from"] else None
    except ValueError as wrong:
        return "known_from", str(wrong), "Write it as 2016-03-01T09:00, or leave it empty"
    found = FoundError(
        error=said["error"],
        kind=kind,
        wronged=wronged,
        should=said["should"],
        did=said["did"],
        known_from=known_from,
        post=said["post"],
        answer=said["answered"],
        invited_at=now,
        answered_at=now if said["answered"] else None,
        final_at=now,
    )
    return ErrorRow(said["round"], said["case_source"], said["case_ref"], found)
