"""How one delivered row is read by the column contract: into a body that can be kept, or a fault that says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import orjson

from duecare.record.clock_text import read_clock
from duecare.record.contract import Reads, Sheet
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS, ROLES, SEXES
from duecare.vocabulary.partial import read_partial_date

KEY_LENGTH: Final = 200
TEXT_LENGTH: Final = 100_000

NO_VERSION: Final = ("written_at", "no written_at and no time of extract; versioned by the moment of receipt")
AFTER_WRITING: Final = "happened after it was written or received"

# What a person's row may get wrong without being set aside: the value is unknown, for the reason noted.
_MAY_BE_UNKNOWN: Final = frozenset({"date_of_birth", "due_on", "address_from", "sex"})

_YES: Final = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


class Fault(NamedTuple):
    """For which column can a row not be taken, why, and how is it mended? Never the value itself."""

    column: str
    reason: str
    remedy: str


class RowRead(NamedTuple):
    """What does one row say?

    Shape:   `version` is UTC ISO text, or None: by the moment of receipt. `body` is empty where the row withdraws; its
             `unknown` and `as_written` hold, by column, why a value could not be read and what it was.
    """

    key: str
    version: str | None
    withdrawn: bool
    body: dict[str, object]
    notes: tuple[tuple[str, str], ...]


Row = Sequence[str]
Notes = list[tuple[str, str]]
RowReader = Callable[[Row], "RowRead | Fault"]
Take = Callable[[str], object]


class Unreadable(ValueError):
    """Why can this text not be read, and what should stand there? Holds no part of the text."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def row_reader(sheet: Sheet, columns: Sequence[str], *, extracted_at: str | None, received_at: str) -> RowReader:
    """How is a row with these columns read by this sheet's contract?

    Shape:   a function of one row (texts in the order of `columns`) to RowRead or Fault; columns that the sheet does
             not know are passed over, so refuse them before.
    """
    return _Reader(sheet, columns, extracted_at, received_at).read


class _Reader:
    """The contract of one sheet, made ready for rows of these columns."""

    def __init__(self, sheet: Sheet, columns: Sequence[str], extracted_at: str | None, received_at: str) -> None:
        at = {name: i for i, name in enumerate(columns)}
        self.sheet = sheet
        self.extracted_at = extracted_at
        self.received_at = received_at
        self.plan = [
            (at[c.name], c.name, c.reads, _TAKES.get(c.reads), c.required)
            for c in sheet.columns
            if c.name in at and c.name not in _OWN
        ]
        self.absent = next((c.name for c in sheet.columns if c.required and c.name not in at), None)
        self.keys = [(at.get(c.name), c) for name in sheet.key for c in sheet.columns if c.name == name]
        self.any_case = sheet.name in {"officers", "posts"}
        self.lenient = _MAY_BE_UNKNOWN if sheet.name == "persons" else frozenset[str]()
        self.written, self.deleted = at.get("written_at"), at.get("deleted")
        self.happens = sheet.name == "events"
        self.column = ""

    def read(self, row: Row) -> RowRead | Fault:
        """What does this row say, or why can it not be taken?"""
        notes: Notes = []
        try:
            key = self.key(row)
            version = self.version(row, notes)
            if self.deleted is not None and (text := row[self.deleted]):
                self.column = "deleted"
                if read_yes(text):
                    return RowRead(key, version, True, {}, tuple(notes))
            body = self.body(row, notes)
        except Unreadable as wrong:
            return Fault(self.column, wrong.reason, wrong.remedy)
        except (ValueError, OverflowError) as wrong:
            return Fault(self.column, str(wrong), self.remedy())
        if self.happens:
            _note_future(str(body["happened_at"]), version or self.received_at, self.received_at, notes)
        return RowRead(key, version, False, body, tuple(notes))

    def key(self, row: Row) -> str:
        """The row's key; its parts joined."""
        if self.absent is not None:
            self.column = self.absent
            raise Unreadable("is required and is not there", "give this column")
        parts = []
        for i, column in self.keys:
            self.column = column.name
            text = row[i].strip() if i is not None else ""
            if not text:
                if column.required:
                    raise Unreadable("is required and is empty", "fill it in")
            elif column.reads is Reads.TIME:
                text = read_clock(text).text
            elif len(text) > KEY_LENGTH:
                raise Unreadable(f"is longer than {KEY_LENGTH} characters", "give a shorter reference")
            elif not text.isprintable():
                raise Unreadable("holds a character that cannot be printed", "remove control and invisible characters")
            elif self.any_case:
                text = text.upper()
            parts.append(text)
        return parts[0] if len(parts) == 1 else KEY_SEPARATOR.join(parts)

    def version(self, row: Row, notes: Notes) -> str | None:
        """When was the row written, as UTC text; None where neither it nor the delivery says."""
        if self.written is not None and (text := row[self.written].strip()):
            self.column = "written_at"
            read = read_clock(text)
            if read.assumed:
                notes.append(("written_at", read.assumed))
            return read.earliest
        if self.extracted_at is None:
            notes.append(NO_VERSION)
        return self.extracted_at

    def body(self, row: Row, notes: Notes) -> dict[str, object]:
        """What the row says, column by column, blanks left out."""
        body: dict[str, object] = {}
        for i, column, reads, take, required in self.plan:
            text = row[i]
            if not text or not (text := text.strip()):
                if required:
                    self.column = column
                    raise Unreadable("is required and is empty", "fill it in")
            elif take is not None:
                self.column = column
                try:
                    value = take(text)
                except ValueError as wrong:
                    if column not in self.lenient:
                        raise
                    _note_unknown(body, notes, column, text, str(wrong))
                else:
                    if value:
                        body[column] = value
            elif reads is Reads.TIME:
                self.column = column
                read = read_clock(text)
                if read.assumed:
                    notes.append((column, read.assumed))
                body[column] = read.text
            else:
                if len(text) > TEXT_LENGTH:
                    self.column = column
                    raise _too_long()
                body[column] = text
        return body

    def remedy(self) -> str:
        """How is the column that could not be read mended?"""
        reads = next((c.reads for c in self.sheet.columns if c.name == self.column), Reads.TEXT)
        return _REMEDY.get(reads, "correct it")


