"""Fields for days and moments, read strictly: a blank is nothing, and what cannot be read is an error, never today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from duecare.vocabulary.london_clock import end_of_day, from_wall_clock, in_london

_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_IN_FIGURES: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_WORDS: Final = re.compile(r"(\d{1,2})\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_REAL_DATE: Final = "must be a real date, like 3 December 2026 or 3/12/2026"


def read_day(text: str) -> date:
    """The day that this text names: `3 December 2026`, `3/12/2026` or `2026-12-03`.

    Raises:  ValueError where it names none.
    Example:
        >>> read_day("3 December 2026") == read_day("3/12/2026") == read_day("2026-12-03")
        True
    """
    words = " ".join(text.strip().lower().split())
    if not words.isascii():
        raise ValueError("not a day")
    if numbers := _IN_FIGURES.fullmatch(words):
        day, month, year = (int(part) for part in numbers.groups())
    elif named := _IN_WORDS.fullmatch(words):
        months = [place for place, name in enumerate(_MONTHS, 1) if name == named[2] or name[:3] == named[2]]
        day, month, year = int(named[1]), months[0] if months else 0, int(named[3])
    else:
        return date.fromisoformat(words) if len(words) == 10 else date(0, 0, 0)
    return date(year, month, day)


def in_figures(text: str) -> str:
    """A day written in words as figures, for use cases that read figures; anything else unchanged.

    Example:
        >>> in_figures("3 December 2026"), in_figures("14"), in_figures("2009")
        ('3/12/2026', '14', '2009')
    """
    if not any(sign.isalpha() for sign in text):
        return text
    try:
        day = read_day(text)
    except ValueError:
        return text
    return f"{day.day}/{day.month}/{day.year}"


class OpenChoiceField(forms.ChoiceField):
    """A choice from values that are known only once a list has been read; any other value is accepted too."""

    def valid_value(self, value: object) -> bool:  # noqa: ARG002
        """True: what is not offered finds nothing, and is no error."""
        return True


class DayField(forms.CharField):
    """A day typed into one control, in words or in figures.

    Shape:   cleans to a `date`, or None where it is blank and not required.
    """

    def __init__(self, *, name_in_errors: str, required: bool = True, **named: Any) -> None:
        self.name_in_errors = name_in_errors
        named.setdefault("error_messages", {"required": f"Enter {name_in_errors[:1].lower()}{name_in_errors[1:]}"})
        super().__init__(required=required, max_length=40, **named)

    def clean(self, value: Any) -> date | None:
        """The day, or an error that shows how to write one."""
        text = super().clean(value)
        if not text:
            return None
        try:
            day = read_day(text)
        except ValueError:
            raise ValidationError(f"{self.name_in_errors} {_REAL_DATE}", code="invalid") from None
        if not 1900 <= day.year <= 2200:
            raise ValidationError(f"{self.name_in_errors} must have a year with 4 digits", code="invalid")
        return day


class MomentParts(forms.MultiWidget):
    """The controls of a moment: day, month, year and time, each sent as `name-part`."""

    part_names: Final = ("day", "month", "year", "time")

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput() for _ in self.part_names], dict(attrs or {}))
        self.widgets_names = [f"-{part}" for part in self.part_names]

    def decompress(self, value: datetime | None) -> list[str]:
        """The parts that stand in the controls for this moment; the end of a day is shown without a time."""
        if value is None:
            return [""] * len(self.part_names)
        shown = in_london(value)
        clock = "" if (shown.hour, shown.minute, shown.second) == (23, 59, 59) else f"{shown:%H:%M}"
        clock += f":{shown:%S}" if clock and shown.second else ""
        return [str(shown.day), str(shown.month), str(shown.year), clock]


class MomentField(forms.MultiValueField):
    """A moment in day, month, year and time, as one field.

    Shape:   cleans to a moment, or None where every part is blank. An error's code names the part it is about.
    Units:   Europe/London; without a time, the end of the day.
    """

    widget = MomentParts

    def __init__(self, *, name_in_errors: str, required: bool = False, **named: Any) -> None:
        self.name_in_errors = name_in_errors
        parts = [forms.CharField(required=False) for _ in MomentParts.part_names]
        super().__init__(parts, require_all_fields=False, required=required, **named)

    def clean(self, value: Any) -> datetime | None:
        """The moment, or an error for the first part that is wrong."""
        day, month, year, clock = (str(part or "").strip() for part in (value or [""] * 4))
        named = self.name_in_errors
        if not (day or month or year or clock):
            if self.required:
                raise ValidationError(f"Enter {named[:1].lower()}{named[1:]}", code="day")
            return None
        given = zip(MomentParts.part_names, (day, month, year), strict=False)
        missing = [part for part, text in given if not text]
        if missing:
            raise ValidationError(f"{named} must include a {' and a '.join(missing)}", code=missing[0])
        return self._moment(self._day(day, month, year), clock)

    def compress(self, data_list: list[Any]) -> Any:
        """Unused: `clean` reads all parts together."""
        raise NotImplementedError

    def _day(self, day: str, month: str, year: str) -> date:
        try:
            read = date(*(int(part) if part.isascii() and part.isdigit() else 0 for part in (year, month, day)))
        except (ValueError, OverflowError):
            raise ValidationError(f"{self.name_in_errors} must be a real date", code="day") from None
        if not 1900 <= read.year <= 2200:
            raise ValidationError(f"{self.name_in_errors} must have a year with 4 digits", code="year")
        return read

    def _moment(self, day: date, clock: str) -> datetime:
        if not clock:
            return end_of_day(day)
        try:
            at = time.fromisoformat(clock if ":" in clock else "no")
        except ValueError:
            raise ValidationError(
                f"{self.name_in_errors} must have a time like 09:30, or no time", code="time"
            ) from None
        wall_clock = datetime(day.year, day.month, day.day, at.hour, at.minute, at.second)  # noqa: DTZ001
        return from_wall_clock(wall_clock).when.latest
