"""Commands about pairs of records for a human to review, and about the error of linkage."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, at_work, store_command
from duecare.vocabulary.page_sizes import LINK_PAIRS
from duecare.vocabulary.unknown import Unknown

if TYPE_CHECKING:
    from duecare.figure.linkage_error.linkage_error import Share
    from duecare.use_cases.linkage.list_pairs import PairToSee
    from duecare.use_cases.linkage.measure_linkage_error import LinkageSure


@click.command("pairs")
@click.option("--limit", type=click.IntRange(1, 200), default=LINK_PAIRS, show_default=True, help="The most to list.")
@store_command
def pairs_command(command_context: CommandContext, limit: int) -> None:
    """List the pairs of records to check next: those with the most serious consequences first, then the hardest."""
    from duecare.use_cases.linkage.list_pairs import read_pairs

    with at_work("Finding pairs"):
        candidate_pairs = read_pairs(command_context.request, command_context.config, limit)
    command_context.answer(
        [_pair_json(candidate_pair) for candidate_pair in candidate_pairs], lambda: _pair_lines(candidate_pairs)
    )


def _pair_json(candidate_pair: PairToSee) -> dict[str, Any]:
    return {
        "a": str(candidate_pair.pair.a),
        "b": str(candidate_pair.pair.b),
        "weight": candidate_pair.pair.weight,
        "held": candidate_pair.pair.held or None,
        "is_one": candidate_pair.is_one,
        "hangs": [consequence.words for consequence in candidate_pair.hangs if consequence.words],
    }


def _pair_lines(candidate_pairs: tuple[PairToSee, ...]) -> Iterator[str]:
    if not candidate_pairs:
        yield "There are no pairs for you to check now."
    for candidate_pair in candidate_pairs:
        joined = "joined" if candidate_pair.is_one else "not joined"
        yield f"{candidate_pair.pair.a} {candidate_pair.pair.b}  {candidate_pair.pair.weight:+.1f} bits, {joined}"
        for consequence in candidate_pair.hangs:
            if consequence.words:
                yield f"    {consequence.words}"


@click.group("linkage")
def linkage_group() -> None:
    """How sure linkage is: pairs drawn at random for two clerks, and the error their answers show."""


@linkage_group.command("sample")
@click.option(
    "--seed", default="", help="The seed of the draw. The same seed draws the same pairs again. Default: random."
)
@click.option("--size", type=click.IntRange(2, 5_000), default=400, show_default=True, help="How many pairs.")
@click.option("--again", is_flag=True, help="Draw even if earlier pairs were answered. Those answers no longer count.")
@store_command
def sample_command(command_context: CommandContext, seed: str, size: int, again: bool) -> None:
    """Draw pairs from the linkage in force, stratified by weight, for two clerks to answer."""
    from duecare.use_cases.linkage.sample_pairs import sample_links

    with at_work("Drawing pairs"):
        link_sample = sample_links(command_context.request, command_context.config, size, seed, again=again)
    strata = [
        {"stratum": stratum_name, "is_joined": joined, "pairs": pair_count, "drawn": drawn}
        for stratum_name, joined, pair_count, drawn in link_sample.strata
    ]
    sample_json = {
        "sample": link_sample.number,
        "seed": link_sample.seed,
        "drawn": sum(drawn for *_, drawn in link_sample.strata),
        "strata": strata,
    }
    command_context.answer(sample_json, lambda: _sample_lines(sample_json))


def _sample_lines(sample_json: dict[str, Any]) -> Iterator[str]:
    yield f"Sample {sample_json['sample']}: {sample_json['drawn']} pairs, by the seed {sample_json['seed']}"
    for stratum_json in sample_json["strata"]:
        yield f"  {stratum_json['drawn']:5} of {stratum_json['pairs']:9,}  {stratum_json['stratum']}"
    yield "Two clerks answer them on the page Sample of pairs, without seeing each other's answers."


@linkage_group.command("error")
@store_command
def error_command(command_context: CommandContext) -> None:
    """Show how often linked records are two people, and how often one person's records are not linked, overall and by group."""
    from duecare.use_cases.linkage.measure_linkage_error import read_link_error

    linkage_error = read_link_error(command_context.request, command_context.config)
    command_context.answer(_link_error_json(linkage_error), lambda: _error_lines(linkage_error))


