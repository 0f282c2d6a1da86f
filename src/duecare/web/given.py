"""What a request gives beside its path: moments and page numbers, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from duecare.vocabulary.moments import read_time


@dataclass(frozen=True, slots=True)
class Moments:
    """At which moment is the page asked for, and as known when? None is now, or everything written so far.

    Shape:   `fault` is empty, or says in plain words which of the two cannot be read.
    """

    as_of: datetime | None = None
    known_at: datetime | None = None
    fault: str = ""


def moments(request: HttpRequest) -> Moments:
    """Which `as_of` and `known_at` does this request name?

    Units:   without an offset, Europe/London; a day alone is the end of that day.
    Unknown: what cannot be read is a fault, never silently now.
    """
    read: dict[str, datetime | None] = {}
    for name, words in (("as_of", "“As it stood at”"), ("known_at", "“As known at”")):
        text = request.GET.get(name, "").strip()
        try:
            read[name] = read_time(text).when.latest if text else None
        except ValueError:
            return Moments(fault=f"{words} is not a date or time. Write it as 2016-03-18 or 2016-03-18T09:00.")
    return Moments(read["as_of"], read["known_at"])


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for? The first where none, or no number, is given."""
    text = request.GET.get("page", "1")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and text.strip("0") else 1
