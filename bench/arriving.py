"""Records linked one by one as deliveries come: how many people differ from linking everything at once, and how long each takes?

`DUECARE_BENCH_ARRIVING_TIMES` makes the force so many times as large as the small one.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

SHARE_FIRST = 0.75
SEED = 31_007


def main() -> None:
    """Print the table, of a store made here and taken away again."""
    times = int(os.environ.get("DUECARE_BENCH_ARRIVING_TIMES", "1"))
    for name in [name for name in os.environ if name.startswith("DUECARE_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        sys.path.insert(0, str(Path(__file__).parent))
        import linkage_force

        out = Path(folder) / "force"
        linkage_force.write(out, times=times, seed=SEED)
        os.environ["DUECARE_HOME"] = str(Path(folder) / "home")
        from duecare.use_cases.operations.open_store import open_store

        open_store()
        _measure(out)


def _measure(out: Path) -> None:
    from duecare.access.viewer import Viewer
    from duecare.authorisation.request import Request
    from duecare.config import read_config
    from duecare.store.search.search_index import update_index
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_affected import link_affected
    from duecare.use_cases.linkage.link_all import link_all_records
    from duecare.vocabulary import clock

    config, officer = read_config(), Viewer("bench", frozenset({"data_officer"}), channel="command")

    def asking() -> Any:
        return Request(officer, "bench", clock.current_moment(), "command")

    folders = sorted((one for one in out.iterdir() if (one / "manifest.json").exists()), key=_extracted)
    first = folders[: round(SHARE_FIRST * len(folders))]
    receive_files(asking(), config, first)
    began = time.monotonic()
    linked = link_all_records(asking(), config)
    whole_took = time.monotonic() - began
    update_index()
    each: list[float] = []
    came = moved = 0
    for one in folders[len(first) :]:
        receive_files(asking(), config, [one])
        began = time.monotonic()
        found = link_affected(asking(), config)
        if found.left:
            sys.exit(
                f"{one.name} brings {found.left:,} records, too many to be linked one by one: the force is too small."
            )
        if found.records:
            each.append(1000 * (time.monotonic() - began) / found.records)
        came, moved = came + found.records, moved + found.moved
    bit_by_bit = _people()
    link_all_records(asking(), config)
    whole = _people()
    mine, all_again = _twos(bit_by_bit), _twos(whole)
    print("| measure | figure |")
    print("|---|---|")
    print(f"| records linked as a whole, first | {linked.records:,} in {whole_took:.1f} s |")
    print(f"| records that came afterwards, linked one by one | {came:,}, of which {moved:,} changed hands |")
    print(f"| milliseconds a record, median and worst delivery | {statistics.median(each):.1f}, {max(each):.1f} |")
    print(f"| pairs of one person: one by one, everything again | {len(mine):,}, {len(all_again):,} |")
    print(f"| pairs that differ | {len(mine ^ all_again):,} ({100 * len(mine ^ all_again) / len(all_again):.2f} %) |")
    print(f"| records whose person has another id | {sum(1 for one in whole if whole[one] != bit_by_bit.get(one)):,} |")


def _extracted(folder: Path) -> datetime:
    return datetime.fromisoformat(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["extracted_at"])


def _people() -> dict[tuple[str, str], str]:
    from duecare.store.database.sql_rows import select_rows
    from duecare.store.linkage.linked_people import link_run_in_force

    rows = select_rows(
        'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s', [link_run_in_force()]
    )
    return {(source, record_id): person for source, record_id, person in rows}


def _twos(people: dict[tuple[str, str], str]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    sizes = Counter(people.values())
    members: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(people):
        if sizes[people[one]] > 1:
            members.setdefault(people[one], []).append(one)
    return {two for records in members.values() for two in combinations(records, 2)}
