"""Reading one delivered row by the column contract: into a body that can be stored, or a fault with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import orjson

from duecare.record.contract import Reads, Sheet
from duecare.record.fast_time_text import read_clock
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.event_details import UNKNOWN_FIELD, has_unknown_field
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS, ROLES, SEXES
from duecare.vocabulary.partial_date import read_partial_date

KEY_LENGTH: Final = 200
TEXT_LENGTH: Final = 100_000

NO_VERSION: Final = ("written_at", "no written_at and no time of extract; versioned by the moment of receipt")
AFTER_WRITING: Final = "happened after it was written or received"

# What a person's row may get wrong without being set aside: the value is unknown, for the reason noted.
_MAY_BE_UNKNOWN: Final = frozenset({"date_of_birth", "due_on", "address_from", "sex"})

_YES_WORDS: Final = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


class Fault(NamedTuple):
    """A column for which a row cannot be taken, why, and how it is corrected; never the value itself."""

    column: str
    reason: str
    remedy: str


class RowRead(NamedTuple):
    """The content of one row.

    Shape:   `version` is UTC ISO text, or None: by the moment of receipt. `body` is empty where the row withdraws; its
             `unknown` and `as_written` hold, by column, why a value could not be read and what it was.
    """

    key: str
    version: str | None
    withdrawn: bool
    body: dict[str, object]
    notes: tuple[tuple[str, str], ...]


RowValues = Sequence[str]
Notes = list[tuple[str, str]]
RowReader = Callable[[RowValues], "RowRead | Fault"]
TakeValue = Callable[[str], object]


class Unreadable(ValueError):
    """Text that cannot be read, and what should stand there; contains no part of the text."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def row_reader(sheet: Sheet, columns: Sequence[str], *, extracted_at: str | None, received_at: str) -> RowReader:
    """Make the function that reads a row with these columns by this sheet's contract.

    Shape:   a function of one row (texts in the order of `columns`) to RowRead or Fault; columns that the sheet does
             not know are passed over, so refuse them before.
    """
    return _Reader(sheet, columns, extracted_at, received_at).read


