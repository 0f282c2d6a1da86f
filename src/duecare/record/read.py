"""How one delivered row is read by the column contract: into a body that can be kept, or a fault that says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import orjson

from duecare.record.clock_text import ReadText, read_clock
from duecare.record.contract import Column, Reads, Sheet
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS, ROLES, SEXES
from duecare.vocabulary.partial import read_partial_date

KEY_LENGTH: Final = 200
TEXT_LENGTH: Final = 100_000

NO_VERSION: Final = ("written_at", "no written_at and no time of extract; versioned by the moment of receipt")
AFTER_WRITING: Final = "happened after it was written or received"
REPLACEMENT: Final = "holds a character that stands for one lost before it came here (U+FFFD)"

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

    Shape:   `version` is UTC ISO text, or None: by the moment of receipt. `body` is empty where the row withdraws.
             `happened` is the body's happened_at, else empty.
    """

    key: str
    version: str | None
    withdrawn: bool
    body: dict[str, object]
    notes: tuple[tuple[str, str], ...]


Row = Sequence[str]
RowReader = Callable[[Row], "RowRead | Fault"]


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
    at = {name: i for i, name in enumerate(columns)}
    plan = [(at[c.name], c.name, _take(c), c.required) for c in sheet.columns if c.name in at and c.name not in _OWN]
    absent = next((c.name for c in sheet.columns if c.required and c.name not in at), None)
    key_at = [(at.get(name), name) for name in sheet.key]
    times = {name for name in sheet.key if _column(sheet, name).reads is Reads.TIME}
    any_case = sheet.name in {"officers", "posts"}
    lenient = _MAY_BE_UNKNOWN if sheet.name == "persons" else frozenset[str]()
    written_i, deleted_i = at.get("written_at"), at.get("deleted")
    happened_known = sheet.name == "events"
    required_key = frozenset(name for name in sheet.key if _column(sheet, name).required)

    def read(row: Row) -> RowRead | Fault:
        column = ""
        notes: list[tuple[str, str]] = []
        try:
            if absent is not None:
                column = absent
                raise Unreadable("is required and is not there", "give this column")
            parts = []
            for i, column in key_at:
                text = row[i].strip() if i is not None else ""
                if not text:
                    if column in required_key:
                        raise Unreadable("is required and is empty", "fill it in")
                elif column in times:
                    text = read_clock(text).text
                elif len(text) > KEY_LENGTH or not text.isprintable():
                    raise _bad_key(text)
                elif any_case:
                    text = text.upper()
                parts.append(text)
            version = extracted_at
            if written_i is not None and (text := row[written_i]) and (text := text.strip()):
                column = "written_at"
                written = read_clock(text)
                version = written.earliest
                if written.assumed:
                    notes.append((column, written.assumed))
            if version is None:
                notes.append(NO_VERSION)
            key = KEY_SEPARATOR.join(parts) if len(parts) > 1 else parts[0]
            if deleted_i is not None and (text := row[deleted_i]):
                column = "deleted"
                if _yes(text.strip(), notes, column):
                    return RowRead(key, version, True, {}, tuple(notes))
            body: dict[str, object] = {}
            for i, column, take, required in plan:
                text = row[i]
                if text:
                    text = text.strip()
                if not text:
                    if required:
                        raise Unreadable("is required and is empty", "fill it in")
                    continue
                if take is None:
                    body[column] = text
                    continue
                try:
                    value = take(text, notes, column)
                except ValueError as wrong:
                    if column not in lenient:
                        raise
                    reason = getattr(wrong, "reason", str(wrong))
                    notes.append((column, f"{reason}; kept as unknown"))
                    unknown = body.setdefault("unknown", {})
                    assert isinstance(unknown, dict)
                    unknown[column] = reason
                    continue
                if value:
                    body[column] = value
            if happened_known:
                _note_future(str(body["happened_at"]), version or received_at, received_at, notes)
        except Unreadable as wrong:
            return Fault(column, wrong.reason, wrong.remedy)
        except (ValueError, OverflowError) as wrong:
            return Fault(column, str(wrong), _REMEDY.get(_reads(sheet, column), "correct it"))
        return RowRead(key, version, False, body, tuple(notes))

    return read


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

