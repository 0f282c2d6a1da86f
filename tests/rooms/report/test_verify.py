"""Anybody can verify a release: an altered number is found, whichever file it stands in and however it is covered up."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from random import Random

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from python_calamine import CalamineWorkbook
from tests.made.quarters import clearance

from duecare.ledger import Act, Entry, inclusion_proof, leaf_hash, range_of, sign_anchor, to_text
from duecare.report.release import publication
from duecare.report.release.printed_marks import MARKS
from duecare.report.render import bundle
from duecare.report.verification import verify_release as verification_verify_release
from duecare.report.verification.csvw_check import csvw_faults
from duecare.report.verification.verify_release import LEDGER_HEAD, WENT_OUT, verify_release
from duecare.store.models import LedgerEntry, Release
from duecare.vocabulary.refusals import Refusal

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key()
ANCHOR = sign_anchor(1234, b"\x07" * 32, datetime(2026, 11, 1, tzinfo=UTC), KEY)
PRINTED = (LEDGER_HEAD, f"1,234 entries, root {'07' * 32}, signed 2026-11-01")
CSV = "custody-held-overnight-by-reason.csv"


@pytest.fixture(scope="module")
def made():
    """The files of a release, without PDF."""
    patch = pytest.MonkeyPatch()
    patch.setattr(bundle, "can_be_made", lambda: False)
    files = bundle.files_of(clearance(provenance=(PRINTED,)).released, "Northmoor Police", to_text(ANCHOR))
    patch.undo()
    return {**files, publication.RECEIPT: publication.as_bytes(receipt(files))}


def outcome(files):
    return publication.outcome_of("2026-q3", json.loads(files["manifest.json"])["content"], files["manifest.json"])


def receipt(files, key=KEY, size=1300, **said):
    """What a ledger of so many entries, the last of them its publication, says of these files."""
    more = {"recipient": publication.PUBLIC, "outcome": outcome(files), **said}
    entry = Entry.of(size, ANCHOR.at, "the clock", more.pop("act", Act.DISCLOSURE), "its time has come", **more)
    leaves = [sha256(b"%d" % number).digest() for number in range(size - 1)] + [leaf_hash(entry)]
    before = range_of(leaves[:-1])
    proof = publication.proof_of_last(before)
    assert proof == inclusion_proof(leaves, size - 1, size), "as any entry is proved"
    return publication.Receipt(entry, proof, sign_anchor(size, range_of(leaves).root, ANCHOR.at, key))


def went_out(files, *anchors, key=PUBLIC):
    found = verify_release(files, anchors, key)
    return found.is_published, found.ok, found.is_whole


def with_receipt(made, of):
    return {**made, publication.RECEIPT: publication.as_bytes(of)}


def covered_up(files):
    """The same files, with a manifest rebuilt by somebody who altered one, and a receipt by a ledger of their own."""
    manifest = json.loads(files["manifest.json"])
    for name in manifest["files"]:
        manifest["files"][name] = {"sha256": sha256(files[name]).hexdigest(), "bytes": len(files[name])}
    anew = {**files, "manifest.json": json.dumps(manifest).encode()}
    return with_receipt(anew, receipt(anew, Ed25519PrivateKey.generate()))


def wrong(files, **more):
    return [one.what for one in verify_release(files, **more).looked if one.ok is False]


def test_a_release_is_whole(made):
    found = verify_release(made, [ANCHOR], KEY.public_key())

    assert wrong(made) == []
    assert (found.ok, found.is_whole, found.is_published) == (True, True, True)
    assert all(one.ok for one in found.looked)
    assert found.tables == len([name for name in made if name.endswith(".csv")])


def test_a_draft_and_a_version_that_never_went_out_do_not_hold(made):
    """Whole as they are: who made the files can make their hashes. Only the ledger says that something went out."""
    never = {name: held for name, held in made.items() if name != publication.RECEIPT}
    for key in (None, KEY.public_key()):
        found = verify_release(never, [ANCHOR], key)
        assert (found.ok, found.is_whole, found.is_published) == (False, True, False)
        assert [one.faults for one in found.looked if one.ok is False] == [(publication.NO_RECEIPT,)]


def test_a_receipt_proves_nothing_until_it_is_known_whose_ledger_it_is(made):
    head = receipt(made).head
    forged = with_receipt(made, receipt(made, Ed25519PrivateKey.generate()))

    assert went_out(made, key=None) == (None, True, True)
    assert went_out(forged, key=None) == (None, True, True)
    assert went_out(made) == (True, True, True)
    assert went_out(made, head, key=None) == (True, True, True)
    assert went_out(forged) == (False, False, True)
    other = sign_anchor(head.size, b"\x09" * 32, ANCHOR.at, KEY)
    assert went_out(made, other, key=None)[0] is False
    assert went_out(made, sign_anchor(7, b"\x09" * 32, ANCHOR.at, KEY), key=None)[0] is None


def test_the_line_of_a_publication_fits_the_ledger_whatever_the_release_is_called():
    told = publication.outcome_of("q" * Release._meta.get_field("slug").max_length, "ab" * 32, b"")

    assert len(told) <= LedgerEntry._meta.get_field("outcome").max_length


def test_the_receipt_of_something_else_is_none(made):
    """Of another release, of other files of the same, of no publication, of a line that is in no such ledger."""
    true = receipt(made)
    for of in (
        receipt(made, outcome=publication.outcome_of("2026-q2", "ab" * 32, made["manifest.json"])),
        receipt(made, outcome=outcome({**made, "manifest.json": made["manifest.json"] + b" "})),
        receipt(made, outcome=outcome(made).replace("published", "drafted")),
        receipt(made, act=Act.CONSULTATION),
        receipt(made, recipient="chief"),
        publication.Receipt(receipt(made, size=1299).entry, true.proof, true.head),
        publication.Receipt(true.entry, true.proof[1:], true.head),
    ):
        assert went_out(with_receipt(made, of)) == (False, False, True)


@pytest.mark.parametrize(
    "held", [b"", b"{", b"[]", b"null", b'{"what": "duecare publication 1"}', b'{"entry": {}, "head": {}, "proof": []}']
)
def test_a_receipt_that_cannot_be_read_is_none(made, held):
    assert went_out({**made, publication.RECEIPT: held}) == (False, False, True)


@pytest.mark.parametrize(("name", "value"), [("actor", "\ud800"), ("number", 2**60), ("count", 2**60)])
def test_a_receipt_of_a_line_that_no_ledger_can_hold_is_none(made, name, value):
    said = json.loads(made[publication.RECEIPT])
    said["entry"][name] = value

    assert went_out({**made, publication.RECEIPT: json.dumps(said).encode()}) == (False, False, True)


def test_a_receipt_of_any_other_shape_never_breaks_who_verifies_it(made, is_whole_run):
    said = json.loads(made[publication.RECEIPT])
    chance = Random(7)
    for way in [one for one in places(said) if one]:
        changed = json.loads(made[publication.RECEIPT])
        held = changed
        for step in way[:-1]:
            held = held[step]
        held[way[-1]] = chance.choice(JUNK)
        found = went_out({**made, publication.RECEIPT: json.dumps(changed).encode()})

        assert found == (False, False, True) or changed == said, way


def altered_csv(held):
    return re.sub(rb",(\d+),", lambda found: b",%d," % (int(found[1]) + 1), held, count=1)


def altered_html(held):
    return re.sub(
        rb'<td class="n">(\d+)</td>', lambda found: b'<td class="n">%d</td>' % (int(found[1]) + 1), held, count=1
    )


def altered_ods(held):
    box, out = zipfile.ZipFile(io.BytesIO(held)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in box.namelist():
            body = box.read(name)
            if name == "content.xml":
                body = re.sub(
                    rb'office:value="(\d+)"', lambda found: b'office:value="%d"' % (int(found[1]) + 1), body, count=1
                )
            new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "alter", "what"),
    [
        (CSV, altered_csv, "each CSV file holds the numbers of the report"),
        ("report.html", altered_html, "the page holds the same numbers"),
        ("report.ods", altered_ods, "the spreadsheet holds the same numbers"),
    ],
)
def test_an_altered_number_is_found_even_where_the_manifest_was_rebuilt(made, name, alter, what):
    files = {**made, name: alter(made[name])}

    assert files[name] != made[name]
    assert "every file is as the manifest says" in wrong(files)
    assert what in wrong(files)
    assert wrong(covered_up(files)) == [what]


def test_content_that_was_altered_no_longer_fits_its_hash(made):
    files = covered_up({**made, "report.json": made["report.json"].replace(b"374", b"375")})

    assert wrong(files) == ["the content is that which was cleared"]


def test_a_file_that_is_missing_or_added_is_found(made):
    less = {name: held for name, held in made.items() if name != CSV}

    assert "every file is as the manifest says" in wrong(less)
    assert "every file is as the manifest says" in wrong({**made, "more.csv": b"a\r\n"})


def with_xml(held, change):
    """A spreadsheet with its content changed, as a whole archive all the same."""
    box, out = zipfile.ZipFile(io.BytesIO(held)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in box.namelist():
            body = box.read(name)
            new.writestr(name, change(body) if name == "content.xml" else body)
    return out.getvalue()


def wide(xml):
    """The first cell a thousand million times over."""
    return xml.replace(b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="1000000000"', 1)


def half(held):
    return held[: len(held) // 2]


def after_a_row(xml):
    """Cut short where the reader of cells, left to itself, looks for the next row for ever."""
    return xml[: xml.rindex(b"</table:table-row>") + len(b"</table:table-row>")]


@pytest.mark.parametrize(
    ("name", "alter", "what"),
    [
        pytest.param(CSV, lambda held: b'"', "each CSV file holds the numbers of the report", id="csv: open quote"),
        pytest.param(CSV, lambda held: b"\xff", "each CSV file holds the numbers of the report", id="csv: no text"),
        pytest.param(CSV, lambda held: b"", "the metadata of the CSV files is valid, and fits them", id="csv: empty"),
        pytest.param(
            CSV, lambda held: held.split(b"\r\n")[0] + b"\r\n\r\n",
            "the metadata of the CSV files is valid, and fits them", id="csv: an empty row",
        ),
        pytest.param("report.ods", lambda held: b"no spreadsheet", "the spreadsheet holds the same numbers", id="ods: none"),
        pytest.param("report.ods", half, "the spreadsheet holds the same numbers", id="ods: cut short"),
        pytest.param(
            "report.ods", lambda held: with_xml(held, half), "the spreadsheet holds the same numbers", id="ods: half its XML"
        ),
        pytest.param(
            "report.ods", lambda held: with_xml(held, after_a_row), "the spreadsheet holds the same numbers",
            id="ods: a row, and no end",
        ),
        pytest.param(
            "report.ods", lambda held: with_xml(held, wide), "the spreadsheet holds the same numbers", id="ods: without end"
        ),
        pytest.param(
            "report.ods", lambda held: with_xml(held, lambda xml: xml.replace(b"?>", b"?><!DOCTYPE a>", 1)),
            "the spreadsheet holds the same numbers", id="ods: a document type",
        ),
        pytest.param("report.html", lambda held: b"<td>1</td>", "the page holds the same numbers", id="page: no table"),
        pytest.param("report.html", lambda held: b"<table></table>", "the page holds the same numbers", id="page: no caption"),
        pytest.param("report.html", lambda held: b"<![x[ ]]>", "the page holds the same numbers", id="page: no mark"),
        pytest.param(
            "report.html", lambda held: re.sub(rb'<td class="n">\d+', b'<td class="n">1e999', held, count=1),
            "the page holds the same numbers", id="page: a number without end",
        ),
        pytest.param(
            "report.html", lambda held: re.sub(rb'<td class="n">\d+', b'<td class="n">nan', held, count=1),
            "the page holds the same numbers", id="page: no number",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_shown_and_verification_goes_on(made, name, alter, what):
    found = verify_release(covered_up({**made, name: alter(made[name])}))

    assert what in [one.what for one in found.looked if one.ok is False]
    assert found.looked[-1].ok, "the head of the ledger is looked at all the same"


JUNK = (None, True, -1, 1e300, "", "strange", [], [1], {}, {"a": 1}, [["a", 1]])


def places(said, at=()):
    """Every place of a JSON document, by the way that leads there."""
    yield at
    for step in said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ():
        yield from places(said[step], (*at, step))


def test_content_of_any_other_shape_is_shown_and_never_breaks_who_verifies_it(made, is_whole_run):
    content, manifest = json.loads(made["report.json"]), json.loads(made["manifest.json"])
    chance = Random(7)
    for way in chance.sample([one for one in places(content) if one], 300 if is_whole_run else 100):
        changed = json.loads(made["report.json"])
        held = changed
        for step in way[:-1]:
            held = held[step]
        held[way[-1]] = chance.choice(JUNK)
        body = rfc8785.dumps(changed)
        said = {**manifest, "content": bundle.hash_of(body)}
        files = {"report.json": body, "manifest.json": json.dumps(said).encode()}

        assert not verify_release(files).ok, way


def test_totals_and_shares_are_worked_out_again():
    files = bundle_of_wrong_sums()

    assert "totals and shares add up" in wrong(files)


def bundle_of_wrong_sums():
    """A release whose author printed a total that is none: hashes fit, and calculation finds it."""
    released = json.loads(bundle.as_bytes(clearance(provenance=(PRINTED,)).released))
    table = next(
        table
        for section in released["sections"]
        for table in section["tables"]
        if table["id"] == "visits-overdue-by-risk"
    )
    table["rows"][-1][1][0] += 1
    held = verification_verify_release.json.dumps(released).encode()
    read = bundle.hash_of(held)
    from duecare.report.release.release_serialisation import read_released

    patch = pytest.MonkeyPatch()
    patch.setattr(bundle, "can_be_made", lambda: False)
    files = bundle.files_of(read_released(held, read), "Northmoor Police", to_text(ANCHOR))
    patch.undo()
    return files


def test_the_head_of_the_ledger_is_held_against_what_others_kept(made):
    other_root = sign_anchor(1234, b"\x08" * 32, ANCHOR.at, KEY)
    other_size = sign_anchor(99, b"\x08" * 32, ANCHOR.at, KEY)
    head = "the head of the ledger that is printed is the one that was signed"

    assert wrong(made, anchors=[other_root]) == [head]
    assert wrong(made, public_key=Ed25519PrivateKey.generate().public_key()) == [WENT_OUT, head]
    assert [one.ok for one in verify_release(made, [other_size]).looked][-1] is None
    assert wrong(covered_up({**made, "ledger-anchor.json": to_text(other_size).encode()})) == [head]
    assert wrong(covered_up({**made, "ledger-anchor.json": b"no anchor"})) == [head]


@pytest.mark.parametrize("manifest", [None, b"{", b"[]", b'{"what": "another"}'])
def test_a_folder_without_a_manifest_is_no_release(made, manifest):
    files = {name: held for name, held in made.items() if name != "manifest.json"}
    if manifest is not None:
        files["manifest.json"] = manifest

    with pytest.raises(Refusal) as refused:
        verify_release(files)
    assert refused.value.code == "REP-028"


def test_the_metadata_describes_every_file_and_their_kinds(made):
    metadata = json.loads(made["csv-metadata.json"])

    assert csvw_faults(made) == []
    assert {table["url"] for table in metadata["tables"]} == {name for name in made if name.endswith(".csv")}
    numbers = [
        column
        for table in metadata["tables"]
        for column in table["tableSchema"]["columns"]
        if column["datatype"] != "string"
    ]
    assert numbers
    assert all(column["null"] == list(MARKS) for column in numbers)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"datatype": "integer"', b'"datatype": "string", "typ": 1'),
        (b'"datatype": "integer"', b'"datatype": "whole"'),
        (b'"titles": "Counted"', b'"titles": "Other"'),
        (b'"name": "counted"', b'"name": "_counted"'),
        (b'"name": "of_all"', b'"name": "counted"'),
        (b"http://www.w3.org/ns/csvw", b"http://example.org/"),
        (b'"tables"', b'"tabels"'),
        (b'"url": "custody', b'"url": "nowhere'),
    ],
)
def test_metadata_that_is_not_valid_is_shown(made, old, new):
    files = {**made, "csv-metadata.json": made["csv-metadata.json"].replace(old, new, 1)}

    assert csvw_faults(files)


@pytest.mark.parametrize("metadata", [b"{", b"[]", b'{"tables": [1]}', b'{"tables": []}'])
def test_metadata_of_another_shape_is_shown(made, metadata):
    assert csvw_faults({**made, "csv-metadata.json": metadata})


def test_csv_that_does_not_fit_its_metadata_is_shown(made):
    for old, new in ((b"\r\n", b",\r\n"), (b"[c]", b"few")):
        for name in (CSV, "visits-overdue-by-area.csv"):
            if old in made[name]:
                head, rest = made[name].split(b"\r\n", 1)
                assert csvw_faults({**made, name: head + b"\r\n" + rest.replace(old, new, 1)}), (name, old)


def test_a_spreadsheet_opens_with_a_sheet_for_each_table(made):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made["report.ods"]))

    # the report, the tables, and what they rest on
    assert len(book.sheet_names) == 2 + len([name for name in made if name.endswith(".csv")])


def described(made, change):
    """The metadata with one thing changed in its first table."""
    said = json.loads(made["csv-metadata.json"])
    change(said)
    return csvw_faults({**made, "csv-metadata.json": json.dumps(said).encode()})


def test_a_file_described_twice_a_key_that_stands_twice_and_a_gap_where_none_may_be_are_shown(made):
    name = "visits-overdue-by-risk.csv"
    head, *rows = made[name].split(b"\r\n")
    twice = b"\r\n".join([head, rows[0], *rows])
    no_label = b"\r\n".join([head, b"[c]" + rows[0][rows[0].index(b",") :], *rows[1:]])

    assert described(made, lambda said: said["tables"].append(said["tables"][0])) == ["a file is described twice"]
    assert csvw_faults({**made, name: twice}) == [f"{name}: a key stands twice"]

    def demanding(said):
        table = next(one for one in said["tables"] if one["url"] == name)
        table["tableSchema"]["columns"][0]["null"] = ["[c]"]

    said = json.loads(made["csv-metadata.json"])
    demanding(said)
    found = csvw_faults({**made, name: no_label, "csv-metadata.json": json.dumps(said).encode()})
    assert found == [f"{name}, row 1, risk: nothing where something is required"]


def test_a_table_that_lacks_in_a_format_and_one_cut_short_are_shown(made):
    held = made["report.html"].decode()
    caption = "Visits to registered sex offenders that are overdue, by risk"
    renamed = held.replace(f"<caption>{caption}", "<caption>Another")
    start = held.index(f"<caption>{caption}")
    row = held[held.index("<tbody>", start) + 7 : held.index("</tr>", held.index("<tbody>", start)) + 5]
    short = held.replace(row, "", 1)

    for page in (renamed, short):
        assert "the page holds the same numbers" in wrong({**made, "report.html": page.encode()})
