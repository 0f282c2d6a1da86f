"""Released reports in the words of a page; what people wrote themselves stays as they wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from duecare.report.quarterly.quarterly_report import WRITTEN_BY_PEOPLE
from duecare.report.release.released_figures import ReleasedSection, ReleasedTable
from duecare.web.site.formatting.report_words import page_words


def not_shown_words(table: ReleasedTable) -> str:
    """What a page says of a table that is too long for it."""
    return f"{table.caption} ({len(table.rows):,} rows): see the file {table.id}.csv or the spreadsheet"


def page_sentences(section: ReleasedSection) -> tuple[str, ...]:
    """The sentences of a section: generated ones in the words of today, the authors' own unchanged."""
    if section.heading == WRITTEN_BY_PEOPLE:
        return section.sentences
    return tuple(map(page_words, section.sentences))


FILTERS: Final[dict[str, Callable[..., object]]] = {"page_words": page_words, "page_sentences": page_sentences}
