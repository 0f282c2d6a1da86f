"""What speaks for and against two records being of one person, as the engine weighs it."""

from __future__ import annotations

import tempfile

import pyarrow as pa

from duecare.linkage.model import Model, shipped_model
from duecare.linkage.prepare import TABLE, ask, open_engine, prepare
from duecare.linkage.scoring import score
from duecare.person.guard import Guards, guard_pair
from duecare.person.pair import COMPARISONS, HOUSEHOLD, UNKNOWN, Comparison, Pair, probability_of, read_levels
from duecare.person.reasons import FELT_WEIGHT
from duecare.record.pole import RecordKey
from duecare.vocabulary.refusals import Refusal


def explain(
    records: pa.Table, a: RecordKey, b: RecordKey, *, model: Model | None = None, guards: Guards | None = None
) -> Pair:
    """What do these two records have in common, and what does each agreement weigh?

    Shape:   records as `link` takes them, all of them, for the frequency of a name counts. Every comparison is listed,
             those that one side is silent on as `unknown`, weighing nothing; at the end stands `household`, what is taken
             back because two people of one household would agree so, too.
    Units:   bits; the weight is the sum of the comparisons and the prior.
    Raises:  LNK-003 where one of the two is not among the records.
    """
    kept = model or shipped_model()
    first, second = sorted((a, b))
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(2, "4GB", spill)
        prepare(connection, records)
        uids = []
        for key in (first, second):
            found = connection.execute(
                f"select uid from {TABLE} where source = ? and record_id = ?", [key.source, key.record_id]
            ).fetchall()
            if not found:
                raise Refusal("LNK-003", where=str(key))
            uids.append(found[0][0])
        connection.execute(
            f"create table one_pair as select {uids[0]}::integer as join_key_l, {uids[1]}::integer as join_key_r,"
            " '0' as match_key"
        )
        score(connection, kept, least=None, into="explained", pairs="one_pair", with_parts=True)
        ((weight, levels, *parts, taken_back),) = ask(
            connection, f"select weight, levels, {', '.join(COMPARISONS)}, {HOUSEHOLD} from explained"
        )
        connection.close()
    agreed = read_levels(levels)
    held = guard_pair(agreed, guards or Guards())
    compared = [
        Comparison(name, agreed.get(name, UNKNOWN), part) for name, part in zip(COMPARISONS, parts, strict=True)
    ]
    compared.append(Comparison(HOUSEHOLD, "fits as well" if taken_back <= FELT_WEIGHT else "fits less", taken_back))
    return Pair(
        first,
        second,
        weight,
        probability_of(weight),
        tuple(compared),
        held.reason if held else "",
    )
