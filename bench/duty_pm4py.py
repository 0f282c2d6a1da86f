"""PM4Py on one rule of the same log, run by a Python that has it: returns with no interview within 72 hours."""

from __future__ import annotations

import sys
import time

import pandas as pd
import pm4py
from pm4py.algo.filtering.pandas.ltl import ltl_checker

THREE_DAYS = 72 * 3600


def main() -> None:
    """Read the log named, filter it, print the seconds and how many cases are left."""
    log = pd.read_parquet(sys.argv[1])
    log["time:timestamp"] = pd.to_datetime(log["s"], unit="s", utc=True)
    log = pm4py.format_dataframe(log, case_id="case_ref", activity_key="kind", timestamp_key="time:timestamp")
    began = time.perf_counter()
    asked = {
        ltl_checker.Parameters.ENABLE_TIMESTAMP: True,
        ltl_checker.Parameters.TIMESTAMP_DIFF_BOUNDARIES: [[0, THREE_DAYS]],
        ltl_checker.Parameters.POSITIVE: True,
    }
    within = ltl_checker.eventually_follows(log, ["missing_returned", "return_interview_held"], parameters=asked)
    returned = pm4py.filter_event_attribute_values(log, "concept:name", ["missing_returned"], level="case")
    late = returned["case:concept:name"].nunique() - within["case:concept:name"].nunique()
    print(f"{time.perf_counter() - began:.2f} {late}")


main()