class _Reader:
    """The contract of one sheet, made ready for rows of these columns."""

    def __init__(self, sheet: Sheet, columns: Sequence[str], extracted_at: str | None, received_at: str) -> None:
        place_of = {column_name: column_place for column_place, column_name in enumerate(columns)}
        self.sheet = sheet
        self.extracted_at = extracted_at
        self.received_at = received_at
        self.plan = [
            (place_of[column.name], column.name, column.reads, _TAKES.get(column.reads), column.required)
            for column in sheet.columns
            if column.name in place_of and column.name not in _OWN_COLUMNS
        ]
        self.absent = next(
            (column.name for column in sheet.columns if column.required and column.name not in place_of), None
        )
        self.keys = [
            (place_of.get(column.name), column)
            for key_name in sheet.key
            for column in sheet.columns
            if column.name == key_name
        ]
        self.any_case = sheet.name in {"officers", "posts"}
        self.lenient = _MAY_BE_UNKNOWN if sheet.name == "persons" else frozenset[str]()
        self.written, self.deleted = place_of.get("written_at"), place_of.get("deleted")
        self.happens = sheet.name == "events"
        self.column = ""

    def read(self, row_values: RowValues) -> RowRead | Fault:
        """Read this row, or give the fault for which it cannot be taken."""
        notes: Notes = []
        try:
            row_key = self.key(row_values)
            version = self.version(row_values, notes)
            if self.deleted is not None and (deleted_text := row_values[self.deleted]):
                self.column = "deleted"
                if read_yes(deleted_text):
                    return RowRead(row_key, version, True, {}, tuple(notes))
            row_body = self.body(row_values, notes)
        except Unreadable as error:
            return Fault(self.column, error.reason, error.remedy)
        except (ValueError, OverflowError) as error:
            return Fault(self.column, str(error), self.remedy())
        if self.happens:
            if "detail" in row_body and has_unknown_field(str(row_body["kind"]), row_body["detail"]):
                notes.append(("detail", UNKNOWN_FIELD))
            _note_future(str(row_body["happened_at"]), version or self.received_at, self.received_at, notes)
        return RowRead(row_key, version, False, row_body, tuple(notes))

    def key(self, row_values: RowValues) -> str:
        """The row's key; its parts joined."""
        if self.absent is not None:
            self.column = self.absent
            raise Unreadable("is required and is not there", "give this column")
        parts = []
        for key_place, column in self.keys:
            self.column = column.name
            key_text = row_values[key_place].strip() if key_place is not None else ""
            if not key_text:
                if column.required:
                    raise Unreadable("is required and is empty", "fill it in")
            elif column.reads is Reads.TIME:
                key_text = read_clock(key_text).text
            elif len(key_text) > KEY_LENGTH:
                raise Unreadable(f"is longer than {KEY_LENGTH} characters", "give a shorter reference")
            elif not key_text.isprintable():
                raise Unreadable("holds a character that cannot be printed", "remove control and invisible characters")
            elif self.any_case:
                key_text = key_text.upper()
            parts.append(key_text)
        return parts[0] if len(parts) == 1 else KEY_SEPARATOR.join(parts)

    def version(self, row_values: RowValues, notes: Notes) -> str | None:
        """When the row was written, as UTC text; None where neither it nor the delivery gives a time."""
        if self.written is not None and (version_text := row_values[self.written].strip()):
            self.column = "written_at"
            time_read = read_clock(version_text)
            if time_read.assumed:
                notes.append(("written_at", time_read.assumed))
            return time_read.earliest
        if self.extracted_at is None:
            notes.append(NO_VERSION)
        return self.extracted_at

    def body(self, row_values: RowValues, notes: Notes) -> dict[str, object]:
        """The content of the row, column by column, blanks left out."""
        row_body: dict[str, object] = {}
        for column_place, column, reads, take_value, required in self.plan:
            cell_text = row_values[column_place]
            if not cell_text or not (cell_text := cell_text.strip()):
                if required:
                    self.column = column
                    raise Unreadable("is required and is empty", "fill it in")
            elif take_value is not None:
                self.column = column
                try:
                    value = take_value(cell_text)
                except ValueError as error:
                    if column not in self.lenient:
                        raise
                    _note_unknown(row_body, notes, column, cell_text, str(error))
                else:
                    if value:
                        row_body[column] = value
            elif reads is Reads.TIME:
                self.column = column
                time_read = read_clock(cell_text)
                if time_read.assumed:
                    notes.append((column, time_read.assumed))
                row_body[column] = time_read.text
            else:
                if len(cell_text) > TEXT_LENGTH:
                    self.column = column
                    raise _too_long()
                row_body[column] = cell_text
        return row_body

    def remedy(self) -> str:
        """How the column that could not be read is corrected."""
        reads = next((column.reads for column in self.sheet.columns if column.name == self.column), Reads.TEXT)
        return _REMEDY.get(reads, "correct it")


