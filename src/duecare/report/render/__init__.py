"""A report as bytes: HTML for any browser, ODS for any spreadsheet, PDF for print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from duecare.report.render.html import as_html
from duecare.report.render.ods import as_ods
from duecare.report.render.pdf import as_pdf
from duecare.report.report_paper import Paper

FORMATS: Final[dict[str, tuple[Callable[[Paper], bytes], str]]] = {
    "html": (as_html, "text/html; charset=utf-8"),
    "ods": (as_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "pdf": (as_pdf, "application/pdf"),
}

__all__ = ["FORMATS", "as_html", "as_ods", "as_pdf"]
