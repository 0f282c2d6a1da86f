"""One small made-up force, written once for all these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made.stores import InProcess
from tests.rooms.synthetic.reading import Small

from duecare.synthetic.write import Synthesised, write_synthetic


@pytest.fixture(autouse=True)
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliveries are read by the same code in this process: what is tried is what was made up, not the reading process."""
    monkeypatch.setattr("duecare.extract.delivery.Child", InProcess)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    out: Path = tmp_path_factory.mktemp("northmoor") / "made"
    made: Synthesised = write_synthetic(out, scale="small")
    return Small(out, made)
