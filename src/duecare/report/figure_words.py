"""Figures over time, between areas and between groups in plain words: what is chance, what is not, what is not told."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from duecare.figure.charts.area_consistency import Consistency
from duecare.figure.charts.control_limits import BASELINE, Chart, Point, Rule
from duecare.figure.charts.funnel_chart import Allowance, Funnel
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.figure.comparison.hour_differences import HoursApart
from duecare.figure.comparison.share_differences import Difference
from duecare.figure.counted_share import Counted
from duecare.report.agreement_words import between, in_percent, points
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

NO_RANK: Final = (
    "This is no league table. An area within the limits is like the others as far as anyone can tell, and one outside them"
    " is a question, not a verdict."
)


def share_words(one: Counted) -> str:
    """Which share, of how many?

    Example:
        >>> share_words(Counted("Ashmere", 12, 80))
        '15.0% (12 of 80)'
    """
    return "no cases" if isinstance(one.share, Unknown) else f"{in_percent(one.share)} ({one.part:,} of {one.n:,})"


def funnel_sentences(funnel: Funnel | Unknown, areas: tuple[Counted, ...]) -> tuple[str, ...]:
    """How many areas lie outside of the limits, how many would by chance alone, and what do the limits allow for?"""
    if isinstance(funnel, Unknown):
        return (f"No limits can be set: {funnel.reason}.",)
    further = sum(1 for one in areas if funnel.outside(one) is not None)
    flagged = ", ".join(one.label for one in areas if funnel.is_flagged(one)) or "none"
    all_together = (
        f"All areas together: {in_percent(funnel.centre)}. Of {funnel.areas} areas with cases, {further}"
        f" {'lies' if further == 1 else 'lie'} outside the 95% limits; by chance alone about"
        f" {funnel.by_chance(0.95):.1f} would if all were alike."
    )
    far_out = (
        f"Outside the 99.8% limits: {flagged}. By chance alone any area would be there in about one such picture of"
        f" {1 / funnel.by_chance(0.998):.0f}."
    )
    return all_together, far_out, _allowance_sentence(funnel), NO_RANK


def _allowance_sentence(funnel: Funnel) -> str:
    if funnel.allowance is Allowance.NONE:
        return "The limits are those of chance alone."
    return (
        f"The areas vary {funnel.dispersion:.1f} times as much as chance alone would have it, so most of what sets them apart"
        " is shared out among all of them; the limits are wider by that, and only an area apart from the rest lies outside."
    )


def place_words(funnel: Funnel | Unknown, one: Counted) -> str:
    """Where does this area lie?"""
    if isinstance(one.share, Unknown):
        return "no cases"
    if isinstance(funnel, Unknown):
        return f"cannot tell: {funnel.reason}"
    beyond = funnel.outside(one)
    if beyond is None:
        return "within the limits"
    side = "above" if one.share > funnel.centre else "below"
    return f"{side} the {'99.8' if funnel.is_flagged(one) else '95'}% limits"


def share_limit_words(funnel: Funnel | Unknown, one: Counted, confidence: float) -> str:
    """Within which shares would an area of so many cases lie by chance?"""
    if isinstance(funnel, Unknown) or not one.n:
        return "cannot tell"
    low, high = funnel.limits(one.n, confidence)
    return f"{in_percent(low)} to {in_percent(high)}"


def consistency_sentence(found: Consistency | Unknown) -> str:
    """By how much do areas truly differ?"""
    if isinstance(found, Unknown):
        return f"By how much areas truly differ cannot be told: {found.reason}."
    if isinstance(found.interval, Unknown):
        return f"Nothing shows that areas truly differ: {found.interval.reason}."
    ends = f"95% interval {_points(found.interval.low)} to {_points(found.interval.high)}"
    rough = " The interval is rough, for areas differ too much for it to hold all it says." if found.is_rough else ""
    if not found.interval.low:
        return (
            f"Chance alone could set areas as far apart as they are. They truly differ by about {_points(found.apart)} points"
            f" either way of {in_percent(found.middle)} ({ends}).{rough}"
        )
    return (
        f"Areas truly differ by about {_points(found.apart)} points either way of {in_percent(found.middle)} ({ends}): so"
        f" much remains when chance is taken off, and about two areas of three lie within it.{rough}"
    )


def _points(value: float) -> str:
    return f"{value * 100:.1f}"


def chart_sentences(chart: Chart) -> tuple[str, ...]:
    """What is more than chance in this series, what were limits set by, and where were they set anew?"""
    if not chart.phases:
        return ("There are no points yet.",)
    first, *later = chart.phases
    said = [_limits_sentence(chart, first.first, first.set_by)]
    if first.widened > 1:
        said.append(
            f"Points differ by more than chance in single cases, so the limits are {first.widened:.1f} times as wide as that"
            " alone would set them."
        )
    said += [f"From {one.first} on the limits were set anew, by {one.set_by} points: {one.why}" for one in later]
    if all(isinstance(one.limits, Unknown) for one in chart.points):
        return tuple(said)
    if not chart.signals:
        return (*said, "No point is more than chance.")
    by_rule = {rule.code: rule for point in chart.signals for rule in point.rules}
    for rule in by_rule.values():
        said.append(f"More than chance, because {rule.says}: {_where(chart, rule)}.")
    return tuple(said)


def _limits_sentence(chart: Chart, first: str, set_by: int) -> str:
    limits = [one.limits for one in chart.points if not isinstance(one.limits, Unknown)]
    if not limits:
        why = next(
            (one.limits.reason for one in chart.points if isinstance(one.limits, Unknown)), "there are no points"
        )
        return f"No limits can be set yet: {why}."
    if set_by < BASELINE:
        return f"The limits are set by the {set_by} points from {first} on; once there are {BASELINE}, they stay."
    return f"The limits are set by {set_by} points from {first} on, and stay."


def _where(chart: Chart, rule: Rule) -> str:
    """The points that break a rule, those in a row as one."""
    rows = groupby(enumerate(chart.points), lambda one: rule in one[1].rules)
    found = [[point.label for _, point in run] for is_broken, run in rows if is_broken]
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in found)


def point_words(point: Point) -> str:
    """Is this point more than chance, and why?"""
    if isinstance(point.value, Unknown):
        return f"cannot tell: {point.value.reason}"
    if isinstance(point.limits, Unknown):
        return f"cannot tell: {point.limits.reason}"
    return "; ".join(rule.says for rule in point.rules) or "within chance"


def difference_words(one: Difference | Unknown) -> str:
    """By how many points does a group differ, and could chance alone do that?"""
    if isinstance(one, Unknown):
        return f"cannot tell: {one.reason}"
    sure = "more than chance" if one.is_told else "chance alone could give this"
    return f"{points(one.value)} ({between(one.interval, 'points')}): {sure}"


def hours_words(one: HoursApart | Unknown) -> str:
    """By how many hours does a group wait longer, and could chance alone do that?"""
    if isinstance(one, Unknown):
        return f"cannot tell: {one.reason}"
    sure = "more than chance" if one.is_told else "chance alone could give this"
    return f"{_hours(one.value)} hours ({_hours_between(one.interval)}): {sure}"


def _hours(value: float) -> str:
    return f"{round(value, 1) + 0.0:+.1f}".replace("+0.0", "0.0").replace("-", "−")


def _hours_between(interval: Interval) -> str:
    return f"{_hours(interval.low)} to {_hours(interval.high)}"


def fairness_sentences(found: Fairness | HoursFairness) -> tuple[str, ...]:
    """Which groups differ from those like them, how many would by chance alone, and of how many is the group not known?"""
    named: list[tuple[str, int, Difference | HoursApart | Unknown]]
    if isinstance(found, Fairness):
        named = [(one.counted.label, one.counted.n, one.like_with_like) for one in found.groups]
        not_known = found.not_known.n
    else:
        named = [(one.label, one.n, one.like_with_like) for one in found.groups]
        not_known = found.not_known
    compared = [(label, one) for label, _, one in named if not isinstance(one, Unknown)]
    told = ", ".join(label for label, one in compared if one.is_told)
    outcome = (
        f"Set against {found.against}, each case only against those of its kind and place. Of {len(compared)} groups compared,"
        f" these differ by more than chance: {told or 'none'}. By chance alone about {len(compared) * 0.05:.1f} would."
    )
    if not not_known:
        return (outcome,)
    every = not_known + sum(n for _, n, _ in named)
    return outcome, f"Of {not_known:,} of {every:,} cases the group is not known. They belong to no group."
