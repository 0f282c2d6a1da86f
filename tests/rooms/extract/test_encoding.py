"""In which encoding a text file is written, found from the whole of it; and the bytes of two encodings in one cell."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.extract import encoding
from duecare.extract.encoding import Encoding, find_encoding, is_mixed, unmix_text
from duecare.vocabulary.refusals import Refusal

BOM = codecs.BOM_UTF8
GOOD, BAD = "é".encode(), "é".encode("cp1252")


def found(folder: Path, data: bytes) -> Encoding:
    path = folder / "a.csv"
    path.write_bytes(data)
    return find_encoding(path)


@pytest.mark.parametrize(
    ("data", "codec", "name", "is_mixed_file"),
    [
        (b"a\n", "utf-8", "UTF-8", False),
        (GOOD, "utf-8", "UTF-8", False),
        (BOM + b"a", "utf-8-sig", "UTF-8 with BOM", False),
        (BOM, "utf-8-sig", "UTF-8 with BOM", False),
        (BAD, "cp1252", "Windows-1252", False),
        (b"a" + BAD + b"b", "cp1252", "Windows-1252", False),
        (GOOD + BAD, "utf-8", "UTF-8 mixed with Windows-1252", True),
        (BAD + b"," + GOOD, "utf-8", "UTF-8 mixed with Windows-1252", True),
        (BOM + BAD, "utf-8-sig", "UTF-8 mixed with Windows-1252", True),
        (GOOD[:1], "cp1252", "Windows-1252", False),
        (GOOD + GOOD[:1], "utf-8", "UTF-8 mixed with Windows-1252", True),
    ],
)
def test_the_encoding_of_a_file(tmp_path: Path, data: bytes, codec: str, name: str, is_mixed_file: bool) -> None:
    how = found(tmp_path, data)

    assert (how.codec, how.name, how.mixed) == (codec, name, is_mixed_file)


@pytest.mark.parametrize(
    ("data", "newline"),
    [(b"a", "\n"), (b"a\nb", "\n"), (b"a\r\nb", "\n"), (b"a\rb", "\r"), (b"a\rb\n", "\n"), (BOM + b"a\r", "\r")],
)
def test_lines_end_in_a_carriage_return_only_where_no_line_feed_is(tmp_path: Path, data: bytes, newline: str) -> None:
    assert found(tmp_path, data).newline == newline


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EXT-013"),
        (codecs.BOM_UTF16_LE + b"a\x00", "EXT-014"),
        (codecs.BOM_UTF16_BE, "EXT-014"),
        (codecs.BOM_UTF32_LE, "EXT-014"),
        (codecs.BOM_UTF32_BE, "EXT-014"),
    ],
)
def test_what_is_empty_or_wide_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        found(tmp_path, data)

    assert (refused.value.code, refused.value.where) == (code, "file a.csv")


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("data", [b"ab" + GOOD + b"\r", BAD + b"abc", GOOD + b"ab" + BAD + b"\n", b"abc" + GOOD[:1]])
def test_how_a_file_is_cut_into_pieces_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, data: bytes
) -> None:
    whole = found(tmp_path, data)
    monkeypatch.setattr(encoding, "CHUNK", size)

    assert found(tmp_path, data) == whole


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["a", "é", "€", "ß", ","]), max_size=5))
def test_bytes_of_windows_1252_inside_utf_8_are_read_as_its_letters(letters: list[str]) -> None:
    data = b"".join(letter.encode("cp1252" if number % 2 else "utf-8") for number, letter in enumerate(letters))
    text = data.decode("utf-8", "surrogateescape")
    plain = data.decode("utf-8", "ignore")

    if all(letter.isascii() for letter in letters[1::2]):
        assert not is_mixed(text)
        assert unmix_text(text) == text == plain
    else:
        assert is_mixed(text)
        assert unmix_text(text) == "".join(letters)
        assert not is_mixed(unmix_text(text))


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_a_byte_of_neither_encoding_stays_escaped(byte: int) -> None:
    text = bytes([byte]).decode("utf-8", "surrogateescape")

    assert unmix_text(text) == text
    assert is_mixed(text)
    assert not is_mixed("é€")
    assert not is_mixed("abc")
