"""Figures over time, between areas and between groups in words: what could be chance, what is not, what is not known."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from duecare.figure.charts.area_consistency import Consistency
from duecare.figure.charts.chart_signals import Rule
from duecare.figure.charts.control_limits import BASELINE, Chart, Point
from duecare.figure.charts.funnel_chart import Allowance, Funnel
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.figure.comparison.hour_differences import HoursApart
from duecare.figure.comparison.share_differences import Difference
from duecare.figure.counted_share import Counted
from duecare.report.agreement_words import between_words, in_percent, points_words
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

NO_RANK: Final = (
    "This is not a league table. An area within the limits does not differ more than chance could explain. An area outside"
    " them is a question, not a verdict."
)


def share_words(counted: Counted) -> str:
    """The share, and of how many.

    Example:
        >>> share_words(Counted("Ashmere", 12, 80))
        '15.0% (12 of 80)'
    """
    return (
        "no cases"
        if isinstance(counted.share, Unknown)
        else f"{in_percent(counted.share)} ({counted.part:,} of {counted.n:,})"
    )


def funnel_sentences(funnel: Funnel | Unknown, areas: tuple[Counted, ...]) -> tuple[str, ...]:
    """How many areas are outside the limits, how many would be by chance alone, and what the limits allow for."""
    if isinstance(funnel, Unknown):
        return (f"We could not work out limits: {funnel.reason}.",)
    further = sum(1 for area_count in areas if funnel.outside(area_count) is not None)
    flagged = ", ".join(area_count.label for area_count in areas if funnel.is_flagged(area_count)) or "none"
    all_together = (
        f"All areas together: {in_percent(funnel.centre)}. Out of {funnel.areas} areas with cases, {further}"
        f" {'is' if further == 1 else 'are'} outside the 95% limits. By chance alone, about"
        f" {funnel.by_chance(0.95):.1f} would be."
    )
    far_out = (
        f"Outside the 99.8% limits: {flagged}. By chance alone, about 1 in"
        f" {1 / funnel.by_chance(0.998):.0f} charts like this would show any."
    )
    return all_together, far_out, _allowance_sentence(funnel), NO_RANK


def _allowance_sentence(funnel: Funnel) -> str:
    if funnel.allowance is Allowance.NONE:
        return "The limits allow for chance only."
    return (
        f"The areas vary {funnel.dispersion:.1f} times as much as chance alone would explain, so the limits are widened to allow"
        " for this. Only an area unlike the rest is outside them."
    )


def place_words(funnel: Funnel | Unknown, area_count: Counted) -> str:
    """Whether this area is within the limits, above or below them."""
    if isinstance(area_count.share, Unknown):
        return "no cases"
    if isinstance(funnel, Unknown):
        return f"not known: {funnel.reason}"
    beyond = funnel.outside(area_count)
    if beyond is None:
        return "within the limits"
    side_word = "above" if area_count.share > funnel.centre else "below"
    return f"{side_word} the {'99.8' if funnel.is_flagged(area_count) else '95'}% limits"


def share_limit_words(funnel: Funnel | Unknown, area_count: Counted, confidence: float) -> str:
    """The shares that chance alone could give an area with this many cases."""
    if isinstance(funnel, Unknown) or not area_count.n:
        return "not known"
    low_limit, high_limit = funnel.limits(area_count.n, confidence)
    return f"{in_percent(low_limit)} to {in_percent(high_limit)}"


def consistency_sentence(area_spread: Consistency | Unknown) -> str:
    """How much areas really differ."""
    if isinstance(area_spread, Unknown):
        return f"It is not known how much areas really differ: {area_spread.reason}."
    if isinstance(area_spread.interval, Unknown):
        return f"There is no evidence that areas really differ: {area_spread.interval.reason}."
    interval_words = (
        f"95% interval {_points_words(area_spread.interval.low)} to {_points_words(area_spread.interval.high)}"
    )
    rough = " The interval is approximate, because areas differ a lot." if area_spread.is_rough else ""
    if not area_spread.interval.low:
        return (
            f"Chance alone could explain these differences. Areas really differ by about "
            f"{_points_words(area_spread.apart)} points"
            f" either way of {in_percent(area_spread.middle)} ({interval_words}).{rough}"
        )
    return (
        f"Areas really differ by about {_points_words(area_spread.apart)} points either way of "
        f"{in_percent(area_spread.middle)} ({interval_words})."
        f" This is what remains after chance is removed. About 2 in 3 areas are within it.{rough}"
    )


def _points_words(value: float) -> str:
    return f"{value * 100:.1f}"


def chart_sentences(chart: Chart) -> tuple[str, ...]:
    """What is more than chance in this series, how the limits were set, and where they restart."""
    if not chart.phases:
        return ("There are no points yet.",)
    first_phase, *later = chart.phases
    sentences = [_limits_sentence(chart, first_phase.first, first_phase.set_by)]
    if first_phase.widened > 1:
        sentences.append(
            "Points differ by more than chance in single cases, so the limits are"
            f" {first_phase.widened:.1f} times as wide as chance alone would set them."
        )
    sentences += [
        f"The limits were reset from {later_phase.first}, using {later_phase.set_by} points: {later_phase.why}"
        for later_phase in later
    ]
    if all(isinstance(point.limits, Unknown) for point in chart.points):
        return tuple(sentences)
    if not chart.signals:
        return (*sentences, "No point differs more than chance could explain.")
    by_rule = {chart_rule.code: chart_rule for point in chart.signals for chart_rule in point.rules}
    for chart_rule in by_rule.values():
        sentences.append(f"More than chance, because {chart_rule.says}: {_places_broken(chart, chart_rule)}.")
    return tuple(sentences)


def _limits_sentence(chart: Chart, first_label: str, set_by: int) -> str:
    limits = [point.limits for point in chart.points if not isinstance(point.limits, Unknown)]
    if not limits:
        reason = next(
            (point.limits.reason for point in chart.points if isinstance(point.limits, Unknown)), "there are no points"
        )
        return f"We cannot set limits yet: {reason}."
    if set_by < BASELINE:
        return f"The limits use the {set_by} points from {first_label}; once there are {BASELINE}, they stay."
    return f"The limits use the {set_by} points from {first_label}, and stay."


def _places_broken(chart: Chart, chart_rule: Rule) -> str:
    """The points that break a rule, those in a row as one."""
    grouped_points = groupby(enumerate(chart.points), lambda numbered_point: chart_rule in numbered_point[1].rules)
    broken_runs = [[point.label for _, point in run_points] for is_broken, run_points in grouped_points if is_broken]
    return ", ".join(
        run_labels[0] if len(run_labels) == 1 else f"{run_labels[0]} to {run_labels[-1]}" for run_labels in broken_runs
    )


def point_words(point: Point) -> str:
    """Whether this point is more than chance, and why."""
    if isinstance(point.value, Unknown):
        return f"not known: {point.value.reason}"
    if isinstance(point.limits, Unknown):
        return f"not known: {point.limits.reason}"
    return "; ".join(chart_rule.says for chart_rule in point.rules) or "within chance"


def difference_words(share_gap: Difference | Unknown) -> str:
    """How many points a group differs by, and whether that could be chance."""
    if isinstance(share_gap, Unknown):
        return f"not known: {share_gap.reason}"
    sure_words = "more than chance" if share_gap.is_told else "could be chance"
    return f"{points_words(share_gap.value)} ({between_words(share_gap.interval, 'points')}): {sure_words}"


def hours_words(hours_gap: HoursApart | Unknown) -> str:
    """How many hours longer a group waits, and whether that could be chance."""
    if isinstance(hours_gap, Unknown):
        return f"not known: {hours_gap.reason}"
    sure_words = "more than chance" if hours_gap.is_told else "could be chance"
    return f"{_hours_words(hours_gap.value)} hours ({_hours_between(hours_gap.interval)}): {sure_words}"


def _hours_words(value: float) -> str:
    return f"{round(value, 1) + 0.0:+.1f}".replace("+0.0", "0.0").replace("-", "−")


def _hours_between(interval: Interval) -> str:
    return f"{_hours_words(interval.low)} to {_hours_words(interval.high)}"


def fairness_sentences(fairness: Fairness | HoursFairness) -> tuple[str, ...]:
    """The groups that differ from those like them, how many would by chance alone, and for how many the group is not known."""
    named_groups: list[tuple[str, int, Difference | HoursApart | Unknown]]
    if isinstance(fairness, Fairness):
        named_groups = [(group.counted.label, group.counted.n, group.like_with_like) for group in fairness.groups]
        not_known = fairness.not_known.n
    else:
        named_groups = [(group.label, group.n, group.like_with_like) for group in fairness.groups]
        not_known = fairness.not_known
    compared = [(label, group_gap) for label, _, group_gap in named_groups if not isinstance(group_gap, Unknown)]
    told_labels = ", ".join(label for label, group_gap in compared if group_gap.is_told)
    outcome = (
        f"Each group is compared with {fairness.against}, using only cases of the same kind and place. Of {len(compared)}"
        f" groups compared, these differ by more than chance: {told_labels or 'none'}. By chance alone, about"
        f" {len(compared) * 0.05:.1f} would."
    )
    if not not_known:
        return (outcome,)
    all_cases = not_known + sum(case_count for _, case_count, _ in named_groups)
    return outcome, f"The group is not known for {not_known:,} of {all_cases:,} cases. They are in no group."
