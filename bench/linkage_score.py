"""How good are these people? Pairwise and B-cubed figures taken on clusters, and what was wrongly joined in a household."""

from __future__ import annotations

from pathlib import Path

import duckdb


def measure(found: Path, labelled: Path) -> dict[str, float]:
    """Pair and B-cubed figures, the largest person found and the largest true one, false links within a household.

    Shape:   both files have record_id, unique in the set; `cluster` in one, `true_person` and `household` in the other.
    Units:   proportions 0..1; counts of records, and of pairs for `household`.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"""
        create table joined as
        select cluster, true_person, household
        from read_parquet('{labelled}') left join read_parquet('{found}') using (record_id)
    """)

    def one(sql: str) -> float:
        ((number,),) = connection.execute(sql).fetchall()
        return float(number or 0)

    def twos(keys: str, where: str = "true") -> float:
        counted = f"select count(*) as n from joined where {where} group by {keys}"
        return one(f"select sum(n * (n - 1) / 2) from ({counted})")

    def largest(key: str) -> float:
        return one(f"select max(n) from (select count(*) as n from joined group by {key})")

    def b_cubed(key: str) -> float:
        """The mean over records of how much of their group by this key is also in their group by both."""
        return one(f"""
            with shared as (select cluster, true_person, count(*) as n from joined group by all),
            whole as (select {key}, count(*) as n from joined group by all)
            select sum(shared.n * shared.n / whole.n) / sum(shared.n) from shared join whole using ({key})
        """)

    hit, said, true = twos("cluster, true_person"), twos("cluster"), twos("true_person")
    precision, recall = hit / max(1, said), hit / max(1, true)
    b_precision, b_recall = b_cubed("cluster"), b_cubed("true_person")
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-12, precision + recall),
        "b_f1": 2 * b_precision * b_recall / max(1e-12, b_precision + b_recall),
        "largest": largest("cluster"),
        "largest_true": largest("true_person"),
        "household": twos("cluster, household", "household is not null")
        - twos("cluster, household, true_person", "household is not null"),
    }
