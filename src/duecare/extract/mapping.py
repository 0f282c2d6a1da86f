"""Mapping files: how the files and columns of one source system become persons, cases, events and ties."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from duecare.extract.date_forms import date_form_faults
from duecare.extract.row_rules import rule_columns, rule_faults
from duecare.extract.stale_after import MOST_STALE_AFTER_HOURS, STALE_AFTER_HOURS
from duecare.extract.xml_map import XmlMap, read_xml_map
from duecare.record.contract import POLE_SHEETS
from duecare.vocabulary.kinds import EVENT_KINDS, ROLES
from duecare.vocabulary.refusals import Refusal

ENDINGS: Final = (".csv", ".parquet", ".xlsx")
XML_ENDING: Final = ".xml"
GROUPED: Final = "*"
NEUTRAL: Final = "pole"


@dataclass(frozen=True, slots=True)
class FileMap:
    """How one file of a source is read.

    Shape:   `neutral` names the sheet of the neutral layout that the file already is, else the parts say what one row
             becomes; each part maps POLE columns to expressions over the file's own columns. `rules` say what may not
             stand in a row, `dates` in which form a column writes dates other than ISO 8601. Of a source that sends
             XML, a file is a group of rows within it.
    """

    stem: str
    neutral: str = ""
    columns: tuple[str, ...] = ()
    may_be_absent: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    version: str = ""
    withdrawn: str = ""
    parts: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    dates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """How a source system is read: its files, its tables of codes, its time zone, and how its people are shown.

    Shape:   `sha256` is over what the mapping says, not how its file is laid out; empty without a file.
    Units:   `stale_after_hours`: after how many hours without an extract is what it told us stale?
    Source:  26 hours: house rule, one nightly extract and two hours; docs/decisions/0009.
    """

    source: str
    title: str = ""
    handling: str = "open"
    time_zone: str = "Europe/London"
    files: Mapping[str, FileMap] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: Path | None = None
    xml: XmlMap | None = None
    stale_after_hours: float = STALE_AFTER_HOURS
    sha256: str = ""


def load_mapping(source: str, folders: Sequence[Path]) -> SourceMap:
    """The mapping of this source: its own mapping file, else the neutral layout under its name.

    Shape:   the first folder that holds NAME.toml wins, so a force's own comes before the shipped one.
    Raises:  EXT-017 when the file cannot be used, naming each fault.
    """
    for folder in folders:
        mapping_path = folder / f"{source}.toml"
        if mapping_path.is_file():
            return read_mapping(mapping_path)
    return SourceMap(source, title="neutral layout", files=_neutral_files())


def read_mapping(file_path: Path) -> SourceMap:
    """Read this mapping file.

    Raises:  EXT-017, gathering every fault found.
    """
    try:
        mapping_table = tomllib.loads(file_path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal("EXT-017", where=file_path.name, found=f"not TOML ({type(error).__name__})") from None
    faults: list[str] = []
    extra = set(mapping_table) - {
        "source",
        "title",
        "handling",
        "time_zone",
        "files",
        "tables",
        "xml",
        "stale_after_hours",
    }
    faults.extend(f"unknown entry {entry_name}" for entry_name in sorted(extra))
    if mapping_table.get("source") != file_path.stem:
        faults.append("source is not the file's own name")
    if mapping_table.get("time_zone", "Europe/London") not in {"Europe/London", "UTC"}:
        faults.append("time_zone must be Europe/London or UTC")
    if mapping_table.get("handling", "open") not in {"open", "pointer"}:
        faults.append("handling must be open or pointer")
    stale_after = mapping_table.get("stale_after_hours", STALE_AFTER_HOURS)
    if (
        isinstance(stale_after, bool)
        or not isinstance(stale_after, int | float)
        or not 0 < stale_after <= MOST_STALE_AFTER_HOURS
    ):
        faults.append(f"stale_after_hours is not a number of hours, at most {MOST_STALE_AFTER_HOURS}")
    try:
        tables = {
            table_name: {str(code_text).casefold(): str(word_text) for code_text, word_text in table.items()}
            for table_name, table in mapping_table.get("tables", {}).items()
        }
        files = {
            file_stem: _read_file(file_stem, file_spec, tables, faults)
            for file_stem, file_spec in mapping_table.get("files", {}).items()
        }
        xml_map = read_xml_map(mapping_table["xml"], mapping_table["files"], faults) if "xml" in mapping_table else None
        if xml_map is not None:
            files = {
                file_stem: _grouped_file(file_map, xml_map.groups[file_stem].columns, faults)
                for file_stem, file_map in files.items()
            }
    except (AttributeError, TypeError, KeyError, ValueError):
        raise Refusal(
            "EXT-017", where=file_path.name, found="an entry of the wrong shape", faults=tuple(faults)
        ) from None
    if not files:
        faults.append("no file is mapped")
    if faults:
        raise Refusal("EXT-017", where=file_path.name, faults=tuple(faults))
    return SourceMap(
        file_path.stem,
        mapping_table.get("title", ""),
        mapping_table.get("handling", "open"),
        mapping_table.get("time_zone", "Europe/London"),
        files,
        tables,
        file_path,
        xml_map,
        stale_after,
        hashlib.sha256(json.dumps(mapping_table, sort_keys=True, default=str).encode()).hexdigest(),
    )


def _grouped_file(file_map: FileMap, columns: tuple[str, ...], faults: list[str]) -> FileMap:
    """This file as a group of rows of an XML file, which has exactly these columns."""
    missing = sorted(set(file_map.columns) - set(columns))
    faults.extend(f"files.{file_map.stem}: {column_name} is not a leaf and not in take" for column_name in missing)
    return replace(file_map, columns=columns)


def _neutral_files() -> dict[str, FileMap]:
    return {
        sheet_name: _neutral_file(sheet_name, sheet_name)
        for sheet_name in ("officers", "posts", "persons", "cases", "events", "ties")
    }


def _neutral_file(file_stem: str, sheet: str) -> FileMap:
    required = frozenset(column.name for column in POLE_SHEETS[sheet].columns if column.required)
    names = POLE_SHEETS[sheet].names
    return FileMap(file_stem, sheet, names, frozenset(names) - required, required, "written_at", "deleted")


_PARTS: Final = {"person": "persons", "case": "cases", "event": "events", "officer": "officers", "post": "posts"}
_OWN_ENTRIES: Final = {"layout", "version", "withdrawn", "filled", "ignored", "may_be_absent", "rule", "dates", *_PARTS}
_OF_XML: Final = {"element", "leaves", "taken", "lists"}


def _read_file(file_stem: str, file_spec: Mapping[str, Any], tables: Mapping[str, Any], faults: list[str]) -> FileMap:
    where = f"files.{file_stem}"
    faults.extend(
        f"{where}: unknown entry {entry_name}" for entry_name in sorted(set(file_spec) - _OWN_ENTRIES - _OF_XML)
    )
    if "layout" in file_spec:
        if file_spec["layout"] not in POLE_SHEETS:
            faults.append(f"{where}: layout is not a sheet of the neutral layout")
            return FileMap(file_stem)
        return _neutral_file(file_stem, file_spec["layout"])
    parts: list[tuple[str, Mapping[str, Any]]] = []
    for part_word, sheet in _PARTS.items():
        given_parts = file_spec.get(part_word, [])
        for file_part in given_parts if isinstance(given_parts, list) else [given_parts]:
            parts.append((sheet, file_part))
            _check_part(f"{where}.{part_word}", sheet, file_part, tables, faults)
    columns: dict[str, None] = dict.fromkeys(file_spec.get("filled", ()))
    for _, file_part in parts:
        columns.update(dict.fromkeys(columns_of(file_part)))
    rules = tuple(file_spec.get("rule", ()))
    for row_rule in rules:
        faults.extend(f"{where}: {fault}" for fault in rule_faults(row_rule))
        columns.update(dict.fromkeys(rule_columns(row_rule)))
    columns.update(dict.fromkeys(file_spec.get("ignored", ())))
    own_columns = [file_spec[entry_name] for entry_name in ("version", "withdrawn") if file_spec.get(entry_name)]
    columns.update(dict.fromkeys(own_columns))
    dates = dict(file_spec.get("dates", {}))
    for column_name, date_form in dates.items():
        faults.extend(f"{where}.{fault}" for fault in date_form_faults(column_name, date_form))
        if column_name not in columns:
            faults.append(f"{where}.dates: {column_name} is not a column of this file")
    return FileMap(
        file_stem,
        "",
        tuple(columns),
        frozenset(file_spec.get("may_be_absent", ())),
        frozenset(file_spec.get("filled", ())),
        file_spec.get("version", ""),
        file_spec.get("withdrawn", ""),
        tuple(parts),
        rules,
        dates,
    )


def _check_part(
    where: str, sheet: str, sheet_part: Mapping[str, Any], tables: Mapping[str, Any], faults: list[str]
) -> None:
    own_entries = {"at", "id", "ties", "kind_is"} if sheet == "events" else set()
    known_columns = set(POLE_SHEETS[sheet].names) | own_entries
    faults.extend(
        f"{where}: {entry_name} is not a column of {sheet}" for entry_name in sorted(set(sheet_part) - known_columns)
    )
    needed = (
        ("kind", "at", "id")
        if sheet == "events"
        else tuple(pole_column.name for pole_column in POLE_SHEETS[sheet].columns if pole_column.required)
    )
    faults.extend(f"{where}: {entry_name} is missing" for entry_name in needed if entry_name not in sheet_part)
    kind_entry = sheet_part.get("kind")
    if (
        sheet == "events"
        and isinstance(kind_entry, dict)
        and "value" in kind_entry
        and kind_entry["value"] not in EVENT_KINDS
    ):
        faults.append(f"{where}: {kind_entry['value']} is not a kind of event")
    if not isinstance(sheet_part.get("id", ""), str):
        faults.append(f"{where}: id is not text")
    faults.extend(
        f"{where}: {entry_name} is not a column or an expression"
        for entry_name, entry_value in sheet_part.items()
        if not isinstance(entry_value, str | dict) and entry_name != "ties"
    )
    for expression in _sub_expressions(sheet_part):
        faults.extend(f"{where}: {fault}" for fault in _expression_faults(expression, tables))


def _expression_faults(expression: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one expression or one tie."""
    if not set(expression) & {"column", "value", "first", "columns", "template", "list", "record"}:
        yield "an expression that names no column, value, first, columns, template, list or record"
    if {"table", "as"} & set(expression) and not isinstance(expression.get("column"), str):
        yield "an expression with table or as, and no column"
    if "table" in expression and expression["table"] not in tables:
        yield f"there is no table {expression['table']}"
    if expression.get("as", "text") not in {"text", "yes", "number", "list", "time", "json"}:
        yield "as is none of text, yes, number, list, time, json"
    if "record" in expression and expression.get("role") not in ROLES:
        yield "a tie without a role that is known"
    if any(not isinstance(expression.get(entry_name, []), list) for entry_name in ("first", "columns")):
        yield "first and columns are lists"


def _sub_expressions(thing: object) -> Iterator[Mapping[str, Any]]:
    """Every expression within a part, however deep; the `detail` object itself is not one."""
    if isinstance(thing, dict):
        for entry_name, value in thing.items():
            if entry_name == "detail" and isinstance(value, dict):
                yield from _sub_expressions(value)
            elif isinstance(value, dict):
                yield value
                yield from _sub_expressions(value)
            elif isinstance(value, list):
                yield from (list_item for list_item in value if isinstance(list_item, dict))
                for list_item in value:
                    yield from _sub_expressions(list_item)


def columns_of(thing: object, entry_name: str = "") -> Iterator[str]:
    """The columns of the file that this part or expression uses."""
    if entry_name in {"id", "template"} and isinstance(thing, str):
        yield from (piece.partition("}")[0] for piece in thing.split("{")[1:])
    elif isinstance(thing, str):
        if entry_name not in {"value", "table", "as", "role", "source", "join", "kind_is", "open"}:
            yield thing
    elif isinstance(thing, dict):
        for inner_name, value in thing.items():
            yield from columns_of(value, inner_name)
    elif isinstance(thing, list):
        for list_item in thing:
            yield from columns_of(list_item, entry_name)
