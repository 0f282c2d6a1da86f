"""What a mapping says may not stand in a row: days out of order, codes that are not in use, numbers that do not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from duecare.extract.expression import BadColumn, Row
from duecare.vocabulary.identifiers import read_upn
from duecare.vocabulary.unknown import Unknown

Notes = list[tuple[str, str]]
Check = Callable[[Row, Notes], None]

KNOWN: Final = frozenset(
    {"rule", "column", "not_before", "not_after", "within_year_to", "one_of", "is", "or_else", "not_with", "where"}
    | {"where_empty", "sets_aside", "filled"}
)
TESTS: Final = ("not_before", "not_after", "within_year_to", "one_of", "is", "or_else", "not_with", "filled")
_REMEDY: Final = "correct it in the source system, or correct it here"


def rule_faults(rule: Mapping[str, Any]) -> list[str]:
    """What is wrong with this rule of a mapping file?"""
    faults = [f"rule: unknown entry {name}" for name in sorted(set(rule) - KNOWN)]
    if not isinstance(rule.get("column"), str) or not isinstance(rule.get("rule"), str):
        faults.append("rule: without column or rule")
    if sum(name in rule for name in TESTS) != 1:
        faults.append(f"rule: none of {', '.join(TESTS)}, or more than one")
    if rule.get("is", "day") not in _KINDS:
        faults.append(f"rule: is is none of {', '.join(_KINDS)}")
    if not isinstance(rule.get("one_of", []), list):
        faults.append("rule: one_of is no list")
    return faults


def rule_columns(rule: Mapping[str, Any]) -> list[str]:
    """Which columns does this rule look at?"""
    names = ("column", "not_before", "not_after", "within_year_to", "or_else", "not_with", "where", "where_empty")
    return [str(rule[name]) for name in names if name in rule]


def checks_of(rules: Sequence[Mapping[str, Any]], at: Mapping[str, int]) -> list[Check]:
    """How is a row held against these rules?

    Shape:   each check notes what it finds, or sets the row aside where the rule says so.
    Unknown: a rule says nothing of a column that is empty, or of a day that cannot be read.
    Raises:  when called on a row: BadColumn.
    """
    return [_check(rule, at) for rule in rules]


def _check(rule: Mapping[str, Any], at: Mapping[str, int]) -> Check:
    name = str(rule["column"])
    finds = _finding(rule, at)
    text_of = _texts(at)
    where, where_empty = rule.get("where"), rule.get("where_empty")
    sets_aside = bool(rule.get("sets_aside"))
    by = f", by {rule['rule']}"

    def check(row: Row, notes: Notes) -> None:
        if (where is not None and not text_of(row, where)) or (where_empty is not None and text_of(row, where_empty)):
            return
        reason = finds(row)
        if not reason:
            return
        if sets_aside:
            raise BadColumn(name, reason + by, _REMEDY)
        notes.append((name, reason + by))

    return check


def _finding(rule: Mapping[str, Any], at: Mapping[str, int]) -> Callable[[Row], str]:
    text_of = _texts(at)
    name = str(rule["column"])
    for word, is_wrong, says in (
        ("not_before", lambda own, other: own < other, "is before"),
        ("not_after", lambda own, other: own > other, "is after"),
        ("within_year_to", lambda own, other: not _year_before(other) < own <= other, "is not within the year to"),
    ):
        if word in rule:
            other = str(rule[word])
            return _ordered(text_of, name, other, is_wrong, f"{says} {other}")
    if "one_of" in rule:
        allowed = frozenset(map(str, rule["one_of"]))
        few = ", ".join(sorted(allowed)) if len(allowed) <= 12 else "those in use"
        return lambda row: (
            f"is none of {few}" if any(t not in allowed for t in text_of(row, name).split(";") if t) else ""
        )
    if "is" in rule:
        reads, says = _KINDS[rule["is"]]
        return lambda row: says if (text := text_of(row, name)) and not reads(text) else ""
    if "filled" in rule:
        return lambda row: "" if text_of(row, name) else "is empty"
    other = str(rule.get("or_else") or rule["not_with"])
    if "or_else" in rule:
        return lambda row: f"is empty, and so is {other}" if not text_of(row, name) and not text_of(row, other) else ""
    return lambda row: f"is filled in, and so is {other}" if text_of(row, name) and text_of(row, other) else ""


def _ordered(
    text_of: Callable[[Row, str], str], name: str, other: str, is_wrong: Callable[[date, date], bool], says: str
) -> Callable[[Row], str]:
    def find(row: Row) -> str:
        own, against = _day(text_of(row, name)), _day(text_of(row, other))
        return says if own is not None and against is not None and is_wrong(own, against) else ""

    return find


def _texts(at: Mapping[str, int]) -> Callable[[Row, str], str]:
    return lambda row, name: row[i].strip() if (i := at.get(name)) is not None else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


_KINDS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "upn": (lambda text: not isinstance(read_upn(text), Unknown), "is no unique pupil number: form or check letter"),
    "day": (lambda text: len(text) == 10 and _day(text) is not None, "is no day YYYY-MM-DD"),
}
