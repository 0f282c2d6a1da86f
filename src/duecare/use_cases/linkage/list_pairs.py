"""List pairs of records for a person to judge, in the order of `worklist/pair_order`, cut to what the viewer may open."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import thresholds_in_force
from duecare.person.standing_judgements import in_force
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import split_chunks
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.link_review.candidate_pairs import KeptPair, groups_of, kept_pair, nearest_pairs, sides_of
from duecare.store.linkage.linked_people import standing_judgements, whose_are
from duecare.use_cases.linkage.explain_link import mark_of
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleRecord
from duecare.vocabulary.page_sizes import LINK_PAIRS
from duecare.worklist.pair_order import Consequence, Side, consequences_of_joining, pair_order

RecordPair = tuple[RecordKey, RecordKey]
MOST_PAIRS: Final = 200
CLOSE_TO_JOINING_BITS: Final = 3.0
"""Records that join by this many bits at most are looked at though they are joined."""
_READ_AT_MOST: Final = 1_500
_WEIGHED: Final = 300


@dataclass(frozen=True, slots=True)
class PairToSee:
    """Two records for a person to review, their content, and what depends on them.

    Shape:   `pair.levels` as the evidence compared them; `is_one`: are they held to be of one person now; `hangs` the
             gravest first, never empty; `seen` marks how far what was said of the two has come, for whoever judges;
             `is_disputed`: two clerks who answered blind held otherwise, and nobody has judged since.
    """

    pair: KeptPair
    records: tuple[VisibleRecord, VisibleRecord]
    is_one: bool
    hangs: tuple[Consequence, ...]
    seen: str
    join: float
    is_disputed: bool = False


def read_pairs(
    request: Request,
    config: Config,
    limit: int = LINK_PAIRS,
    *,
    put_off: Collection[str] = (),
    first_pairs: Iterable[RecordPair] = (),
) -> tuple[PairToSee, ...]:
    """The pairs for a person to review next, at most `limit` of them.

    Shape:   `put_off` are tokens of pairs not to be shown now. Those of which two clerks held otherwise, and those named
             `first_pairs`, come first; then those not judged yet that the evidence does not join, or joins by no more than 3
             bits: those on which more hangs, and of these the harder, so that what would raise or hide a danger comes
             before what would not. Of very many, some hundreds at a time are weighed so, the hardest first, and no more
             than 1,500 are looked through. Not there, and not counted: pairs of which the viewer may not open both, or
             sees a pointer only.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_PAIRS, PEOPLE)
    check_ledger_writable(request, Act.READ_PAIRS)
    pairs_found = tuple(_pairs_found(request, config, max(0, min(limit, MOST_PAIRS)), put_off, first_pairs))
    log_read(
        request, Act.READ_PAIRS, {(RECORD, *record.key) for pair_shown in pairs_found for record in pair_shown.records}
    )
    return pairs_found


def token_of(first_record: RecordKey, second_record: RecordKey) -> str:
    """The token by which a pair is remembered where neither record may be named."""
    return hashlib.sha256("\x1f".join((*first_record, *second_record)).encode()).hexdigest()[:16]


def _pairs_found(
    request: Request, config: Config, limit: int, put_off: Collection[str], first_pairs: Iterable[RecordPair]
) -> Iterator[PairToSee]:
    visible = visibility_for_lists(request, config)
    known_judgements = standing_judgements()
    answered = link_samples.disputed_pairs(link_samples.latest_sample())
    exist = _pairs_that_exist(visible, {*((judgement.a, judgement.b) for judgement in known_judgements), *answered})
    pairs_judged = {(judgement.a, judgement.b) for judgement in in_force(known_judgements)} & exist
    disputed = {record_pair for record_pair in answered if record_pair not in pairs_judged and record_pair in exist}
    joining_bound = thresholds_in_force(kept_model(config).thresholds, guards_in_force(config.policy)).join
    opened = Opened(visible)
    shown_count = 0
    for candidate_pair, is_one, hangs in _pairs_in_order(
        visible, pairs_judged, joining_bound, [*first_pairs, *sorted(disputed)]
    ):
        if shown_count == limit:
            return
        if token_of(candidate_pair.a, candidate_pair.b) in put_off:
            continue
        records = opened.both(candidate_pair.a, candidate_pair.b)
        if records is not None:
            shown_count += 1
            judgement_mark = mark_of(known_judgements, candidate_pair.a, candidate_pair.b)
            yield PairToSee(
                candidate_pair,
                records,
                is_one,
                hangs,
                judgement_mark,
                joining_bound,
                (candidate_pair.a, candidate_pair.b) in disputed,
            )


_Weighed = tuple[KeptPair, bool, tuple[Consequence, ...]]