def write_body(body: dict[str, object]) -> bytes | None:
    """The canonical bytes of a body made by `row_reader`; None when it holds what cannot be kept.

    Shape:   blanks are already left out; NUL characters and half surrogate pairs cannot be kept.
    """
    try:
        data = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # orjson's own error is a TypeError: half a surrogate pair, or nested too deep
        return None
    return None if b"\\u0000" in data else data


def spoilt(columns: Sequence[str], row: Row) -> Fault | None:
    """Which column holds characters that cannot be kept? For a row whose body could not be written."""
    for column, text in zip(columns, row, strict=False):
        if "\x00" in text or "\\u0000" in text:
            return Fault(column, "holds a NUL character", "remove the NUL character")
        if not text.isascii() and any("\ud800" <= ch <= "\udfff" for ch in text):
            return Fault(column, "holds bytes that are neither UTF-8 nor Windows-1252", "write the file as UTF-8")
    return None


_OWN: Final = frozenset({"written_at", "deleted"})
_REMEDY: Final = {
    Reads.TIME: "write it as YYYY-MM-DDTHH:MM:SS, with an offset such as +00:00 where it is not London time",
    Reads.DAY: "write it as YYYY-MM-DD",
    Reads.PARTIAL_DATE: "write it as YYYY-MM-DD, YYYY-MM or YYYY",
}


def read_yes(text: str) -> bool:
    """Does this text say yes? Empty text does not.

    Raises:  Unreadable when it says neither yes nor no.
    """
    if not (text := text.strip()):
        return False
    try:
        return _YES[text.lower()]
    except KeyError:
        raise Unreadable("is neither true nor false", "write true or false") from None


def _note_future(happened: str, limit: str, received: str, notes: Notes) -> None:
    """Note an event after the time its row was written; for one known only to the day, after that day."""
    if happened > limit or happened > received:
        if len(happened) == 10 and read_clock(happened).earliest <= min(limit, received):
            return
        notes.append(("happened_at", AFTER_WRITING))


def _note_unknown(body: dict[str, object], notes: Notes, column: str, text: str, reason: str) -> None:
    """Keep a value that cannot be read as unknown: `unknown` says why, `as_written` what stood there."""
    notes.append((column, f"{reason}; kept as unknown"))
    for name, said in (("unknown", reason), ("as_written", text[:KEY_LENGTH])):
        kept = body.setdefault(name, {})
        assert isinstance(kept, dict)
        kept[column] = said


def _day(text: str) -> object:
    read = read_clock(text)
    if len(read.text) != 10:
        raise ValueError("not a day YYYY-MM-DD")
    return read.text


def _partial(text: str) -> object:
    return str(read_partial_date(text))


def _list(text: str) -> object:
    if len(text) > TEXT_LENGTH:
        raise _too_long()
    return [part for word in text.split(";") if (part := word.strip())]


def _json(text: str) -> object:
    if len(text) > TEXT_LENGTH:
        raise _too_long()
    try:
        value = orjson.loads(text)
    except ValueError:
        raise Unreadable("is not JSON", 'write one JSON object, such as {"s47": true}') from None
    if not isinstance(value, dict):
        raise Unreadable("is JSON but not an object", 'write one JSON object, such as {"s47": true}')
    return value


def _of(allowed: frozenset[str], what: str) -> Take:
    def take(text: str) -> object:
        if text not in allowed:
            raise Unreadable(f"is not one of the {what}", f"use one of the {what} in the data dictionary")
        return text

    return take


def _sex(text: str) -> object:
    if text.upper() not in SEXES:
        raise Unreadable("is not M, F or X", "write M, F or X, or leave it empty")
    return text.upper()


def _too_long() -> Unreadable:
    return Unreadable(f"is longer than {TEXT_LENGTH} characters", "shorten it")


_TAKES: Final[dict[Reads, Take]] = {
    Reads.LIST: _list,
    Reads.DAY: _day,
    Reads.PARTIAL_DATE: _partial,
    Reads.YES: read_yes,
    Reads.JSON: _json,
    Reads.EVENT_KIND: _of(EVENT_KINDS, "kinds of event"),
    Reads.CASE_KIND: _of(CASE_KINDS, "kinds of case"),
    Reads.ROLE: _of(ROLES, "roles"),
    Reads.SEX: _sex,
}
