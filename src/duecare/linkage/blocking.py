"""Which pairs are worth comparing: records that share one of these keys, unless too many share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb

from duecare.linkage.prepare import TABLE, ask

PAIRS: Final = "candidate_pairs"


@dataclass(frozen=True, slots=True)
class Block:
    """Which records are laid side by side?

    Shape:   `key` is an SQL expression over the standard record, or a list of keys where `is_list`; null: not in it.
    """

    name: str
    key: str
    is_list: bool = False


_ANY_NAME: Final = (
    "list_filter(list_concat([given, given_class, family, family_sound], list_concat(coalesce(other_givens, []), "
    "coalesce(other_families, []))), lambda x: x is not null)"
)


def _with_any_name(place: str) -> str:
    return f"list_transform({_ANY_NAME}, lambda x: x || '|' || {place})"


BLOCKS: Final = (
    Block("identifier", "ids", is_list=True),
    Block(
        "contact",
        "list_concat(coalesce(emails, []), list_concat(coalesce(phones, []), coalesce(online_names, [])))",
        True,
    ),
    Block("any name, birth date", _with_any_name("born_whole"), is_list=True),
    Block("any name, postcode sector", _with_any_name("coalesce(sector, postcode)"), is_list=True),
    Block("any name, address", _with_any_name("array_to_string(address_words, ' ')"), is_list=True),
    Block("any name, year of birth", _with_any_name("born_year"), is_list=True),
    Block("birth date, family name", "born_whole || '|' || family_sound"),
    Block("birth date, given name", "born_whole || '|' || given_class"),
    Block("birth date, postcode district", "born_whole || '|' || coalesce(outcode, postcode)"),
    Block("birth date, initial", "born_whole || '|' || left(given, 1)"),
    Block("birth date", "born_whole"),
    Block("both names", "given_class || '|' || family"),
    Block(
        "both names in either order, year of birth",
        "least(given_class, family) || '|' || greatest(given_class, family) || '|' || born_year",
    ),
    Block("names as heard, year of birth", "given_sound || '|' || family_sound || '|' || born_year"),
    Block(
        "names as heard, day and month", "given_sound || '|' || family_sound || '|' || born_month || '|' || born_day"
    ),
    Block("swapped names", "list_sort([given, family])::varchar"),
    Block("given name, home", "given_class || '|' || home_key"),
    Block("given name, postcode", "given_class || '|' || postcode"),
    Block("family name, postcode", "family_sound || '|' || postcode"),
    Block("postcode", "postcode"),
    Block("family name, postcode district", "family_sound || '|' || coalesce(outcode, postcode)"),
    Block("given name, postcode sector", "given_class || '|' || coalesce(sector, postcode)"),
    Block("family name, year of birth", "family_sound || '|' || born_year"),
    Block("year of birth, postcode", "born_year || '|' || postcode"),
    Block("family name, year and month", "family_sound || '|' || born_year || '|' || born_month"),
    Block("given name, year and month", "given_class || '|' || born_year || '|' || born_month"),
    Block("names as heard, area", "given_sound || '|' || family_sound || '|' || coalesce(outcode, postcode)"),
    Block(
        "other names",
        "list_transform(list_concat(coalesce(other_families, []), [family]), lambda x: x || '|' || born_whole)",
        is_list=True,
    ),
    Block("email name", "split_part(email, '@', 1)"),
)


def budget(records: int) -> int:
    """How many pairs may one block bring? Enough for every pair of a small set, three for each record of a large one."""
    return 250_000 + 3 * records


def block(connection: duckdb.DuckDBPyConnection, *, largest: int) -> Iterator[str]:
    """Make the table of candidate pairs, naming each block as it is done.

    Shape:   `candidate_pairs`: join_key_l < join_key_r, each pair once, with the number of the first block in match_key.
             A key that more than `largest` records share is left out, and so are the most shared keys of a block that
             would bring more pairs than its `budget`: their pairs must be found by a narrower key.
    """
    ((records,),) = ask(connection, f"select count(*) from {TABLE}")
    connection.execute(f"create or replace table {PAIRS} (join_key_l integer, join_key_r integer, match_key utinyint)")
    for number, rule in enumerate(BLOCKS):
        key = f"unnest(list_distinct({rule.key}))" if rule.is_list else rule.key
        connection.execute(f"""
            create or replace temp table keyed as
            with every as (select uid, hash({number}, k) as k from (select uid, {key} as k from {TABLE}) where k is not null)
            select uid, k, count(*) over (partition by k) as n from every
            qualify n between 2 and {largest}
        """)
        ((bound,),) = ask(
            connection,
            f"""
            with by_size as (select n, count(*) * (n - 1) / 2 as pairs from keyed group by n),
            running as (select n, sum(pairs) over (order by n) as pairs from by_size)
            select coalesce(max(n), 0) from running where pairs <= {budget(records)}
        """,
        )
        connection.execute(f"""
            insert into {PAIRS}
            select l.uid, r.uid, {number} from keyed l join keyed r on l.k = r.k and l.uid < r.uid
            where l.n <= {bound} and r.n <= {bound}
        """)
        yield rule.name
    connection.execute(f"""
        create or replace table {PAIRS} as
        select join_key_l, join_key_r, min(match_key)::varchar as match_key from {PAIRS} group by all
    """)
    connection.execute("drop table keyed")
    yield "each pair once"
