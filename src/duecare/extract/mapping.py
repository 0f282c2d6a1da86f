"""What a mapping file says: how the files and columns of one source system become persons, cases, events and ties."""

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
from duecare.extract.xml_map import XmlMap, read_xml_map
from duecare.record.contract import POLE_SHEETS
from duecare.vocabulary.kinds import EVENT_KINDS, ROLES
from duecare.vocabulary.refusals import Refusal

ENDINGS: Final = (".csv", ".parquet", ".xlsx")
XML: Final = ".xml"
GROUPED: Final = "*"
NEUTRAL: Final = "pole"
NIGHTLY_HOURS: Final = 26
MOST_HOURS: Final = 24 * 1000


@dataclass(frozen=True, slots=True)
class FileMap:
    """How is one file of a source read?

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
    """How is a source system read: its files, its tables of codes, its time zone, and how its people are shown?

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
    stale_after_hours: float = NIGHTLY_HOURS
    sha256: str = ""


def load_mapping(source: str, folders: Sequence[Path]) -> SourceMap:
    """How is this source read: by its own mapping file, else as the neutral layout under its name?

    Shape:   the first folder that holds NAME.toml wins, so a force's own comes before the shipped one.
    Raises:  EXT-017 when the file cannot be used, naming each fault.
    """
    for folder in folders:
        path = folder / f"{source}.toml"
        if path.is_file():
            return read_mapping(path)
    return SourceMap(source, title="neutral layout", files=_neutral_files())


