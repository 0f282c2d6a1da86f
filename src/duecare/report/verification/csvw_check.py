"""Is the metadata of CSV files valid as CSV on the Web, and do the files fit it? Our own check, of what releases use."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from duecare.report.release.csvw_metadata import CONTEXT, METADATA

GROUP: Final = {
    "@context",
    "@id",
    "@type",
    "dialect",
    "notes",
    "tableDirection",
    "tableSchema",
    "tables",
    "transformations",
}
TABLE: Final = {
    "@id",
    "@type",
    "dialect",
    "notes",
    "suppressOutput",
    "tableDirection",
    "tableSchema",
    "transformations",
    "url",
}
SCHEMA: Final = {"@id", "@type", "columns", "foreignKeys", "primaryKey", "rowTitles", "aboutUrl", "null", "datatype"}
COLUMN: Final = {
    "@id",
    "@type",
    "name",
    "suppressOutput",
    "titles",
    "virtual",
    "datatype",
    "null",
    "required",
    "default",
    "lang",
}
DATATYPES: Final = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"[-+]?\d+"),
    "decimal": re.compile(r"[-+]?\d+(?:\.\d+)?"),
}
"""The kinds that releases use, each with the form in which XML Schema has it written."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")
_PREFIXED = re.compile(r"(?:dc|dcat|schema|rdfs|skos):[A-Za-z]+")


def csvw_faults(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the metadata, or with a CSV file beside it?

    Source:  W3C, Metadata Vocabulary for Tabular Data, 17 December 2015: sections 5.3 to 5.6, 6.4 (datatypes); Model for
             Tabular Data and Metadata: titles of the header are those of the columns; keys are each once.
    """
    try:
        said = json.loads(files[METADATA])
    except (KeyError, ValueError, RecursionError):
        return [f"there is no {METADATA} that can be read"]
    try:
        return list(_group_faults(said, files))
    except (AttributeError, KeyError, TypeError, ValueError, csv.Error) as wrong:
        return [f"{METADATA} is of another shape ({type(wrong).__name__})"]


def _group_faults(said: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    context = said.get("@context")
    if context != CONTEXT and not (isinstance(context, list) and context[:1] == [CONTEXT]):
        yield "@context is not that of CSV on the Web"
    yield from _strange("the group", said, GROUP)
    tables = said.get("tables")
    if not isinstance(tables, list) or not tables:
        yield "tables names no table"
        return
    urls = [table["url"] for table in tables]
    if len(set(urls)) < len(urls):
        yield "a file is described twice"
    described = {name for name in files if name.endswith(".csv")}
    yield from (f"{name} is not described" for name in sorted(described - set(urls)))
    for table in tables:
        yield from _table_faults(table, files)


def _table_faults(table: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    name = table["url"]
    yield from _strange(name, table, TABLE)
    schema = table["tableSchema"]
    yield from _strange(name, schema, SCHEMA)
    columns = schema["columns"]
    names = [column["name"] for column in columns]
    if len(set(names)) < len(names):
        yield f"{name}: two columns have one name"
    for column in columns:
        yield from _strange(f"{name}, {column['name']}", column, COLUMN)
        if not _NAME.fullmatch(column["name"]):
            yield f"{name}: {column['name']!r} is no name of a column"
        if column.get("datatype") not in DATATYPES:
            yield f"{name}, {column['name']}: {column.get('datatype')!r} is no datatype that is used here"
            return
    if name not in files:
        yield f"{name} is not there"
        return
    header, *rows = [*csv.reader(io.StringIO(files[name].decode("utf-8"), newline=""))] or [[]]
    if header != [column["titles"] for column in columns]:
        yield f"{name}: its header is not that of its metadata"
        return
    yield from _row_faults(name, columns, rows)
    keys = schema.get("primaryKey", [])
    places = [names.index(one) for one in ([keys] if isinstance(keys, str) else keys)]
    whole = [row for row in rows if len(row) == len(columns)]
    held = [tuple(row[place] for place in places) for row in whole] if places else []
    if len(set(held)) < len(held):
        yield f"{name}: a key stands twice"


def _row_faults(name: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            yield f"{name}, row {number}: {len(row)} cells, and not {len(columns)}"
            continue
        for column, value in zip(columns, row, strict=True):
            nulls = column.get("null", [""])
            if value in nulls:
                if column.get("required"):
                    yield f"{name}, row {number}, {column['name']}: nothing where something is required"
            elif not DATATYPES[column["datatype"]].fullmatch(value):
                yield f"{name}, row {number}, {column['name']}: {value!r} is no {column['datatype']}"


def _strange(where: str, said: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    yield from (
        f"{where}: {name!r} is no property there"
        for name in said
        if name not in known and not _PREFIXED.fullmatch(name)
    )
