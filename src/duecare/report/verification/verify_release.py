"""Is a release that lies in a folder the one that was published, and does it agree with itself? For anyone outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.ledger import Anchor, from_text
from duecare.ledger.anchor import is_signed_by
from duecare.report.release.publication import RECEIPT, outcome_of, was_published
from duecare.report.release.release_serialisation import as_bytes, read_released
from duecare.report.release.released_figures import Released, ReleasedCell, ReleasedFigure, ReleasedTable
from duecare.report.release.released_paper import as_paper, cell_of
from duecare.report.render.bundle import ANCHOR, CONTENT, MANIFEST, WHAT
from duecare.report.render.read_back import Rows, plain, tables_of_csv, tables_of_html, tables_of_ods
from duecare.report.verification.csvw_check import csvw_faults
from duecare.vocabulary.guard import spreadsheet_guarded
from duecare.vocabulary.refusals import Refusal

HEAD: Final = "head of the ledger"
DRAFT: Final = "A draft, not released: for those who draft and check. "
"""With what does the notice of a draft begin?"""
WENT_OUT: Final = "it was published"
ROUNDING: Final = 0.051


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, and what was found?

    Shape:   `ok` None where it cannot be told from what was given; `faults` say what is wrong, and where.
    """

    what: str
    ok: bool | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedRelease:
    """What was found of a release, thing by thing.

    Shape:   `ok` unless anything is wrong; what cannot be told is neither. `is_whole`: does it agree with itself? `is_published`
             None where it cannot be told from what was given.
    """

    release: str
    tables: int
    looked: tuple[Looked, ...]

    @property
    def ok(self) -> bool:
        """Is nothing wrong with it, and does nothing say that it never went out?"""
        return all(one.ok is not False for one in self.looked)

    @property
    def is_whole(self) -> bool:
        """Does it agree with itself and with the heads given, whether it went out or not?"""
        return all(one.ok is not False for one in self.looked if one.what != WENT_OUT)

    @property
    def is_published(self) -> bool | None:
        """Did it go out? Proved by its receipt, by nothing else in the files."""
        return next((one.ok for one in self.looked if one.what == WENT_OUT), None)


def verify_release(
    files: Mapping[str, bytes], anchors: Sequence[Anchor] = (), key: Ed25519PublicKey | None = None
) -> VerifiedRelease:
    """Does every file fit the manifest, every format hold the same numbers, every total add up, and did it go out?

    Shape:   `anchors` are heads of the ledger that somebody else kept; `key` is the public key by which they are signed.
             That it agrees with itself is one thing, that it was published is another: a draft does the first too.
    Raises:  REP-028 where there is no manifest that can be read.
    """
    manifest = _manifest(files)
    looked = [_looked("every file is as the manifest says", _hash_faults(files, manifest))]
    released = _content(files, manifest)
    if released is None:
        wrong = Looked("the content is that which was cleared", False, (f"{CONTENT} does not fit its hash",))
        return VerifiedRelease(str(manifest["release"]), 0, (*looked, wrong))
    looked += [
        Looked("the content is that which was cleared", True),
        _looked("each CSV file holds the numbers of the report", _guarded(_csv_faults, files, released)),
        _looked("the spreadsheet holds the same numbers", _guarded(_ods_faults, files, released)),
        _looked("the page holds the same numbers", _guarded(_html_faults, files, released)),
        _looked("totals and shares add up", list(_sum_faults(released))),
        _looked("the metadata of the CSV files is valid, and fits them", csvw_faults(files)),
        _went_out(files, released, str(manifest["content"]), anchors, key),
        _ledger(files, released, anchors, key),
    ]
    return VerifiedRelease(released.slug, len(released.tables()), tuple(looked))


