"""The rows of `errors.csv`: errors of reviews of single files, read or set aside with the reason, and written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.grading.csv_rows import TORN_ROW, CsvRow, header_faults, lines_of
from duecare.audit.reviews.found_error import KINDS, WRONGED, FoundError
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded, spreadsheet_unguarded
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

REQUIRED: Final = ("round", "case_ref", "error")
OPTIONAL: Final = ("case_source", "kind", "wronged", "should", "did", "known_from", "post", "answered")
COLUMNS: Final = (*REQUIRED, *OPTIONAL)
_LONGEST: Final = {"round": 120, "case_ref": 200, "case_source": 80, "error": 200, "post": 120}
_TWICE: Final = ("error", "an earlier row has the same error of the same case, with other values", "Keep one of them")
_HELD_HERE: Final = ("round", "a round of this name is held here", "Record its errors on the page of its review")


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One row: an error of a case of a round."""

    round: str
    case_source: str
    case_ref: str
    error: FoundError

    def as_row(self) -> tuple[str, ...]:
        """The row for this, in the order of COLUMNS; a spreadsheet takes no cell for a formula."""
        found_error = self.error
        cells = (
            self.round,
            self.case_ref,
            found_error.error,
            self.case_source,
            found_error.kind,
            found_error.wronged,
            found_error.should,
            found_error.did,
            iso_text(found_error.known_from) if found_error.known_from else "",
            found_error.post,
            found_error.answer,
        )
        return tuple(spreadsheet_guarded(cell_text) for cell_text in cells)


@dataclass(frozen=True, slots=True)
class ReadErrors:
    """The rows taken, and the rows set aside with reasons."""

    accepted: tuple[ErrorRow, ...]
    set_aside: tuple[SetAside, ...]

    def as_json(self) -> dict[str, object]:
        """What an import prints."""
        return {
            "accepted": len(self.accepted),
            "set_aside": len(self.set_aside),
            "reasons": [
                f"row {set_aside_row.row}, {set_aside_row.column}: {set_aside_row.reason}. {set_aside_row.remedy}"
                for set_aside_row in self.set_aside
            ],
        }


def is_errors(header: Sequence[str]) -> bool:
    """Whether these are meant as the columns of errors of single-file reviews."""
    return {"case_ref", "error"} <= set(header) or {"wronged", "should", "did"} <= set(header)


def error_rows(file_bytes: bytes) -> tuple[CsvRow, ...]:
    """The rows of this CSV file of errors.

    Raises:  AUD-058 if it is no such file; nothing of it is taken.
    """
    header, csv_rows = lines_of(file_bytes, "AUD-058")
    faults = header_faults(header, REQUIRED, OPTIONAL, "errors")
    if faults:
        raise Refusal("AUD-058", where="the header", faults=faults)
    return csv_rows


def read_errors(
    csv_rows: Iterable[CsvRow], file_name: str, current_time: datetime, held_here: Collection[str] = ()
) -> ReadErrors:
    """Read errors of single-file reviews, setting aside rows that cannot stand.

    Shape:   numbered as a spreadsheet shows them, the header being row 1. What an audit run elsewhere tells is final, as
             at `current_time`, with the answer it gives. Rows of a round held here are set aside: its errors are its reviewers'.
    """
    accepted: dict[tuple[str, str, str, str], ErrorRow] = {}
    aside: list[SetAside] = []
    for number, csv_row in enumerate(csv_rows, 2):
        if not csv_row:
            continue
        read_result = _read_error_row(csv_row, current_time)
        if isinstance(read_result, ErrorRow):
            error_key = (read_result.round, read_result.case_source, read_result.case_ref, read_result.error.error)
            if read_result.round in held_here:
                read_result = _HELD_HERE
            elif accepted.setdefault(error_key, read_result) == read_result:
                continue
            else:
                read_result = _TWICE
        column, reason, remedy = read_result
        original = tuple(
            (column_name, cell_text) for column_name, cell_text in csv_row.items() if column_name != TORN_ROW
        )
        aside.append(SetAside(file_name, number, column, reason, f"{remedy}.", original))
    return ReadErrors(tuple(accepted.values()), tuple(aside))


def _read_error_row(csv_row: CsvRow, current_time: datetime) -> ErrorRow | tuple[str, str, str]:
    if csv_row.get(TORN_ROW):
        return "row", "it has more or fewer cells than the header", "Quote cells that hold commas"
    row_values = {
        column_name: spreadsheet_unguarded(str(csv_row.get(column_name) or "").strip()) for column_name in COLUMNS
    }
    for column_name in REQUIRED:
        if not row_values[column_name]:
            return column_name, "it is empty", "Say it"
    for name, most_letters in _LONGEST.items():
        if len(row_values[name]) > most_letters:
            return name, f"it is longer than {most_letters} characters", "Say it shorter"
    error_kind, wronged = (
        row_values[column_name].casefold().replace(" ", "_").replace("-", "_") for column_name in ("kind", "wronged")
    )
    if error_kind and error_kind not in KINDS:
        return "kind", "none of " + ", ".join(KINDS), "Use one of these words, or leave it empty"
    if wronged and wronged not in WRONGED:
        return "wronged", "none of " + ", ".join(WRONGED), "Use one of these words, or leave it empty"
    try:
        known_from = read_time(row_values["known_from"]).when.earliest if row_values["known_from"] else None
    except ValueError as error:
        return "known_from", str(error), "Write it as 2016-03-01T09:00, or leave it empty"
    found_error = FoundError(
        error=row_values["error"],
        kind=error_kind,
        wronged=wronged,
        should=row_values["should"],
        did=row_values["did"],
        known_from=known_from,
        post=row_values["post"],
        answer=row_values["answered"],
        invited_at=current_time,
        answered_at=current_time if row_values["answered"] else None,
        final_at=current_time,
    )
    return ErrorRow(row_values["round"], row_values["case_source"], row_values["case_ref"], found_error)
