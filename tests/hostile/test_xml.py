"""Whatever XML comes, reading ends in rows accounted for or in a refusal, and no file reaches beyond itself."""

from __future__ import annotations

import random
import re
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hostile import test_fuzz
from tests.hostile.test_fuzz import RECEIVED, Near, account, well
from tests.made.census import assessment, census, child, details, enquiry, plan

from duecare.extract import Limits, read_delivery
from duecare.extract import delivery as delivery_module
from duecare.extract.read_files import FileReading
from duecare.extract.xml_guard import Guarded
from duecare.vocabulary.refusals import Refusal

SOURCES = Path(__file__).parents[2] / "sources"
REAL_CHILD = test_fuzz.REAL_CHILD


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery_module, "Child", Near)
        yield


def outcome(data: bytes | str) -> tuple[int, int] | str:
    return account({"return.xml": data.encode() if isinstance(data, str) else data}, "cin")


def refused(tmp_path: Path, data: bytes | str, **limits: Any) -> Refusal:
    """The refusal of this file, read in a process of its own under limits."""
    place = tmp_path / "cin-1"
    place.mkdir()
    (place / "return.xml").write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery_module, "Child", REAL_CHILD)
        with pytest.raises(Refusal) as caught:
            read(place, Limits(**limits))
    return caught.value


def read(place: Path, limits: Limits) -> None:
    with read_delivery(place, sources_dirs=[SOURCES], received_at=RECEIVED, limits=limits) as opened:
        deque(opened.rows(), maxlen=0)


GOOD = census(
    child(
        details(
            assessment("2022-10-07", "2022-11-20"),
            enquiry("2022-10-10", InitialCPCtarget="2022-10-31", DateOfInitialCPC="2022-10-28"),
            plan("2022-10-28", "2023-01-20"),
        )
    ),
    child(details(enquiry("2022-12-01")), child_id="C2"),
)
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


def with_type(declared: str, used: str = "") -> str:
    """The good file under a document type, its first LAchildID made of an entity."""
    head, _, rest = GOOD.partition("\n")
    return f"{head}\n<!DOCTYPE Message {declared}>\n{rest.replace('<LAchildID>C1', f'<LAchildID>{used}C1', 1)}"


# --- what is made to do harm -------------------------------------------------------------------------

ENTITIES = [
    pytest.param(f'[<!ENTITY l0 "lol">{LAUGHS}]', "&l11;", id="a billion laughs"),
    pytest.param(f'[<!ENTITY big "{"x" * 100_000}">]', "&big;" * 2_000, id="quadratic blow-up"),
    pytest.param('[<!ENTITY outside SYSTEM "file:///etc/passwd">]', "&outside;", id="a local file"),
    pytest.param('[<!ENTITY outside SYSTEM "http://127.0.0.1:9/x">]', "&outside;", id="an address"),
    pytest.param('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]', "", id="a parameter entity"),
    pytest.param('SYSTEM "http://127.0.0.1:9/census.dtd"', "", id="an outside document type"),
    pytest.param('PUBLIC "-//x//y" "census.dtd"', "", id="a public document type"),
    pytest.param('[<!ELEMENT Message ANY><!ATTLIST Message a CDATA "b">]', "", id="an inner document type"),
    pytest.param("", "", id="a bare document type"),
]


@pytest.mark.parametrize(("declared", "used"), ENTITIES)
def test_a_document_type_or_entity_is_refused_before_it_means_anything(
    tmp_path: Path, declared: str, used: str
) -> None:
    refusal = refused(tmp_path, with_type(declared, used), memory_bytes=600 * 1024 * 1024)

    assert refusal.code == "EXT-020"
    assert "return.xml, line 2" in str(refusal)


def test_an_entity_that_nothing_declares_is_refused() -> None:
    assert outcome(GOOD.replace("C1", "&who;", 1)) == "EXT-019"


LONG = [
    pytest.param("<Message>" + "<a>" * 100_000, "EXT-021", id="nested without end"),
    pytest.param(GOOD.replace("<LAchildID>C1", "<LAchildID>" + "x" * 3_000_000, 1), "EXT-021", id="a huge text"),
    pytest.param('<Message a="' + "x" * 20_000_000, "EXT-021", id="a huge attribute"),
    pytest.param("<Message><!-- " + "x" * 20_000_000, "EXT-021", id="a comment without end"),
    pytest.param("<" + "M" * 20_000_000, "EXT-021", id="a huge name"),
    pytest.param(GOOD.replace("</Child>", "<CINdetails/>" * 300_000 + "</Child>", 1), "EXT-021", id="a child without end"),
    pytest.param("<Message " + " ".join(f'a{i}="b"' for i in range(20_000)) + ">", "EXT-022", id="attributes"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), LONG)
