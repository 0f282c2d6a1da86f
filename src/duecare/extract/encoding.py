"""In which encoding a text file is written: UTF-8, Windows-1252, both mixed, or one that is not read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from duecare.vocabulary.refusals import Refusal

CHUNK = 1 << 20
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_ESCAPED = re.compile("[\udc80-\udcff]")
_GOOD = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How is the file's text decoded, and how do its lines end?

    Shape:   `mixed` rows are decoded by `unmix`; bytes of neither encoding stay as escaped surrogates.
    """

    codec: str
    name: str
    newline: str
    mixed: bool = False


def find_encoding(path: Path) -> Encoding:
    """In which encoding is this file, from the whole of it?

    Raises:  EXT-014 for UTF-16 and UTF-32; EXT-013 when the file is empty.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = lf = cr = bom = False
    first = True
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if first:
                first = False
                if chunk.startswith(_WIDE):
                    raise Refusal("EXT-014", where=f"file {path.name}", found="UTF-16 or UTF-32")
                bom = chunk[:3] == codecs.BOM_UTF8
                chunk = chunk[3 * bom :]
            lf = lf or b"\n" in chunk
            cr = cr or b"\r" in chunk
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(chunk)
            bad = bad or _ESCAPED.search(text) is not None
            good = good or _GOOD.search(text) is not None
    tail = decoder.decode(b"", True)
    bad = bad or bool(tail)
    if first:
        raise Refusal("EXT-013", where=f"file {path.name}", found="no bytes at all, not even a header")
    newline = "\r" if cr and not lf else "\n"
    if not bad:
        return Encoding("utf-8-sig" if bom else "utf-8", "UTF-8 with BOM" if bom else "UTF-8", newline)
    if good or bom:
        codec = "utf-8-sig" if bom else "utf-8"
        return Encoding(codec, "UTF-8 mixed with Windows-1252", newline, mixed=True)
    return Encoding("cp1252", "Windows-1252", newline)


def unmix(text: str) -> str:
    """What does this text say, its bytes that are not UTF-8 read as Windows-1252?

    Unknown: a byte of neither stays as an escaped surrogate, so that its row is set aside.
    """
    return _ESCAPED.sub(_one, text)


def is_mixed(text: str) -> bool:
    """Does this text hold bytes that are not UTF-8?"""
    return not text.isascii() and _ESCAPED.search(text) is not None


def _one(match: re.Match[str]) -> str:
    byte = match[0].encode("utf-8", "surrogateescape")
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return match[0]
