"""Commands of the register of recommendations: what must change, what was done, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, MomentText, moment_options, store_command
from duecare.cli.recommend_proof import COMMANDS, SEEN_OPTION, state_is
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import iso_text

if TYPE_CHECKING:
    from duecare.recommendation.deadline import Deadline
    from duecare.recommendation.imported_register import ReadRegister
    from duecare.use_cases.recommendations.recommendation_pages import RecommendationShown


@click.group("recommend")
def recommend_group() -> None:
    """Recommendations: made, accepted with the test that closes them, claimed, and verified by that test alone."""


for subcommand in COMMANDS:
    recommend_group.add_command(subcommand)


@recommend_group.command("list")
@moment_options
@store_command
def list_command(command_context: CommandContext, as_of: datetime | None, known_at: datetime | None) -> None:
    """List every recommendation, action and advice in the register, late ones first."""
    from duecare.use_cases.recommendations.list_recommendations import read_recommendations
    from duecare.use_cases.recommendations.recommendation_pages import register_as_json

    recommendation_register = read_recommendations(
        command_context.request, command_context.config, as_of=as_of, known_at=known_at
    )
    command_context.answer(
        register_as_json(recommendation_register),
        lambda: (_recommendation_line(shown_recommendation) for shown_recommendation in recommendation_register),
    )


@recommend_group.command("show")
@click.argument("number")
@moment_options
@store_command
def show_command(
    command_context: CommandContext, number: str, as_of: datetime | None, known_at: datetime | None
) -> None:
    """Show one recommendation: deadlines, test, evidence, history, and who should have been notified."""
    from duecare.use_cases.recommendations.list_recommendations import read_recommendation

    shown_recommendation = read_recommendation(
        command_context.request, command_context.config, number, as_of=as_of, known_at=known_at
    )
    command_context.answer(
        shown_recommendation.as_json(whole=True), lambda: _recommendation_lines(shown_recommendation)
    )


@recommend_group.command("make")
@click.argument("number")
@click.option("--title", required=True, help="What it is about, in a line.")
@click.option("--words", default="", help="What must change. Never a person's name.")
@click.option("--from", "origin", required=True, help="inspection, round, expert_group or mayors_office.")
@click.option("--class", "urgency", required=True, help="immediate, three_months, six_months or dated.")
@click.option("--kind", default="recommendation", show_default=True, help="recommendation, action or advice.")
@click.option("--to", "addressed_to", default="force", show_default=True, help="force or mayors_office.")
@click.option("--published-on", type=MomentText(), help="The day of publication. Default: today.")
@click.option("--due-on", type=MomentText(), help="The due day, where the class is dated.")
@click.option("--report", default="", help="The report it is in.")
@click.option("--source-url", default="", help="Where it can be read.")
@click.option("--owner-post", default="", help="The kind of post that owns it, such as bcu_lead.")
@click.option("--owner-area", default="", help="The area of that post.")
@click.option("--owner-officer", default="", help="The officer's number.")
@store_command
def make_command(command_context: CommandContext, number: str, **option_values: Any) -> None:
    """Enter the recommendation, action or advice NUMBER."""
    from duecare.recommendation.new_recommendation import Making
    from duecare.use_cases.recommendations.make_recommendation import make_recommendation

    day_options = {
        option_name: london_day(option_values[option_name]) if option_values[option_name] else None
        for option_name in ("published_on", "due_on")
    }
    day_options["published_on"] = day_options["published_on"] or london_day(command_context.request.now)
    make_recommendation(command_context.request, Making(number, **{**option_values, **day_options}))
    command_context.answer({"number": number, "state": "made"}, lambda: iter([f"{number} is in the register."]))


@recommend_group.command("supersede")
@click.argument("number")
@click.option("--by", required=True, help="The number of the recommendation that replaces it.")
@click.option("--words", default="", help="Why.")
@SEEN_OPTION
@store_command
def supersede_command(command_context: CommandContext, number: str, by: str, words: str, seen: int | None) -> None:
    """Replace NUMBER with another recommendation."""
    from duecare.use_cases.recommendations.make_recommendation import supersede_recommendation

    supersede_recommendation(command_context.request, number, by, words, seen)
    state_is(command_context, number, "superseded")


@recommend_group.command("owner")
@click.argument("number")
@click.option("--post", default="", help="The kind of post, such as bcu_lead.")
@click.option("--area", default="", help="The area of that post.")
@click.option("--officer", default="", help="The officer's number.")
@SEEN_OPTION
@store_command
def owner_command(
    command_context: CommandContext, number: str, post: str, area: str, officer: str, seen: int | None
) -> None:
    """Name who owns NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import name_owner

    name_owner(command_context.request, number, owner_post=post, owner_area=area, officer=officer, seen_facts=seen)
    command_context.answer(
        {"number": number, "owner": {"post": post, "area": area, "officer": officer}}, lambda: iter(["Named."])
    )


