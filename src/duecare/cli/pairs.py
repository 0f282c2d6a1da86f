"""Commands about pairs of records that a human should look at, and about how sure linkage is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, at_work, command
from duecare.vocabulary.unknown import Unknown

if TYPE_CHECKING:
    from duecare.figure.linkage_error.linkage_error import Share
    from duecare.use_cases.linkage.linkage_error import LinkageSure
    from duecare.use_cases.linkage.list_pairs import PairToSee


@click.command()
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="At most so many.")
@command
def pairs(here: Here, limit: int) -> None:
    """Which pairs of records a human should look at next: those on which most hangs first, then the hardest."""
    from duecare.use_cases.linkage.list_pairs import read_pairs

    with at_work("Looking for pairs"):
        found = read_pairs(here.asking, here.config, limit)
    here.answer([_pair(one) for one in found], lambda: _lines(found))


def _pair(one: PairToSee) -> dict[str, Any]:
    return {
        "a": str(one.pair.a),
        "b": str(one.pair.b),
        "weight": one.pair.weight,
        "held": one.pair.held or None,
        "is_one": one.is_one,
        "hangs": [each.words for each in one.hangs if each.words],
    }


def _lines(found: tuple[PairToSee, ...]) -> Iterator[str]:
    if not found:
        yield "There is no pair for you to look at now."
    for one in found:
        joined = "joined" if one.is_one else "not joined"
        yield f"{one.pair.a} {one.pair.b}  {one.pair.weight:+.1f} bits, {joined}"
        for each in one.hangs:
            if each.words:
                yield f"    {each.words}"


@click.group()
def linkage() -> None:
    """How sure linkage is: pairs drawn by chance for two clerks, and the error that their answers show."""


@linkage.command("sample")
@click.option(
    "--seed", default="", help="The seed of the draw; by it the same pairs are drawn again. Default: by chance."
)
@click.option("--size", type=click.IntRange(2, 5_000), default=400, show_default=True, help="So many pairs.")
@click.option(
    "--again", is_flag=True, help="Draw though pairs drawn before were answered; those answers count no more."
)
@command
def sample(here: Here, seed: str, size: int, again: bool) -> None:
    """Draw pairs of the linkage in force, over strata of weight, for two clerks to answer."""
    from duecare.use_cases.linkage.sample_pairs import sample_links

    with at_work("Drawing pairs"):
        found = sample_links(here.asking, here.config, size, seed, again=again)
    strata = [
        {"stratum": name, "is_joined": joined, "pairs": of, "drawn": drawn} for name, joined, of, drawn in found.strata
    ]
    said = {
        "sample": found.number,
        "seed": found.seed,
        "drawn": sum(drawn for *_, drawn in found.strata),
        "strata": strata,
    }
    here.answer(said, lambda: _sample_lines(said))


def _sample_lines(said: dict[str, Any]) -> Iterator[str]:
    yield f"Sample {said['sample']}: {said['drawn']} pairs, by the seed {said['seed']}"
    for one in said["strata"]:
        yield f"  {one['drawn']:5} of {one['pairs']:9,}  {one['stratum']}"
    yield "Two clerks answer them on the page Sample of pairs, each blind to the other."


@linkage.command("error")
@command
def error(here: Here) -> None:
    """How often joined records are two people, and records of one person are not joined: in all and by group."""
    from duecare.use_cases.linkage.linkage_error import read_link_error

    found = read_link_error(here.asking, here.config)
    here.answer(_error(found), lambda: _error_lines(found))


def _error(found: LinkageSure) -> dict[str, Any]:
    groups = found.error.by_group if found.error else ()
    return {
        "records": found.records,
        "people": found.people.as_linked,
        "people_low": _plain(found.people.low),
        "people_high": _plain(found.people.high),
        "model": found.model,
        "drawn_at": found.drawn_at,
        "drawn": found.drawn,
        "answered": found.answered,
        "settled": found.settled,
        "is_waiting": found.is_waiting,
        "false_links": _share(found.error.false) if found.error else None,
        "missed_links": _share(found.error.missed) if found.error else None,
        "by_group": [
            {
                "dimension": one.dimension,
                "group": one.group,
                "false_links": _share(one.false),
                "missed_links": _share(one.missed),
            }
            for one in groups
        ],
        "agreement": None
        if found.agreement is None
        else [one.as_json() for one in (found.agreement.raw, found.agreement.kappa, found.agreement.ac1)],
        "measured": None
        if found.measured is None
        else {
            "seed": found.measured.seed,
            "records": found.measured.records,
            "rows": [dataclasses.asdict(one) for one in found.measured.rows],
        },
        "measured_words": found.measured_words or None,
    }


def _share(share: Share) -> dict[str, Any]:
    refused = share.value.reason if isinstance(share.value, Unknown) else None
    ends = {"value": _plain(share.value), "low": _plain(share.low), "high": _plain(share.high)}
    return {"pairs": share.pairs, "unsettled": share.unsettled, **ends, "refused": refused}


def _plain(value: float | Unknown) -> float | None:
    return None if isinstance(value, Unknown) else value


def _error_lines(found: LinkageSure) -> Iterator[str]:
    people = found.people
    if isinstance(people.low, Unknown) or isinstance(people.high, Unknown):
        why = next(end for end in (people.low, people.high) if isinstance(end, Unknown))
        yield f"{found.records:,} records are {people.as_linked:,} people as linked; range: cannot tell ({why.reason})"
    else:
        yield f"{found.records:,} records are {people.as_linked:,} people as linked, {people.low:,} to {people.high:,}"
    if found.drawn_at is not None:
        yield f"{found.answered} of {found.drawn} drawn pairs are answered by two clerks, {found.settled} settled"
    if found.error is not None:
        yield f"  false links   {_words(found.error.false)}"
        yield f"  missed links  {_words(found.error.missed)}"
        for one in found.error.by_group:
            yield f"  {one.dimension}, {one.group}: false {_words(one.false)}; missed {_words(one.missed)}"


def _words(share: Share) -> str:
    if isinstance(share.value, Unknown):
        return f"cannot tell: {share.value.reason}"
    if isinstance(share.low, Unknown) or isinstance(share.high, Unknown):
        return f"{share.value:.1%} of {share.pairs} pairs"
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%}) of {share.pairs} pairs"
