"""Which pairs are worth comparing: records that share one of these keys, unless too many share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb

from duecare.linkage.prepared_records import TABLE, query_rows

PAIRS: Final = "candidate_pairs"


@dataclass(frozen=True, slots=True)
class Block:
    """A rule by which records are compared.

    Shape:   `keys` are SQL expressions over the table `of`; records meet that share all of them, none being null. A block
             that `is_broad` lays side by side many who share this and nothing else.
    """

    name: str
    keys: tuple[str, ...]
    is_broad: bool = False
    of: str = TABLE


NAMED: Final = "named"
NAMES: Final = f"""
    select
        uid, born_whole, born_year, coalesce(sector, postcode) as sector, array_to_string(address_words, ' ') as address,
        unnest(list_distinct(list_concat(
            [given, given_class, family, family_sound], coalesce(other_givens, []), coalesce(other_families, [])
        ))) as name
    from {TABLE}
"""
"""Each record once for every name it follows, as written and as heard."""

_AREA_SQL: Final = "coalesce(outcode, postcode)"

BLOCKS: Final = (
    Block("identifier", ("unnest(list_distinct(ids))",)),
    Block("contact", ("unnest(list_distinct(list_concat(emails, phones, online_names)))",), is_broad=True),
    Block("any name, birth date", ("name", "born_whole"), of=NAMED),
    Block("any name, postcode sector", ("name", "sector"), is_broad=True, of=NAMED),
    Block("any name, address", ("name", "address"), of=NAMED),
    Block("any name, year of birth", ("name", "born_year"), is_broad=True, of=NAMED),
    Block("birth date, postcode district", ("born_whole", _AREA_SQL), is_broad=True),
    Block("birth date, initials", ("born_whole", "left(given, 1)", "left(family, 1)")),
    Block("birth date, initial", ("born_whole", "left(given, 1)"), is_broad=True),
    Block("birth date", ("born_whole",), is_broad=True),
    Block("both names", ("given_class", "family"), is_broad=True),
    Block(
        "both names in either order, year of birth",
        ("least(given_class, family)", "greatest(given_class, family)", "born_year"),
    ),
    Block("names as heard, year of birth", ("given_sound", "family_sound", "born_year")),
    Block("names as heard, day and month", ("given_sound", "family_sound", "born_month", "born_day")),
    Block("swapped names", ("least(given, family)", "greatest(given, family)"), is_broad=True),
    Block("given name, home", ("given_class", "home_key")),
    Block("given name, postcode", ("given_class", "postcode")),
    Block("family name, postcode", ("family_sound", "postcode")),
    Block("postcode", ("postcode",), is_broad=True),
    Block("family name, postcode district", ("family_sound", _AREA_SQL), is_broad=True),
    Block("given name, postcode sector", ("given_class", "coalesce(sector, postcode)"), is_broad=True),
    Block("family name, year of birth", ("family_sound", "born_year"), is_broad=True),
    Block("year of birth, postcode", ("born_year", "postcode")),
    Block("family name, year and month", ("family_sound", "born_year", "born_month"), is_broad=True),
    Block("given name, year and month", ("given_class", "born_year", "born_month"), is_broad=True),
    Block("names as heard, area", ("given_sound", "family_sound", _AREA_SQL)),
    Block("email name", ("split_part(email, '@', 1)",)),
)


def block_budget(records: int, *, is_broad: bool) -> int:
    """The most pairs one block may give: every pair of a small set, three for each record of a large one.

    Shape:   a broad block gives no more than one for every four records of a large set. Of a million records of the
             made-up force, broad blocks without this bound bring 17 million pairs that no other block gives, and of
             those 390 are of one person and strong enough to join.
    """
    return 250_000 + (records // 4 if is_broad else 3 * records)


def block_records(connection: duckdb.DuckDBPyConnection, *, largest: int) -> Iterator[str]:
    """Make the table of candidate pairs, naming each block as it is done.

    Shape:   `candidate_pairs`: join_key_l < join_key_r, each pair once, with the number of the first block in match_key.
             A key that more than `largest` records share is left out, and so are the most shared keys of a block that
             would bring more pairs than its `block_budget`: their pairs must be found by a narrower key.
    """
    ((records,),) = query_rows(connection, f"select count(*) from {TABLE}")
    # Raw, as all in this module: a DuckDB connection, which has no ORM.
    connection.execute(f"create or replace table {PAIRS} (join_key_l integer, join_key_r integer, match_key utinyint)")
    connection.execute(f"create or replace temp table {NAMED} as {NAMES}")
    for number, block_rule in enumerate(BLOCKS):
        names = [f"k{place}" for place in range(len(block_rule.keys))]
        key_columns = ", ".join(
            f"{key_sql} as {column_name}" for key_sql, column_name in zip(block_rule.keys, names, strict=True)
        )
        keys_known = " and ".join(f"{column_name} is not null" for column_name in names)
        connection.execute(f"""
            create or replace temp table keyed as
            select uid, hash({number}, {", ".join(names)}) as k, count(*) over (partition by k) as n
            from (select uid, {key_columns} from {block_rule.of}) where {keys_known}
            qualify n between 2 and {largest}
        """)
        ((bound,),) = query_rows(
            connection,
            f"""
            with by_size as (select n, count(*) * (n - 1) / 2 as pairs from keyed group by n),
            running as (select n, sum(pairs) over (order by n) as pairs from by_size)
            select coalesce(max(n), 0) from running where pairs <= {block_budget(records, is_broad=block_rule.is_broad)}
        """,
        )
        connection.execute(f"""
            insert into {PAIRS}
            select l.uid, r.uid, {number} from keyed l join keyed r on l.k = r.k and l.uid < r.uid
            where l.n <= {bound} and r.n <= {bound}
        """)
        yield block_rule.name
    connection.execute(f"""
        create or replace table {PAIRS} as
        select join_key_l, join_key_r, min(match_key)::varchar as match_key from {PAIRS} group by all
    """)
    connection.execute(f"drop table keyed; drop table {NAMED}")
    yield "each pair once"
