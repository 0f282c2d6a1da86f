"""A report as PDF, laid out from its HTML."""

from __future__ import annotations

from importlib import import_module

from duecare.report.render.html import as_html
from duecare.report.report_paper import Paper
from duecare.vocabulary.refusals import Refusal


def can_be_made() -> bool:
    """Whether this machine has what lays out text."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def as_pdf(paper: Paper) -> bytes:
    """The report for print, with its headings and tables tagged for those who read by ear.

    Raises:  REP-001 where the machine lacks what lays out text.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise Refusal("REP-001", found=type(error).__name__) from error
    written: bytes = HTML(string=as_html(paper).decode(), url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return written


def _fetch_nothing(*_: object, **__: object) -> dict[str, object]:
    """A report fetches nothing from anywhere."""
    raise ValueError("a report asks for nothing from anywhere")
