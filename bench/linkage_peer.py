"""The peers on Splink 5: a model in the manner of its tutorial, one with careful settings, and Splink alone with the blocks
and the model of Duecare. Each gives tables of record_id and cluster, by the threshold at which it clustered."""

from __future__ import annotations

import logging
import tempfile
from typing import Any, Final

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from duecare.linkage import shipped_model
from duecare.linkage.blocking import PAIRS, block_records
from duecare.linkage.linkage_steps import LARGEST_BLOCK
from duecare.linkage.pair_weights import frequency_tables, make_linker
from duecare.linkage.prepared_records import TABLE, open_engine, prepare_records, query_rows

People = dict[float, pa.Table]
_SMALL: Final = 30_000
CAREFUL: Final = (0.5, 0.95, 0.99, 0.999, 0.9999, 0.99999)
"""Thresholds of the careful peer. It is shown at the one that the truth says is best: a favour that nobody has in earnest."""


def plain_people(records: pa.Table, threshold: float) -> People:
    """Who is who by a plain model in the manner of the tutorial, clustered at this probability."""
    have = set(records.column_names)
    comparisons: list[Any] = [cl.NameComparison("given_names"), cl.NameComparison("family_name")]
    comparisons.append(cl.DateOfBirthComparison("date_of_birth", input_is_string=True, invalid_dates_as_null=True))
    if "postcode" in have:
        comparisons.append(cl.ExactMatch("postcode").configure(term_frequency_adjustments=True))
    if "address" in have:
        comparisons.append(cl.JaroWinklerAtThresholds("address", [0.9, 0.7]))
    if "email" in have:
        comparisons.append(cl.EmailComparison("email"))
    if "other_ids" in have:
        comparisons.append(cl.LevenshteinAtThresholds("other_ids", [2]))
    pairs = [("given_names", "family_name"), ("date_of_birth", "family_name"), ("date_of_birth", "given_names")]
    pairs += [("postcode", "given_names"), ("postcode", "family_name")] if "postcode" in have else []
    if records.num_rows <= _SMALL:
        # As the tutorial has it: everybody of one name. Of a large set these pairs would fill a disk.
        pairs = [("given_names",), ("family_name",), ("date_of_birth",)]
    pairs += [(name,) for name in ("email", "other_ids") if name in have]
    blocks = [block_on(*names) for names in pairs]
    sure = [block_on("given_names", "family_name", "date_of_birth")]
    training = [block_on("date_of_birth"), block_on("given_names", "family_name")]
    return _people(records, "select * from given_records", comparisons, blocks, sure, training, (threshold,))


def careful_people(records: pa.Table) -> People:
    """Who is who by a model whose settings somebody took care of: names by frequency, one comparison of the home, nobody
    joined by a number of few values, numbers that name a person.

    Shape:   at each of the thresholds `CAREFUL`.
    """
    have = set(records.column_names)
    wanted = ("given_names", "family_name", "date_of_birth", "sex", "address", "postcode", "email")
    numbers = [name for name in ("pnc_id", "nhs_number", "upn", "other_ids") if name in have]
    texts = [
        f"nullif(lower(trim({name})), '') as {name}" if name in have else f"null::varchar as {name}"
        for name in (*wanted, *numbers)
    ]
    cleaned = f"select record_id, {', '.join(texts)} from given_records"
    select = (
        "select *, split_part(given_names, ' ', 1) as given, left(date_of_birth, 4) as born_year,"
        f" array_to_string(list_sort(regexp_extract_all(address, '[0-9]+')), ' ') as numbers from ({cleaned})"
    )
    home = cl.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            cll.CustomLevel("postcode_l is null or postcode_r is null", "unknown").configure(is_null_level=True),
            cll.CustomLevel("postcode_l = postcode_r and numbers_l = numbers_r", "same home").configure(
                tf_adjustment_column="postcode"
            ),
            cll.CustomLevel("postcode_l = postcode_r", "same postcode").configure(tf_adjustment_column="postcode"),
            cll.CustomLevel("split_part(postcode_l, ' ', 1) = split_part(postcode_r, ' ', 1)", "same district"),
            cll.ElseLevel(),
        ],
    )
    comparisons: list[Any] = [
        cl.JaroWinklerAtThresholds("given", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("family_name", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, invalid_dates_as_null=True),
        *([home] if "postcode" in have else []),
        *([cl.ExactMatch("sex")] if "sex" in have else []),
        *([cl.ExactMatch("email")] if "email" in have else []),
        *(cl.ExactMatch(name) for name in numbers),
    ]
    blocks = [
        block_on("given", "family_name", "born_year"),
        block_on("date_of_birth", "family_name"),
        block_on("date_of_birth", "given"),
        *([block_on("postcode", "given"), block_on("postcode", "family_name")] if "postcode" in have else []),
        *([block_on("postcode", "date_of_birth")] if "postcode" in have else []),
        *([block_on("email")] if "email" in have else []),
        *(block_on(name) for name in numbers),
    ]
    training = [block_on("date_of_birth"), block_on("given", "family_name")]
    return _people(records, select, comparisons, blocks, blocks[:2], training, CAREFUL)


def _people(
    records: pa.Table,
    select: str,
    comparisons: list[Any],
    blocks: list[Any],
    sure: list[Any],
    training: list[Any],
    thresholds: tuple[float, ...],
) -> People:
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    connection.register("given_records", records)
    connection.execute(f"create table peer_records as {select}")
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI(connection).register("peer_records"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=min(0.01, *thresholds))
    found = {threshold: _clustered(connection, linker, predicted, threshold, "record_id") for threshold in thresholds}
    connection.close()
    return found


def _clustered(
    connection: duckdb.DuckDBPyConnection, linker: Linker, predicted: Any, threshold: float, key: str
) -> pa.Table:
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    sql = f"select {key}::varchar as record_id, cluster_id::varchar as cluster from {clustered.physical_name}"
    return connection.sql(sql).to_arrow_table()


def alone_people(records: pa.Table, memory: str) -> tuple[People, dict[str, float]]:
    """Who is who by Splink alone: the records, blocks and model of Duecare, its predict, its own clusters at the weight
    from which Duecare joins. No guard, no parting, nothing weighed again, no lasting id; and how many pairs that were."""
    model = shipped_model()
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(2, memory, spill)
        count = prepare_records(connection, records)
        for _ in block_records(connection, largest=LARGEST_BLOCK):
            pass
        ((pairs,),) = query_rows(connection, f"select count(*) from {PAIRS}")
        linker = make_linker(connection, prior=model.prior(count), chances=model.chances)
        for column, table in frequency_tables(connection, model).items():
            linker.table_management.register_term_frequency_lookup(linker._db_api.register(table), column)
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(PAIRS))
        predicted = linker.inference.predict(threshold_match_weight=-8.0, warning_mode="never")
        threshold = 1 / (1 + 2**-model.thresholds.join)
        clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        found = connection.sql(
            f"select s.record_id, c.cluster_id::varchar as cluster from {clustered.physical_name} c join {TABLE} s using (uid)"
        ).to_arrow_table()
        connection.close()
    return {threshold: found}, {"pairs": pairs}
