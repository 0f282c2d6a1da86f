"""Released reports in the words of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from duecare.report.release.released_figures import ReleasedTable
from duecare.web.site.formatting.report_words import page_words


def not_shown_words(table: ReleasedTable) -> str:
    """What a page says of a table that is too long for it."""
    return f"{table.caption} ({len(table.rows):,} rows): see the file {table.id}.csv or the spreadsheet"


FILTERS: Final[dict[str, Callable[..., object]]] = {"page_words": page_words}
