"""Verification of a release in a folder, for anyone outside: is it the published one, and consistent with itself."""

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
from duecare.report.render.bundle import ANCHOR, CONTENT, MANIFEST, RELEASE_KIND
from duecare.report.render.read_back import TableRows, plain_cell, tables_of_csv, tables_of_html, tables_of_ods
from duecare.report.verification.csvw_check import csvw_faults
from duecare.vocabulary.guard import spreadsheet_guarded
from duecare.vocabulary.refusals import Refusal

LEDGER_HEAD: Final = "head of the ledger"
DRAFT: Final = "A draft, not released: for those who draft and check. "
"""With what does the notice of a draft begin?"""
WENT_OUT: Final = "it was published"
ROUNDING: Final = 0.051


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was examined, and what was found.

    Shape:   `ok` None where it is not known from what was given; `faults` say what is wrong, and where.
    """

    what: str
    ok: bool | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedRelease:
    """What was found of a release, thing by thing.

    Shape:   `ok` unless anything is wrong; what is not known is neither. `is_whole`: does it agree with itself? `is_published`
             None where it is not known from what was given.
    """

    release: str
    tables: int
    looked: tuple[CheckResult, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with it, and nothing shows that it never went out."""
        return all(check.ok is not False for check in self.looked)

    @property
    def is_whole(self) -> bool:
        """Whether it is consistent with itself and with the heads given, whether it went out or not."""
        return all(check.ok is not False for check in self.looked if check.what != WENT_OUT)

    @property
    def is_published(self) -> bool | None:
        """Whether it went out, proved by its receipt and by nothing else in the files."""
        return next((check.ok for check in self.looked if check.what == WENT_OUT), None)


def verify_release(
    files: Mapping[str, bytes], anchors: Sequence[Anchor] = (), public_key: Ed25519PublicKey | None = None
) -> VerifiedRelease:
    """Check that every file fits the manifest, every format has the same numbers, every total adds up, and it went out.

    Shape:   `anchors` are heads of the ledger that somebody else kept; `public_key` is the public key by which they are signed.
             That it agrees with itself is one thing, that it was published is another: a draft does the first too.
    Raises:  REP-028 where there is no manifest that can be read.
    """
    manifest = _read_manifest(files)
    looked = [_check_of("every file is as the manifest says", _hash_faults(files, manifest))]
    released = _read_content(files, manifest)
    if released is None:
        content_fault = CheckResult(
            "the content is that which was cleared", False, (f"{CONTENT} does not fit its hash",)
        )
        return VerifiedRelease(str(manifest["release"]), 0, (*looked, content_fault))
    looked += [
        CheckResult("the content is that which was cleared", True),
        _check_of("each CSV file holds the numbers of the report", _guarded_faults(_csv_faults, files, released)),
        _check_of("the spreadsheet holds the same numbers", _guarded_faults(_ods_faults, files, released)),
        _check_of("the page holds the same numbers", _guarded_faults(_html_faults, files, released)),
        _check_of("totals and shares add up", list(_sum_faults(released))),
        _check_of("the metadata of the CSV files is valid, and fits them", csvw_faults(files)),
        _went_out(files, released, str(manifest["content"]), anchors, public_key),
        _ledger_check(files, released, anchors, public_key),
    ]
    return VerifiedRelease(released.slug, len(released.tables()), tuple(looked))