Notes = list[tuple[str, str]]
Take = Callable[[str, Notes, str], object]


def _column(sheet: Sheet, name: str) -> Column:
    return next(c for c in sheet.columns if c.name == name)


def _reads(sheet: Sheet, name: str) -> Reads:
    return _column(sheet, name).reads if name in sheet.names else Reads.TEXT


def _bad_key(text: str) -> Unreadable:
    if len(text) > KEY_LENGTH:
        return Unreadable(f"is longer than {KEY_LENGTH} characters", "give a shorter reference")
    return Unreadable("holds a character that cannot be printed", "remove control and invisible characters")


def _note_future(happened: str, limit: str, received: str, notes: Notes) -> None:
    """Note an event after the time its row was written; for one known only to the day, after that day."""
    if happened > limit or happened > received:
        if len(happened) == 10 and read_clock(happened).earliest <= min(limit, received):
            return
        notes.append(("happened_at", AFTER_WRITING))


def _take(column: Column) -> Take | None:
    return _TAKES.get(column.reads)


def _time(text: str, notes: Notes, column: str) -> object:
    read: ReadText = read_clock(text)
    if read.assumed:
        notes.append((column, read.assumed))
    return read.text


def _day(text: str, notes: Notes, column: str) -> object:
    read = read_clock(text)
    if len(read.text) != 10:
        raise ValueError("not a day YYYY-MM-DD")
    return read.text


def _partial(text: str, notes: Notes, column: str) -> object:
    return str(read_partial_date(text))


def _yes(text: str, notes: Notes, column: str) -> bool:
    if not text:
        return False
    try:
        return _YES[text.lower()]
    except KeyError:
        raise Unreadable("is neither true nor false", "write true or false") from None


def _list(text: str, notes: Notes, column: str) -> object:
    return [part for word in text.split(";") if (part := word.strip())]


def _json(text: str, notes: Notes, column: str) -> object:
    if len(text) > TEXT_LENGTH:
        raise Unreadable(f"is longer than {TEXT_LENGTH} characters", "shorten it")
    try:
        value = orjson.loads(text)
    except ValueError:
        raise Unreadable("is not JSON", 'write one JSON object, such as {"s47": true}') from None
    if not isinstance(value, dict):
        raise Unreadable("is JSON but not an object", 'write one JSON object, such as {"s47": true}')
    return value


def _of(allowed: frozenset[str], what: str) -> Take:
    def take(text: str, notes: Notes, column: str) -> object:
        if text not in allowed:
            raise Unreadable(f"is not one of the {what}", f"use one of the {what} in the data dictionary")
        return text

    return take


def _sex(text: str, notes: Notes, column: str) -> object:
    if text.upper() not in SEXES:
        raise Unreadable("is not M, F or X", "write M, F or X, or leave it empty")
    return text.upper()


def _text(text: str, notes: Notes, column: str) -> object:
    if len(text) > TEXT_LENGTH:
        raise Unreadable(f"is longer than {TEXT_LENGTH} characters", "shorten it")
    if "\ufffd" in text:
        notes.append((column, REPLACEMENT))
    return text


_TAKES: Final[dict[Reads, Take]] = {
    Reads.TEXT: _text,
    Reads.LIST: _list,
    Reads.TIME: _time,
    Reads.DAY: _day,
    Reads.PARTIAL_DATE: _partial,
    Reads.YES: _yes,
    Reads.JSON: _json,
    Reads.EVENT_KIND: _of(EVENT_KINDS, "kinds of event"),
    Reads.CASE_KIND: _of(CASE_KINDS, "kinds of case"),
    Reads.ROLE: _of(ROLES, "roles"),
    Reads.SEX: _sex,
}
