"""The same content is a duplicate while its mapping is the same, and is read again once the mapping has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.made.stores import Store, asking

from duecare.use_cases.deliveries.receive_delivery import receive_files

MAPPING = """
source = "niche"
[files.occurrences]
[files.occurrences.case]
case_ref = "ref"
kind = { value = "child_concern" }
opened_at = "opened"
"""
DAY_FIRST = MAPPING + "[files.occurrences.dates]\nopened = { day_first = true }\n"


def test_a_changed_mapping_reads_the_same_content_again(store: Store, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    made = tmp_path / "niche-1"
    sources.mkdir()
    made.mkdir()
    (made / "occurrences.csv").write_text("ref,opened\nO1,13/04/2016\n")
    with store() as config:
        own = replace(config, sources=(sources, *config.sources))

        def received() -> tuple[str, int, int]:
            (shown,) = receive_files(asking(), own, [made])
            return shown.status, shown.accepted, shown.set_aside

        (sources / "niche.toml").write_text(MAPPING)
        assert received() == ("accepted", 0, 1)
        assert received()[0] == "duplicate"
        (sources / "niche.toml").write_text(DAY_FIRST)
        assert received() == ("accepted", 1, 0)
        assert received()[0] == "duplicate"
