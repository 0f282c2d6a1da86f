"""Commands of the register of recommendations: who said what must change, what was done, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, MomentText, command, moments
from duecare.cli.recommend_proof import COMMANDS, SEEN, state_is
from duecare.vocabulary.moments import iso_text, london_day

if TYPE_CHECKING:
    from duecare.recommendation.deadline import Deadline
    from duecare.recommendation.imported import ReadRegister
    from duecare.use_cases.recommendations.recommendation_pages import RecommendationShown


@click.group()
def recommend() -> None:
    """Recommendations: made, accepted with the test that closes them, claimed, and verified by that test alone."""


for one in COMMANDS:
    recommend.add_command(one)


@recommend.command("list")
@moments
@command
def list_(here: Here, as_of: datetime | None, known_at: datetime | None) -> None:
    """Every recommendation, action and advice of the register, those that are late first."""
    from duecare.use_cases.recommendations.list_recommendations import read_recommendations
    from duecare.use_cases.recommendations.recommendation_pages import register_as_json

    found = read_recommendations(here.asking, here.config, as_of=as_of, known_at=known_at)
    here.answer(register_as_json(found), lambda: (_line(one) for one in found))


@recommend.command()
@click.argument("number")
@moments
@command
def show(here: Here, number: str, as_of: datetime | None, known_at: datetime | None) -> None:
    """One recommendation: its deadlines, its test, its evidence, its history, who should have been told."""
    from duecare.use_cases.recommendations.list_recommendations import read_recommendation

    found = read_recommendation(here.asking, here.config, number, as_of=as_of, known_at=known_at)
    here.answer(found.as_json(whole=True), lambda: _whole(found))


@recommend.command()
@click.argument("number")
@click.option("--title", required=True, help="What it is about, in a line.")
@click.option("--words", default="", help="What must change. Never a person's name.")
@click.option("--from", "origin", required=True, help="inspection, round, expert_group or mayors_office.")
@click.option("--class", "urgency", required=True, help="immediate, three_months, six_months or dated.")
@click.option("--kind", default="recommendation", show_default=True, help="recommendation, action or advice.")
@click.option("--to", "addressed_to", default="force", show_default=True, help="force or mayors_office.")
@click.option("--published-on", type=MomentText(), help="The day of publication; today unless given.")
@click.option("--due-on", type=MomentText(), help="The day, where the class is dated.")
@click.option("--report", default="", help="The report in which it stands.")
@click.option("--source-url", default="", help="Where it can be read.")
@click.option("--owner-post", default="", help="The kind of post that owns it, such as bcu_lead.")
@click.option("--owner-area", default="", help="The area of that post.")
@click.option("--owner-officer", default="", help="The officer's number.")
@command
def make(here: Here, number: str, **given: Any) -> None:
    """Enter the recommendation, action or advice NUMBER."""
    from duecare.recommendation.making import Making
    from duecare.use_cases.recommendations.make_recommendation import make_recommendation

    days = {name: london_day(given[name]) if given[name] else None for name in ("published_on", "due_on")}
    days["published_on"] = days["published_on"] or london_day(here.asking.now)
    make_recommendation(here.asking, Making(number, **{**given, **days}))
    here.answer({"number": number, "state": "made"}, lambda: iter([f"{number} is in the register."]))


@recommend.command()
@click.argument("number")
@click.option("--by", required=True, help="The number of what takes its place.")
@click.option("--words", default="", help="Why.")
@SEEN
@command
def supersede(here: Here, number: str, by: str, words: str, seen: int | None) -> None:
    """Put another recommendation in the place of NUMBER."""
    from duecare.use_cases.recommendations.make_recommendation import supersede_recommendation

    supersede_recommendation(here.asking, number, by, words, seen)
    state_is(here, number, "superseded")


@recommend.command()
@click.argument("number")
@click.option("--post", default="", help="The kind of post, such as bcu_lead.")
@click.option("--area", default="", help="The area of that post.")
@click.option("--officer", default="", help="The officer's number.")
@SEEN
@command
def owner(here: Here, number: str, post: str, area: str, officer: str, seen: int | None) -> None:
    """Name who owns NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import name_owner

    name_owner(here.asking, number, post=post, area=area, officer=officer, seen=seen)
    here.answer({"number": number, "owner": {"post": post, "area": area, "officer": officer}}, lambda: iter(["Named."]))


@recommend.command()
@click.argument("number")
@click.option("--words", required=True, help="Where the plan is, and what it holds.")
@click.option("--url", default="", help="Where it can be read.")
@SEEN
@command
def plan(here: Here, number: str, words: str, url: str, seen: int | None) -> None:
    """Record that the action plan of NUMBER was given."""
    from duecare.use_cases.recommendations.respond_to_recommendation import give_plan

    give_plan(here.asking, number, words, url, seen)
    here.answer({"number": number, "recorded": "planned"}, lambda: iter(["Recorded."]))


@recommend.command()
@click.argument("number")
@click.option("--words", required=True, help="What was done.")
@SEEN
@command
def act(here: Here, number: str, words: str, seen: int | None) -> None:
    """Record an action on NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import act_on_recommendation

    act_on_recommendation(here.asking, number, words, seen)
    state_is(here, number, "in_hand")


@recommend.command()
@click.argument("number")
@click.option("--answer", required=True, help="will_act, will_not_act or has_acted.")
@click.option("--words", required=True, help="What is done, or why nothing is.")
@click.option("--url", default="", help="Where the reply is published.")
@SEEN
@command
def reply(here: Here, number: str, answer: str, words: str, url: str, seen: int | None) -> None:
    """Publish a reply to NUMBER."""
    from duecare.use_cases.recommendations.respond_to_recommendation import reply_to_recommendation

    reply_to_recommendation(here.asking, number, answer, words, url, seen)
    here.answer({"number": number, "recorded": "replied"}, lambda: iter(["Published."]))


@recommend.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@command
def import_(here: Here, file: Path) -> None:
    """Take in FILE, a register of recommendations kept elsewhere (CSV)."""
    from duecare.use_cases.recommendations.import_register import import_recommendations

    read = import_recommendations(here.asking, file)
    here.answer(read.as_json(), lambda: _imported(read))


def _line(shown: RecommendationShown) -> str:
    one, how = shown.one, shown.how
    age = f"{how.age_days} days" if how.age_days is not None else "age not known"
    rag = how.rag.value if how.rag else "-"
    return f"{one.number}  {rag:5}  {one.state.value:10}  {one.urgency.value:12}  {age}  {one.title}"


def _whole(shown: RecommendationShown) -> Iterator[str]:
    one = shown.one
    yield _line(shown)
    yield from (f"  {each.says} {_due(each)}" for each in shown.how.deadlines)
    if one.test:
        yield f"  Test {one.test_hash}: {one.test_words}"
    if one.not_taken:
        yield f"  It cannot be taken on {one.not_taken.evidence}: {one.not_taken.why}"
    yield from (f"  {iso_text(each.when.earliest)}  {each.what}" for each in shown.history)
    yield from (
        f"  told {each.role} {each.person or '(vacant)'} {iso_text(each.at)}: {each.because}" for each in shown.how.told
    )


def _due(each: Deadline) -> str:
    return f"{each.due_on.isoformat() if each.due_on else 'no number of days'}: {each.kept.value}"


def _imported(read: ReadRegister) -> Iterator[str]:
    yield f"{len(read.accepted)} accepted, {read.unchanged} unchanged, {len(read.set_aside)} set aside"
    yield from (f"  row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in read.set_aside)
