"""Agreement between the two sides, and the gap, in the words of a page."""

from __future__ import annotations

from collections.abc import Callable

from duecare.audit.published.round_history import HISTORY_NOTE
from duecare.report import agreement_words as words
from duecare.web.site.formatting.report_words import in_page_words, page_words

GLOBALS: dict[str, object] = {
    "part_kind": words.PART_KINDS,
    "origin_name": words.ORIGINS,
    "side_name": {side: page_words(text) for side, text in words.SIDES.items()},
    "estimate_name": {name: page_words(text) for name, text in words.ESTIMATES.items()},
    "drift_name": {name: page_words(text) for name, text in words.DRIFTS.items()},
    "history_note": HISTORY_NOTE,
}
FILTERS: dict[str, Callable[..., object]] = {
    "agreement_sentence": in_page_words(words.agreement_sentence),
    "gap_sentence": in_page_words(words.gap_sentence),
    "kappa_sentence": in_page_words(words.kappa_sentence),
    "coefficient": in_page_words(words.coefficient_words),
    "between": in_page_words(words.between_words),
    "points": in_page_words(words.points_words),
    "drift_words": in_page_words(words.drift_words),
    "limit_words": in_page_words(words.limit_words),
    "outside_words": in_page_words(words.outside_words),
    "estimate_words": in_page_words(words.estimate_words),
    "change_words": in_page_words(words.change_words),
}
