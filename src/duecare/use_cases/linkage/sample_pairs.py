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
from duecare.linkage import Thresholds, bounds_for
from duecare.person.compared import compared_record
from duecare.person.weigh import weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import records_known, sealed_records
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.linkage.linked_people import current_link_run
from duecare.store.models import LinkRun
from duecare.store.search import search_index
from duecare.store.search.name_neighbours import Near
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.use_cases.linkage.regroup_people import Frequent
from duecare.vocabulary.refusals import Refusal

SIZE: Final = 400
LARGEST: Final = 5_000
LONGEST_SEED: Final = 64
_AT_ONCE, _MOST_LOOKED = 300, 3_000
"""About so many records, drawn by the seed, it is looked whom they nearly were taken to be, until enough were met."""


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """Which draw is it, by which seed, and how many pairs of each stratum, of how many?

    Shape:   `strata`: (name, joined?, pairs in it, drawn).
    """

    number: int
    seed: str
    strata: tuple[tuple[str, bool, int, int], ...]


def sample_links(
    request: Request, config: Config, size: int = SIZE, seed: str = "", *, again: bool = False
) -> SampleDrawn:
    """Draw so many pairs of the linkage in force; the same linkage and seed give the same pairs.

    Shape:   from every pair kept, joined or not, and from pairs that weighed a little too little to be kept: those are
             looked for about some records drawn by chance, and how many there are is reckoned from that. No pair of which one
             record is sealed. A new draw takes the place of the last one, which stays to be read; where some of that was
             answered, only with `again`.
    Raises:  ACC-003 when the viewer may not; LNK-007 where there is nothing to draw; LNK-009 where answers would count no
             more.
    """
    authorise(request, Act.SAMPLE_LINKS, PEOPLE)
    check_ledger_writable(request, Act.SAMPLE_LINKS)
    run = current_link_run()
    if run is None:
        raise Refusal("LNK-007")
    last = link_samples.latest()
    answers = sum(len(one.answers) for one in last.pairs) if last is not None else 0
    if answers and not again:
        raise Refusal("LNK-009", found=f"{answers:,} answers")
    seed = seed[:LONGEST_SEED] or secrets.token_hex(16)
    size = max(2, min(size, LARGEST))
    draw, populations, at_hand = _offered(config, run, seed, size)
    sizes = allotted_sizes({name: at_hand[name] for name in populations}, size)
    pairs = draw.drawn(sizes)
    if not pairs:
        raise Refusal("LNK-007")
    strata = tuple((name, name in JOINED, number, sizes[name]) for name, number in populations.items())
    with transaction():
        number = link_samples.keep(run, request.now, request.viewer.account, seed, strata, pairs)
        named = {(RECORD, *read_record(one)) for _, a, b in pairs for one in (a, b)}
        log_write(request, Act.SAMPLE_LINKS, names=named)
    return SampleDrawn(number, seed, strata)


def _offered(config: Config, run: LinkRun, seed: str, size: int) -> tuple[Draw, dict[str, int], dict[str, int]]:
    """All that can be drawn: how many pairs stand in each stratum, and how many of them are at hand."""
    guards = guards_in_force(config.policy)
    bounds = bounds_for(kept_model(config).thresholds, guards)
    whose = link_samples.people_of_records(run)
    shut = {str(one) for one in sealed_records()}
    draw = Draw(seed, size)
    for a, b, weight in link_samples.kept_pairs(run):
        joined = a in whose and whose[a] == whose.get(b)
        stratum = stratum_of(weight, is_joined=joined, join_threshold=bounds.join, review=bounds.review)
        if stratum is not None and a not in shut and b not in shut:
            draw.offer(stratum, a, b)
    populations = dict(draw.populations)
    order = sorted(whose.keys() - shut, key=lambda one: hash_parts(SAMPLE_RULE, seed, "about", one))
    nearly, looked, found = _Nearly(config, run, whose, shut, bounds), 0, 0
    seen: set[tuple[str, str]] = set()
    while looked < min(len(order), _MOST_LOOKED) and found < size:
        about = order[looked : looked + _AT_ONCE]
        looked += len(about)
        for pair in nearly.about(about):
            found += 1
            if pair not in seen:
                seen.add(pair)
                draw.offer(APART[0], *pair)
    if seen:
        # Each such pair is met from both its ends: with every record looked about, twice.
        number = len(seen) if looked == len(order) else round(found * len(order) / looked / 2)
        # One alone tells nothing of others: it stands for itself.
        populations[APART[0]] = max(len(seen), number) if len(seen) > 1 else 1
    there = {name: draw.populations.get(name, 0) for name in populations}
    return draw, {name: populations[name] for name in STRATA if populations.get(name)}, there


class _Nearly:
    """Finds pairs that are not joined and weigh a little too little to be kept."""

    def __init__(
        self, config: Config, run: LinkRun, whose: Mapping[str, str], shut: Collection[str], bounds: Thresholds
    ) -> None:
        search_index.bring_up_to_date()
        self._whose, self._shut, self._bounds = whose, shut, bounds
        self._weights = kept_model(config).weights(run.records)
        self._frequent, self._near = Frequent(run, self._weights), Near()

    def about(self, records: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of which one is among these records; twice where both are."""
        for key, known in sorted(records_known({read_record(one) for one in records}).items()):
            own = compared_record(known)
            for other, theirs in sorted(self._near.to(own, key).items(), key=lambda one: one[0]):
                a, b = _ordered(key, other)
                if a in self._shut or b in self._shut or self._whose.get(a) == self._whose.get(b, a):
                    continue
                weight = weigh_pair(own, theirs, self._weights, self._frequent.of).weight
                if self._is_nearly(weight):
                    yield a, b

    def _is_nearly(self, weight: float) -> bool:
        join, review = self._bounds.join, self._bounds.review
        return stratum_of(weight, is_joined=False, join_threshold=join, review=review) == APART[0]


def _ordered(a: RecordKey, b: RecordKey) -> tuple[str, str]:
    first, second = sorted((a, b))
    return str(first), str(second)
