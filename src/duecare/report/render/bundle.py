"""A released report as the files that everybody gets, each with its hash in one manifest."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final

from duecare.report.release.csvw_metadata import METADATA, csv_of, metadata_of
from duecare.report.release.release_serialisation import as_bytes, hash_of
from duecare.report.release.released_figures import Released
from duecare.report.release.released_paper import as_paper
from duecare.report.render.html import as_html
from duecare.report.render.ods import as_ods
from duecare.report.render.pdf import as_pdf, can_be_made

RELEASE_KIND: Final = "duecare release 1"
MANIFEST: Final = "manifest.json"
CONTENT: Final = "report.json"
ANCHOR: Final = "ledger-anchor.json"
KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}


def files_of(released: Released, publisher: str, anchor: str = "") -> dict[str, bytes]:
    """Every file of this release by its name, the manifest last.

    Shape:   HTML and PDF to be read, ODS and one CSV for each table to be worked out with, their metadata, the content as it
             was hashed, and the signed head of the ledger where there is one. Without Pango there is no PDF.
    """
    content = as_bytes(released)
    files = {"report.html": as_html(as_paper(released, whole=False)), "report.ods": as_ods(as_paper(released))}
    if can_be_made():
        files["report.pdf"] = as_pdf(as_paper(released, whole=False))
    files |= {f"{table.id}.csv": csv_of(table) for table in released.tables()}
    files |= {METADATA: metadata_of(released, publisher), CONTENT: content}
    if anchor:
        files[ANCHOR] = anchor.encode()
    listed = {
        file_name: {"sha256": sha256(file_bytes).hexdigest(), "bytes": len(file_bytes)}
        for file_name, file_bytes in sorted(files.items())
    }
    manifest = {"what": RELEASE_KIND, "release": released.slug, "content": hash_of(content), "files": listed}
    files[MANIFEST] = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    return files


def kind_of(file_name: str) -> str:
    """The media type by which this file is sent."""
    return KINDS.get(file_name.rpartition(".")[2], "application/octet-stream")