def _pairs_in_order(
    visible: Visibility,
    pairs_judged: Collection[RecordPair],
    joining_bound: float,
    first_pairs: Iterable[RecordPair],
) -> Iterator[_Weighed]:
    """Those named first, then the others: some hundreds at a time, the hardest first, each of these by what hangs on it."""
    pairs_named = [
        kept_pair(*record_pair) or KeptPair(*record_pair, 0.0, {}) for record_pair in dict.fromkeys(first_pairs)
    ]
    yield from _weighed_pairs(visible, pairs_named, joining_bound)
    passed_over = {*pairs_judged, *((kept_pair_row.a, kept_pair_row.b) for kept_pair_row in pairs_named)}
    pairs = [
        kept_pair_row
        for kept_pair_row in _nearest_that_exist(visible, joining_bound, _READ_AT_MOST + len(pairs_judged))
        if (kept_pair_row.a, kept_pair_row.b) not in passed_over
    ]
    person_of_record = whose_are({record for kept_pair_row in pairs for record in (kept_pair_row.a, kept_pair_row.b)})
    pairs = [
        kept_pair_row
        for kept_pair_row in pairs
        if person_of_record[kept_pair_row.a] != person_of_record[kept_pair_row.b]
        or kept_pair_row.weight - joining_bound <= CLOSE_TO_JOINING_BITS
    ]
    for pair_chunk in split_chunks(pairs, _WEIGHED):
        yield from _weighed_pairs(visible, pair_chunk, joining_bound)


def _nearest_that_exist(visible: Visibility, joining_bound: float, most_pairs: int) -> list[KeptPair]:
    """The pairs that the evidence decides least, of those that exist for the viewer: so many, whatever is sealed."""
    asked = most_pairs
    while True:
        pairs = nearest_pairs(joining_bound, asked)
        exist = _pairs_that_exist(visible, {(kept_pair_row.a, kept_pair_row.b) for kept_pair_row in pairs})
        existing_pairs = [kept_pair_row for kept_pair_row in pairs if (kept_pair_row.a, kept_pair_row.b) in exist]
        if len(existing_pairs) >= most_pairs or len(pairs) < asked:
            return existing_pairs[:most_pairs]
        asked *= 2


def _pairs_that_exist(visible: Visibility, pairs: Collection[RecordPair]) -> set[RecordPair]:
    """Those of these pairs of which neither record is sealed from the viewer, or of somebody who is."""
    person_of_record = whose_are({record for record_pair in pairs for record in record_pair})
    return {
        record_pair
        for record_pair in pairs
        if not any(visible.sealed.hides_record(record, person_of_record[record]) for record in record_pair)
    }


def _weighed_pairs(visible: Visibility, pairs: list[KeptPair], joining_bound: float) -> list[_Weighed]:
    person_of_record = whose_are({record for kept_pair_row in pairs for record in (kept_pair_row.a, kept_pair_row.b)})
    sides = _person_sides(visible, pairs, person_of_record)
    weighed_rows = [
        (
            kept_pair_row,
            person_of_record[kept_pair_row.a] == person_of_record[kept_pair_row.b],
            consequences_of_joining(*sides[kept_pair_row.a, kept_pair_row.b], visible.request.now),
        )
        for kept_pair_row in pairs
    ]
    return sorted(
        weighed_rows,
        key=lambda weighed_row: pair_order(
            weighed_row[2], weighed_row[0].weight, joining_bound, (weighed_row[0].a, weighed_row[0].b)
        ),
    )


def _person_sides(
    visible: Visibility, pairs: list[KeptPair], person_of_record: Mapping[RecordKey, str]
) -> dict[RecordPair, tuple[Side, Side]]:
    """The two sides of each pair: the people they are of; where that is one person, each record alone."""
    hidden = visible.pointer_only.sources
    people = groups_of(
        {person_of_record[record] for kept_pair_row in pairs for record in (kept_pair_row.a, kept_pair_row.b)}
    )
    people_of_pairs: dict[RecordPair, tuple[frozenset[RecordKey], frozenset[RecordKey]]] = {}
    for kept_pair_row in pairs:
        apart = person_of_record[kept_pair_row.a] != person_of_record[kept_pair_row.b]
        people_of_pairs[kept_pair_row.a, kept_pair_row.b] = (
            (people[person_of_record[kept_pair_row.a]], people[person_of_record[kept_pair_row.b]])
            if apart
            else (frozenset({kept_pair_row.a}), frozenset({kept_pair_row.b}))
        )
    sides = sides_of(
        {group for groups in people_of_pairs.values() for group in groups},
        without=hidden,
        with_restricted=visible.scope.everything,
    )
    return {
        names: (sides[first_record], sides[second_record])
        for names, (first_record, second_record) in people_of_pairs.items()
    }


class Opened:
    """The records that the viewer may open, looked up once for each person."""

    def __init__(self, visible: Visibility) -> None:
        """For this viewer, at this moment."""
        self._visible = visible
        self._of: dict[str, dict[RecordKey, VisibleRecord]] = {}

    def both(self, first_record: RecordKey, second_record: RecordKey) -> tuple[VisibleRecord, VisibleRecord] | None:
        """What these two records say; None where the viewer may not open both, or sees a pointer to one only."""
        person_of_record = whose_are((first_record, second_record))
        record_shown, other_shown = (
            self._records(person_of_record[first_record]).get(first_record),
            self._records(person_of_record[second_record]).get(second_record),
        )
        return None if record_shown is None or other_shown is None else (record_shown, other_shown)

    def _records(self, person: str) -> dict[RecordKey, VisibleRecord]:
        if person not in self._of:
            self._of[person] = self._visible.records_of(person)
        return self._of[person]