def read_mapping(path: Path) -> SourceMap:
    """What does this mapping file say?

    Raises:  EXT-017, gathering every fault found.
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as wrong:
        raise Refusal("EXT-017", where=path.name, found=f"not TOML ({type(wrong).__name__})") from None
    faults: list[str] = []
    extra = set(said) - {"source", "title", "handling", "time_zone", "files", "tables", "xml", "stale_after_hours"}
    faults.extend(f"unknown entry {name}" for name in sorted(extra))
    if said.get("source") != path.stem:
        faults.append("source is not the file's own name")
    if said.get("time_zone", "Europe/London") not in {"Europe/London", "UTC"}:
        faults.append("time_zone is neither Europe/London nor UTC")
    if said.get("handling", "open") not in {"open", "pointer"}:
        faults.append("handling is neither open nor pointer")
    stale_after = said.get("stale_after_hours", NIGHTLY_HOURS)
    if isinstance(stale_after, bool) or not isinstance(stale_after, int | float) or not 0 < stale_after <= MOST_HOURS:
        faults.append(f"stale_after_hours is not a number of hours, at most {MOST_HOURS}")
    try:
        tables = {
            name: {str(code).casefold(): str(word) for code, word in table.items()}
            for name, table in said.get("tables", {}).items()
        }
        files = {stem: _file(stem, spec, tables, faults) for stem, spec in said.get("files", {}).items()}
        xml = read_xml_map(said["xml"], said["files"], faults) if "xml" in said else None
        if xml is not None:
            files = {stem: _grouped(file, xml.groups[stem].columns, faults) for stem, file in files.items()}
    except (AttributeError, TypeError, KeyError, ValueError):
        raise Refusal("EXT-017", where=path.name, found="an entry of the wrong shape", faults=tuple(faults)) from None
    if not files:
        faults.append("no file is mapped")
    if faults:
        raise Refusal("EXT-017", where=path.name, faults=tuple(faults))
    return SourceMap(
        path.stem,
        said.get("title", ""),
        said.get("handling", "open"),
        said.get("time_zone", "Europe/London"),
        files,
        tables,
        path,
        xml,
        stale_after,
        hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest(),
    )


def _grouped(file: FileMap, columns: tuple[str, ...], faults: list[str]) -> FileMap:
    """This file as a group of rows of an XML file, which has exactly these columns."""
    missing = sorted(set(file.columns) - set(columns))
    faults.extend(f"files.{file.stem}: {name} is neither a leaf nor taken" for name in missing)
    return replace(file, columns=columns)


def _neutral_files() -> dict[str, FileMap]:
    return {name: _neutral(name, name) for name in ("officers", "posts", "persons", "cases", "events", "ties")}


def _neutral(stem: str, sheet: str) -> FileMap:
    required = frozenset(column.name for column in POLE_SHEETS[sheet].columns if column.required)
    names = POLE_SHEETS[sheet].names
    return FileMap(stem, sheet, names, frozenset(names) - required, required, "written_at", "deleted")


_PARTS: Final = {"person": "persons", "case": "cases", "event": "events", "officer": "officers", "post": "posts"}
_OWN: Final = {"layout", "version", "withdrawn", "filled", "ignored", "may_be_absent", "rule", "dates", *_PARTS}
_OF_XML: Final = {"element", "leaves", "taken", "lists"}


def _file(stem: str, spec: Mapping[str, Any], tables: Mapping[str, Any], faults: list[str]) -> FileMap:
    where = f"files.{stem}"
    faults.extend(f"{where}: unknown entry {name}" for name in sorted(set(spec) - _OWN - _OF_XML))
    if "layout" in spec:
        if spec["layout"] not in POLE_SHEETS:
            faults.append(f"{where}: layout is no sheet of the neutral layout")
            return FileMap(stem)
        return _neutral(stem, spec["layout"])
    parts: list[tuple[str, Mapping[str, Any]]] = []
    for word, sheet in _PARTS.items():
        given = spec.get(word, [])
        for part in given if isinstance(given, list) else [given]:
            parts.append((sheet, part))
            _check_part(f"{where}.{word}", sheet, part, tables, faults)
    columns: dict[str, None] = dict.fromkeys(spec.get("filled", ()))
    for _, part in parts:
        columns.update(dict.fromkeys(columns_of(part)))
    rules = tuple(spec.get("rule", ()))
    for rule in rules:
        faults.extend(f"{where}: {fault}" for fault in rule_faults(rule))
        columns.update(dict.fromkeys(rule_columns(rule)))
    columns.update(dict.fromkeys(spec.get("ignored", ())))
    own = [spec[name] for name in ("version", "withdrawn") if spec.get(name)]
    columns.update(dict.fromkeys(own))
    dates = dict(spec.get("dates", {}))
    for name, form in dates.items():
        faults.extend(f"{where}.{fault}" for fault in date_form_faults(name, form))
        if name not in columns:
            faults.append(f"{where}.dates: {name} is no column of this file")
    return FileMap(
        stem,
        "",
        tuple(columns),
        frozenset(spec.get("may_be_absent", ())),
        frozenset(spec.get("filled", ())),
        spec.get("version", ""),
        spec.get("withdrawn", ""),
        tuple(parts),
        rules,
        dates,
    )


def _check_part(where: str, sheet: str, part: Mapping[str, Any], tables: Mapping[str, Any], faults: list[str]) -> None:
    own = {"at", "id", "ties", "kind_is"} if sheet == "events" else set()
    known = set(POLE_SHEETS[sheet].names) | own
    faults.extend(f"{where}: {name} is no column of {sheet}" for name in sorted(set(part) - known))
    needed = (
        ("kind", "at", "id") if sheet == "events" else tuple(c.name for c in POLE_SHEETS[sheet].columns if c.required)
    )
    faults.extend(f"{where}: {name} is missing" for name in needed if name not in part)
    kind = part.get("kind")
    if sheet == "events" and isinstance(kind, dict) and "value" in kind and kind["value"] not in EVENT_KINDS:
        faults.append(f"{where}: {kind['value']} is no kind of event")
    if not isinstance(part.get("id", ""), str):
        faults.append(f"{where}: id is not text")
    faults.extend(
        f"{where}: {name} is neither a column nor an expression"
        for name, said in part.items()
        if not isinstance(said, str | dict) and name != "ties"
    )
    for expression in _expressions(part):
        faults.extend(f"{where}: {fault}" for fault in _expression_faults(expression, tables))


def _expression_faults(expression: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one expression or one tie?"""
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
    if any(not isinstance(expression.get(name, []), list) for name in ("first", "columns")):
        yield "first and columns are lists"


def _expressions(thing: object) -> Iterator[Mapping[str, Any]]:
    """Every expression within a part, however deep; the `detail` object itself is not one."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name == "detail" and isinstance(value, dict):
                yield from _expressions(value)
            elif isinstance(value, dict):
                yield value
                yield from _expressions(value)
            elif isinstance(value, list):
                yield from (item for item in value if isinstance(item, dict))
                for item in value:
                    yield from _expressions(item)


def columns_of(thing: object, name: str = "") -> Iterator[str]:
    """Which columns of the file does this part or expression use?"""
    if name in {"id", "template"} and isinstance(thing, str):
        yield from (piece.partition("}")[0] for piece in thing.split("{")[1:])
    elif isinstance(thing, str):
        if name not in {"value", "table", "as", "role", "source", "join", "kind_is", "open"}:
            yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from columns_of(value, key)
    elif isinstance(thing, list):
        for item in thing:
            yield from columns_of(item, name)
