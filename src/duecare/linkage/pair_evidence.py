"""What speaks for and against two records being of one person, as the engine weighs it."""

from __future__ import annotations

import tempfile

import pyarrow as pa

from duecare.linkage.linkage_model import Model, shipped_model
from duecare.linkage.pair_weights import score_pairs
from duecare.linkage.prepared_records import TABLE, open_engine, prepare_records, query_rows
from duecare.person.guard import Guards, guard_pair
from duecare.person.pair import COMPARISONS, HOUSEHOLD, UNKNOWN, Comparison, Pair, probability_of, read_levels
from duecare.person.search_reasons import FELT_WEIGHT
from duecare.record.pole import RecordKey
from duecare.vocabulary.refusals import Refusal


def explain_pair(
    records: pa.Table,
    first_record: RecordKey,
    second_record: RecordKey,
    *,
    model: Model | None = None,
    guards: Guards | None = None,
) -> Pair:
    """Explain what these two records have in common, and the weight of each agreement.

    Shape:   records as `link` takes them, all of them, for the frequency of a name counts. Every comparison is listed,
             those that one side is silent on as `unknown`, weighing nothing; at the end stands `household`, what is taken
             back because two people of one household would agree so, too.
    Units:   bits; the weight is the sum of the comparisons and the prior.
    Raises:  LNK-003 where one of the two is not among the records.
    """
    linkage_model = model or shipped_model()
    first_key, second = sorted((first_record, second_record))
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(2, "4GB", spill)
        prepare_records(connection, records)
        record_numbers = []
        for record_key in (first_key, second):
            # Raw, as all in this module: a DuckDB connection, which has no ORM.
            found_row = connection.execute(
                f"select uid from {TABLE} where source = ? and record_id = ?", [record_key.source, record_key.record_id]
            ).fetchall()
            if not found_row:
                raise Refusal("LNK-003", where=str(record_key))
            record_numbers.append(found_row[0][0])
        connection.execute(
            f"create table one_pair as select {record_numbers[0]}::integer as join_key_l, "
            f"{record_numbers[1]}::integer as join_key_r,"
            " '0' as match_key"
        )
        score_pairs(
            connection, linkage_model, least_weight=None, into_table="explained", pairs="one_pair", with_parts=True
        )
        ((weight, levels, *parts, taken_back),) = query_rows(
            connection, f"select weight, levels, {', '.join(COMPARISONS)}, {HOUSEHOLD} from explained"
        )
        connection.close()
    agreed = read_levels(levels)
    guard_result = guard_pair(agreed, guards or Guards())
    compared = [
        Comparison(comparison_name, agreed.get(comparison_name, UNKNOWN), weight_part)
        for comparison_name, weight_part in zip(COMPARISONS, parts, strict=True)
    ]
    compared.append(Comparison(HOUSEHOLD, "fits as well" if taken_back <= FELT_WEIGHT else "fits less", taken_back))
    return Pair(
        first_key,
        second,
        weight,
        probability_of(weight),
        tuple(compared),
        guard_result.reason if guard_result else "",
    )
