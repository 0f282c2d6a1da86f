"""Commands by which a recommendation is proved: the test fixed, evidence, the claim, and what the test comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from duecare.cli.door import CommandContext, MomentText, store_command
from duecare.record.pole import CaseKey
from duecare.vocabulary.london_clock import london_day

if TYPE_CHECKING:
    from duecare.use_cases.recommendations.verify_recommendation import Again, Verified

_OF_EVIDENCE = {
    "round": ("round_name",),
    "figure": ("figure", "period"),
    "facts": ("facts",),
    "revisits": ("of_rounds", "cases", "harm_from", "harm_to"),
    "document": ("url",),
}
SEEN_OPTION = click.option(
    "--seen", type=int, help="How many facts about it you have seen. Refused if it has changed since."
)


@click.command("accept")
@click.argument("number")
@click.option("--level", type=float, required=True, help="The level that passes: 0.9 is 90%.")
@click.option("--at-most", is_flag=True, help="It passes at this level or below, instead of at or above it.")
@click.option("--by", default="point", show_default=True, help="point, or interval (its end that is harder to pass).")
@click.option("--files", type=int, help="An audit sample of at least this many files.")
@click.option("--round-kind", default="inspection", show_default=True, help="inspection, internal or revisit.")
@click.option("--graded-by", default="inspectorate", show_default=True, help="inspectorate or force.")
@click.option("--set", "sets", multiple=True, help="Files of this set. Default: every set that the side grades.")
@click.option("--case-kind", "case_kinds", multiple=True, help="A kind of case. Default: every kind.")
@click.option("--area", "areas", multiple=True, help="An area. Default: the whole force.")
@click.option("--since-claim", is_flag=True, help="Only cases opened after the claim.")
@click.option("--figure", help="A figure of the catalogue instead of a sample.")
@click.option("--cut", multiple=True, type=(str, str), help="A dimension of that figure and its value.")
@click.option("--period", default="quarter", show_default=True, help="month or quarter, of that figure.")
@click.option(
    "--cases",
    "least",
    type=int,
    help="The fewest cases the figure must be counted from, if more than the policy requires.",
)
@click.option("--words", default="", help="What is done about it.")
@SEEN_OPTION
@store_command
def accept_command(
    command_context: CommandContext, number: str, words: str, seen: int | None, **option_values: Any
) -> None:
    """Accept NUMBER, and register the test that will close it; it is never changed."""
    from duecare.use_cases.recommendations.respond_to_recommendation import accept_recommendation

    if (option_values["figure"] is None) == (option_values["files"] is None):
        raise click.UsageError("Give either --files, of an audit sample, or --figure.")
    if option_values["files"] is not None and option_values["least"] is not None:
        raise click.UsageError("--cases is of a figure; of an audit sample give --files.")
    acceptance_test = {
        **option_values,
        "test": "figure" if option_values["figure"] else "sample",
        "at_least": not option_values.pop("at_most"),
    }
    accepted = accept_recommendation(
        command_context.request, command_context.config, number, acceptance_test, words, seen
    )
    command_context.answer(
        {"number": number, "state": "accepted", "test_hash": accepted},
        lambda: iter([f"Accepted. Its test is registered as {accepted}."]),
    )


@click.command("evidence")
@click.argument("number")
@click.option("--round", "round_name", help="A round that was drawn here.")
@click.option("--figure", help="A figure of the catalogue, with --period.")
@click.option("--period", default="", help="A quarter or month, such as 2026-Q3.")
@click.option("--fact", "facts", multiple=True, help="A fact, as SOURCE:EVENT_ID, of a case that you may open.")
@click.option("--url", default="", help="Where a document can be read.")
@click.option(
    "--revisits-of", "of_rounds", multiple=True, help="Every file of this round was revisited, none with harm."
)
@click.option(
    "--revisited", "cases", multiple=True, type=(str, str), help="This case was revisited too: SOURCE CASE_REF."
)
@click.option("--harm-from", type=MomentText(), help="The first day within which no harm is claimed.")
@click.option("--harm-to", type=MomentText(), help="The last.")
@click.option("--words", default="", help="What it shows.")
@SEEN_OPTION
@store_command
def evidence_command(
    command_context: CommandContext, number: str, words: str, seen: int | None, **option_values: Any
) -> None:
    """Add evidence to NUMBER: a round, a figure, facts, a document, or cases revisited."""
    from duecare.use_cases.recommendations import add_evidence as step

    kinds = [
        evidence_kind
        for evidence_kind, names in _OF_EVIDENCE.items()
        if any(option_values[option_name] for option_name in names)
    ]
    if len(kinds) > 1 or (words and "revisits" in kinds):
        raise click.UsageError("Give one kind of evidence, and what belongs to it; of cases revisited, no --words.")
    evidence_json: dict[str, object] = {"number": number, "recorded": "evidenced"}
    if "revisits" in kinds:
        day_options = {
            option_name: london_day(option_values[option_name]) if option_values[option_name] else None
            for option_name in ("harm_from", "harm_to")
        }
        evidence_json["claimed"] = step.add_revisits(
            command_context.request,
            number,
            of_rounds=option_values["of_rounds"],
            cases=[CaseKey(*case_pair) for case_pair in option_values["cases"]],
            first_day=day_options["harm_from"],
            last_day=day_options["harm_to"],
            seen_facts=seen,
        )
    elif "round" in kinds:
        step.add_round(command_context.request, number, option_values["round_name"], words, seen)
    elif "figure" in kinds:
        step.add_figure(
            command_context.request, number, option_values["figure"] or "", option_values["period"], words, seen
        )
    elif "facts" in kinds:
        step.add_facts(command_context.request, number, option_values["facts"], words, seen)
    else:
        step.add_document(command_context.request, number, words, option_values["url"], seen)
    command_context.answer(evidence_json, lambda: iter(["Recorded."]))


@click.command("claim")
@click.argument("number")
@click.option("--words", required=True, help="What was done.")
@SEEN_OPTION
@store_command
def claim_command(command_context: CommandContext, number: str, words: str, seen: int | None) -> None:
    """Claim that NUMBER is done. Only its registered test closes it."""
    from duecare.use_cases.recommendations.respond_to_recommendation import claim_done

    claim_done(command_context.request, number, words, seen)
    state_is(command_context, number, "done")


@click.command("verify")
@click.argument("number", required=False)
@click.option("--test", "test_hash", default="", help="The hash of the registered test, or its first twelve digits.")
@click.option("--round", "round_name", default="", help="The round you expect. You cannot choose which one decides.")
@click.option("--all", "everything", is_flag=True, help="Check again everything that was verified, and all revisits.")
@SEEN_OPTION
@store_command
def verify_command(
    command_context: CommandContext,
    number: str | None,
    test_hash: str,
    round_name: str,
    everything: bool,
    seen: int | None,
) -> None:
    """Check whether the test of NUMBER is passed, using the first new evidence after the claim."""
    from duecare.use_cases.recommendations import verify_recommendation

    if everything == bool(number):
        raise click.UsageError("Give a NUMBER, or --all.")
    if everything:
        verifications = verify_recommendation.verify_again(command_context.request, command_context.config)
        command_context.answer(verifications.as_json(), lambda: _verification_lines(verifications))
        return
    verified_test = verify_recommendation.verify_recommendation(
        command_context.request, command_context.config, str(number), test_hash, round_name, seen
    )
    outcome_text = "passed" if verified_test.passed else "failed: it is open again"
    command_context.answer(
        verified_test.as_json(), lambda: iter([f"The test is {outcome_text} ({_evidence_text(verified_test)})."])
    )


@click.command("pass-over")
@click.argument("number")
@click.option(
    "--round", "round_name", required=True, help="The round that decides, but to which the test cannot be applied."
)
@click.option("--words", required=True, help="Why the next round counts. The public reads this; name no person.")
@SEEN_OPTION
@store_command
def pass_over(command_context: CommandContext, number: str, round_name: str, words: str, seen: int | None) -> None:
    """Publish why the test of NUMBER is applied to the round after this one."""
    from duecare.use_cases.recommendations.skip_round import pass_over_round

    pass_over_round(command_context.request, number, round_name, words, seen)
    command_context.answer({"number": number, "recorded": "passed_over"}, lambda: iter(["Recorded."]))


COMMANDS: Final = (accept_command, evidence_command, claim_command, verify_command, pass_over)


def state_is(command_context: CommandContext, number: str, state: str) -> None:
    """Answer with the current state of the recommendation."""
    command_context.answer(
        {"number": number, "state": state}, lambda: iter([f"{number} is {state.replace('_', ' ')}."])
    )


def _verification_lines(verifications: Again) -> Iterator[str]:
    lines = [
        f"{verified_test.number}: {verified_test.state.value}, {_evidence_text(verified_test)}"
        for verified_test in verifications.verified
    ]
    lines += [
        f"{number}: {clear} of {claimed} still clear: opened again" for number, claimed, clear in verifications.reopened
    ]
    yield from lines or ["Nothing has changed."]


def _evidence_text(verified_test: Verified) -> str:
    how_much = "" if verified_test.value is None else f"{verified_test.value:.3f} "
    return f"{how_much}by {verified_test.evidence}"
