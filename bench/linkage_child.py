"""One contender on one set, in a process of its own, so that its peak of memory is its own: `linkage_child.py WHO SET OUT`.

SET is a Parquet file of records and truth; the truth is not read. Written into the folder OUT: people at each threshold as
Parquet; on standard output JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from duecare.linkage import Engine, Linked, link_records, train_model
from duecare.person.guard import Guards

POLICY = Path(__file__).parents[1] / "policy" / "bench.toml"
TRUTH = ("true_person", "household")


def people_of(linked: Linked) -> pa.Table:
    return linked.clusters.select(["record_id", "person"]).rename_columns(["record_id", "cluster"])


def run(who: str, records: pa.Table) -> tuple[dict[float, pa.Table], dict[str, Any]]:
    """People by threshold, and what else there is to say."""
    if who == "duecare":
        return {0.0: people_of(link_records(records))}, {}
    if who == "duecare, trained on it":
        guards = Guards(**tomllib.loads(POLICY.read_text(encoding="utf-8"))["linkage"])
        model = train_model(records, model_name="bench")
        return {0.0: people_of(link_records(records, model=model, guards=guards))}, {}
    from linkage_peer import alone_people, careful_people, plain_people

    if who == "Splink alone":
        return alone_people(records, Engine().memory)
    if who == "Splink, careful settings":
        return careful_people(records), {}
    return plain_people(records, float(who.rpartition(" ")[2])), {}


def main() -> None:
    who, source, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    names = [name for name in pq.read_schema(source).names if name not in TRUTH]
    records = pq.read_table(source, columns=names)
    began, used = time.perf_counter(), time.process_time()
    found, more = run(who, records)
    seconds, used = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    for threshold, people in found.items():
        pq.write_table(people, out / f"{threshold}.parquet")
    print(json.dumps({"seconds": seconds, "used": used, "peak": peak, "at": sorted(found), **more}))


if __name__ == "__main__":
    main()
