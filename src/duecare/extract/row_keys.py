"""Which keys a row that was set aside would have had: a full delivery did hold them, and by them it is known again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from duecare.extract.date_forms import with_date_forms
from duecare.extract.mapping import FileMap, SourceMap
from duecare.extract.xml_map import MIXED
from duecare.record.clock_text import read_clock
from duecare.record.contract import POLE_SHEETS
from duecare.record.version import KEY_SEPARATOR


def key_set_aside(mapping: SourceMap, file: str, original: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """By which (sheet, key) is this row known again when it comes mended? Of an event it is the event's.

    Shape:   `original` is the row as it was delivered in that file.
    Unknown: None where the row does not tell, or there is no such file in the mapping any more.
    """
    said = dict(original)
    part = mapping.files.get(PurePath(file).stem) or mapping.files.get(said.get(MIXED, "").strip())
    if part is None or "" in said:
        return None
    keys = keys_of(part, list(said), list(said.values()))
    first = next((one for one in keys if one[0] == "events"), keys[0] if keys else None)
    return (first[0], first[1]) if first else None


def keys_of(file: FileMap, header: Sequence[str], texts: Sequence[str]) -> list[list[str]]:
    """Which [sheet, key] does this row name, as far as that can be read?"""
    row = {name: text.strip() for name, text in zip(header, texts, strict=False)}
    if file.neutral:
        parts = [row.get(name, "") for name in POLE_SHEETS[file.neutral].key]
        if file.neutral in {"officers", "posts"}:
            parts = [parts[0].upper(), *(_time(part) for part in parts[1:])]
        return [[file.neutral, KEY_SEPARATOR.join(parts)]] if parts[0] else []
    in_iso = with_date_forms(file.dates, list(row))
    if in_iso is not None:
        row = dict(zip(row, in_iso(list(row.values())), strict=True))
    found = []
    for sheet, part in file.parts:
        said = part.get("id") if sheet == "events" else part.get(POLE_SHEETS[sheet].key[0])
        if isinstance(said, dict):
            said = said.get("template")
        elif sheet != "events":
            said = f"{{{said}}}"
        if not isinstance(said, str):
            continue
        key = said
        for name, text in row.items():
            key = key.replace("{" + name + "}", text or "\0")
        if "\0" not in key:
            found += [["events", key], ["ties", key]] if sheet == "events" else [[sheet, key]]
    return found


def _time(text: str) -> str:
    try:
        return read_clock(text).text if text else ""
    except ValueError:
        return text
