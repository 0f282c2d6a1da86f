"""One pair weighed in plain Python is what the engine weighs it among all, to a millionth of a bit."""

from __future__ import annotations

import random
from collections import Counter

import pyarrow as pa

from duecare.linkage import shipped_model
from duecare.linkage.pair_weights import score_pairs
from duecare.linkage.prepared_records import open_engine, prepare_records, query_rows
from duecare.person.comparable_record import compared_record
from duecare.person.pair import COMPARISONS, HOUSEHOLD, read_levels
from duecare.person.weigh import COUNTED, TERM_FREQUENCIES, Weights, weigh_pair
from duecare.record.pole import PersonRecord, RecordKey
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

GIVEN = [
    "Robert", "Bob", "Mary", "Mary-Anne", "Mohammed", "Muhammad", "Ana", "Anna", "Zoë", "Зоя", "Jo", "K", "Kathryn",
    "Catherine", "Mr", "Unknown", "Smith", "Smith", "Jones", "Gibbven", "Gibven", "Micchael", "Mick", "Darrsgh", "Datragh",
    "Çağlasin", "Chaghlasin", "Smtih", "Terry", "Terence",
    "Zoltan", "Zoltana",
]  # fmt: skip
FAMILY = [
    "Smith",
    "Smyth",
    "O'Neil",
    "Jones Smith",
    "Jones",
    "Núñez",
    "Robert",
    "Mary",
    "Kowalska",
    "Kowalski",
    "Phillips",
    "Filips",
    "Wright",
    "Rite",
    "Anna",
    "Robrt",
    "Mohammed Ali",
    "Gibben",
    "漢字",
]
STREETS = ["12 Ash Road", "Flat 2, 12 Ash Rd", "12a Ash Road", "14 Ash Road, Northmoor", "The Lodge", "12 Oak Close"]
POSTCODES = ["NM1 2AB", "NM1 2AC", "NM1 3AB", "NM2 2AB", "", "75001"]
BORN = [
    "2009-05-04",
    "2009-04-05",
    "2009-05-14",
    "2009-05",
    "2009",
    "2010-05-04",
    "1970-01-01",
    "",
    "2090-05-04",
    "2009-05-30",
    "2010-05-05",
]
CHECKED = {
    "pnc_id": ["", "99/123456X", "1999/1234567B", "20/9N", "99/123456Y"],
    "nhs_number": ["", "", "999 000 0018", "9990000026"],
    "cro_number": ["", "", "", "SF39/12345L"],
    "upn": ["", "", "A801200001001"],
}
OTHERS = ["", "", "merlin:1", "merlin:2", "pnc:1999/0123456X", "ssn:1"]
ONLINE = ["", "", "dragon 99", "Dragon99", "moth"]
PHONES = ["", "07700 900123", "+447700900123", "07700 900124"]
MAILS = ["", "", "a.person@mail.example", "a.person@post.example", "a.persn@mail.example", "zed@mail.example"]
FIELDS = ("given_names", "family_name", "sex", "address", "postcode", "uprn", *CHECKED)


def made(chance: random.Random, number: int) -> PersonRecord:
    def some(values: list[str], least: int = 0, most: int = 2) -> tuple[str, ...]:
        return tuple(filter(None, chance.choices(values, k=chance.randint(least, most))))

    born = chance.choice(BORN)
    return PersonRecord(
        RecordKey("made", f"{number:05d}"),
        given_names=" ".join(some(GIVEN)),
        family_name=chance.choice(["", *FAMILY, *FAMILY]),
        also_known_as=some(["", "Bob Smith", "Mary", "Polly Jones", "Ana Kowalska"]),
        online_names=some(ONLINE),
        born=read_partial_date(born) if born else Unknown("not given"),
        sex=chance.choice(["", "M", "F", "X"]),
        address=chance.choice(["", *STREETS, *STREETS]),
        postcode=chance.choice(POSTCODES),
        uprn=chance.choice(["", "", "", "100", "200"]),
        phones=some(PHONES),
        emails=some(MAILS),
        other_ids=some(OTHERS),
        **{name: chance.choice(values) for name, values in CHECKED.items()},
    )


def as_text(records: list[PersonRecord]) -> pa.Table:
    lists = {"also_known_as": "also_known_as", "online_names": "online_names", "phone": "phones", "email": "emails"}
    lists["other_ids"] = "other_ids"
    columns: dict[str, list[str]] = {name: [getattr(r, name) for r in records] for name in FIELDS}
    columns |= {name: [";".join(getattr(r, field)) for r in records] for name, field in lists.items()}
    columns["date_of_birth"] = ["" if isinstance(r.born, Unknown) else str(r.born) for r in records]
    columns["source"] = [r.key.source for r in records]
    columns["record_id"] = [r.key.record_id for r in records]
    return pa.table(columns)


def test_one_pair_weighs_alone_what_splink_weighs_it_among_all(tmp_path) -> None:
    chance = random.Random(20261125)
    records = [made(chance, number) for number in range(450)]
    stood = [compared_record(record) for record in records]
    model = shipped_model()
    weights = model.weights(len(records))
    counts = {column: Counter(filter(None, (getattr(one, column) for one in stood))) for column in COUNTED}
    connection = open_engine(2, "1GB", str(tmp_path))
    prepare_records(connection, as_text(records))
    connection.execute(
        "create table every_pair as select a.uid as join_key_l, b.uid as join_key_r, '0' as match_key"
        " from standard a join standard b on a.uid < b.uid where (a.uid + b.uid) % 5 = 0"
    )
    score_pairs(connection, model, least_weight=None, into_table="scored", pairs="every_pair", with_parts=True)
    seen: set[tuple[str, str]] = set()

    apart, felt = 0.0, 0
    names = (*COMPARISONS, HOUSEHOLD)
    rows = query_rows(connection, f"select uid_l, uid_r, weight, levels, {', '.join(names)} from scored")
    for a, b, weight, levels, *parts in rows:
        alone = weigh_pair(stood[a], stood[b], weights, frequency(weights, counts))
        assert alone.levels == read_levels(levels), (records[a], records[b])
        assert weigh_pair(stood[b], stood[a], weights, frequency(weights, counts)).levels == alone.levels
        apart = max(apart, abs(alone.weight - weight))
        apart = max(apart, *(abs(alone.parts.get(c, 0.0) - p) for c, p in zip(names, parts, strict=True)))
        apart = max(apart, abs(weights.prior + sum(alone.parts.values()) - weight))
        seen |= set(alone.levels.items())
        felt += alone.parts[HOUSEHOLD] <= -1.0

    assert len(rows) > 8_000
    assert felt > 100
    assert apart < 1e-6
    assert seen == {(comparison, level) for comparison, of in COMPARISONS.items() for level in of}
    assert set(TERM_FREQUENCIES) <= seen


def frequency(weights: Weights, counts: dict[str, Counter[str]]):
    totals = {column: sum(of.values()) for column, of in counts.items()}
    return lambda column, term: weights.frequency(column, counts[column][term], totals[column])
