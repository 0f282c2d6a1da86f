"""Agreement between the two sides, and the gap, in the words of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

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
_BASES: Final = {
    "derived": "worked out from the source",
    "stated": "stated in the source",
    "meets derived": "number that met the standard worked out from the source",
    "meets derived; below means issues found": "number that met the standard worked out; below the standard means issues found",
    "unclear": "not clear in the source",
}


def basis_words(basis: object) -> str:
    """How a published total is known."""
    return _BASES.get(str(basis), page_words(str(basis)))


FILTERS: dict[str, Callable[..., object]] = {
    "basis": basis_words,
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
