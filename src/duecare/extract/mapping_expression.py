"""What the expressions of a mapping file give for one row: a column's text, a code's word, a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from duecare.record.fast_time_text import read_clock
from duecare.record.row_reader import Unreadable, read_yes
from duecare.vocabulary.kinds import EVENT_KINDS

TableRow = Sequence[str]
Getter = Callable[[TableRow], str]
Tables = Mapping[str, Mapping[str, str]]


class BadColumn(Exception):
    """A column of the source's own file that cannot be read, and why; never the value."""

    def __init__(self, column: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.remedy = remedy


def make_getter(expression: Any, column_places: Mapping[str, int], tables: Tables, *, kinds: bool = False) -> Getter:
    """Make the function that finds this expression's text in a row.

    Shape:   a column that the file does not carry is empty text.
    """
    if isinstance(expression, str):
        return _column_getter(expression, column_places)
    if "when" in expression:
        when_getter = make_getter(expression["when"], column_places, tables)
        then_getter = make_getter(
            {
                expression_part: part_value
                for expression_part, part_value in expression.items()
                if expression_part != "when"
            },
            column_places,
            tables,
            kinds=kinds,
        )
        return lambda table_row: then_getter(table_row) if when_getter(table_row) else ""
    if "unless" in expression:
        unless = make_getter(expression["unless"], column_places, tables)
        otherwise = make_getter(
            {
                expression_part: part_value
                for expression_part, part_value in expression.items()
                if expression_part != "unless"
            },
            column_places,
            tables,
            kinds=kinds,
        )
        return lambda table_row: "" if unless(table_row) else otherwise(table_row)
    if "value" in expression:
        value = str(expression["value"])
        return lambda _ignored_row: value
    if "first" in expression:
        several = [make_getter(first_expression, column_places, tables) for first_expression in expression["first"]]
        return lambda table_row: next(
            (cell_text for getter_tried in several if (cell_text := getter_tried(table_row))), ""
        )
    if "template" in expression:
        return template_getter(str(expression["template"]), column_places)
    if "columns" in expression:
        joined, join_text = (
            [_column_getter(column_name, column_places) for column_name in expression["columns"]],
            str(expression.get("join", " ")),
        )
        return lambda table_row: join_text.join(
            cell_text for joined_getter in joined if (cell_text := joined_getter(table_row))
        )
    column_name = expression["column"]
    if "table" in expression:
        also_allowed = EVENT_KINDS if kinds else frozenset[str]()
        return _coded_getter(
            column_name, column_places, tables[expression["table"]], also_allowed, is_open=bool(expression.get("open"))
        )
    return _column_getter(column_name, column_places)


def detail_getter(expression: Any, column_places: Mapping[str, int], tables: Tables) -> Callable[[TableRow], str]:
    """Make the function that gives an event's `detail` as JSON text: one column of JSON, or an object of expressions."""
    if isinstance(expression, dict) and expression.get("as") == "json":
        return _column_getter(expression["column"], column_places)
    parts = [
        (field_name, _typed_getter(field_expression, column_places, tables))
        for field_name, field_expression in expression.items()
    ]

    def get_detail(table_row: TableRow) -> str:
        found_fields = {
            field_name: value for field_name, field_getter in parts if (value := field_getter(table_row)) is not None
        }
        return orjson.dumps(found_fields).decode() if found_fields else ""

    return get_detail


def _column_getter(column_name: str, column_places: Mapping[str, int]) -> Getter:
    column_index = column_places.get(column_name)
    return (lambda _ignored_row: "") if column_index is None else (lambda table_row: table_row[column_index].strip())


def template_getter(cell_text: str, column_places: Mapping[str, int]) -> Getter:
    """Make the function that fills in `{column}` text `{column}` from a row.

    Raises:  when called on a row: BadColumn where one of the columns is empty.
    """
    pieces = [piece.partition("}") for piece in ("}" + cell_text).split("{")]
    own_pieces = [(column_places.get(column_name), column_name, after) for column_name, _, after in pieces[1:]]
    start = pieces[0][2]

    def fill_template(table_row: TableRow) -> str:
        pieces_out = [start]
        for column_index, column_name, after in own_pieces:
            value = table_row[column_index].strip() if column_index is not None else ""
            if not value:
                raise BadColumn(column_name, "is required and is empty", "fill it in")
            pieces_out += (value, after)
        return "".join(pieces_out)

    return fill_template


def _coded_getter(
    column_name: str,
    column_places: Mapping[str, int],
    table: Mapping[str, str],
    also_allowed: frozenset[str],
    *,
    is_open: bool = False,
) -> Getter:
    get_text = _column_getter(column_name, column_places)
    words = {*table.values(), *also_allowed} - {""}

    def look_up(table_row: TableRow) -> str:
        code_text = get_text(table_row)
        if not code_text:
            return ""
        folded = code_text.casefold()
        if folded in table:
            return table[folded]
        if is_open or code_text in words:
            return code_text
        raise BadColumn(
            column_name, "is a code that the mapping does not know", "use a known code, or add it to the mapping"
        )

    return look_up


def _typed_getter(expression: Any, column_places: Mapping[str, int], tables: Tables) -> Callable[[TableRow], object]:
    get_text = make_getter(expression, column_places, tables)
    type_name = expression.get("as", "text") if isinstance(expression, dict) else "text"
    column_name = expression if isinstance(expression, str) else str(expression.get("column", ""))
    read_type = _TYPES[type_name]

    def get_typed(table_row: TableRow) -> object:
        cell_text = get_text(table_row)
        if not cell_text:
            return None
        try:
            return read_type(cell_text)
        except (ValueError, OverflowError) as error:
            reason = error.reason if isinstance(error, Unreadable) else str(error)
            raise BadColumn(column_name, reason, f"write it as {_SHOWN[type_name]}") from None

    return get_typed


def _number_value(cell_text: str) -> int | float:
    if not cell_text.isascii() or len(cell_text) > 15:
        raise ValueError("is not a number")
    try:
        return int(cell_text) if cell_text.isdigit() else float(cell_text.replace("_", "x"))
    except ValueError:
        raise ValueError("is not a number") from None


def _object_value(cell_text: str) -> object:
    try:
        return orjson.loads(cell_text)
    except ValueError:
        raise ValueError("is not JSON") from None


_TYPES: dict[str, Callable[[str], object]] = {
    "text": str,
    "yes": read_yes,
    "number": _number_value,
    "list": lambda cell_text: [list_part.strip() for list_part in cell_text.split(";") if list_part.strip()],
    "time": lambda cell_text: read_clock(cell_text).text,
    "json": _object_value,
}
_SHOWN = {
    "text": "text",
    "yes": "true or false",
    "number": "a number",
    "list": "a;b;c",
    "time": "YYYY-MM-DDTHH:MM:SS",
} | {"json": "JSON"}
