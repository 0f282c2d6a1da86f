"""Rules of a mapping for its rows: days out of order, codes that are not in use, numbers that fail their check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from duecare.extract.mapping_expression import BadColumn, TableRow
from duecare.vocabulary.identifiers import read_upn
from duecare.vocabulary.unknown import Unknown

Notes = list[tuple[str, str]]
Check = Callable[[TableRow, Notes], None]

KNOWN: Final = frozenset(
    {"rule", "column", "not_before", "not_after", "within_year_to", "one_of", "is", "or_else", "not_with", "where"}
    | {"where_empty", "sets_aside", "filled"}
)
TESTS: Final = ("not_before", "not_after", "within_year_to", "one_of", "is", "or_else", "not_with", "filled")
_REMEDY: Final = "correct it in the source system, or correct it here"


def rule_faults(row_rule: Mapping[str, Any]) -> list[str]:
    """What is wrong with this rule of a mapping file."""
    faults = [f"rule: unknown entry {entry_name}" for entry_name in sorted(set(row_rule) - KNOWN)]
    if not isinstance(row_rule.get("column"), str) or not isinstance(row_rule.get("rule"), str):
        faults.append("rule: without column or rule")
    if sum(test_name in row_rule for test_name in TESTS) != 1:
        faults.append(f"rule: none of {', '.join(TESTS)}, or more than one")
    if row_rule.get("is", "day") not in _KINDS:
        faults.append(f"rule: is is none of {', '.join(_KINDS)}")
    if not isinstance(row_rule.get("one_of", []), list):
        faults.append("rule: one_of is not a list")
    return faults


def rule_columns(row_rule: Mapping[str, Any]) -> list[str]:
    """The columns that this rule reads."""
    names = ("column", "not_before", "not_after", "within_year_to", "or_else", "not_with", "where", "where_empty")
    return [str(row_rule[entry_name]) for entry_name in names if entry_name in row_rule]


def checks_of(rules: Sequence[Mapping[str, Any]], column_places: Mapping[str, int]) -> list[Check]:
    """The functions that check a row against these rules.

    Shape:   each check notes what it finds, or sets the row aside where the rule says so.
    Unknown: a rule says nothing of a column that is empty, or of a day that cannot be read.
    Raises:  when called on a row: BadColumn.
    """
    return [_make_check(row_rule, column_places) for row_rule in rules]


def _make_check(row_rule: Mapping[str, Any], column_places: Mapping[str, int]) -> Check:
    checked_column = str(row_rule["column"])
    finds = _make_finding(row_rule, column_places)
    text_of = _text_getter(column_places)
    where, where_empty = row_rule.get("where"), row_rule.get("where_empty")
    sets_aside = bool(row_rule.get("sets_aside"))
    by_rule = f", by {row_rule['rule']}"

    def check_row(table_row: TableRow, notes: Notes) -> None:
        if (where is not None and not text_of(table_row, where)) or (
            where_empty is not None and text_of(table_row, where_empty)
        ):
            return
        reason = finds(table_row)
        if not reason:
            return
        if sets_aside:
            raise BadColumn(checked_column, reason + by_rule, _REMEDY)
        notes.append((checked_column, reason + by_rule))

    return check_row


def _make_finding(row_rule: Mapping[str, Any], column_places: Mapping[str, int]) -> Callable[[TableRow], str]:
    text_of = _text_getter(column_places)
    checked_column = str(row_rule["column"])
    for order_word, is_wrong, fault_words in (
        ("not_before", lambda own_day, other_day: own_day < other_day, "is before"),
        ("not_after", lambda own_day, other_day: own_day > other_day, "is after"),
        (
            "within_year_to",
            lambda own_day, other_day: not _year_before(other_day) < own_day <= other_day,
            "is not within the year to",
        ),
    ):
        if order_word in row_rule:
            other_column = str(row_rule[order_word])
            return _ordered_finding(text_of, checked_column, other_column, is_wrong, f"{fault_words} {other_column}")
    if "one_of" in row_rule:
        allowed = frozenset(map(str, row_rule["one_of"]))
        allowed_words = ", ".join(sorted(allowed)) if len(allowed) <= 12 else "those in use"
        return lambda table_row: (
            f"is none of {allowed_words}"
            if any(text_part not in allowed for text_part in text_of(table_row, checked_column).split(";") if text_part)
            else ""
        )
    if "is" in row_rule:
        reads, fault_words = _KINDS[row_rule["is"]]
        return lambda table_row: (
            fault_words if (cell_text := text_of(table_row, checked_column)) and not reads(cell_text) else ""
        )
    if "filled" in row_rule:
        return lambda table_row: "" if text_of(table_row, checked_column) else "is empty"
    other_column = str(row_rule.get("or_else") or row_rule["not_with"])
    if "or_else" in row_rule:
        return lambda table_row: (
            f"is empty, and so is {other_column}"
            if not text_of(table_row, checked_column) and not text_of(table_row, other_column)
            else ""
        )
    return lambda table_row: (
        f"is filled in, and so is {other_column}"
        if text_of(table_row, checked_column) and text_of(table_row, other_column)
        else ""
    )


def _ordered_finding(
    text_of: Callable[[TableRow, str], str],
    column_name: str,
    other_column: str,
    is_wrong: Callable[[date, date], bool],
    fault_words: str,
) -> Callable[[TableRow], str]:
    def find_fault(table_row: TableRow) -> str:
        own_day, against = _read_day(text_of(table_row, column_name)), _read_day(text_of(table_row, other_column))
        return fault_words if own_day is not None and against is not None and is_wrong(own_day, against) else ""

    return find_fault


def _text_getter(column_places: Mapping[str, int]) -> Callable[[TableRow, str], str]:
    return lambda table_row, column_name: (
        table_row[column_index].strip() if (column_index := column_places.get(column_name)) is not None else ""
    )


def _read_day(cell_text: str) -> date | None:
    try:
        return date.fromisoformat(cell_text[:10]) if cell_text else None
    except ValueError:
        return None


def _year_before(given_day: date) -> date:
    return (
        given_day.replace(year=given_day.year - 1, day=28)
        if (given_day.month, given_day.day) == (2, 29)
        else given_day.replace(year=given_day.year - 1)
    )


_KINDS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "upn": (
        lambda cell_text: not isinstance(read_upn(cell_text), Unknown),
        "is no unique pupil number: form or check letter",
    ),
    "day": (lambda cell_text: len(cell_text) == 10 and _read_day(cell_text) is not None, "is no day YYYY-MM-DD"),
}
