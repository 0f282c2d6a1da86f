"""A report as one HTML file that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from duecare.report.report_paper import CellValue, Paper, Table

_MARK_PATTERN: Final = re.compile(r"\[[a-z]\]")
"""What stands where a number is not shown."""
STYLE = (
    "@page{size:A4 landscape;margin:15mm}body{font-family:Arial,sans-serif;font-size:11pt;line-height:1.4;margin:1em;"
    "color:#0b0c0c}h1{font-size:20pt}h2{font-size:15pt;margin-top:1.5em;break-after:avoid}table{border-collapse:collapse;"
    "margin:1em 0;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:bold;padding:.3em 0}"
    "th,td{border-bottom:1px solid #b1b4b6;padding:.3em .8em .3em 0;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}td.n{text-align:right;white-space:nowrap}th[scope=col]{overflow-wrap:normal}td.bar{min-width:7em;vertical-align:middle}.drawn{background:#1d70b8;height:.8em}tr{break-inside:avoid}"
    ".notice{border-left:8px solid #b1b4b6;padding:.5em 1em}@media screen{.wide{overflow-x:auto}}"
    "@media print{table{table-layout:fixed;width:100%}thead th:first-child{width:28%}}"
)


def as_html(paper: Paper) -> bytes:
    """The report as a page of its own, in UTF-8; every word is escaped."""
    return "\n".join(_html_lines(paper)).encode()


def _html_lines(paper: Paper) -> Iterator[str]:
    title = escape(paper.title)
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>'
    yield f'<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p class="notice">{escape(paper.notice)}</p>'
    for section in paper.sections:
        yield f"<h2>{escape(section.heading)}</h2>"
        yield from (f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
        for table in section.tables:
            yield from _html_table(table)
    yield "</main>\n</body>\n</html>\n"


def _html_table(table: Table) -> Iterator[str]:
    caption = escape(table.caption)
    yield f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
    yield ("<thead><tr>" + "".join(_html_heads(table)) + "</tr></thead><tbody>")
    most_value = greatest_value(table)
    for table_row in table.rows:
        first_cell, *others = table_row
        bar_cell = f'<td class="bar">{drawn_bar(table_row[table.drawn - 1], most_value)}</td>' if most_value else ""
        cells = [_html_cell(cell_value) for cell_value in others]
        if most_value:
            cells.insert(table.drawn - 1, bar_cell)
        yield f'<tr><th scope="row">{escape(_cell_text(first_cell))}</th>' + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


def _html_heads(table: Table) -> Iterator[str]:
    for number, column_title in enumerate(table.columns, 1):
        span_attribute = ' colspan="2"' if number == table.drawn and greatest_value(table) else ""
        yield f'<th scope="col"{span_attribute}>{escape(column_title)}</th>'


def greatest_value(table: Table) -> float:
    """The length of the longest bar of this table; 0 where it has none."""
    if not table.drawn:
        return 0.0
    drawn_values = [table_row[table.drawn - 1] for table_row in table.rows]
    return max(
        (float(drawn_value) for drawn_value in drawn_values if isinstance(drawn_value, int | float)), default=0.0
    )


def drawn_bar(value: CellValue, most_value: float) -> str:
    """A bar for a value, with `most_value` as the whole width; screen readers skip it, as the number is beside it."""
    if isinstance(value, str):
        return ""
    return f'<div class="drawn" style="width:{100 * value / most_value:.1f}%"></div>'


def _html_cell(value: CellValue) -> str:
    is_number = not isinstance(value, str) or _MARK_PATTERN.fullmatch(value)
    return f'<td class="n">{escape(_cell_text(value))}</td>' if is_number else f"<td>{escape(_cell_text(value))}</td>"


def _cell_text(value: CellValue) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
