"""Which keys a row that was set aside would have had, so that a full delivery does not withdraw what it did hold."""

from __future__ import annotations

from collections.abc import Sequence

from duecare.extract.mapping import FileMap
from duecare.record.clock_text import read_clock
from duecare.record.contract import POLE
from duecare.record.version import KEY_SEPARATOR


def keys_of(file: FileMap, header: Sequence[str], texts: Sequence[str]) -> list[list[str]]:
    """Which [sheet, key] does this row name, as far as that can be read?"""
    row = {name: text.strip() for name, text in zip(header, texts, strict=False)}
    if file.neutral:
        parts = [row.get(name, "") for name in POLE[file.neutral].key]
        if file.neutral in {"officers", "posts"}:
            parts = [parts[0].upper(), *(_time(part) for part in parts[1:])]
        return [[file.neutral, KEY_SEPARATOR.join(parts)]] if parts[0] else []
    found = []
    for sheet, part in file.parts:
        said = part.get("id") if sheet == "events" else part.get(POLE[sheet].key[0])
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
