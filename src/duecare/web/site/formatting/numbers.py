"""Numbers, percentages and the details of an event in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from duecare.vocabulary.unknown import Unknown

_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def number_words(value: int | float | Unknown | None) -> str:
    """A number with thousands separated; an unknown one is `not known` or its reason, never 0."""
    if value is None:
        return "not known"
    if isinstance(value, Unknown):
        return value.reason
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def share_words(value: float | None) -> str:
    """A proportion (0..1) as a percentage, such as `74.3%`; what is short of certain is never rounded to certain."""
    if value is None:
        return "not known"
    if 0.9995 <= value < 1:
        return "more than 99.9%"
    return "less than 0.1%" if 0 < value < 0.0005 else f"{value * 100:.1f}%"


def percent_words(value: float | Unknown | None) -> str:
    """A percentage; empty where it is not known."""
    return f"{value:.1f}%" if isinstance(value, int | float) else ""


def words_of(name: str) -> str:
    """The name of a field as words, with a capital."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def detail_lines(detail: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The other details of an event: (name, value), lists and objects written out, in the order of names."""
    return tuple((words_of(name), _value(detail[name])) for name in sorted(detail))


def _value(value: object) -> str:
    if value is True:
        return "yes"
    if value is False:
        return "no"
    if value is None:
        return "not known"
    if isinstance(value, Mapping):
        return "; ".join(f"{words_of(str(name))}: {_value(part)}" for name, part in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(_value(part) for part in value) or "none"
    text = str(value)
    period = _PERIOD.fullmatch(text)
    if period:
        return f"{period[1]} {_UNITS[period[2]]}{'' if period[1] == '1' else 's'}"
    return text.replace("_", " ") if _CODE.fullmatch(text) else text
