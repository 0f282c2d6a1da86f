"""Figures in the words of a page: values with their interval, breakdowns by name, and the lines of a list."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from typing import TYPE_CHECKING, Final

from duecare.figure import NOT_KNOWN, Basis, CountedLine, CutKey, Definition, Dimension, FigureValue, Unit
from duecare.figure.comparison.group_fairness import Fairness, Group, GroupHours, HoursFairness
from duecare.figure.hidden_value import is_hidden
from duecare.report.figure_words import difference_words, hours_words
from duecare.report.quarterly.quarterly_tables import BY_WORDS
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.labels import case_words, fair_words
from duecare.web.site.formatting.numbers import share_words
from duecare.web.site.formatting.report_words import page_words

if TYPE_CHECKING:
    from duecare.use_cases.figures.view_figures import KeptFigure

DIMENSIONS: Final[dict[Dimension, str]] = {**BY_WORDS, Dimension.TEAM: "Team", Dimension.QUARTER: "Quarter"}
BASES: Final[dict[Basis, str]] = {
    Basis.PROCESS: "Everything in the period is counted. The interval treats it as a sample of how the work is done",
    Basis.SAMPLE: "A sample of files was drawn. The interval allows for how it was drawn, or assumes a random sample",
    Basis.WHOLE: "None: this is a full count, so there is no sampling error",
}
_LATE: Final = "Late: "
"""How the titles of the shares late begin, each followed by its duty in a few words."""

COUNTS: Final[dict[bool | None, str]] = {True: "Counted", False: "Not counted", None: "Not known"}


def amount(value: float | Unknown, unit: Unit) -> str:
    """This number in its unit."""
    if isinstance(value, Unknown):
        return "not known"
    match unit:
        case Unit.COUNT:
            return f"{value:,.0f}"
        case Unit.SHARE:
            return share_words(value)
        case Unit.DIFFERENCE:
            return f"{value * 100 + 0.0:+.1f} points".replace("-", "\N{MINUS SIGN}")
        case _:
            return f"{value:,.1f} hours"


def value_words(value: FigureValue, unit: Unit) -> str:
    """The value of a figure. A hidden one says so, and one that is not known says why."""
    if is_hidden(value):
        return "hidden"
    if isinstance(value.value, Unknown):
        return f"not known: {value.value.reason}"
    return amount(value.value, unit)


def listed_question(definition: Definition) -> str:
    """The question of a figure under its title in a list; empty where it would only repeat the words of the duty."""
    return "" if definition.title.startswith(_LATE) else fair_words(definition.question)


def of_words(kept_value: KeptFigure) -> str:
    """The counts behind a share: `139 of 449`, or `449` alone; empty for a count, and for what is hidden."""
    value = kept_value.value
    if value.whole is None or is_hidden(value):
        return ""
    return f"{value.whole:,}" if "part" in kept_value.not_printed else f"{value.part:,} of {value.whole:,}"


def sure_words(value: FigureValue, unit: Unit) -> str:
    """The interval of a value, or why there is none."""
    if isinstance(value.interval, Interval):
        return f"{amount(value.interval.low, unit)} to {amount(value.interval.high, unit)}"
    return "" if is_hidden(value) or isinstance(value.value, Unknown) else page_words(value.interval.reason)


def unknown_words(kept_value: KeptFigure) -> str:
    """How many are not known."""
    return (
        "hidden"
        if is_hidden(kept_value.value) or "unknown" in kept_value.not_printed
        else f"{kept_value.value.unknown:,}"
    )


def line_amount(line: CountedLine, unit: Unit) -> str:
    """The amount of a line; empty where nothing is measured."""
    if unit is not Unit.HOURS or line.amount is None:
        return ""
    return "not yet" if isinf(line.amount) else amount(line.amount, unit)


def fairness_label(group: Group | GroupHours) -> str:
    """The name of a group."""
    return group.counted.label if isinstance(group, Group) else group.label


def fairness_count(group: Group | GroupHours) -> int:
    """The number of lines in a group."""
    return group.counted.n if isinstance(group, Group) else group.n


def fairness_words(group: Group | GroupHours) -> str:
    """How a group compares with others, among similar cases."""
    if isinstance(group, Group):
        return page_words(difference_words(group.like_with_like))
    return page_words(hours_words(group.like_with_like))


def fairness_together(group: Group | GroupHours) -> str:
    """How a group compares when all cases are taken together, whatever their kind and place."""
    if isinstance(group, Group):
        return page_words(difference_words(group.all_together))
    return f"{amount(group.median, Unit.HOURS)} (median)"


def fairness_unknown(comparison: Fairness | HoursFairness) -> int:
    """The number of lines whose group is not known."""
    return comparison.not_known.n if isinstance(comparison, Fairness) else comparison.not_known


def dimension_words(dimension: Dimension | str) -> str:
    """The name of a dimension."""
    return DIMENSIONS[Dimension(dimension)]


def group_words(name: str, dimension: Dimension | str) -> str:
    """The name of one part of a breakdown."""
    return case_words(name) if Dimension(dimension) is Dimension.CASE_KIND else name.replace("_", " ")


def cut_words(cut: CutKey) -> str:
    """The part of the force: `Area: Eastmoor`, or the whole force where there is no breakdown."""
    return (
        ", ".join(f"{dimension_words(dimension)}: {group_words(name, dimension)}" for dimension, name in cut)
        or "The whole force"
    )


def counts_words(*, counts: bool | None) -> str:
    """Whether a line is counted."""
    return COUNTS[counts]


FILTERS: dict[str, Callable[..., object]] = {
    "figure_amount": amount,
    "figure_value": value_words,
    "listed_question": listed_question,
    "figure_of": of_words,
    "figure_sure": sure_words,
    "figure_unknown": unknown_words,
    "basis_words": lambda basis: BASES[basis],
    "line_amount": line_amount,
    "line_area": lambda line: "" if line.by(Dimension.AREA) == NOT_KNOWN else line.by(Dimension.AREA),
    "fairness_label": fairness_label,
    "fairness_count": fairness_count,
    "fairness_words": fairness_words,
    "fairness_together": fairness_together,
    "fairness_unknown": fairness_unknown,
    "dimension": dimension_words,
    "group": group_words,
    "cut": cut_words,
    "counts": lambda counts: counts_words(counts=counts),
}
