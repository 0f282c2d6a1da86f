"""Agreement and the gap in plain words, with their intervals."""

from __future__ import annotations

from duecare.audit.agreement.agreement import Coefficient
from duecare.audit.agreement.gap_breakdown import Part
from duecare.audit.agreement.gap_funnel import Funnel
from duecare.audit.agreement.grade_drift import Drift
from duecare.audit.agreement.optimism_gap import Gap
from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.audit.published.round_history import Change
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

PART_KINDS: dict[str, str] = {
    "area": "Area",
    "case_kind": "Kind of case",
    "topic": "Topic",
    "suspect": "How the suspect was treated",
    "grader": "Grader",
    "month": "Month",
    "half": "Grader, earlier and later files",
}
ORIGINS: dict[str, str] = {
    "here": "Drawn here",
    "elsewhere": "Run elsewhere, grades by case",
    "totals": "Published totals only",
}
SIDES: dict[str, str] = {"force": "The force", "inspectorate": "The inspectorate", "": "Not recorded"}
ESTIMATES: dict[str, str] = {
    "inspectorate_meets": "Would meet the standard, graded by the inspectorate",
    "force_meets": "Would meet the standard, graded by the force",
    "optimism_gap": "The optimism gap",
}
DRIFTS: dict[str, str] = {
    "stuart_maxwell": "Does one side prefer some grades? (Stuart and Maxwell, over all grades)",
    "mcnemar": "Does one side pass more than the other? (McNemar, on meeting the standard)",
}


def in_percent(value: float | Unknown) -> str:
    """A proportion in per cent to one decimal, or why it is not known.

    Example:
        >>> in_percent(0.553), in_percent(-0.0004)
        ('55.3%', '0.0%')
    """
    if isinstance(value, Unknown):
        return f"not known: {value.reason}"
    return f"{round(value * 100, 1) + 0.0:.1f}%"


def points_words(value: float | Unknown) -> str:
    """A gap in percentage points, or why it is not known."""
    if isinstance(value, Unknown):
        return f"not known: {value.reason}"
    return f"{round(value * 100, 1) + 0.0:+.1f} points".replace("+0.0", "0.0").replace("-", "−")


def between_words(interval: Interval | Unknown, unit_name: str = "percent") -> str:
    """The interval of the truth, in per cent, points or plain to two decimals; or why it is not known."""
    if isinstance(interval, Unknown):
        return f"interval not known: {interval.reason}"
    write = {"percent": in_percent, "points": points_words, "plain": coefficient_words}[unit_name]
    return f"{write(interval.low)} to {write(interval.high)}"


def how_sure(interval: Interval | Unknown, unit_name: str = "percent") -> str:
    """The same in brackets, behind a value in a sentence."""
    if isinstance(interval, Unknown):
        return f"(interval not known: {interval.reason})"
    return f"(95% interval {between_words(interval, unit_name)})"


def coefficient_words(value: float | Unknown) -> str:
    """A coefficient to two decimals, or why it is not known."""
    if isinstance(value, Unknown):
        return f"not known: {value.reason}"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def agreement_sentence(comparison: Comparison) -> str:
    """How often both sides gave the same grade."""
    table = comparison.table
    return (
        f"Both sides gave the same grade to {table.agreed:,} of the {table.n:,} files that both graded:"
        f" {in_percent(comparison.agreement.value)} {how_sure(comparison.agreement.interval)}."
    )


def gap_sentence(gap_estimate: Gap | Unknown) -> str:
    """How much more generous the force is."""
    if isinstance(gap_estimate, Unknown):
        return f"The optimism gap is not known: {gap_estimate.reason}."
    more_or_fewer, was_word = (
        "more" if gap_estimate.value >= 0 else "fewer",
        "was" if gap_estimate.force_only == 1 else "were",
    )
    interval_words = between_words(gap_estimate.interval, "points")
    sure_words = " The interval includes 0, so this could be chance." if gap_estimate.interval.holds(0) else ""
    return (
        f"The force passed {gap_estimate.force_passed:,} of them and the inspectors "
        f"{gap_estimate.inspectors_passed:,}: the force passed"
        f" {abs(gap_estimate.value) * 100:.1f} percentage points {more_or_fewer} (95% interval "
        f"{interval_words}). {gap_estimate.force_only:,} {was_word} passed by"
        f" the force only, {gap_estimate.inspectors_only:,} by the inspectors only.{sure_words}"
    )


def kappa_sentence(kappa: Coefficient) -> str:
    """How far agreement goes beyond chance."""
    if isinstance(kappa.value, Unknown):
        return f"Kappa is not known: {kappa.value.reason}."
    return (
        f"Beyond what chance would give, Cohen’s kappa is {coefficient_words(kappa.value)}"
        f" {how_sure(kappa.interval, 'plain')}."
    )


def drift_words(drift: Drift | Unknown) -> str:
    """How likely a difference this large between the sides is by chance."""
    if isinstance(drift, Unknown):
        return f"not known: {drift.reason}"
    by_chance = "less than 0.001" if drift.p_value < 0.001 else f"{drift.p_value:.3f}"
    return f"probability of a difference this large by chance: {by_chance} ({drift.method})"


def outside_words(funnel: Funnel | Unknown, breakdown_part: Part) -> str:
    """Whether this part is outside the limits."""
    if isinstance(funnel, Unknown):
        return f"not known: {funnel.reason}"
    beyond = funnel.outside(breakdown_part.gap)
    return "within" if beyond is None else f"outside the {'99.8' if beyond > 0.99 else '95'}% limits"


def limit_words(funnel: Funnel | Unknown, breakdown_part: Part, confidence: float) -> str:
    """The gaps that chance alone could give a part with this many files."""
    if isinstance(funnel, Unknown):
        return "not known"
    low_limit, high_limit = funnel.limits(breakdown_part.gap.n, confidence)
    return f"{points_words(low_limit)} to {points_words(high_limit)}"


def estimate_words(estimate_name: str, estimate: Estimate) -> str:
    """What the draw estimates for all files in the frame."""
    write, unit_name = (points_words, "points") if estimate_name == "optimism_gap" else (in_percent, "percent")
    return (
        f"{write(estimate.value)} {how_sure(estimate.interval, unit_name)}"
        if not isinstance(estimate.value, Unknown)
        else write(estimate.value)
    )


def change_words(change: Change | None) -> str:
    """How much the share changed since the round before."""
    if change is None:
        return "no earlier round"
    return f"{points_words(change.value)} ({between_words(change.interval, 'points')}) since {change.since}"
