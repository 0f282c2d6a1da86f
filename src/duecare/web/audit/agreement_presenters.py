"""The words of agreement and the gap, as filters and names for pages."""

from __future__ import annotations

from collections.abc import Callable

from duecare.audit.published.round_history import NOTE
from duecare.report import agreement_words as words

GLOBALS: dict[str, object] = {
    "part_kind": words.PART_KINDS,
    "origin_name": words.ORIGINS,
    "side_name": words.SIDES,
    "estimate_name": words.ESTIMATES,
    "drift_name": words.DRIFTS,
    "history_note": NOTE,
}
FILTERS: dict[str, Callable[..., str]] = {
    "agreement_sentence": words.agreement_sentence,
    "gap_sentence": words.gap_sentence,
    "kappa_sentence": words.kappa_sentence,
    "coefficient": words.coefficient,
    "between": words.between,
    "points": words.points,
    "drift_words": words.drift_words,
    "limit_words": words.limit_words,
    "outside_words": words.outside_words,
    "estimate_words": words.estimate_words,
    "change_words": words.change_words,
}