def _link_error_json(linkage_error: LinkageSure) -> dict[str, Any]:
    groups = linkage_error.error.by_group if linkage_error.error else ()
    return {
        "records": linkage_error.records,
        "people": linkage_error.people.as_linked,
        "people_low": _plain_number(linkage_error.people.low),
        "people_high": _plain_number(linkage_error.people.high),
        "model": linkage_error.model,
        "drawn_at": linkage_error.drawn_at,
        "drawn": linkage_error.drawn,
        "answered": linkage_error.answered,
        "settled": linkage_error.settled,
        "is_waiting": linkage_error.is_waiting,
        "false_links": _share_json(linkage_error.error.false) if linkage_error.error else None,
        "missed_links": _share_json(linkage_error.error.missed) if linkage_error.error else None,
        "by_group": [
            {
                "dimension": group_error.dimension,
                "group": group_error.group,
                "false_links": _share_json(group_error.false),
                "missed_links": _share_json(group_error.missed),
            }
            for group_error in groups
        ],
        "agreement": None
        if linkage_error.agreement is None
        else [
            agreement_measure.as_json()
            for agreement_measure in (
                linkage_error.agreement.raw,
                linkage_error.agreement.kappa,
                linkage_error.agreement.ac1,
            )
        ],
        "measured": None
        if linkage_error.measured is None
        else {
            "seed": linkage_error.measured.seed,
            "records": linkage_error.measured.records,
            "rows": [dataclasses.asdict(measured_row) for measured_row in linkage_error.measured.rows],
        },
        "measured_words": linkage_error.measured_words or None,
    }


def _share_json(share: Share) -> dict[str, Any]:
    refused = share.value.reason if isinstance(share.value, Unknown) else None
    share_json = {
        "value": _plain_number(share.value),
        "low": _plain_number(share.low),
        "high": _plain_number(share.high),
    }
    return {"pairs": share.pairs, "unsettled": share.unsettled, **share_json, "refused": refused}


def _plain_number(value: float | Unknown) -> float | None:
    return None if isinstance(value, Unknown) else value


def _error_lines(linkage_error: LinkageSure) -> Iterator[str]:
    people = linkage_error.people
    if isinstance(people.low, Unknown) or isinstance(people.high, Unknown):
        unknown_reason = next(share_end for share_end in (people.low, people.high) if isinstance(share_end, Unknown))
        yield (
            f"{linkage_error.records:,} records are {people.as_linked:,} people as linked; range not known "
            f"({unknown_reason.reason})"
        )
    else:
        yield f"{linkage_error.records:,} records are {people.as_linked:,} people as linked, {people.low:,} to {people.high:,}"
    if linkage_error.drawn_at is not None:
        yield (
            f"{linkage_error.answered} of {linkage_error.drawn} drawn pairs are answered by two clerks, "
            f"{linkage_error.settled} settled"
        )
    if linkage_error.error is not None:
        yield f"  false links   {_share_text(linkage_error.error.false)}"
        yield f"  missed links  {_share_text(linkage_error.error.missed)}"
        for group_error in linkage_error.error.by_group:
            yield (
                f"  {group_error.dimension}, {group_error.group}: false {_share_text(group_error.false)}; "
                f"missed {_share_text(group_error.missed)}"
            )


def _share_text(share: Share) -> str:
    if isinstance(share.value, Unknown):
        return f"not known: {share.value.reason}"
    if isinstance(share.low, Unknown) or isinstance(share.high, Unknown):
        return f"{share.value:.1%} of {share.pairs} pairs"
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%}) of {share.pairs} pairs"
