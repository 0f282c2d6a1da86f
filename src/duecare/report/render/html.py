"""A report as one HTML file that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from duecare.report.paper import Cell, Paper, Table

STYLE = (
    "@page{size:A4 landscape;margin:15mm}body{font-family:Arial,sans-serif;font-size:11pt;line-height:1.4;margin:1em;"
    "color:#0b0c0c}h1{font-size:20pt}h2{font-size:15pt;margin-top:1.5em;break-after:avoid}table{border-collapse:collapse;"
    "margin:1em 0;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:bold;padding:.3em 0}"
    "th,td{border-bottom:1px solid #b1b4b6;padding:.3em .8em .3em 0;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}td.n{text-align:right}tr{break-inside:avoid}.notice{border-left:8px solid #b1b4b6;"
    "padding:.5em 1em}@media screen{.wide{overflow-x:auto}}"
)


def as_html(paper: Paper) -> bytes:
    """The report as a page of its own, in UTF-8; every word is escaped."""
    return "\n".join(_lines(paper)).encode()


def _lines(paper: Paper) -> Iterator[str]:
    title = escape(paper.title)
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>'
    yield f'<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p class="notice">{escape(paper.notice)}</p>'
    for section in paper.sections:
        yield f"<h2>{escape(section.heading)}</h2>"
        yield from (f"<p>{escape(one)}</p>" for one in section.sentences)
        for table in section.tables:
            yield from _table(table)
    yield "</main>\n</body>\n</html>\n"


def _table(table: Table) -> Iterator[str]:
    caption = escape(table.caption)
    yield f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
    yield (
        "<thead><tr>" + "".join(f'<th scope="col">{escape(one)}</th>' for one in table.columns) + "</tr></thead><tbody>"
    )
    for first, *others in table.rows:
        yield f'<tr><th scope="row">{escape(_text(first))}</th>' + "".join(map(_cell, others)) + "</tr>"
    yield "</tbody></table></div>"


def _cell(value: Cell) -> str:
    return f'<td class="n">{_text(value)}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


def _text(value: Cell) -> str:
    return f"{value:,}" if isinstance(value, int) else value
