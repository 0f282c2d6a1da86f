"""What the caps on blocks cost: the share of true pairs that no block lays side by side. `linkage_blocks.py SET`.

Counted once with the caps in force, and in a set that is not large once more with caps far wider.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from duecare.linkage import blocking
from duecare.linkage.linkage_steps import LARGEST_BLOCK
from duecare.linkage.prepared_records import TABLE, open_engine, prepare_records, query_rows

UNCAPPED_UPTO: Final = 300_000
TRUE: Final = f"""
    create table true_pairs as
    with told as (select uid, true_person from {TABLE} join truth using (source, record_id))
    select l.uid as join_key_l, r.uid as join_key_r
    from told l join told r on l.true_person = r.true_person and l.uid < r.uid
"""


def reached(connection: duckdb.DuckDBPyConnection, largest: int) -> tuple[int, int]:
    """How many pairs do the blocks bring, and how many of them are true?"""
    for _ in blocking.block_records(connection, largest=largest):
        pass
    ((pairs,),) = query_rows(connection, f"select count(*) from {blocking.PAIRS}")
    ((true,),) = query_rows(
        connection, f"select count(*) from true_pairs semi join {blocking.PAIRS} using (join_key_l, join_key_r)"
    )
    return pairs, true


def main() -> None:
    table = pq.read_table(Path(sys.argv[1]))
    truth = table.select(["source", "record_id", "true_person"])
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(2, "4GB", spill)
        count = prepare_records(connection, table.drop_columns(["true_person", "household"]))
        del table
        connection.register("truth", truth)
        connection.execute(TRUE)
        ((true,),) = query_rows(connection, "select count(*) from true_pairs")
        pairs, found = reached(connection, LARGEST_BLOCK)
        print(f"{'':13} (blocks as they are: {pairs:,} pairs, {found / true:.4f} of {true:,} true pairs among them)")
        if count <= UNCAPPED_UPTO:
            blocking.block_budget = lambda records, *, is_broad: 10 * (250_000 + 3 * records)
            pairs, found = reached(connection, 4 * LARGEST_BLOCK)
            print(f"{'':13} (blocks four times as large, ten times the pairs: {pairs:,} pairs, {found / true:.4f})")
        connection.close()


if __name__ == "__main__":
    main()