def write_body(row_body: dict[str, object]) -> bytes | None:
    """The canonical bytes of a body made by `row_reader`; None when it contains what cannot be stored.

    Shape:   blanks are already left out; NUL characters and half surrogate pairs cannot be kept.
    """
    try:
        body_bytes = orjson.dumps(row_body, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # orjson's own error is a TypeError: half a surrogate pair, or nested too deep
        return None
    return None if b"\\u0000" in body_bytes else body_bytes


def spoilt_fault(columns: Sequence[str], row_values: RowValues) -> Fault | None:
    """The column with characters that cannot be stored, for a row with a body that could not be written."""
    for column, cell_text in zip(columns, row_values, strict=False):
        if "\x00" in cell_text or "\\u0000" in cell_text:
            return Fault(column, "holds a NUL character", "remove the NUL character")
        if not cell_text.isascii() and any("\ud800" <= character <= "\udfff" for character in cell_text):
            return Fault(column, "holds bytes that are neither UTF-8 nor Windows-1252", "write the file as UTF-8")
    return None


_OWN_COLUMNS: Final = frozenset({"written_at", "deleted"})
_REMEDY: Final = {
    Reads.TIME: "write it as YYYY-MM-DDTHH:MM:SS, with an offset such as +00:00 where it is not London time",
    Reads.DAY: "write it as YYYY-MM-DD",
    Reads.PARTIAL_DATE: "write it as YYYY-MM-DD, YYYY-MM or YYYY",
}


def read_yes(cell_text: str) -> bool:
    """Whether this text means yes; empty text does not.

    Raises:  Unreadable when it says neither yes nor no.
    """
    if not (cell_text := cell_text.strip()):
        return False
    try:
        return _YES_WORDS[cell_text.lower()]
    except KeyError:
        raise Unreadable("is neither true nor false", "write true or false") from None


def _note_future(happened: str, limit: str, received: str, notes: Notes) -> None:
    """Note an event after the time its row was written; for one known only to the day, after that day."""
    if happened > limit or happened > received:
        if len(happened) == 10 and read_clock(happened).earliest <= min(limit, received):
            return
        notes.append(("happened_at", AFTER_WRITING))


def _note_unknown(row_body: dict[str, object], notes: Notes, column: str, cell_text: str, reason: str) -> None:
    """Store a value that cannot be read as unknown: `unknown` gives the reason, `as_written` what stood there."""
    notes.append((column, f"{reason}; kept as unknown"))
    for note_name, note_text in (("unknown", reason), ("as_written", cell_text[:KEY_LENGTH])):
        noted_columns = row_body.setdefault(note_name, {})
        assert isinstance(noted_columns, dict)
        noted_columns[column] = note_text


def _take_day(day_text: str) -> object:
    time_read = read_clock(day_text)
    if len(time_read.text) != 10:
        raise ValueError("not a day YYYY-MM-DD")
    return time_read.text


def _take_partial_date(date_text: str) -> object:
    return str(read_partial_date(date_text))


def _take_list(list_text: str) -> object:
    if len(list_text) > TEXT_LENGTH:
        raise _too_long()
    return [list_part for list_word in list_text.split(";") if (list_part := list_word.strip())]


def _take_json(json_text: str) -> object:
    if len(json_text) > TEXT_LENGTH:
        raise _too_long()
    try:
        value = orjson.loads(json_text)
    except ValueError:
        raise Unreadable("is not JSON", 'write one JSON object, such as {"s47": true}') from None
    if not isinstance(value, dict):
        raise Unreadable("is JSON but not an object", 'write one JSON object, such as {"s47": true}')
    return value


def _take_one_of(allowed: frozenset[str], allowed_name: str) -> TakeValue:
    def take(cell_text: str) -> object:
        if cell_text not in allowed:
            raise Unreadable(
                f"is not one of the {allowed_name}", f"use one of the {allowed_name} in the data dictionary"
            )
        return cell_text

    return take


def _take_sex(sex_text: str) -> object:
    if sex_text.upper() not in SEXES:
        raise Unreadable("is not M, F or X", "write M, F or X, or leave it empty")
    return sex_text.upper()


def _too_long() -> Unreadable:
    return Unreadable(f"is longer than {TEXT_LENGTH} characters", "shorten it")


_TAKES: Final[dict[Reads, TakeValue]] = {
    Reads.LIST: _take_list,
    Reads.DAY: _take_day,
    Reads.PARTIAL_DATE: _take_partial_date,
    Reads.YES: read_yes,
    Reads.JSON: _take_json,
    Reads.EVENT_KIND: _take_one_of(EVENT_KINDS, "kinds of event"),
    Reads.CASE_KIND: _take_one_of(CASE_KINDS, "kinds of case"),
    Reads.ROLE: _take_one_of(ROLES, "roles"),
    Reads.SEX: _take_sex,
}
