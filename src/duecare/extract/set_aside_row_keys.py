"""The key of a row that was set aside, by which it is recognised when it is received again, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from duecare.extract.date_forms import with_date_forms
from duecare.extract.mapping import FileMap, SourceMap
from duecare.extract.xml_map import MIXED
from duecare.record.contract import POLE_SHEETS
from duecare.record.fast_time_text import read_clock
from duecare.record.version import KEY_SEPARATOR


def key_set_aside(mapping: SourceMap, file_name: str, original: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The (sheet, key) by which this row is recognised when it comes corrected; that of the event where it has one.

    Shape:   `original` is the row as it was delivered in that file.
    Unknown: None where the row does not tell, or there is no such file in the mapping any more.
    """
    original_values = dict(original)
    file_map = mapping.files.get(PurePath(file_name).stem) or mapping.files.get(original_values.get(MIXED, "").strip())
    if file_map is None or "" in original_values:
        return None
    row_keys = keys_of(file_map, list(original_values), list(original_values.values()))
    first_key = next((row_key for row_key in row_keys if row_key[0] == "events"), row_keys[0] if row_keys else None)
    return (first_key[0], first_key[1]) if first_key else None


def keys_of(file_map: FileMap, header: Sequence[str], texts: Sequence[str]) -> list[list[str]]:
    """Every [sheet, key] that this row names, as far as that can be read."""
    row_values = {column_name: cell_text.strip() for column_name, cell_text in zip(header, texts, strict=False)}
    if file_map.neutral:
        parts = [row_values.get(key_name, "") for key_name in POLE_SHEETS[file_map.neutral].key]
        if file_map.neutral in {"officers", "posts"}:
            parts = [parts[0].upper(), *(_time_text(key_part) for key_part in parts[1:])]
        return [[file_map.neutral, KEY_SEPARATOR.join(parts)]] if parts[0] else []
    in_iso = with_date_forms(file_map.dates, list(row_values))
    if in_iso is not None:
        row_values = dict(zip(row_values, in_iso(list(row_values.values())), strict=True))
    found_keys = []
    for sheet, sheet_part in file_map.parts:
        key_template = sheet_part.get("id") if sheet == "events" else sheet_part.get(POLE_SHEETS[sheet].key[0])
        if isinstance(key_template, dict):
            key_template = key_template.get("template")
        elif sheet != "events":
            key_template = f"{{{key_template}}}"
        if not isinstance(key_template, str):
            continue
        key_text = key_template
        for column_name, cell_text in row_values.items():
            key_text = key_text.replace("{" + column_name + "}", cell_text or "\0")
        if "\0" not in key_text:
            found_keys += [["events", key_text], ["ties", key_text]] if sheet == "events" else [[sheet, key_text]]
    return found_keys


def _time_text(cell_text: str) -> str:
    try:
        return read_clock(cell_text).text if cell_text else ""
    except ValueError:
        return cell_text
