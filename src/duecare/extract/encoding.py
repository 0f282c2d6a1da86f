"""In which encoding a text file is written: UTF-8, Windows-1252, both mixed, or one that is not read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from duecare.vocabulary.refusals import Refusal

CHUNK = 1 << 20
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_ESCAPED = re.compile("[\udc80-\udcff]")
_GOOD_LETTERS = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the file's text is decoded, and how its lines end.

    Shape:   `mixed` rows are decoded by `unmix_text`; bytes of neither encoding stay as escaped surrogates.
    """

    codec: str
    name: str
    newline: str
    mixed: bool = False


def find_encoding(file_path: Path) -> Encoding:
    """The encoding of this file, from the whole of it.

    Raises:  EXT-014 for UTF-16 and UTF-32; EXT-013 when the file is empty.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    has_good = has_bad = has_newline = has_return = has_mark = False
    is_first = True
    with file_path.open("rb") as open_file:
        while chunk := open_file.read(CHUNK):
            if is_first:
                is_first = False
                if chunk.startswith(_WIDE_MARKS):
                    raise Refusal("EXT-014", where=f"file {file_path.name}", found="UTF-16 or UTF-32")
                has_mark = chunk[:3] == codecs.BOM_UTF8
                chunk = chunk[3 * has_mark :]
            has_newline = has_newline or b"\n" in chunk
            has_return = has_return or b"\r" in chunk
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            chunk_text = decoder.decode(chunk)
            has_bad = has_bad or _ESCAPED.search(chunk_text) is not None
            has_good = has_good or _GOOD_LETTERS.search(chunk_text) is not None
    tail_text = decoder.decode(b"", True)
    has_bad = has_bad or bool(tail_text)
    if is_first:
        raise Refusal("EXT-013", where=f"file {file_path.name}", found="no bytes at all, not even a header")
    newline = "\r" if has_return and not has_newline else "\n"
    if not has_bad:
        return Encoding("utf-8-sig" if has_mark else "utf-8", "UTF-8 with BOM" if has_mark else "UTF-8", newline)
    if has_good or has_mark:
        codec = "utf-8-sig" if has_mark else "utf-8"
        return Encoding(codec, "UTF-8 mixed with Windows-1252", newline, mixed=True)
    return Encoding("cp1252", "Windows-1252", newline)


def unmix_text(cell_text: str) -> str:
    """This text with its bytes that are not UTF-8 read as Windows-1252.

    Unknown: a byte of neither stays as an escaped surrogate, so that its row is set aside.
    """
    return _ESCAPED.sub(_one_letter, cell_text)


def is_mixed(cell_text: str) -> bool:
    """Whether this text contains bytes that are not UTF-8."""
    return not cell_text.isascii() and _ESCAPED.search(cell_text) is not None


def _one_letter(match: re.Match[str]) -> str:
    byte_values = match[0].encode("utf-8", "surrogateescape")
    try:
        return byte_values.decode("cp1252")
    except UnicodeDecodeError:
        return match[0]