@recommend_group.command("plan")
@click.argument("number")
@click.option("--words", required=True, help="Where the plan is, and what is in it.")
@click.option("--url", default="", help="Where it can be read.")
@SEEN_OPTION
@store_command
def plan_command(command_context: CommandContext, number: str, words: str, url: str, seen: int | None) -> None:
    """Record that the action plan of NUMBER was given."""
    from duecare.use_cases.recommendations.respond_to_recommendation import give_plan

    give_plan(command_context.request, number, words, url, seen)
    command_context.answer({"number": number, "recorded": "planned"}, lambda: iter(["Recorded."]))


@recommend_group.command("act")
@click.argument("number")
@click.option("--words", required=True, help="What was done.")
@SEEN_OPTION
@store_command
def act_command(command_context: CommandContext, number: str, words: str, seen: int | None) -> None:
    """Record an action on NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import act_on_recommendation

    act_on_recommendation(command_context.request, number, words, seen)
    state_is(command_context, number, "in_hand")


@recommend_group.command("reply")
@click.argument("number")
@click.option("--answer", required=True, help="will_act, will_not_act or has_acted.")
@click.option("--words", required=True, help="What is done, or why nothing is.")
@click.option("--url", default="", help="Where the reply is published.")
@SEEN_OPTION
@store_command
def reply_command(
    command_context: CommandContext, number: str, answer: str, words: str, url: str, seen: int | None
) -> None:
    """Publish a reply to NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import reply_to_recommendation

    reply_to_recommendation(command_context.request, number, answer, words, url, seen)
    command_context.answer({"number": number, "recorded": "replied"}, lambda: iter(["Published."]))


@recommend_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@store_command
def import_command(command_context: CommandContext, file: Path) -> None:
    """Import FILE, a register of recommendations from elsewhere (CSV)."""
    from duecare.use_cases.recommendations.import_register import import_recommendations

    import_result = import_recommendations(command_context.request, file)
    command_context.answer(import_result.as_json(), lambda: _import_lines(import_result))


def _recommendation_line(shown_recommendation: RecommendationShown) -> str:
    recommendation, standing = shown_recommendation.one, shown_recommendation.how
    age_text = f"{standing.age_days} days" if standing.age_days is not None else "age not known"
    rag_text = standing.rag.value if standing.rag else "-"
    return (
        f"{recommendation.number}  {rag_text:5}  {recommendation.state.value:10}  "
        f"{recommendation.urgency.value:12}  {age_text}  {recommendation.title}"
    )


def _recommendation_lines(shown_recommendation: RecommendationShown) -> Iterator[str]:
    recommendation = shown_recommendation.one
    yield _recommendation_line(shown_recommendation)
    yield from (f"  {deadline.says} {_deadline_text(deadline)}" for deadline in shown_recommendation.how.deadlines)
    if recommendation.test:
        yield f"  Test {recommendation.test_hash}: {recommendation.test_words}"
    if recommendation.not_taken:
        yield f"  It cannot be applied to {recommendation.not_taken.evidence}: {recommendation.not_taken.why}"
    yield from (
        f"  {iso_text(history_event.when.earliest)}  {history_event.what}"
        for history_event in shown_recommendation.history
    )
    yield from (
        f"  told {notification.role} {notification.person or '(vacant)'} {iso_text(notification.at)}: {notification.because}"
        for notification in shown_recommendation.how.told
    )


def _deadline_text(deadline: Deadline) -> str:
    return f"{deadline.due_on.isoformat() if deadline.due_on else 'no number of days'}: {deadline.kept.value}"


def _import_lines(import_result: ReadRegister) -> Iterator[str]:
    yield f"{len(import_result.accepted)} accepted, {import_result.unchanged} unchanged, {len(import_result.set_aside)} set aside"
    yield from (
        f"  row {set_aside_row.row}, {set_aside_row.column}: {set_aside_row.reason}. {set_aside_row.remedy}"
        for set_aside_row in import_result.set_aside
    )
