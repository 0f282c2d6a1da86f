"""Dates and times as a source writes them, put into ISO 8601: day first, or in a form that the mapping gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

IsoText = Callable[[str], str]

NOT_IN_FORM: Final = "not in the form that the mapping gives"
"""Stands for a text in another form: no reader of dates takes it, so it is unknown, or its row is set aside."""

_KNOWN: Final = frozenset("YmbBdHIMSfpzaA%")
_DAY_FIRST: Final = re.compile(
    r"(?:(?:(?P<day>\d{1,2})(?P<sign>[/.\- ]))?(?P<month>\d{1,2})(?P<before>[/.\- ]))(?P<year>\d{4})"
    r"(?:[T ,]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?P<offset>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)


def date_form_faults(column: str, form: object) -> list[str]:
    """What is wrong with the form that a mapping gives for the dates of this column?"""
    if not isinstance(form, Mapping) or set(form) not in ({"day_first"}, {"format"}):
        return [f"dates.{column}: give day_first or format"]
    if "day_first" in form:
        return [] if form["day_first"] is True else [f"dates.{column}: day_first is not true"]
    text = form["format"]
    signs = re.findall(r"%(.?)", text) if isinstance(text, str) else []
    if "Y" not in signs:
        return [f"dates.{column}: a format without %Y, the year in four digits"]
    return [f"dates.{column}: %{sign} is not known" for sign in sorted(set(signs) - _KNOWN)]


def date_form(form: Mapping[str, Any]) -> IsoText:
    """A function from the text in a cell to ISO 8601 text.

    Shape:   empty text stays empty. Under `day_first`, what begins with the year is read as ISO 8601. A format that
             names no day, or no month, gives a date of that precision.
    Unknown: text in another form comes back as what no reader takes for a date.
    """
    return _read_day_first if form.get("day_first") is True else _reader_of(str(form["format"]))


def with_date_forms(forms: Mapping[str, Mapping[str, Any]], columns: Sequence[str]) -> Callable[[Any], Any] | None:
    """A function that gives a row with its dates in ISO 8601; None where no column has a form of its own."""
    reads = [(i, date_form(forms[name])) for i, name in enumerate(columns) if name in forms]
    if not reads:
        return None

    def rewrite(row: Sequence[str]) -> Sequence[str]:
        texts = list(row)
        for i, read in reads:
            texts[i] = read(texts[i])
        return texts

    return rewrite


def form_words(form: Mapping[str, Any]) -> str:
    """The form as a person would write it, such as dd/mm/yyyy."""
    if form.get("day_first") is True:
        return "dd/mm/yyyy, with hh:mm after it if the time is known"
    words = {"Y": "yyyy", "m": "mm", "d": "dd", "H": "hh", "M": "mm", "S": "ss", "b": "Jan", "B": "January"}
    return re.sub(r"%(.)", lambda found: words.get(found[1], found[0]), str(form["format"]))


def _read_day_first(text: str) -> str:
    text = text.strip()
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return text if not text or re.match(r"\d{4}", text, re.ASCII) else NOT_IN_FORM
    day, sign, month, year, time = found["day"], found["sign"], found["month"], found["year"], found["time"]
    if (day is not None and sign != found["before"]) or (day is None and time is not None):
        return NOT_IN_FORM
    date = f"{year}-{month:0>2}" + (f"-{day:0>2}" if day is not None else "")
    return f"{date}T{time.zfill(len(time) + time.index(':') % 2)}{found['offset'] or ''}" if time else date


def _reader_of(form: str) -> IsoText:
    signs = set(re.findall(r"%(.)", form))
    has_day, has_month = "d" in signs, bool(signs & set("mbB"))
    has_time = bool(signs & set("HI"))

    def read(text: str) -> str:
        text = text.strip()
        if not text:
            return ""
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - without an offset the source's own zone is meant
        except ValueError:
            return NOT_IN_FORM
        if has_time:
            return found.isoformat(timespec="seconds")
        day = found.date().isoformat()
        return day if has_day else day[:7] if has_month else day[:4]

    return read
