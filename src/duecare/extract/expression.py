"""What the expressions of a mapping file give for one row: a column's text, a code's word, a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from duecare.record.clock_text import read_clock
from duecare.record.read import Unreadable, read_yes
from duecare.vocabulary.kinds import EVENT_KINDS

Row = Sequence[str]
Getter = Callable[[Row], str]
Tables = Mapping[str, Mapping[str, str]]


class BadColumn(Exception):
    """Which column of the source's own file cannot be read, and why? Never the value."""

    def __init__(self, column: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.remedy = remedy


def getter(expression: Any, at: Mapping[str, int], tables: Tables, *, kinds: bool = False) -> Getter:
    """How is the text that this expression names found in a row?

    Shape:   a column that the file does not carry is empty text.
    """
    if isinstance(expression, str):
        return _column(expression, at)
    if "when" in expression:
        when = getter(expression["when"], at, tables)
        then = getter({name: one for name, one in expression.items() if name != "when"}, at, tables, kinds=kinds)
        return lambda row: then(row) if when(row) else ""
    if "unless" in expression:
        unless = getter(expression["unless"], at, tables)
        otherwise = getter({name: one for name, one in expression.items() if name != "unless"}, at, tables, kinds=kinds)
        return lambda row: "" if unless(row) else otherwise(row)
    if "value" in expression:
        value = str(expression["value"])
        return lambda _row: value
    if "first" in expression:
        several = [getter(one, at, tables) for one in expression["first"]]
        return lambda row: next((text for get in several if (text := get(row))), "")
    if "template" in expression:
        return template_getter(str(expression["template"]), at)
    if "columns" in expression:
        joined, join = [_column(name, at) for name in expression["columns"]], str(expression.get("join", " "))
        return lambda row: join.join(text for get in joined if (text := get(row)))
    name = expression["column"]
    if "table" in expression:
        also = EVENT_KINDS if kinds else frozenset[str]()
        return _coded(name, at, tables[expression["table"]], also, is_open=bool(expression.get("open")))
    return _column(name, at)


def detail_getter(expression: Any, at: Mapping[str, int], tables: Tables) -> Callable[[Row], str]:
    """How is an event's `detail` found: one column that holds JSON, or an object of expressions? Gives JSON text."""
    if isinstance(expression, dict) and expression.get("as") == "json":
        return _column(expression["column"], at)
    parts = [(name, _typed(one, at, tables)) for name, one in expression.items()]

    def get(row: Row) -> str:
        found = {name: value for name, one in parts if (value := one(row)) is not None}
        return orjson.dumps(found).decode() if found else ""

    return get


def _column(name: str, at: Mapping[str, int]) -> Getter:
    i = at.get(name)
    return (lambda _row: "") if i is None else (lambda row: row[i].strip())


def template_getter(text: str, at: Mapping[str, int]) -> Getter:
    """How is `{column}` text `{column}` filled in from a row?

    Raises:  when called on a row: BadColumn where one of the columns is empty.
    """
    pieces = [piece.partition("}") for piece in ("}" + text).split("{")]
    own = [(at.get(name), name, after) for name, _, after in pieces[1:]]
    start = pieces[0][2]

    def get(row: Row) -> str:
        out = [start]
        for i, name, after in own:
            value = row[i].strip() if i is not None else ""
            if not value:
                raise BadColumn(name, "is required and is empty", "fill it in")
            out += (value, after)
        return "".join(out)

    return get


def _coded(
    name: str, at: Mapping[str, int], table: Mapping[str, str], also: frozenset[str], *, is_open: bool = False
) -> Getter:
    get = _column(name, at)
    words = {*table.values(), *also} - {""}

    def look_up(row: Row) -> str:
        code = get(row)
        if not code:
            return ""
        folded = code.casefold()
        if folded in table:
            return table[folded]
        if is_open or code in words:
            return code
        raise BadColumn(name, "is a code that the mapping does not know", "use a known code, or add it to the mapping")

    return look_up


def _typed(expression: Any, at: Mapping[str, int], tables: Tables) -> Callable[[Row], object]:
    get = getter(expression, at, tables)
    how = expression.get("as", "text") if isinstance(expression, dict) else "text"
    name = expression if isinstance(expression, str) else str(expression.get("column", ""))
    read = _TYPES[how]

    def typed(row: Row) -> object:
        text = get(row)
        if not text:
            return None
        try:
            return read(text)
        except (ValueError, OverflowError) as wrong:
            reason = wrong.reason if isinstance(wrong, Unreadable) else str(wrong)
            raise BadColumn(name, reason, f"write it as {_SHOWN[how]}") from None

    return typed


def _number(text: str) -> int | float:
    if not text.isascii() or len(text) > 15:
        raise ValueError("is not a number")
    try:
        return int(text) if text.isdigit() else float(text.replace("_", "x"))
    except ValueError:
        raise ValueError("is not a number") from None


def _object(text: str) -> object:
    try:
        return orjson.loads(text)
    except ValueError:
        raise ValueError("is not JSON") from None


_TYPES: dict[str, Callable[[str], object]] = {
    "text": str,
    "yes": read_yes,
    "number": _number,
    "list": lambda text: [part.strip() for part in text.split(";") if part.strip()],
    "time": lambda text: read_clock(text).text,
    "json": _object,
}
_SHOWN = {
    "text": "text",
    "yes": "true or false",
    "number": "a number",
    "list": "a;b;c",
    "time": "YYYY-MM-DDTHH:MM:SS",
} | {"json": "JSON"}
