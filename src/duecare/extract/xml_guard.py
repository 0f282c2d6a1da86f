"""Parses XML so that no file can do harm: no document type, no entity, no outside address, nothing without end."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol
from xml.parsers import expat

from duecare.extract.reading_limits import Limits
from duecare.vocabulary.refusals import Refusal

CHUNK: Final = 1 << 16
DEEPEST: Final = 32
ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252", "cp1252"})
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE, b"\x00<", b"<\x00")
_HARMLESS: Final = ("xmlns", "xsi:", "xml:")


class Hears(Protocol):
    """Receives each element as it is read."""

    def begins(self, element_name: str, line_number: int) -> None:
        """An element begins on this line."""
        ...

    def says(self, element_text: str) -> None:
        """Text of the element that began last and has not ended."""
        ...

    def ends(self) -> None:
        """The element that began last, and has not ended, ends."""
        ...


class Guarded:
    """One XML file, parsed piece by piece; give it something that hears.

    Raises:  while parsing: EXT-014 for an encoding that is not read; EXT-019 where it is not well formed; EXT-020 for a
             document type or an entity; EXT-021 where it is nested too deep or a tag or text is too long; EXT-022 for
             an attribute, of which a source that is read has none.
    """

    def __init__(self, file_path: Path, limits: Limits) -> None:
        self._path = file_path
        self._limits = limits
        self._depth = 0
        self._length = 0
        self._hears: Hears | None = None
        self.encoding = "UTF-8"
        self._parser = self._make_parser()

    @property
    def line(self) -> int:
        """The line the parser is on."""
        return self._parser.CurrentLineNumber

    def parse(self, hears: Hears) -> Iterator[None]:
        """Read the file through; gives way after each piece, so that what was heard can be passed on."""
        self._hears = hears
        with self._path.open("rb") as open_file:
            bytes_read = 0
            while piece := open_file.read(CHUNK):
                if not bytes_read and piece.startswith(_WIDE_MARKS):
                    raise Refusal("EXT-014", where=f"file {self._path.name}", found="UTF-16 or UTF-32")
                bytes_read += len(piece)
                self._feed_piece(piece)
                if bytes_read - max(self._parser.CurrentByteIndex, 0) > self._limits.record_chars + CHUNK:
                    raise self._make_refusal("EXT-021", "a tag or comment without end")
                yield
            self._feed_piece(b"", is_last=True)
            yield

    def _feed_piece(self, piece: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            error_text = expat.ErrorString(error.code) or "an error that has no name"
            raise self._make_refusal("EXT-019", f"column {error.offset + 1}: {error_text}", error.lineno) from None
        except (LookupError, ValueError, UnicodeError):
            raise self._make_refusal("EXT-019", "text that cannot be read") from None

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        for handler_name in _FORBIDDEN:
            setattr(parser, handler_name, self._refuse_feature)
        parser.XmlDeclHandler = self._check_declared
        parser.StartElementHandler = self._on_begin
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        return parser

    def _check_declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ENCODINGS:
            raise Refusal("EXT-014", where=f"file {self._path.name}", found="another encoding than is read")
        self.encoding = (encoding or "UTF-8").upper()

    def _refuse_feature(self, *_: object) -> int:
        raise self._make_refusal("EXT-020", "a document type or an entity")

    def _on_begin(self, element_name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._length = 0
        if self._depth > DEEPEST:
            raise self._make_refusal("EXT-021", f"elements more than {DEEPEST} deep")
        if attributes and not all(attribute_name.startswith(_HARMLESS) for attribute_name in attributes):
            raise self._make_refusal("EXT-022", "an attribute where none is known")
        assert self._hears is not None
        self._hears.begins(element_name, self._parser.CurrentLineNumber)

    def _on_end(self, _element_name: str) -> None:
        self._depth -= 1
        assert self._hears is not None
        self._hears.ends()

    def _on_text(self, element_text: str) -> None:
        self._length += len(element_text)
        if self._length > self._limits.record_chars:
            raise self._make_refusal("EXT-021", f"a text longer than {self._limits.record_chars} characters")
        assert self._hears is not None
        self._hears.says(element_text)

    def _make_refusal(self, refusal_code: str, fault_found: str, line_number: int | None = None) -> Refusal:
        return Refusal(
            refusal_code, where=f"file {self._path.name}, line {line_number or self.line}", found=fault_found
        )


_FORBIDDEN: Final[tuple[str, ...]] = (
    "StartDoctypeDeclHandler",
    "EntityDeclHandler",
    "UnparsedEntityDeclHandler",
    "NotationDeclHandler",
    "ElementDeclHandler",
    "AttlistDeclHandler",
    "ExternalEntityRefHandler",
    "SkippedEntityHandler",
)