def _read_manifest(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    try:
        payload = json.loads(files[MANIFEST])
    except (KeyError, ValueError, RecursionError) as error:
        raise Refusal("REP-028", found="no manifest that can be read") from error
    if (
        not isinstance(payload, dict)
        or payload.get("what") != RELEASE_KIND
        or not isinstance(payload.get("files"), dict)
    ):
        raise Refusal("REP-028", found="a manifest of another kind")
    return {"release": "", "content": "", **payload}


def _read_content(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Released | None:
    try:
        released = read_released(files.get(CONTENT, b""), str(manifest["content"]))
        return released if as_bytes(released) == files[CONTENT] else None
    except (Refusal, ValueError):
        return None


def _hash_faults(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[str]:
    listed = {str(file_name): file_entry for file_name, file_entry in manifest["files"].items()}
    faults = [f"{file_name} is not there" for file_name in sorted(set(listed) - set(files))]
    faults += [
        f"{file_name} is not in the manifest" for file_name in sorted(set(files) - set(listed) - {MANIFEST, RECEIPT})
    ]
    for file_name in sorted(set(listed) & set(files)):
        listed_hash = listed[file_name].get("sha256") if isinstance(listed[file_name], dict) else None
        if sha256(files[file_name]).hexdigest() != listed_hash:
            faults.append(f"{file_name} was changed: its hash is another")
    return faults


def _guarded_faults(
    faults: Callable[[Mapping[str, bytes], Released], Iterator[str]], files: Mapping[str, bytes], released: Released
) -> list[str]:
    try:
        return list(faults(files, released))
    except (KeyError, ValueError) as error:
        return [f"a file that is not there, or cannot be read ({type(error).__name__})"]


def _csv_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    for table in released.tables():
        csv_rows = tables_of_csv(files[f"{table.id}.csv"])
        yield from _row_differences(f"{table.id}.csv", csv_rows, _printed_rows(table, guard=True))


def _ods_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    yield from _by_caption("report.ods", tables_of_ods(files["report.ods"]), released.tables())


def _html_faults(files: Mapping[str, bytes], released: Released) -> Iterator[str]:
    html_tables = tables_of_html(files["report.html"])
    yield from _by_caption("report.html", html_tables, [table for table in released.tables() if not table.annex])
    rests = as_paper(released).sections[-1].tables[0]
    wanted_rows = [list(rests.columns), *([str(rests_cell) for rests_cell in rests_row] for rests_row in rests.rows)]
    yield from _row_differences("report.html", html_tables.get(rests.caption, []), wanted_rows)


def _by_caption(
    file_name: str, tables_found: Mapping[str, TableRows], tables: Sequence[ReleasedTable]
) -> Iterator[str]:
    for table in tables:
        if table.caption not in tables_found:
            yield f"{file_name} lacks the table {table.caption!r}"
            continue
        yield from _row_differences(f"{file_name}, {table.id}", tables_found[table.caption], _printed_rows(table))


def _printed_rows(table: ReleasedTable, *, guard: bool = False) -> TableRows:
    printed_rows = [[column.title for column in table.columns]]
    for table_row in table.rows:
        cells = [cell_of(released_cell) for released_cell in table_row]
        printed_rows.append(
            [
                spreadsheet_guarded(cell_value) if guard and isinstance(cell_value, str) else plain_cell(cell_value)
                for cell_value in cells
            ]
        )
    return printed_rows


def _row_differences(where: str, rows_found: TableRows, rows_wanted: TableRows) -> Iterator[str]:
    if len(rows_found) != len(rows_wanted):
        yield f"{where} has {len(rows_found)} rows, and not {len(rows_wanted)}"
        return
    for number, (row_found, row_wanted) in enumerate(zip(rows_found, rows_wanted, strict=True)):
        for place, (cell_found, should) in enumerate(
            zip([*row_found, *[""] * len(row_wanted)], row_wanted, strict=False)
        ):
            if plain_cell(_as_number(cell_found)) != plain_cell(_as_number(should)):
                yield f"{where}, row {number}, column {place + 1}: {cell_found!r}, and not {should!r}"


def _as_number(cell_text: str) -> str | float:
    try:
        return float(cell_text)
    except ValueError:
        return cell_text


def _sum_faults(released: Released) -> Iterator[str]:
    for table in released.tables():
        names = [column.name for column in table.columns]
        for place, column in enumerate(table.columns):
            if table.adds_up and column.kind == "count" and table.rows:
                *parts, whole = [_shown_number(table_row[place]) for table_row in table.rows]
                parts_sum = sum(part_value for part_value in parts if part_value is not None)
                if whole is not None and (parts_sum > whole or (None not in parts and parts_sum != whole)):
                    yield f"{table.id}, {column.name}: the rows come to {parts_sum:g}, and the last says {whole:g}"
            if len(column.of) == 2:
                part_place, whole_place = (names.index(column_name) for column_name in column.of)
                for number, table_row in enumerate(table.rows, 1):
                    share, part_shown, whole_shown = (
                        _shown_number(table_row[place]),
                        _shown_number(table_row[part_place]),
                        _shown_number(table_row[whole_place]),
                    )
                    if share is None or part_shown is None or not whole_shown:
                        continue
                    if abs(share - 100 * part_shown / whole_shown) > ROUNDING:
                        yield f"{table.id}, {column.name}, row {number}: {share} is not {part_shown:g} of {whole_shown:g}"


def _shown_number(released_cell: ReleasedCell) -> float | None:
    return (
        float(released_cell.shown)
        if isinstance(released_cell, ReleasedFigure) and released_cell.shown is not None
        else None
    )


def _went_out(
    files: Mapping[str, bytes],
    released: Released,
    content: str,
    anchors: Sequence[Anchor],
    public_key: Ed25519PublicKey | None,
) -> CheckResult:
    if released.notice.startswith(DRAFT.strip()):
        return CheckResult(WENT_OUT, False, ("its own head says that it is a draft, not released",))
    outcome = outcome_of(released.slug, content, files[MANIFEST])
    went_out, reason = was_published(files.get(RECEIPT), outcome, anchors, public_key)
    return CheckResult(WENT_OUT, went_out, () if went_out else (reason,))


def _ledger_check(
    files: Mapping[str, bytes], released: Released, anchors: Sequence[Anchor], public_key: Ed25519PublicKey | None
) -> CheckResult:
    check_name = "the head of the ledger that is printed is the one that was signed"
    printed = dict(released.provenance).get(LEDGER_HEAD, "")
    try:
        own_anchor = from_text(files[ANCHOR].decode())
    except (KeyError, Refusal, UnicodeDecodeError):
        return CheckResult(
            check_name, None if ANCHOR not in files else False, (f"there is no {ANCHOR} that can be read",)
        )
    if own_anchor.root.hex() not in printed or f"{own_anchor.size:,}" not in printed:
        return CheckResult(check_name, False, (f"the report prints {printed!r}, and {ANCHOR} says another",))
    if public_key is not None and not all(is_signed_by(anchor, public_key) for anchor in (own_anchor, *anchors)):
        return CheckResult(check_name, False, ("a head was not signed by the key that was given",))
    same_size = [anchor for anchor in anchors if anchor.size == own_anchor.size]
    if any(anchor.root != own_anchor.root for anchor in same_size):
        return CheckResult(check_name, False, (f"somebody kept another root of the first {own_anchor.size:,} entries",))
    if anchors and not same_size:
        others = f"the anchors given are of other sizes than {own_anchor.size:,}: have the ledger verified against both"
        return CheckResult(check_name, None, (others,))
    return CheckResult(check_name, True)


def _check_of(check_name: str, faults: Sequence[str]) -> CheckResult:
    return CheckResult(check_name, not faults, tuple(faults))
