"""Our own check of CSV on the Web metadata, and of the files against it, as far as releases use it."""

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
_NAME_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")
_PREFIXED = re.compile(r"(?:dc|dcat|schema|rdfs|skos):[A-Za-z]+")


def csvw_faults(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the metadata, or with a CSV file beside it.

    Source:  W3C, Metadata Vocabulary for Tabular Data, 17 December 2015: sections 5.3 to 5.6, 6.4 (datatypes); Model for
             Tabular Data and Metadata: titles of the header are those of the columns; keys are each once.
    """
    try:
        metadata = json.loads(files[METADATA])
    except (KeyError, ValueError, RecursionError):
        return [f"there is no {METADATA} that can be read"]
    try:
        return list(_group_faults(metadata, files))
    except (AttributeError, KeyError, TypeError, ValueError, csv.Error) as error:
        return [f"{METADATA} is of another shape ({type(error).__name__})"]


def _group_faults(metadata: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    context = metadata.get("@context")
    if context != CONTEXT and not (isinstance(context, list) and context[:1] == [CONTEXT]):
        yield "@context is not that of CSV on the Web"
    yield from _unknown_keys("the group", metadata, GROUP)
    tables = metadata.get("tables")
    if not isinstance(tables, list) or not tables:
        yield "tables names no table"
        return
    table_urls = [table["url"] for table in tables]
    if len(set(table_urls)) < len(table_urls):
        yield "a file is described twice"
    described = {file_name for file_name in files if file_name.endswith(".csv")}
    yield from (f"{file_name} is not described" for file_name in sorted(described - set(table_urls)))
    for table in tables:
        yield from _table_faults(table, files)


def _table_faults(table: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    file_name = table["url"]
    yield from _unknown_keys(file_name, table, TABLE)
    schema = table["tableSchema"]
    yield from _unknown_keys(file_name, schema, SCHEMA)
    columns = schema["columns"]
    names = [column["name"] for column in columns]
    if len(set(names)) < len(names):
        yield f"{file_name}: two columns have one name"
    for column in columns:
        yield from _unknown_keys(f"{file_name}, {column['name']}", column, COLUMN)
        if not _NAME_PATTERN.fullmatch(column["name"]):
            yield f"{file_name}: {column['name']!r} is no name of a column"
        if column.get("datatype") not in DATATYPES:
            yield f"{file_name}, {column['name']}: {column.get('datatype')!r} is no datatype that is used here"
            return
    if file_name not in files:
        yield f"{file_name} is not there"
        return
    header, *table_rows = [*csv.reader(io.StringIO(files[file_name].decode("utf-8"), newline=""))] or [[]]
    if header != [column["titles"] for column in columns]:
        yield f"{file_name}: its header is not that of its metadata"
        return
    yield from _row_faults(file_name, columns, table_rows)
    primary_key = schema.get("primaryKey", [])
    places = [
        names.index(key_column) for key_column in ([primary_key] if isinstance(primary_key, str) else primary_key)
    ]
    whole = [table_row for table_row in table_rows if len(table_row) == len(columns)]
    key_values = [tuple(table_row[place] for place in places) for table_row in whole] if places else []
    if len(set(key_values)) < len(key_values):
        yield f"{file_name}: a key stands twice"


def _row_faults(
    file_name: str, columns: Sequence[Mapping[str, Any]], table_rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    for number, table_row in enumerate(table_rows, 1):
        if len(table_row) != len(columns):
            yield f"{file_name}, row {number}: {len(table_row)} cells, and not {len(columns)}"
            continue
        for column, value in zip(columns, table_row, strict=True):
            nulls = column.get("null", [""])
            if value in nulls:
                if column.get("required"):
                    yield f"{file_name}, row {number}, {column['name']}: nothing where something is required"
            elif not DATATYPES[column["datatype"]].fullmatch(value):
                yield f"{file_name}, row {number}, {column['name']}: {value!r} is no {column['datatype']}"


def _unknown_keys(where: str, described: Mapping[str, Any], known_keys: set[str]) -> Iterator[str]:
    yield from (
        f"{where}: {key_name!r} is no property there"
        for key_name in described
        if key_name not in known_keys and not _PREFIXED.fullmatch(key_name)
    )
