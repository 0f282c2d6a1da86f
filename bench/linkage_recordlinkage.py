"""The peer recordlinkage for `bench.linkage`, run by a Python that has it: its indexing, comparing and unsupervised classifier
in the manner of its manual; persons are what the matches join. CSV in, CSV out; seconds as JSON."""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

import pandas as pd
import recordlinkage


def main() -> None:
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    records = pd.read_csv(source, dtype=str, index_col="record_id")
    began, used = time.perf_counter(), time.process_time()
    indexer = recordlinkage.Index()
    for keys in (["given_names"], ["family_name"], ["date_of_birth"], ["postcode"]):
        indexer.block(keys)
    pairs = indexer.index(records)
    compare = recordlinkage.Compare()
    compare.string("given_names", "given_names", method="jarowinkler", threshold=0.85)
    compare.string("family_name", "family_name", method="jarowinkler", threshold=0.85)
    compare.exact("date_of_birth", "date_of_birth")
    compare.exact("postcode", "postcode")
    compare.string("address", "address", threshold=0.85)
    compare.exact("other_ids", "other_ids")
    vectors = compare.compute(pairs, records)
    matches = recordlinkage.ECMClassifier(binarize=0.8).fit_predict(vectors)
    above = {one: one for one in records.index}

    def top(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for a, b in matches:
        above[top(a)] = top(b)
    seconds, used = time.perf_counter() - began, time.process_time() - used
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("record_id", "cluster"))
        writer.writerows((one, top(one)) for one in records.index)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": seconds, "used": used, "peak": peak, "pairs": len(pairs)}))


if __name__ == "__main__":
    main()
