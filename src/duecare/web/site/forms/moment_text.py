"""A day or a moment typed into one control: `3 December 2026`, `3/12/2026 09:30` or `2026-12-03T09:30`."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from duecare.vocabulary.london_clock import from_wall_clock, in_london, read_time, when_on_day
from duecare.vocabulary.moments import When
from duecare.web.site.forms.day_and_moment_fields import read_day

_DAY_AND_TIME: Final = re.compile(r"(.+?),?\s+(?:at\s+)?(\d{1,2}:\d{2})")


def when_in_text(text: str) -> When:
    """The day or moment that this text names.

    Units:   Europe/London, where no offset is given.
    Raises:  ValueError where it names none.
    Example:
        >>> when_in_text("3 December 2026 09:30") == when_in_text("2026-12-03T09:30")
        True
    """
    text = text.strip()
    if named := _DAY_AND_TIME.fullmatch(text):
        day, clock = read_day(named[1]), time.fromisoformat(named[2].zfill(5))
        return from_wall_clock(datetime.combine(day, clock)).when
    try:
        return when_on_day(read_day(text))
    except ValueError:
        return read_time(text).when


def moment_as_text(moment: datetime) -> str:
    """A moment as `when_in_text` reads it: `3 December 2026 09:30`."""
    shown = in_london(moment)
    return f"{shown.day} {shown:%B %Y %H:%M}"


class MomentTextField(forms.CharField):
    """A day, or a day with a time, typed into one control.

    Shape:   cleans to the earliest moment that is meant, or None where it is blank and not required.
    """

    def __init__(self, *, name_in_errors: str, required: bool = False, **options: Any) -> None:
        self.name_in_errors = name_in_errors
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        super().__init__(required=required, max_length=60, **options)

    def clean(self, value: Any) -> datetime | None:
        """The moment, or an error that shows how to write one."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return when_in_text(text).earliest
        except (ValueError, OverflowError):
            raise ValidationError(
                f"{self.name_in_errors} must be a real date, like 3 December 2026 or 3 December 2026 09:30"
            ) from None
