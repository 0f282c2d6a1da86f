"""The made-up force for search: some records left out of what is received, to be asked for; whom they are of is known."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, replace
from pathlib import Path

from duecare.person.agreement_levels import comparison_levels
from duecare.person.comparable_record import Compared, compared_record
from duecare.person.search_text import Asked
from duecare.record.contract import POLE_SHEETS
from duecare.record.record_from_body import person_of

SOURCE = "made"
_NAMED = {"in full", "same", "short form"}
_HOMES = {"same home", "same postcode"}


@dataclass(frozen=True, slots=True)
class Question:
    """Which record is asked for, whose is it, and how many of name, birth date and home does no other record of theirs bear out?

    Shape:   `wrong` 0 to 3: of these the least, over the other records of the same person, that disagree or are missing.
    """

    asked: Asked
    record: Compared
    person: str
    wrong: int


def key_of(row: dict[str, str]) -> str:
    """Under which one key does a record stand in the bench's own source?"""
    return f"{row['source']}.{row['record_id']}"


def record_of(row: dict[str, str]) -> Compared:
    """This row as it is compared."""
    import orjson

    said = {}
    for column in POLE_SHEETS["persons"].columns:
        text = row.get(column.name) or ""
        if text:
            said[column.name] = text.split(";") if column.reads.name == "LIST" else text
    try:
        return compared_record(person_of(SOURCE, key_of(row), orjson.dumps(said), 0))
    except ValueError:
        said.pop("date_of_birth", None)
        return compared_record(person_of(SOURCE, key_of(row), orjson.dumps(said), 0))


def asked_of(record: Compared) -> Asked:
    """What would be asked by whoever has this record in hand?"""
    words = (record.given, *record.middle.split(), *record.family.split())
    about = replace(record, given="", middle="", family="", born="", online_names=())
    return Asked(tuple(word for word in words if word)[:6], (record.born,) if record.born else (), about)


def wrong_in(record: Compared, others: list[Compared]) -> int:
    """How many of name, birth date and home does no one other record bear out?"""
    least = 3
    for other in others:
        told = comparison_levels(record, other)
        named = told.get("given") in _NAMED and told.get("family") == "same"
        least = min(least, 3 - named - (told.get("born") == "same") - (told.get("home") in _HOMES))
    return least


def spoilt(record: Compared, chance: random.Random) -> Compared:
    """This record with two of name, birth date and home spoilt, and nothing else said.

    Shape:   names by a slip of writing in each, or by another family name; a birth date by another day, month or year, or
             not given; a home not given.
    """
    bare = replace(record, phones=(), emails=(), online_names=(), checked=(), other_ids=(), sex="", uprn="")
    spoil = set(chance.sample(["name", "born", "home"], 2))
    if "name" in spoil:
        family = "".join(chance.sample("abdeklmnorst", 7)) if chance.random() < 0.3 else _slip(bare.family, chance)
        bare = replace(bare, given=_slip(bare.given, chance), family=family, other_givens=(), other_families=())
    if "born" in spoil:
        bare = replace(bare, born=_another(bare.born, chance) if chance.random() < 0.7 else "")
    if "home" in spoil:
        bare = replace(bare, postcode="", home_number="", address_words=())
    return bare


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _another(born: str, chance: random.Random) -> str:
    if len(born) < 10:
        return ""
    year, month, day = int(born[:4]), int(born[5:7]), int(born[8:])
    part = chance.randrange(3)
    year += chance.choice([-10, -2, -1, 1, 2, 10]) if part == 0 else 0
    month = chance.randint(1, 12) if part == 1 else month
    day = chance.randint(1, 28) if part == 2 else min(day, 28)
    return f"{year:04d}-{month:02d}-{day:02d}"


def drawn(
    rows: list[dict[str, str]], truth: dict[str, str], *, seed: int, each: int
) -> tuple[list[Question], list[dict[str, str]]]:
    """So many questions of each kind at most (any, at least one wrong, at least two), and the rows that are left."""
    chance = random.Random(seed)
    of: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        of.setdefault(truth[f"{row['source']}:{row['record_id']}"], []).append(row)
    people = sorted(person for person, theirs in of.items() if len(theirs) > 1)
    chance.shuffle(people)
    questions: list[Question] = []
    gone: set[str] = set()
    count = [0, 0, 0]
    for person in people:
        if min(count) >= each:
            break
        row = chance.choice(of[person])
        record = record_of(row)
        wrong = wrong_in(record, [record_of(other) for other in of[person] if other is not row])
        kind = min(wrong, 2)
        if count[kind] >= each or not (record.given or record.family or record.born):
            continue
        count[kind] += 1
        gone.add(key_of(row))
        questions.append(Question(asked_of(record), record, person, wrong))
    return questions, [row for row in rows if key_of(row) not in gone]


def deliver(rows: list[dict[str, str]], folder: Path) -> Path:
    """These rows as one delivery of the neutral layout."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [column.name for column in POLE_SHEETS["persons"].columns if any(row.get(column.name) for row in rows)]
    with (folder / "persons.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(
            {**row, "record_id": key_of(row), "sealed": "", "restricted": "", "deleted": ""} for row in rows
        )
    return folder
