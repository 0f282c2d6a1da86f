"""Pairs of records for a human to look at: the hardest, and those on which most hangs, first; cut to what may be opened."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import bounds_for
from duecare.person.judgement import in_force
from duecare.record.pole import PersonRecord, RecordKey
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.sql_rows import chunks
from duecare.store.facts.fact_lookup import Facts, facts_of_person
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.link_review.candidate_pairs import KeptPair, groups_of, kept_pair, nearest, sides_of
from duecare.store.linkage.linked_people import judgements, whose_are
from duecare.use_cases.linkage.explain_link import mark_of
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.visibility.case_scope import person_thing
from duecare.visibility.pointer_only import pointer_sources, pointers
from duecare.worklist.consequence import Consequence, Side, consequences_of_joining, joining_hardness

Two = tuple[RecordKey, RecordKey]
MOST: Final = 200
CLOSE: Final = 3.0
"""Records that join by this many bits at most are looked at though they are joined."""
_READ: Final = 1_500
_WEIGHED: Final = 300


@dataclass(frozen=True, slots=True)
class PairToSee:
    """Which two records should a human look at, what do they say, and what hangs on it?

    Shape:   `pair.levels` as the evidence compared them; `is_one`: are they held to be of one person now; `hangs` the
             gravest first, never empty; `seen` marks how far what was said of the two has come, for whoever judges;
             `is_disputed`: two clerks who answered blind held otherwise, and nobody has judged since.
    """

    pair: KeptPair
    records: tuple[PersonRecord, PersonRecord]
    is_one: bool
    hangs: tuple[Consequence, ...]
    seen: str
    join: float
    is_disputed: bool = False


def read_pairs(
    request: Request,
    config: Config,
    limit: int = 20,
    *,
    put_off: Collection[str] = (),
    first: Iterable[Two] = (),
) -> tuple[PairToSee, ...]:
    """Which pairs should a human look at next, at most `limit` of them?

    Shape:   `put_off` are tokens of pairs not to be shown now. Those of which two clerks held otherwise, and those named
             `first`, come first; then those not judged yet that the evidence does not join, or joins by no more than 3
             bits: those on which more hangs, and of these the harder, so that what would raise or hide a danger comes
             before what would not. Of very many, some hundreds at a time are weighed so, the hardest first, and no more
             than 1,500 are looked through. Not there, and not counted: pairs of which the viewer may not open both, or
             sees a pointer only.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_PAIRS, PEOPLE)
    check_ledger_writable(request, Act.READ_PAIRS)
    found = tuple(_found(request, config, max(0, min(limit, MOST)), put_off, first))
    log_read(request, Act.READ_PAIRS, {(RECORD, *record.key) for one in found for record in one.records})
    return found


def token_of(a: RecordKey, b: RecordKey) -> str:
    """By what is a pair remembered where neither record may be named?"""
    return hashlib.sha256("\x1f".join((*a, *b)).encode()).hexdigest()[:16]


def _found(
    request: Request, config: Config, limit: int, put_off: Collection[str], first: Iterable[Two]
) -> Iterator[PairToSee]:
    known = judgements()
    said = {(one.a, one.b) for one in in_force(known)}
    disputed = {two for two in link_samples.disputed(link_samples.latest()) if two not in said}
    join = bounds_for(kept_model(config).thresholds, guards_in_force(config.policy)).join
    opened = Opened(request, config)
    shown = 0
    for pair, is_one, hangs in _ordered(request, config, said, join, [*first, *sorted(disputed)]):
        if shown == limit:
            return
        if token_of(pair.a, pair.b) in put_off:
            continue
        records = opened.both(pair.a, pair.b)
        if records is not None:
            shown += 1
            mark = mark_of(known, pair.a, pair.b)
            yield PairToSee(pair, records, is_one, hangs, mark, join, (pair.a, pair.b) in disputed)


_Weighed = tuple[KeptPair, bool, tuple[Consequence, ...]]


def _ordered(
    request: Request, config: Config, said: Collection[Two], join: float, first: Iterable[Two]
) -> Iterator[_Weighed]:
    """Those named first, then the others: some hundreds at a time, the hardest first, each of these by what hangs on it."""
    told = [kept_pair(*two) or KeptPair(*two, 0.0, {}) for two in dict.fromkeys(first)]
    yield from _weighed(request, config, told, join)
    passed_over = {*said, *((one.a, one.b) for one in told)}
    pairs = [one for one in nearest(join, _READ + len(said)) if (one.a, one.b) not in passed_over]
    whose = whose_are({record for one in pairs for record in (one.a, one.b)})
    pairs = [one for one in pairs if whose[one.a] != whose[one.b] or one.weight - join <= CLOSE]
    for some in chunks(pairs, _WEIGHED):
        yield from _weighed(request, config, some, join)


def _weighed(request: Request, config: Config, pairs: list[KeptPair], join: float) -> list[_Weighed]:
    whose = whose_are({record for one in pairs for record in (one.a, one.b)})
    sides = _sides(request, config, pairs, whose)
    days = read_policy(config.policy).danger_now_days
    found = [
        (one, whose[one.a] == whose[one.b], consequences_of_joining(*sides[one.a, one.b], request.now, days))
        for one in pairs
    ]
    return sorted(found, key=lambda one: (min(one[2]), joining_hardness(one[0].weight, join), one[0].a, one[0].b))


def _sides(
    request: Request, config: Config, pairs: list[KeptPair], whose: Mapping[RecordKey, str]
) -> dict[Two, tuple[Side, Side]]:
    """The two sides of each pair: the people they are of; where that is one person, each record alone."""
    hidden = pointer_sources(request, config)
    people = groups_of({whose[record] for one in pairs for record in (one.a, one.b)})
    two: dict[Two, tuple[frozenset[RecordKey], frozenset[RecordKey]]] = {}
    for one in pairs:
        apart = whose[one.a] != whose[one.b]
        two[one.a, one.b] = (
            (people[whose[one.a]], people[whose[one.b]]) if apart else (frozenset({one.a}), frozenset({one.b}))
        )
    every = scope(request.viewer).everything
    sides = sides_of({group for groups in two.values() for group in groups}, without=hidden, every=every)
    return {names: (sides[a], sides[b]) for names, (a, b) in two.items()}


class Opened:
    """Which records may the viewer open, looked up once for each person?"""

    def __init__(self, request: Request, config: Config) -> None:
        """For this viewer, at this moment."""
        self._asking, self._config, self._seen = request, config, scope(request.viewer)
        self._of: dict[str, dict[RecordKey, PersonRecord]] = {}

    def both(self, a: RecordKey, b: RecordKey) -> tuple[PersonRecord, PersonRecord] | None:
        """What these two records say; None where the viewer may not open both, or sees a pointer to one only."""
        whose = whose_are((a, b))
        one, other = self._records(whose[a]).get(a), self._records(whose[b]).get(b)
        return None if one is None or other is None else (one, other)

    def _records(self, person: str) -> dict[RecordKey, PersonRecord]:
        if person not in self._of:
            keys, facts = facts_of_person(person, None)
            self._of[person] = self._shown(person, keys, facts)
        return self._of[person]

    def _shown(self, person: str, keys: tuple[RecordKey, ...], facts: Facts) -> dict[RecordKey, PersonRecord]:
        if not self._seen.admits_person(person_thing(person, keys, facts, self._asking.now)):
            return {}
        veil = pointers(self._asking, self._config, (event.case for event in facts.events))
        return {key: facts.persons[key] for key in keys if key in facts.persons and not veil.hides_record(key)}
