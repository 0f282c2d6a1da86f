"""What a request gives beside its path: moments and page numbers, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from duecare.vocabulary.moments import end_of_day, from_wall_clock, iso, london, read_time

NAMES: Final[dict[str, str]] = {"as_of": "As it stood at", "known_at": "As known at"}
PARTS: Final = ("day", "month", "year", "time")
SPAN: Final[dict[str, str]] = {"from": "From", "to": "To"}


@dataclass(frozen=True, slots=True)
class Moments:
    """At which moment is the page asked for, and as known when? None is now, or everything written so far.

    Shape:   `fault` is empty, or says in plain words what of an address cannot be read; `faults` (field, words) what of a
             form. `typed` is what a form sent, field by field; `known` its choice. `kept` is what else was asked for.
    """

    as_of: datetime | None = None
    known_at: datetime | None = None
    fault: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def is_now(self) -> bool:
        """Is no other moment than now asked for?"""
        return self.as_of is None and self.known_at is None

    @property
    def at(self) -> dict[str, datetime | None]:
        """These moments as every step that looks at another moment takes them."""
        return {"as_of": self.as_of, "known_at": self.known_at}

    @property
    def query(self) -> dict[str, str]:
        """These moments as an address says them; empty for now."""
        return {name: iso(moment) for name, moment in self.at.items() if moment is not None}

    @property
    def address(self) -> str:
        """The query by which this page is found again: the moments, and what else was asked for."""
        said = [*self.kept, *self.query.items()]
        return f"?{urlencode(said)}" if said else ""

    @property
    def fields(self) -> Mapping[str, str]:
        """What stands in the fields of the form: what was typed, else the moments of the page."""
        return self.typed or {
            **_fields("as_of", self.as_of),
            **_fields("known_at", self.known_at),
            "known": "all" if self.known_at is None else "then" if self.known_at == self.as_of else "other",
        }


def read_moments(request: HttpRequest) -> Moments:
    """Which `as_of` and `known_at` does this request name, in its address or by the form of a page?

    Units:   without an offset, Europe/London; a day alone is the end of that day.
    Unknown: what cannot be read is a fault, never silently now.
    """
    given = request.GET
    fields = {f"{name}-{part}" for name in NAMES for part in PARTS} | {"known"}
    kept = tuple((name, str(value)) for name, value in given.items() if name not in {*NAMES, *fields, "page", "first"})
    if fields & set(given):
        typed = {name: given.get(name, "").strip() for name in sorted(fields)}
        return replace(_from_form(typed), typed=typed, kept=kept)
    read, fault = _named(request, NAMES)
    return Moments(read.get("as_of"), read.get("known_at"), fault=fault, kept=kept)


@dataclass(frozen=True, slots=True)
class Between:
    """From which moment to which is it asked for? None is what the page takes by itself.

    Shape:   `fault`, `faults` and `typed` as of one moment.
    """

    moments: Mapping[str, datetime | None]
    fault: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> Mapping[str, str]:
        """What stands in the fields of the form: what was typed, else the moments of the page."""
        return self.typed or {
            name: value for end in SPAN for name, value in _fields(end, self.moments.get(end)).items()
        }

    def filled(self, moments: Mapping[str, datetime | None]) -> Between:
        """The same with the moments that the page took."""
        return replace(self, moments=moments)


def read_span(request: HttpRequest) -> Between:
    """From which moment to which does this request name, in its address or by the form of the page?"""
    fields = {f"{name}-{part}" for name in SPAN for part in PARTS}
    if fields & set(request.GET):
        typed = {name: request.GET.get(name, "").strip() for name in sorted(fields)}
        read = {name: moment_typed(typed, name, words) for name, words in SPAN.items()}
        faults = [wrong for _, wrong in read.values() if wrong]
        first, last = read["from"][0], read["to"][0]
        if first is not None and last is not None and first > last:
            faults.append(("to-day", "“To” must not be before “From”"))
        return Between({name: moment for name, (moment, _) in read.items()}, "", tuple(faults), typed)
    found, fault = _named(request, SPAN)
    return Between(found, fault)


def _named(request: HttpRequest, names: Mapping[str, str]) -> tuple[dict[str, datetime | None], str]:
    """The moments that an address names by these names, or in plain words which of them cannot be read."""
    read: dict[str, datetime | None] = {}
    for name, words in names.items():
        text = request.GET.get(name, "").strip()
        try:
            read[name] = read_time(text).when.latest if text else None
        except ValueError:
            return {}, f"“{words}” is not a date or time. Write it as 2016-03-18 or 2016-03-18T09:00."
    return read, ""


def moment_typed(typed: Mapping[str, str], name: str, words: str) -> tuple[datetime | None, tuple[str, str] | None]:
    """Which moment do the fields of this name hold? None where all are blank; else it, or (field, what is wrong).

    Units:   Europe/London; without a time, the end of the day.
    """
    day, month, year, clock = (typed.get(f"{name}-{part}", "").strip() for part in PARTS)
    if not (day or month or year or clock):
        return None, None
    lacking = [part for part, value in zip(PARTS, (day, month, year), strict=False) if not value]
    if lacking:
        return None, (f"{name}-{lacking[0]}", f"“{words}” must include a {' and a '.join(lacking)}")
    try:
        on = date(*(int(part) if part.isascii() and part.isdigit() else 0 for part in (year, month, day)))
    except (ValueError, OverflowError):
        return None, (f"{name}-day", f"“{words}” must be a real date")
    if not 1900 <= on.year <= 2200:
        return None, (f"{name}-year", f"“{words}” must have a year of four digits")
    if not clock:
        return end_of_day(on), None
    try:
        at = time.fromisoformat(clock if ":" in clock else "no")
    except ValueError:
        return None, (f"{name}-time", f"“{words}”: write the time as 09:30, or leave it out")
    return from_wall_clock(datetime(on.year, on.month, on.day, at.hour, at.minute, at.second)).when.latest, None  # noqa: DTZ001


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for? The first where none, or no number, is given."""
    return _number(request.GET.get("page", "")) or 1


def place_number(request: HttpRequest) -> int:
    """From which place of a list on is it asked for? From the beginning where none, or no number, is given."""
    return _number(request.GET.get("first", ""))


def _number(text: str) -> int:
    return min(int(text[:9]), 1_000_000) if text.isascii() and text.isdigit() else 0


def _from_form(typed: Mapping[str, str]) -> Moments:
    as_of, wrong = moment_typed(typed, "as_of", NAMES["as_of"])
    faults = [wrong] if wrong else []
    known = typed.get("known") or "all"
    known_at: datetime | None = None
    if known == "then":
        known_at = as_of
        if as_of is None and not faults:
            faults.append(("as_of-day", "Enter the moment at which it stood, to see what was known by then"))
    elif known == "other":
        known_at, wrong = moment_typed(typed, "known_at", NAMES["known_at"])
        if wrong:
            faults.append(wrong)
        elif known_at is None:
            faults.append(("known_at-day", "Enter the moment by which it was known"))
    elif known != "all":
        faults.append(("known", "Select what was known"))
    return Moments(None, None, faults=tuple(faults)) if faults else Moments(as_of, known_at)


def _fields(name: str, moment: datetime | None) -> dict[str, str]:
    if moment is None:
        return {}
    shown = london(moment)
    clock = "" if (shown.hour, shown.minute, shown.second) == (23, 59, 59) else f"{shown:%H:%M}"
    clock += f":{shown:%S}" if clock and shown.second else ""
    parts = (str(shown.day), str(shown.month), str(shown.year), clock)
    return {f"{name}-{part}": value for part, value in zip(PARTS, parts, strict=True)}