def test_what_is_without_end_is_refused_in_little_memory_and_time(tmp_path: Path, data: str, code: str) -> None:
    began = time.monotonic()
    refusal = refused(tmp_path, data, memory_bytes=600 * 1024 * 1024)

    assert refusal.code == code, str(refusal)
    assert time.monotonic() - began < 20


BROKEN = [
    pytest.param(GOOD[: len(GOOD) // 2], "EXT-019", id="cut short"),
    pytest.param(GOOD[:-4], "EXT-019", id="cut at the end"),
    pytest.param(GOOD + "<Message/>", "EXT-019", id="a second document"),
    pytest.param(GOOD.replace("</Child>", "</Kid>", 1), "EXT-019", id="an element that does not end"),
    pytest.param(GOOD.replace("C1", "A & B", 1), "EXT-019", id="a bare ampersand"),
    pytest.param(GOOD.replace("C1", "A\x01", 1), "EXT-019", id="a control character"),
    pytest.param(GOOD.encode().replace(b"C1", b"Si\xe2n", 1), "EXT-019", id="bytes that are not UTF-8"),
    pytest.param(GOOD.replace("utf-8", "rot13", 1), "EXT-014", id="an encoding that is none"),
    pytest.param(GOOD.replace("utf-8", "shift_jis", 1), "EXT-014", id="an encoding that is not read"),
    pytest.param(GOOD.encode("utf-16"), "EXT-014", id="UTF-16"),
    pytest.param(GOOD.encode("utf-32"), "EXT-014", id="UTF-32"),
    pytest.param(GOOD.encode("utf-16-be"), "EXT-014", id="UTF-16 without its mark"),
    pytest.param("", "EXT-019", id="nothing"),
    pytest.param("LAchildID,UPN\nC1,\n", "EXT-019", id="a CSV file"),
    pytest.param("<html><body>sign in</body></html>", "EXT-022", id="another page"),
    pytest.param(GOOD.replace("<LAchildID>", '<LAchildID class="x">', 1), "EXT-022", id="an attribute"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN)
def test_a_file_that_is_broken_is_refused_and_says_where(tmp_path: Path, data: bytes | str, code: str) -> None:
    refusal = refused(tmp_path, data)

    assert refusal.code == code, str(refusal)
    assert "return.xml" in str(refusal)
    if code == "EXT-019":
        assert "line " in str(refusal)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_an_encoding_that_is_read_gives_the_same_rows(encoding: str) -> None:
    text = GOOD.replace("C1", "Siân").replace("utf-8", encoding.removesuffix("-sig"))

    assert outcome(text.encode(encoding)) == outcome(GOOD) == (9, 9)


def test_comments_instructions_and_marked_sections_are_read_as_xml_says() -> None:
    text = GOOD.replace("<LAchildID>C1", "<?note x?><!-- <Child/> --><LAchildID><![CDATA[C1]]>", 1)

    assert outcome(text) == outcome(GOOD)


def test_no_value_of_a_file_stands_in_a_refusal(tmp_path: Path) -> None:
    marked = GOOD.replace("C1", "Canary", 1).replace("H801", "Canary")
    for i, data in enumerate((marked[:-400], marked.replace("<LEA>", "<Canary of='Canary'>"), with_type("", "Canary"))):
        place = tmp_path / str(i)
        place.mkdir()
        said = str(refused(place, data))
        assert ">Canary" not in said
        assert "=Canary" not in said


# --- seeded damage -----------------------------------------------------------------------------------

WORDS = (
    b"<", b">", b"</", b"/>", b"&", b"&amp;", b"&x;", b"&#0;", b"&#x110000;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>",
    b"<!DOCTYPE x>", b'<!ENTITY a "b">', b"<Child>", b"</Child>", b"<CINdetails/>", b"<Sex>M</Sex>", b"\x00", b"\xff", b"\xe9",
    b"2022-02-30", b"true", b'a="b"', b"xmlns='x'", b"\r", b"\n", b"'", b'"', b"utf-16", b"9" * 40,
)  # fmt: skip


def damaged(chance: random.Random) -> bytes:
    """The good file with one to four slips."""
    data = bytearray(GOOD.encode())
    for _ in range(chance.randint(1, 4)):
        data += b"x" * (not data)
        at = chance.randrange(len(data))
        match chance.randrange(6):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 60)]
            case 2:
                data[at:at] = chance.choice(WORDS)
            case 3:
                back = chance.randrange(len(data))
                data[at:at] = data[back : back + chance.randrange(200)]
            case 4:
                del data[at:]
            case _:
                start = data.find(b">", at) + 1
                end = data.find(b"<", start)
                if 0 < start <= end:
                    data[start:end] = chance.choice(WORDS)
    return bytes(data)


def test_damage_to_a_good_census_never_ends_in_anything_but_rows_accounted_for_or_a_refusal(
    assured: Any, is_whole_run: bool, is_long_run: bool
) -> None:
    seeds = 20_000 if is_long_run else 400 if is_whole_run else 100
    refusals = 0
    for seed in range(seeds):
        found = outcome(damaged(random.Random(seed)))
        well(found)
        assert found != "EXT-016", f"seed {seed} stopped the reader"
        refusals += isinstance(found, str)

    assert 0 < refusals < seeds
    assured(
        "G8",
        method="seeded damage to a children in need census",
        n=seeds,
        figure=f"crashes 0, unaccounted 0, refused {refusals}",
        pass_mark="crashes 0, unaccounted 0",
        seed=0,
    )


VALUES = (
    "",
    " ",
    "2022-02-30",
    "2031-01-01",
    "31/03/2023",
    "0000-00-00",
    "true",
    "maybe",
    "M",
    "9" * 300,
    "&#9;",
    "&lt;Child&gt;",
    "é" * 40,
)


def with_values_spoilt(chance: random.Random) -> str:
    """The good file, well formed, with one to six of what its children's elements say made something else."""
    head, mark, rest = GOOD.partition("<Children>")
    spans = [match.span(1) for match in re.finditer(r">([^<>\n]+)</", rest)]
    for start, end in sorted(chance.sample(spans, chance.randint(1, 6)), reverse=True):
        rest = rest[:start] + chance.choice(VALUES) + rest[end:]
    return head + mark + rest


def test_no_value_of_a_child_refuses_the_file_and_every_row_is_accounted_for(
    assured: Any, is_whole_run: bool, is_long_run: bool
) -> None:
    seeds = 20_000 if is_long_run else 400 if is_whole_run else 100
    for seed in range(seeds):
        found = outcome(with_values_spoilt(random.Random(seed)))
        assert found == (9, 9), f"seed {seed}"

    assured(
        "G8",
        method="seeded damage to values of a children in need census",
        n=seeds,
        figure="refused 0, unaccounted 0",
        pass_mark="refused 0, unaccounted 0",
        seed=0,
    )


@given(st.binary(max_size=2_000))
@settings(max_examples=60)
def test_any_bytes_as_an_xml_file(data: bytes) -> None:
    assert outcome(data) in {"EXT-014", "EXT-019", "EXT-020", "EXT-022"}


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(b"".join))
@settings(max_examples=60)
def test_any_tokens_among_the_children(data: bytes) -> None:
    well(outcome(GOOD.encode().replace(b"<Children>", b"<Children>" + data, 1)))


# --- counters: the tests above must be able to fail --------------------------------------------------


def test_counter_without_the_guard_a_document_type_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duecare.extract.xml_guard._FORBIDDEN", ())

    assert outcome(with_type('[<!ENTITY who "W">]', "&who;")) == outcome(GOOD)


def test_counter_without_the_limit_a_nest_without_end_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duecare.extract.xml_guard.DEEPEST", 10_000_000)

    assert outcome("<Message>" + "<a>" * 1_000) == "EXT-019"


def test_counter_a_reader_that_drops_broken_rows_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileReading, "_set_broken_aside", lambda *_: None)

    with pytest.raises(AssertionError):
        well(outcome(GOOD.replace("<LAchildID>C1", "<LAchildID>C1</LAchildID><LAchildID>C1", 1)))


def test_counter_a_reader_that_stops_at_the_first_piece_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Guarded.parse

    def first_piece(self: Guarded, hears: Any) -> Iterator[None]:
        for piece in real(self, hears):
            yield piece
            return

    monkeypatch.setattr(Guarded, "parse", first_piece)

    assert outcome(GOOD[:-4]) != "EXT-019"
