"""The engines that read everything at once."""

from __future__ import annotations

from pathlib import Path

from duecare.linkage.prepared_records import open_engine as open_linkage
from duecare.store.bulk import all_facts
from duecare.store.bulk.all_facts import open_engine


def test_no_engine_writes_a_bar_where_the_answer_stands(tmp_path: Path) -> None:
    for connection in (open_engine(str(tmp_path)), open_linkage(1, "1GB", str(tmp_path))):
        shown = connection.cursor().execute("SELECT current_setting('enable_progress_bar')").fetchone()
        connection.close()

        assert shown == (False,)


def test_the_engine_takes_half_of_a_small_machine_and_no_more_than_its_most_of_a_large_one() -> None:
    assert all_facts.memory_for(4_000) == 2_000
    assert all_facts.memory_for(64_000) == all_facts.MOST_MEMORY
    assert all_facts.machine_memory() > 100
