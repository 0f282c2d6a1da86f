"""Deliveries written to a folder of the test's own, and read as the service reads them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import InProcess

from duecare.extract import Delivery, Limits, read_delivery
from duecare.extract.reader_supervisor import Child
from duecare.record.version import RowVersion, SetAside
from duecare.vocabulary.refusals import Refusal

SOURCES = Path(__file__).parents[3] / "sources"
RECEIVED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Heard:
    """What a delivery said, all of it."""

    versions: list[RowVersion] = field(default_factory=list)
    asides: list[SetAside] = field(default_factory=list)
    delivery: Delivery | None = None

    @property
    def rows_in(self) -> int:
        return sum(version.rows for version in self.versions) + len(self.asides)

    def of(self, sheet: str) -> dict[str, RowVersion]:
        return {version.key: version for version in self.versions if version.sheet == sheet}

    def body(self, sheet: str, key: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.of(sheet)[key].body)
        return found

    def notes(self) -> list[tuple[str, str, int]]:
        return [(column, why, version.row) for version in self.versions for column, why in version.notes]


class Desk:
    """Writes deliveries, reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, manifest: dict[str, Any] | None = None, **files: str | bytes) -> Path:
        """A folder with these files; `events="..."` is events.csv, `events_parquet=b"..."` events.parquet."""
        to = self.folder / name
        to.mkdir(parents=True, exist_ok=True)
        for word, content in files.items():
            stem, _, ending = word.partition("_")
            data = content.encode() if isinstance(content, str) else content
            (to / f"{stem}.{ending or 'csv'}").write_bytes(data)
        if manifest is not None:
            (to / "manifest.json").write_text(json.dumps(manifest))
        return to

    def listed(self, folder: Path, **more: Any) -> dict[str, Any]:
        """A manifest that states what is in the folder."""
        files = [
            {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in sorted(folder.iterdir())
        ]
        return {"source": "pole", "files": files, **more}

    def read(self, path: Path, source: str | None = None, limits: Limits | None = None) -> Heard:
        with read_delivery(path, source=source, sources_dirs=[SOURCES], received_at=RECEIVED, limits=limits) as opened:
            heard = Heard(delivery=opened)
            for row in opened.rows():
                if isinstance(row, RowVersion):
                    heard.versions.append(row)
                else:
                    heard.asides.append(row)
        return heard

    def hear(self, name: str = "pole-1", manifest: dict[str, Any] | None = None, **files: str | bytes) -> Heard:
        return self.read(self.write(name, manifest, **files))

    def refused(self, path: Path, source: str | None = None, limits: Limits | None = None) -> Refusal:
        with pytest.raises(Refusal) as caught:
            self.read(path, source, limits)
        return caught.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def reading_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliveries are read by the same code in this process, but where what is tried is the reading process itself.

    Shape:   a module or test says so by the mark `own_process`: limits of memory and time, and what kills a process.
    """
    is_own = request.node.get_closest_marker("own_process") is not None
    monkeypatch.setattr("duecare.extract.delivery.Child", Child if is_own else InProcess)
