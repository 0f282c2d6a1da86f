"""The peer: a plain Splink 5 model in the manner of its tutorial, on the same records, clustered at a threshold."""

from __future__ import annotations

import logging

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def peer_people(records: pa.Table, threshold: float) -> tuple[dict[str, str], int]:
    """Who is who by the peer, by record_id, and how many pairs it scored."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    have = set(records.column_names)
    comparisons = [cl.NameComparison("given_names"), cl.NameComparison("family_name")]
    comparisons.append(cl.DateOfBirthComparison("date_of_birth", input_is_string=True, invalid_dates_as_null=True))
    if "postcode" in have:
        comparisons.append(cl.ExactMatch("postcode").configure(term_frequency_adjustments=True))
    if "address" in have:
        comparisons.append(cl.JaroWinklerAtThresholds("address", [0.9, 0.7]))
    if "email" in have:
        comparisons.append(cl.EmailComparison("email"))
    if "other_ids" in have:
        comparisons.append(cl.LevenshteinAtThresholds("other_ids", [2]))
    blocks = [
        block_on("given_names", "family_name"),
        block_on("date_of_birth", "family_name"),
        block_on("date_of_birth", "given_names"),
        *([block_on("postcode", "given_names"), block_on("postcode", "family_name")] if "postcode" in have else []),
        *([block_on("email")] if "email" in have else []),
        *([block_on("other_ids")] if "other_ids" in have else []),
    ]
    connection = duckdb.connect()
    connection.register("given_records", records)
    connection.execute("create table peer_records as select * from given_records")
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("peer_records"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(blocks[:2], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_names", "family_name"))
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    ((pairs,),) = connection.execute(f"select count(*) from {predicted.physical_name}").fetchall()
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    rows = connection.execute(f"select record_id, cluster_id from {clustered.physical_name}").fetchall()
    connection.close()
    return {str(record): str(cluster) for record, cluster in rows}, pairs
