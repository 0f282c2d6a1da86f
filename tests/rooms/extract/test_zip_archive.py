"""Zip archives of deliveries: each border of size and number, and what is refused before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from duecare.extract.reading_limits import Limits
from duecare.extract.zip_archive import look_inside, unpack_archive
from duecare.vocabulary.refusals import Refusal

MIB = 1 << 20


def packed(folder: Path, *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "delivery.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content, method)
    return path


def code_of(path: Path, limits: Limits | None = None) -> str:
    """The code by which it is refused; empty where it is safe to open."""
    try:
        look_inside(path, limits or Limits())
    except Refusal as refusal:
        return refusal.code if path.name in refusal.where else f"{refusal.code} of another file"
    return ""


def with_mode(mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("a.csv")
    entry.external_attr = mode << 16
    return entry


def test_files_are_given_in_order_without_folders(tmp_path: Path) -> None:
    path = packed(tmp_path, ("d/", b""), ("d/b.csv", b"1"), ("d/a.csv", b"22"))

    assert [(entry.filename, entry.file_size) for entry in look_inside(path, Limits())] == [
        ("d/b.csv", 1),
        ("d/a.csv", 2),
    ]


def test_an_archive_without_an_entry_is_safe_and_empty(tmp_path: Path) -> None:
    assert look_inside(packed(tmp_path), Limits()) == []


@pytest.mark.parametrize("top", ["", "d/"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_files_come_out_as_they_went_in_without_their_one_folder(tmp_path: Path, top: str, method: int) -> None:
    contents = {"a.csv": b"", "b.csv": b"x" * 3000, "c.csv": bytes(range(256))}
    path = packed(tmp_path, *((top + name, content) for name, content in contents.items()), method=method)
    into = tmp_path / "into"
    into.mkdir()

    unpack_archive(path, into, Limits())

    assert {file.name: file.read_bytes() for file in into.iterdir()} == contents


@pytest.mark.parametrize("names", [("a.csv", "d/b.csv"), ("d/a.csv", "e/b.csv"), ("d/e/a.csv",)])
def test_files_of_several_folders_are_refused_and_none_is_unpacked(tmp_path: Path, names: tuple[str, ...]) -> None:
    path, into = packed(tmp_path, *((name, b"1") for name in names)), tmp_path / "into"
    into.mkdir()

    with pytest.raises(Refusal) as refused:
        unpack_archive(path, into, Limits())

    assert refused.value.code == "EXT-003"
    assert list(into.iterdir()) == []


def test_a_file_that_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    path, into = packed(tmp_path, ("a.csv", b"new")), tmp_path / "into"
    into.mkdir()
    (into / "a.csv").write_bytes(b"old")

    with pytest.raises(Refusal) as refused:
        unpack_archive(path, into, Limits())

    assert refused.value.code == "EXT-004"
    assert (into / "a.csv").read_bytes() == b"old"


def test_there_may_be_as_many_entries_as_the_limit(tmp_path: Path) -> None:
    path = packed(tmp_path, *((f"{number}.csv", b"") for number in range(3)))

    assert code_of(path, Limits(archive_entries=3)) == ""
    assert code_of(path, Limits(archive_entries=2)) == "EXT-004"


@pytest.mark.parametrize(
    ("file_bytes", "delivery_bytes", "code"), [(6, 10, ""), (5, 10, "EXT-012"), (6, 9, "EXT-012"), (6, 11, "")]
)
def test_a_file_and_the_whole_may_be_as_large_as_the_limits(
    tmp_path: Path, file_bytes: int, delivery_bytes: int, code: str
) -> None:
    path = packed(tmp_path, ("a.csv", b"123456"), ("b.csv", b"1234"))

    assert code_of(path, Limits(file_bytes=file_bytes, delivery_bytes=delivery_bytes)) == code


@pytest.mark.parametrize(
    ("size", "ratio", "code"), [(10 * MIB, 2, ""), (10 * MIB + 1, 2, "EXT-004"), (10 * MIB + 1, 5000, "")]
)
def test_only_what_is_large_and_grows_beyond_the_ratio_is_a_bomb(
    tmp_path: Path, size: int, ratio: int, code: str
) -> None:
    path = packed(tmp_path, ("a.csv", bytes(size)), method=zipfile.ZIP_DEFLATED)

    assert code_of(path, Limits(archive_ratio=ratio)) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.csv", ""),
        ("a..b.csv", ""),
        ("d/a:b.csv", ""),
        ("ab:c.csv", ""),
        ("../a.csv", "EXT-003"),
        ("d/../a.csv", "EXT-003"),
        ("/a.csv", "EXT-003"),
        ("c:a.csv", "EXT-003"),
        ("d\\a.csv", "EXT-003"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert code_of(packed(tmp_path, (name, b"1"))) == code


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        (0, ""),
        (0o644, ""),
        (stat.S_IFREG | 0o644, ""),
        (stat.S_IFLNK | 0o777, "EXT-003"),
        (stat.S_IFCHR, "EXT-003"),
        (stat.S_IFIFO, "EXT-003"),
        (stat.S_IFSOCK, "EXT-003"),
    ],
)
def test_an_entry_is_a_plain_file(tmp_path: Path, mode: int, code: str) -> None:
    assert code_of(packed(tmp_path, (with_mode(mode), b"1"))) == code


def test_two_names_that_differ_by_case_alone_are_one(tmp_path: Path) -> None:
    assert code_of(packed(tmp_path, ("a.csv", b"1"), ("A.CSV", b"2"))) == "EXT-004"


@pytest.mark.parametrize(
    ("flag", "code"), [(0, ""), (0x1, "EXT-005"), (0x40, "EXT-005"), (0x2000, "EXT-005"), (0x800, "")]
)
def test_what_is_encrypted_in_any_way_is_refused(tmp_path: Path, flag: int, code: str) -> None:
    path = packed(tmp_path, ("a.csv", b"1"))
    data = bytearray(path.read_bytes())
    listed = data.index(b"PK\x01\x02")
    data[listed + 8 : listed + 10] = struct.pack("<H", flag)
    path.write_bytes(data)

    assert code_of(path) == code


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(tmp_path: Path, method: int) -> None:
    assert code_of(packed(tmp_path, ("a.csv", b"1"), method=method)) == "EXT-004"


def test_an_entry_that_does_not_begin_where_the_list_states_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.csv", b"1"), ("b.csv", b"2"))
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    (offset,) = struct.unpack("<I", data[second + 42 : second + 46])
    data[second + 42 : second + 46] = struct.pack("<I", offset + 1)
    path.write_bytes(data)

    assert code_of(path) == "EXT-004"


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "delivery.zip"
    path.write_bytes(content)

    assert code_of(path) == "EXT-004"


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.zip") == "EXT-004"


def test_changed_content_is_refused_when_it_is_unpacked(tmp_path: Path) -> None:
    path, into = packed(tmp_path, ("a.csv", b"12345")), tmp_path / "into"
    into.mkdir()
    path.write_bytes(path.read_bytes().replace(b"12345", b"12346"))

    with pytest.raises(Refusal) as refused:
        unpack_archive(path, into, Limits())

    assert refused.value.code == "EXT-004"
