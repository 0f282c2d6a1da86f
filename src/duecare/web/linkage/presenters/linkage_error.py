"""The error of linkage in words: percentages with their range, or not known and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from duecare.audit.agreement.agreement import Coefficient
from duecare.figure.linkage_error.link_groups import Counted, shares_of
from duecare.figure.linkage_error.linkage_error import OfGroup, Share
from duecare.use_cases.linkage.answer_sampled_pairs import Agreement
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.labels import source_words
from duecare.web.site.formatting.reasons import plain_words, with_capital

_DIMENSIONS: Final[Mapping[str, str]] = {
    "ethnicity, as they said": "Self-defined ethnicity",
    "ethnicity, as an officer saw it": "Officer-observed ethnicity",
}


def dimension_words(dimension: str) -> str:
    """The name of what pairs are grouped by."""
    return _DIMENSIONS.get(dimension, with_capital(dimension))


def group_words(dimension: str, group: str) -> str:
    """The name of one group; a source by its own name."""
    if dimension == "source":
        return source_words(group)
    return "the two records differ" if group == "the two differ" else group


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its name, false links and missed links in words."""

    group: str
    false: str
    missed: str


def share_words(share: Share) -> str:
    """A share with its range as percentages, or not known and why."""
    if isinstance(share.value, Unknown):
        return f"not known: {plain_words(share.value.reason)}"
    if isinstance(share.low, Unknown) or isinstance(share.high, Unknown):
        return f"{percent_words(share.value)}; the range is not known"
    return f"{percent_words(share.value)} (between {percent_words(share.low)} and {percent_words(share.high)})"


def percent_words(share: float) -> str:
    """A share as a percentage: to 1 decimal place where it is small, and never 0 where it is not."""
    if 0 < share < 0.0005:
        return "less than 0.1%"
    return f"{share:.0%}" if share >= 0.1 or round(share, 3) == round(share, 2) else f"{share:.1%}"


def groups_shown(rows: Iterable[OfGroup]) -> tuple[tuple[str, tuple[GroupRow, ...]], ...]:
    """The groups of each dimension, in words."""
    return tuple(
        (
            dimension_words(dimension),
            tuple(
                GroupRow(group_words(dimension, row.group), share_words(row.false), share_words(row.missed))
                for row in groups
            ),
        )
        for dimension, groups in groupby(rows, key=lambda row: row.dimension)
    )


def measured_shown(rows: Iterable[Counted]) -> tuple[tuple[str, Counted, str, str], ...]:
    """The rows measured on made-up people: the group, the counts, and their shares as percentages."""

    def share_or_dash(share: float | None) -> str:
        return "–" if share is None else percent_words(share)

    def group_label(row: Counted) -> str:
        if row.dimension == row.group:
            return "All"
        return f"{dimension_words(row.dimension)}: {group_words(row.dimension, row.group)}"

    return tuple(
        (group_label(row), row, share_or_dash(false), share_or_dash(missed)) for row, false, missed in shares_of(rows)
    )


def agreement_words(coefficient: Coefficient, *, is_share: bool = False) -> str:
    """How far two clerks agreed, with the range, or that it is not known."""
    if isinstance(coefficient.value, Unknown):
        return "not known: too few pairs, or all answers were the same"
    percentage = percent_words(coefficient.value) if is_share else f"{coefficient.value:.2f}"
    if isinstance(coefficient.interval, Unknown):
        return f"{percentage}; the range is not known for fewer than 30 pairs"
    low, high = (
        percent_words(end) if is_share else f"{end:.2f}"
        for end in (coefficient.interval.low, coefficient.interval.high)
    )
    return f"{percentage} (between {low} and {high})"


def agreement_shown(agreement: Agreement | None) -> tuple[tuple[str, str], ...]:
    """How far two clerks agreed, by each measure; empty where it is not shown."""
    if agreement is None:
        return ()
    return (
        ("Same answer", agreement_words(agreement.raw, is_share=True)),
        ("Agreement beyond chance (Cohen’s kappa)", agreement_words(agreement.kappa)),
        ("Agreement beyond chance when most answers are the same (Gwet’s AC1)", agreement_words(agreement.ac1)),
    )