def _manifest(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    try:
        read = json.loads(files[MANIFEST])
    except (KeyError, ValueError, RecursionError) as wrong:
        raise Refusal("REP-028", found="no manifest that can be read") from wrong
    if not isinstance(read, dict) or read.get("what") != WHAT or not isinstance(read.get("files"), dict):
        raise Refusal("REP-028", found="a manifest of another kind")
    return {"release": "", "content": "", **read}


def _content(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Released | None:
    try:
        released = read_released(files.get(CONTENT, b""), str(manifest["content"]))
        return released if as_bytes(released) == files[CONTENT] else None
    except (Refusal, ValueError):
        return None


def _hash_faults(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[str]:
    listed = {str(name): one for name, one in manifest["files"].items()}
    faults = [f"{name} is not there" for name in sorted(set(listed) - set(files))]
    faults += [f"{name} is not in the manifest" for name in sorted(set(files) - set(listed) - {MANIFEST, RECEIPT})]
    for name in sorted(set(listed) & set(files)):
        said = listed[name].get("sha256") if isinstance(listed[name], dict) else None
        if sha256(files[name]).hexdigest() != said:
            faults.append(f"{name} was changed: its hash is another")
    return faults


def _guarded(
    faults: Callable[[Mapping[str, bytes], Released], Iterator[str]], files: Mapping[str, bytes], released: Released
) -> list[str]:
    try:
        return list(faults(files, released))
    except (KeyError, ValueError) as wrong:
        return [f"a file that is not there, or cannot be read ({type(wrong).__name__})"]


def _csv_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    for table in released.tables():
        held = tables_of_csv(files[f"{table.id}.csv"])
        yield from _differences(f"{table.id}.csv", held, _printed(table, guard=True))


def _ods_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    yield from _by_caption("report.ods", tables_of_ods(files["report.ods"]), released.tables())


def _html_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    held = tables_of_html(files["report.html"])
    yield from _by_caption("report.html", held, [table for table in released.tables() if not table.annex])
    rests = as_paper(released).sections[-1].tables[0]
    wanted = [list(rests.columns), *([str(cell) for cell in row] for row in rests.rows)]
    yield from _differences("report.html", held.get(rests.caption, []), wanted)


def _by_caption(name: str, held: Mapping[str, Rows], tables: Sequence[ReleasedTable]) -> Iterator[str]:
    for table in tables:
        if table.caption not in held:
            yield f"{name} lacks the table {table.caption!r}"
            continue
        yield from _differences(f"{name}, {table.id}", held[table.caption], _printed(table))


def _printed(table: ReleasedTable, *, guard: bool = False) -> Rows:
    rows = [[column.title for column in table.columns]]
    for row in table.rows:
        cells = [cell_of(cell) for cell in row]
        rows.append([spreadsheet_guarded(one) if guard and isinstance(one, str) else plain(one) for one in cells])
    return rows


def _differences(where: str, held: Rows, wanted: Rows) -> Iterator[str]:
    if len(held) != len(wanted):
        yield f"{where} has {len(held)} rows, and not {len(wanted)}"
        return
    for number, (one, other) in enumerate(zip(held, wanted, strict=True)):
        for place, (found, should) in enumerate(zip([*one, *[""] * len(other)], other, strict=False)):
            if plain(_as_number(found)) != plain(_as_number(should)):
                yield f"{where}, row {number}, column {place + 1}: {found!r}, and not {should!r}"


def _as_number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def _sum_faults(released: Released) -> Iterator[str]:
    for table in released.tables():
        names = [column.name for column in table.columns]
        for place, column in enumerate(table.columns):
            if table.adds_up and column.kind == "count" and table.rows:
                *parts, whole = [_shown(row[place]) for row in table.rows]
                sum_ = sum(one for one in parts if one is not None)
                if whole is not None and (sum_ > whole or (None not in parts and sum_ != whole)):
                    yield f"{table.id}, {column.name}: the rows come to {sum_:g}, and the last says {whole:g}"
            if len(column.of) == 2:
                part, of = (names.index(name) for name in column.of)
                for number, row in enumerate(table.rows, 1):
                    share, some, every = _shown(row[place]), _shown(row[part]), _shown(row[of])
                    if share is None or some is None or not every:
                        continue
                    if abs(share - 100 * some / every) > ROUNDING:
                        yield f"{table.id}, {column.name}, row {number}: {share} is not {some:g} of {every:g}"


def _shown(cell: ReleasedCell) -> float | None:
    return float(cell.shown) if isinstance(cell, ReleasedFigure) and cell.shown is not None else None


def _went_out(
    files: Mapping[str, bytes],
    released: Released,
    content: str,
    anchors: Sequence[Anchor],
    key: Ed25519PublicKey | None,
) -> Looked:
    if released.notice.startswith(DRAFT.strip()):
        return Looked(WENT_OUT, False, ("its own head says that it is a draft, not released",))
    outcome = outcome_of(released.slug, content, files[MANIFEST])
    found, why = was_published(files.get(RECEIPT), outcome, anchors, key)
    return Looked(WENT_OUT, found, () if found else (why,))


def _ledger(
    files: Mapping[str, bytes], released: Released, anchors: Sequence[Anchor], key: Ed25519PublicKey | None
) -> Looked:
    what = "the head of the ledger that is printed is the one that was signed"
    printed = dict(released.provenance).get(HEAD, "")
    try:
        own = from_text(files[ANCHOR].decode())
    except (KeyError, Refusal, UnicodeDecodeError):
        return Looked(what, None if ANCHOR not in files else False, (f"there is no {ANCHOR} that can be read",))
    if own.root.hex() not in printed or f"{own.size:,}" not in printed:
        return Looked(what, False, (f"the report prints {printed!r}, and {ANCHOR} says another",))
    if key is not None and not all(is_signed_by(one, key) for one in (own, *anchors)):
        return Looked(what, False, ("a head was not signed by the key that was given",))
    same = [one for one in anchors if one.size == own.size]
    if any(one.root != own.root for one in same):
        return Looked(what, False, (f"somebody kept another root of the first {own.size:,} entries",))
    if anchors and not same:
        others = f"the anchors given are of other sizes than {own.size:,}: have the ledger verified against both"
        return Looked(what, None, (others,))
    return Looked(what, True)


def _looked(what: str, faults: Sequence[str]) -> Looked:
    return Looked(what, not faults, tuple(faults))
