"""The headings of the visits and custody boards, in the order shown; lateness in words is `site/formatting/times`."""

from __future__ import annotations

from typing import Final

VISIT_RISKS: Final[dict[str, str]] = {
    "very_high": "Very high",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "unknown": "Not known",
}

VISIT_COLUMNS: Final[dict[str, str]] = {
    "due": "Due in 7 days",
    "overdue": "Overdue",
    "attempted": "Tried, not seen",
    "seen": "Seen in 28 days",
    "cannot_tell": "Cannot tell",
}

CUSTODY_COUNTS: Final[dict[str, str]] = {
    "in_custody": "In custody",
    "review_overdue": "Review overdue",
    "review_due_hour": "Review due within the hour",
    "no_adult": "No appropriate adult yet",
    "accommodation_asked": "Accommodation requested",
    "in_cell": "Kept in a cell",
    "overnight": "Kept overnight so far",
}
