"""Draw pairs of records by chance, over strata of weight, for two clerks to answer: what measures the error of linkage."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.audit.rounds.draw_seed import hash_parts
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure.linkage_error.link_sample import (
    APART,
    JOINED,
    SAMPLE_RULE,
    STRATA,
    Draw,
    allotted_sizes,
    stratum_of,
)
from duecare.linkage import Thresholds, thresholds_in_force
from duecare.person.comparable_record import compared_record
from duecare.person.weigh import weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import records_known
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.linkage.linked_people import LinkageRun, current_link_run
from duecare.store.search import search_index
from duecare.store.search.name_neighbours import RecordNeighbours
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.use_cases.linkage.regroup_people import Frequent
from duecare.visibility.sealed_filter import hidden_from_all
from duecare.vocabulary.refusals import Refusal

SAMPLE_SIZE: Final = 400
LARGEST: Final = 5_000
LONGEST_SEED: Final = 64
_AT_ONCE, _MOST_LOOKED = 300, 3_000
"""About so many records, drawn by the seed, it is looked whom they nearly were taken to be, until enough were met."""


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """A draw: its number, its seed, and how many pairs of each stratum, of how many.

    Shape:   `strata`: (name, joined?, pairs in it, drawn).
    """

    number: int
    seed: str
    strata: tuple[tuple[str, bool, int, int], ...]


def sample_links(
    request: Request, config: Config, sample_size: int = SAMPLE_SIZE, sample_seed: str = "", *, again: bool = False
) -> SampleDrawn:
    """Draw so many pairs of the linkage in force; the same linkage and seed give the same pairs.

    Shape:   from every pair kept, joined or not, and from pairs that weighed a little too little to be kept: those are
             looked for about some records drawn by chance, and how many there are is estimated from that. No pair of which
             one record is sealed, of somebody who is, or known by sealed cases alone. A new draw takes the place of the last
             one, which stays to be read; where some of that was answered, only with `again`.
    Raises:  ACC-003 when the viewer may not; LNK-007 where there is nothing to draw; LNK-009 where answers would count no
             more.
    """
    authorise(request, Act.SAMPLE_LINKS, PEOPLE)
    check_ledger_writable(request, Act.SAMPLE_LINKS)
    link_run = current_link_run()
    if link_run is None:
        raise Refusal("LNK-007")
    last_sample = link_samples.latest_sample()
    answers = sum(len(sampled_pair.answers) for sampled_pair in last_sample.pairs) if last_sample is not None else 0
    if answers and not again:
        raise Refusal("LNK-009", found=f"{answers:,} answers")
    sample_seed = sample_seed[:LONGEST_SEED] or secrets.token_hex(16)
    sample_size = max(2, min(sample_size, LARGEST))
    pair_draw, populations, at_hand = _offered_pairs(config, link_run, sample_seed, sample_size)
    sizes = allotted_sizes({stratum_name: at_hand[stratum_name] for stratum_name in populations}, sample_size)
    pairs = pair_draw.drawn(sizes)
    if not pairs:
        raise Refusal("LNK-007")
    strata = tuple(
        (stratum_name, stratum_name in JOINED, number, sizes[stratum_name])
        for stratum_name, number in populations.items()
    )
    with transaction():
        number = link_samples.keep_sample(link_run, request.now, request.viewer.account, sample_seed, strata, pairs)
        ledger_refs = {
            (RECORD, *read_record(record_text))
            for _, first_text, second_text in pairs
            for record_text in (first_text, second_text)
        }
        log_write(request, Act.SAMPLE_LINKS, names=ledger_refs)
    return SampleDrawn(number, sample_seed, strata)


def _offered_pairs(
    config: Config, link_run: LinkageRun, sample_seed: str, sample_size: int
) -> tuple[Draw, dict[str, int], dict[str, int]]:
    """All that can be drawn: how many pairs stand in each stratum, and how many of them are at hand."""
    guards = guards_in_force(config.policy)
    bounds = thresholds_in_force(kept_model(config).thresholds, guards)
    person_of_record = link_samples.people_of_records(link_run)
    sealed_texts = {str(record_text) for record_text in hidden_from_all()[1]}
    pair_draw = Draw(sample_seed, sample_size)
    for first_text, second_text, weight in link_samples.kept_pairs(link_run):
        joined = first_text in person_of_record and person_of_record[first_text] == person_of_record.get(second_text)
        stratum = stratum_of(weight, is_joined=joined, join_threshold=bounds.join, review=bounds.review)
        if stratum is not None and first_text not in sealed_texts and second_text not in sealed_texts:
            pair_draw.offer(stratum, first_text, second_text)
    populations = dict(pair_draw.populations)
    order = sorted(
        person_of_record.keys() - sealed_texts,
        key=lambda record_text: hash_parts(SAMPLE_RULE, sample_seed, "about", record_text),
    )
    nearly, looked, nearly_found = _Nearly(config, link_run, person_of_record, sealed_texts, bounds), 0, 0
    pairs_seen: set[tuple[str, str]] = set()
    while looked < min(len(order), _MOST_LOOKED) and nearly_found < sample_size:
        about = order[looked : looked + _AT_ONCE]
        looked += len(about)
        for text_pair in nearly.about(about):
            nearly_found += 1
            if text_pair not in pairs_seen:
                pairs_seen.add(text_pair)
                pair_draw.offer(APART[0], *text_pair)
    if pairs_seen:
        # Each such pair is met from both its ends: with every record looked about, twice.
        number = len(pairs_seen) if looked == len(order) else round(nearly_found * len(order) / looked / 2)
        # One alone tells nothing of others: it stands for itself.
        populations[APART[0]] = max(len(pairs_seen), number) if len(pairs_seen) > 1 else 1
    there = {stratum_name: pair_draw.populations.get(stratum_name, 0) for stratum_name in populations}
    return (
        pair_draw,
        {stratum_name: populations[stratum_name] for stratum_name in STRATA if populations.get(stratum_name)},
        there,
    )


class _Nearly:
    """Finds pairs that are not joined and weigh a little too little to be kept."""

    def __init__(
        self,
        config: Config,
        link_run: LinkageRun,
        person_of_record: Mapping[str, str],
        sealed_texts: Collection[str],
        bounds: Thresholds,
    ) -> None:
        search_index.update_index()
        self._whose, self._shut, self._bounds = person_of_record, sealed_texts, bounds
        self._weights = kept_model(config).weights(link_run.records)
        self._frequent, self._near = Frequent(link_run, self._weights), RecordNeighbours()

    def about(self, records: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of which one is among these records; twice where both are."""
        for record_key, known_record in sorted(
            records_known({read_record(record_text) for record_text in records}).items()
        ):
            own_values = compared_record(known_record)
            for other_key, theirs in sorted(
                self._near.to(own_values, record_key).items(), key=lambda neighbour: neighbour[0]
            ):
                first_text, second_text = _ordered_texts(record_key, other_key)
                if (
                    first_text in self._shut
                    or second_text in self._shut
                    or self._whose.get(first_text) == self._whose.get(second_text, first_text)
                ):
                    continue
                weight = weigh_pair(own_values, theirs, self._weights, self._frequent.of).weight
                if self._is_nearly(weight):
                    yield first_text, second_text

    def _is_nearly(self, weight: float) -> bool:
        joining_bound, review = self._bounds.join, self._bounds.review
        return stratum_of(weight, is_joined=False, join_threshold=joining_bound, review=review) == APART[0]


def _ordered_texts(first_record: RecordKey, second_record: RecordKey) -> tuple[str, str]:
    earlier_record, second = sorted((first_record, second_record))
    return str(earlier_record), str(second)
