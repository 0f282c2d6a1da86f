"""A link as its pages show it: the evidence in words, numbers and a chart, and two records side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from django.urls import reverse

from duecare.person.pair import Pair
from duecare.person.search_reasons import level_words
from duecare.person.standing_judgements import Standing
from duecare.record.pole import PersonRecord, RecordKey
from duecare.web.people.presenters import missing_lines, record_rows
from duecare.web.site.formatting.reasons import plain_words
from duecare.web.site.formatting.tag import Tag

_COMPARED: Final = MappingProxyType(
    {
        "given": "Given names",
        "family": "Family name",
        "born": "Date of birth",
        "home": "Home",
        "identifier": "Identifying numbers",
        "contact": "Telephone, email, online",
        "sex": "Sex",
        "household": "Same household",
    }
)
_OF_HOUSEHOLD: Final = MappingProxyType(
    {
        "fits as well": "two people in the same household could match like this",
        "fits less": "two people in the same household are unlikely to match like this",
    }
)
_BEFORE: Final = "Before comparing"
_STANDINGS: Final[Mapping[Standing, Tag]] = MappingProxyType(
    {
        Standing.IN_FORCE: Tag("In force", "green"),
        Standing.SUPERSEDED: Tag("Replaced by a later judgement", "grey"),
        Standing.OVERRULED: Tag("Overruled by later judgements", "orange"),
        Standing.UNDONE: Tag("Taken back", "grey"),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: what was compared, the result, its weight and the running total.

    Units:   bits.
    """

    name: str
    found: str
    weight: float
    so_far: float


def steps_of(pair: Pair) -> tuple[Step, ...]:
    """The evidence of a pair as a sum, line by line; the weight before anything was compared comes first."""
    so_far = pair.weight - sum(comparison.weight for comparison in pair.comparisons)
    steps = [Step(_BEFORE, "any two records", so_far, so_far)]
    for comparison in pair.comparisons:
        so_far += comparison.weight
        words = _OF_HOUSEHOLD.get(comparison.level) or level_words(comparison.name, comparison.level)
        steps.append(Step(_COMPARED.get(comparison.name, comparison.name), words, comparison.weight, so_far))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one line: its place, length, direction and words."""

    x: float
    y: float
    width: float
    end: float
    speaks_for: bool
    name: tuple[float, float, str]
    weight: tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class WaterfallPicture:
    """A waterfall chart: each bar begins where the one before it ended.

    Shape:   `lines` are vertical, with their words; `narrow` is the same chart for the width of a phone.
    """

    width: int
    height: int
    tall: int
    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, str], ...]
    narrow: WaterfallPicture | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: int
    row: int
    tall: int
    left: int
    right: int
    over: int
    """How far above its bar a name is; 0 beside it."""


_BROAD, _NARROW = _Sheet(640, 34, 20, 200, 560, 0), _Sheet(340, 46, 18, 12, 270, 6)
_LEAST_BITS = 1e-6  # a chart of weights that are all but zero is drawn as if they were this wide
_TOP, _FOOT = 24, 12


def comparison_words(name: str, level: str) -> tuple[str, str]:
    """What was compared, and the result in words with a capital."""
    result = plain_words(_OF_HOUSEHOLD.get(level) or level_words(name, level))
    return _COMPARED.get(name, name), result[:1].upper() + result[1:]


def waterfall_chart(pair: Pair, join: float) -> WaterfallPicture:
    """The chart of a pair's evidence, with lines at even odds and where records are linked automatically."""
    steps = steps_of(pair)
    broad = _draw_waterfall(steps, join, _BROAD)
    return WaterfallPicture(
        broad.width, broad.height, broad.tall, broad.bars, broad.lines, _draw_waterfall(steps, join, _NARROW)
    )


def _draw_waterfall(steps: tuple[Step, ...], join: float, sheet: _Sheet) -> WaterfallPicture:
    ends = [0.0, join, *(step.so_far for step in steps)]
    low, high = min(ends), max(ends)
    scale = (sheet.right - sheet.left) / max(high - low, _LEAST_BITS)

    def place_of(bits: float) -> float:
        return round(sheet.left + (bits - low) * scale, 1)

    bars, before = [], 0.0
    for number, step in enumerate(steps):
        y = _TOP + number * sheet.row + (sheet.row - sheet.tall if sheet.over else (sheet.row - sheet.tall) / 2)
        bar_start, bar_end = sorted((place_of(before), place_of(step.so_far)))
        middle = y + sheet.tall / 2 + 5
        name = (sheet.left, y - sheet.over, step.name) if sheet.over else (4.0, middle, step.name)
        bars.append(
            Bar(
                bar_start,
                y,
                max(1.0, round(bar_end - bar_start, 1)),
                place_of(step.so_far),
                step.weight >= 0,
                name,
                (sheet.width - 4.0, middle, bits_words(step.weight)),
            )
        )
        before = step.so_far
    lines = ((place_of(0.0), "even"), (place_of(join), "linked"))
    return WaterfallPicture(sheet.width, _TOP + len(steps) * sheet.row + _FOOT, sheet.tall, tuple(bars), lines)


def bits_words(bits: float) -> str:
    """A weight with its sign: plus for, minus against."""
    return f"{bits:+.1f}".replace("-", "−") if abs(bits) >= 0.05 else "0.0"


def chance_words(probability: float) -> str:
    """A probability as a percentage, never 0% or 100%."""
    if probability > 1 - 1e-6:
        return "more than 99.9999%"
    if probability < 1e-6:
        return "less than 0.0001%"
    places = 1 if 0.01 <= probability <= 0.99 else 4
    return f"{probability * 100:.{places}f}%"


def side_by_side(a: PersonRecord, b: PersonRecord) -> tuple[tuple[str, str, str, bool], ...]:
    """Two records line by line: (name, first value, second value, whether they are the same).

    Unknown: two that are not known, or not shown, are not the same.
    """
    first_rows, second_rows = dict(record_rows(a)), dict(record_rows(b))
    names = [*first_rows, *(name for name in second_rows if name not in first_rows)]
    missing = missing_lines(a) | missing_lines(b)
    return tuple(
        (
            name,
            first_rows.get(name, ""),
            second_rows.get(name, ""),
            first_rows.get(name, "") == second_rows.get(name, "") and name not in missing,
        )
        for name in names
    )


def standing_tag(standing: Standing) -> Tag:
    """The word and colour for whether a judgement is in force."""
    return _STANDINGS[standing]


def link_url(a: RecordKey | str, b: RecordKey | str) -> str:
    """The address of the page of two records, whatever is in their keys."""
    return reverse("link", args=(_address_part(a), _address_part(b)))


def record_named(part: str) -> RecordKey:
    """The record that a part of an address names."""
    source, _, record_id = unquote(part).partition(":")
    return RecordKey(source, record_id)


def _address_part(record: RecordKey | str) -> str:
    return quote(str(record), safe=":")


FILTERS = {
    "link_steps": steps_of,
    "bits": bits_words,
    "chance": chance_words,
    "standing_tag": standing_tag,
}
GLOBALS = {
    "comparison": comparison_words,
    "link_url": link_url,
    "side_by_side": side_by_side,
    "waterfall": waterfall_chart,
}
