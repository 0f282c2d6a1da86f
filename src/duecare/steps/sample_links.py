"""Draw pairs of records by chance, over strata of weight, for two clerks to answer: what measures the error of linkage."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.audit.seed import hashed
from duecare.config import Config
from duecare.figure.link_sample import APART, JOINED, RULE, STRATA, Draw, allotted, stratum_of
from duecare.linkage import Thresholds, bounds_for
from duecare.person.compared import compared
from duecare.person.weigh import weigh
from duecare.record.pole import RecordKey
from duecare.steps.asking import Asking
from duecare.steps.kept_linkage import guards_in_force, kept_model
from duecare.steps.relink import Frequent
from duecare.steps.shape import ask, record, rehearse
from duecare.store import link_samples, search_index
from duecare.store.facts import records_known, sealed_records
from duecare.store.handles import RECORD
from duecare.store.linked import read_record
from duecare.store.models import LinkRun
from duecare.store.near import Near
from duecare.store.people import current_link_run
from duecare.store.transaction import transaction
from duecare.vocabulary.refusals import Refusal

SIZE: Final = 400
LARGEST: Final = 5_000
LONGEST_SEED: Final = 64
_LOOKED_ABOUT: Final = 300
"""About so many records it is looked whom they nearly were taken to be: of all records, those drawn by the seed."""


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """Which draw is it, by which seed, and how many pairs of each stratum, of how many?

    Shape:   `strata`: (name, joined?, pairs in it, drawn).
    """

    number: int
    seed: str
    strata: tuple[tuple[str, bool, int, int], ...]


def sample_links(asking: Asking, config: Config, size: int = SIZE, seed: str = "") -> SampleDrawn:
    """Draw so many pairs of the linkage in force; the same linkage and seed give the same pairs.

    Shape:   from every pair kept, joined or not, and from pairs that weighed a little too little to be kept: those are
             looked for about three hundred records, and how many there are is reckoned from that. No pair of which one
             record is sealed. A new draw takes the place of the last one, which stays to be read.
    Raises:  ACC-003 when the viewer may not; LNK-007 where there is nothing to draw.
    """
    ask(asking, Act.SAMPLE_LINKS, PEOPLE)
    rehearse(asking, Act.SAMPLE_LINKS)
    run = current_link_run()
    if run is None:
        raise Refusal("LNK-007")
    seed = seed[:LONGEST_SEED] or secrets.token_hex(16)
    size = max(2, min(size, LARGEST))
    draw, populations = _offered(config, run, seed, size)
    sizes = allotted(populations, size)
    pairs = draw.drawn(sizes)
    if not pairs:
        raise Refusal("LNK-007")
    strata = tuple((name, name in JOINED, number, sizes[name]) for name, number in populations.items())
    with transaction():
        number = link_samples.keep(run, asking.now, asking.viewer.account, seed, strata, pairs)
        named = {(RECORD, *read_record(one)) for _, a, b in pairs for one in (a, b)}
        record(asking, Act.SAMPLE_LINKS, names=named)
    return SampleDrawn(number, seed, strata)


def _offered(config: Config, run: LinkRun, seed: str, size: int) -> tuple[Draw, dict[str, int]]:
    guards = guards_in_force(config.policy)
    bounds = bounds_for(kept_model(config).thresholds, guards)
    whose = link_samples.people_of_records(run)
    shut = {str(one) for one in sealed_records()}
    draw = Draw(seed, size)
    for a, b, weight in link_samples.kept_pairs(run):
        joined = a in whose and whose[a] == whose.get(b)
        stratum = stratum_of(weight, is_joined=joined, join=bounds.join, review=bounds.review)
        if stratum is not None and a not in shut and b not in shut:
            draw.offer(stratum, a, b)
    populations = dict(draw.populations)
    about = sorted(whose.keys() - shut, key=lambda one: hashed(RULE, seed, "about", one))[:_LOOKED_ABOUT]
    found = 0
    seen: set[tuple[str, str]] = set()
    for a, b in _nearly(config, run, about, whose, shut, bounds):
        found += 1
        if (a, b) not in seen:
            seen.add((a, b))
            draw.offer(APART[0], a, b)
    if seen:
        # Each such pair is met from both its ends: with all records looked about, twice.
        populations[APART[0]] = max(len(seen), round(found * len(whose) / len(about) / 2))
    return draw, {name: populations[name] for name in STRATA if populations.get(name)}


def _nearly(
    config: Config, run: LinkRun, about: list[str], whose: dict[str, str], shut: set[str], bounds: Thresholds
) -> Iterator[tuple[str, str]]:
    """Pairs that are not joined and weigh a little too little to be kept, about these records; from either end."""
    search_index.bring_up_to_date()
    weights = kept_model(config).weights(run.records)
    frequent, near = Frequent(run, weights), Near()
    for key, known in sorted(records_known({read_record(one) for one in about}).items()):
        own = compared(known)
        for other, theirs in sorted(near.to(own, key).items(), key=lambda one: one[0]):
            a, b = _ordered(key, other)
            if b in shut or a in shut or other == key or whose.get(a) == whose.get(b, a):
                continue
            weight = weigh(own, theirs, weights, frequent.of).weight
            if (
                weight < bounds.review
                and stratum_of(weight, is_joined=False, join=bounds.join, review=bounds.review) is not None
            ):
                yield a, b


def _ordered(a: RecordKey, b: RecordKey) -> tuple[str, str]:
    first, second = sorted((a, b))
    return str(first), str(second)
