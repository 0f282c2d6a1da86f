"""Commands of the register of recommendations: who said what must change, what was done, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, MomentText, command, moments
from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import iso, london_day

if TYPE_CHECKING:
    from duecare.recommendation.deadline import Deadline
    from duecare.recommendation.imported import ReadRegister
    from duecare.steps.recommendation_shown import RecommendationShown
    from duecare.steps.verify_recommendation import Again, Verified

_OF_EVIDENCE = {
    "round": ("round_name",),
    "figure": ("figure", "period"),
    "facts": ("facts",),
    "revisits": ("of_rounds", "cases", "harm_from", "harm_to"),
    "document": ("url",),
}
SEEN = click.option("--seen", type=int, help="How many facts of it you had seen; refused where it has changed since.")


@click.group()
def recommend() -> None:
    """Recommendations: made, accepted with the test that closes them, claimed, and verified by that test alone."""


@recommend.command("list")
@moments
@command
def list_(here: Here, as_of: datetime | None, known_at: datetime | None) -> None:
    """Every recommendation, action and advice of the register, those that are late first."""
    from duecare.steps.read_recommendations import read_recommendations
    from duecare.steps.recommendation_shown import register_as_json

    found = read_recommendations(here.asking, here.config, as_of=as_of, known_at=known_at)
    here.answer(register_as_json(found), lambda: (_line(one) for one in found))


@recommend.command()
@click.argument("number")
@moments
@command
def show(here: Here, number: str, as_of: datetime | None, known_at: datetime | None) -> None:
    """One recommendation: its deadlines, its test, its evidence, its history, who should have been told."""
    from duecare.steps.read_recommendations import read_recommendation

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
    from duecare.steps.make_recommendation import make_recommendation

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
    from duecare.steps.make_recommendation import supersede_recommendation

    supersede_recommendation(here.asking, number, by, words, seen)
    _answer(here, number, "superseded")


@recommend.command()
@click.argument("number")
@click.option("--post", default="", help="The kind of post, such as bcu_lead.")
@click.option("--area", default="", help="The area of that post.")
@click.option("--officer", default="", help="The officer's number.")
@SEEN
@command
def owner(here: Here, number: str, post: str, area: str, officer: str, seen: int | None) -> None:
    """Name who owns NUMBER."""
    from duecare.steps.answer_recommendation import name_owner

    name_owner(here.asking, number, post=post, area=area, officer=officer, seen=seen)
    here.answer({"number": number, "owner": {"post": post, "area": area, "officer": officer}}, lambda: iter(["Named."]))


@recommend.command()
@click.argument("number")
@click.option("--level", type=float, required=True, help="The level that passes: 0.9 is ninety in a hundred.")
@click.option("--at-most", is_flag=True, help="It passes at this level or below; else at it or above.")
@click.option("--by", default="point", show_default=True, help="point, or interval: by the end that makes it harder.")
@click.option("--files", type=int, help="An audit sample of at least so many files.")
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
    "--cases", "least", type=int, help="The fewest cases on which that figure may rest; the policy's unless more."
)
@click.option("--words", default="", help="What is done about it.")
@SEEN
@command
def accept(here: Here, number: str, words: str, seen: int | None, **given: Any) -> None:
    """Accept NUMBER, and register the test that will close it; it is never changed."""
    from duecare.steps.answer_recommendation import accept_recommendation

    if (given["figure"] is None) == (given["files"] is None):
        raise click.UsageError("Give either --files, of an audit sample, or --figure.")
    if given["files"] is not None and given["least"] is not None:
        raise click.UsageError("--cases is of a figure; of an audit sample give --files.")
    test = {**given, "test": "figure" if given["figure"] else "sample", "at_least": not given.pop("at_most")}
    found = accept_recommendation(here.asking, here.config, number, test, words, seen)
    here.answer(
        {"number": number, "state": "accepted", "test_hash": found},
        lambda: iter([f"Accepted. Its test is registered as {found}."]),
    )


@recommend.command()
@click.argument("number")
@click.option("--words", required=True, help="Where the plan is, and what it holds.")
@click.option("--url", default="", help="Where it can be read.")
@SEEN
@command
def plan(here: Here, number: str, words: str, url: str, seen: int | None) -> None:
    """Record that the action plan of NUMBER was given."""
    from duecare.steps.answer_recommendation import give_plan

    give_plan(here.asking, number, words, url, seen)
    here.answer({"number": number, "recorded": "planned"}, lambda: iter(["Recorded."]))


@recommend.command()
@click.argument("number")
@click.option("--words", required=True, help="What was done.")
@SEEN
@command
def act(here: Here, number: str, words: str, seen: int | None) -> None:
    """Record an action on NUMBER."""
    from duecare.steps.answer_recommendation import act_on_recommendation

    act_on_recommendation(here.asking, number, words, seen)
    _answer(here, number, "in_hand")


@recommend.command()
@click.argument("number")
@click.option("--round", "round_name", help="A round that was drawn here.")
@click.option("--figure", help="A figure of the catalogue, with --period.")
@click.option("--period", default="", help="A quarter or month, such as 2026-Q3.")
@click.option("--fact", "facts", multiple=True, help="A fact, as SOURCE:EVENT_ID, of a case that you may open.")
@click.option("--url", default="", help="Where a document can be read.")
@click.option(
    "--revisits-of", "of_rounds", multiple=True, help="Every file of this round was revisited, none with harm."
)
@click.option("--revisited", "cases", multiple=True, type=(str, str), help="So was this case: SOURCE CASE_REF.")
@click.option("--harm-from", type=MomentText(), help="The first day within which no harm is claimed.")
@click.option("--harm-to", type=MomentText(), help="The last.")
@click.option("--words", default="", help="What it shows.")
@SEEN
@command
def evidence(here: Here, number: str, words: str, seen: int | None, **given: Any) -> None:
    """Put evidence beside NUMBER: a round, a figure, facts, a document, or cases revisited."""
    from duecare.steps import add_evidence as step

    kinds = [kind for kind, names in _OF_EVIDENCE.items() if any(given[name] for name in names)]
    if len(kinds) > 1 or (words and "revisits" in kinds):
        raise click.UsageError("Give one kind of evidence, and what belongs to it; of cases revisited, no --words.")
    said: dict[str, object] = {"number": number, "recorded": "evidenced"}
    if "revisits" in kinds:
        days = {name: london_day(given[name]) if given[name] else None for name in ("harm_from", "harm_to")}
        said["claimed"] = step.add_revisits(
            here.asking,
            number,
            of_rounds=given["of_rounds"],
            cases=[CaseKey(*case) for case in given["cases"]],
            first=days["harm_from"],
            last=days["harm_to"],
            seen=seen,
        )
    elif "round" in kinds:
        step.add_round(here.asking, number, given["round_name"], words, seen)
    elif "figure" in kinds:
        step.add_figure(here.asking, number, given["figure"] or "", given["period"], words, seen)
    elif "facts" in kinds:
        step.add_facts(here.asking, number, given["facts"], words, seen)
    else:
        step.add_document(here.asking, number, words, given["url"], seen)
    here.answer(said, lambda: iter(["Recorded."]))


@recommend.command()
@click.argument("number")
@click.option("--words", required=True, help="What was done.")
@SEEN
@command
def claim(here: Here, number: str, words: str, seen: int | None) -> None:
    """Claim that NUMBER is done: its registered test is what closes it."""
    from duecare.steps.answer_recommendation import claim_done

    claim_done(here.asking, number, words, seen)
    _answer(here, number, "done")


@recommend.command()
@click.argument("number")
@click.option("--answer", required=True, help="will_act, will_not_act or has_acted.")
@click.option("--words", required=True, help="What is done, or why nothing is.")
@click.option("--url", default="", help="Where the reply is published.")
@SEEN
@command
def reply(here: Here, number: str, answer: str, words: str, url: str, seen: int | None) -> None:
    """Publish a reply to NUMBER."""
    from duecare.steps.answer_recommendation import reply_to_recommendation

    reply_to_recommendation(here.asking, number, answer, words, url, seen)
    here.answer({"number": number, "recorded": "replied"}, lambda: iter(["Published."]))


@recommend.command()
@click.argument("number", required=False)
@click.option("--test", "test_hash", default="", help="The hash of the registered test, or its first twelve digits.")
@click.option("--round", "round_name", default="", help="The round you mean; which one decides is not chosen.")
@click.option("--all", "everything", is_flag=True, help="Ask again of all that were verified, and of all revisits.")
@SEEN
@command
def verify(here: Here, number: str | None, test_hash: str, round_name: str, everything: bool, seen: int | None) -> None:
    """Find whether the test of NUMBER is passed, by the first fresh evidence after the claim."""
    from duecare.steps import verify_recommendation

    if everything == bool(number):
        raise click.UsageError("Give a NUMBER, or --all.")
    if everything:
        found = verify_recommendation.verify_again(here.asking, here.config)
        here.answer(found.as_json(), lambda: _again(found))
        return
    one = verify_recommendation.verify_recommendation(
        here.asking, here.config, str(number), test_hash, round_name, seen
    )
    says = "passed" if one.passed else "failed: it is open again"
    here.answer(one.as_json(), lambda: iter([f"The test is {says} ({_by(one)})."]))


@recommend.command("pass-over")
@click.argument("number")
@click.option(
    "--round", "round_name", required=True, help="The round that decides, and on which the test cannot be taken."
)
@click.option("--words", required=True, help="Why the next round counts. The public reads this; name no person.")
@SEEN
@command
def pass_over(here: Here, number: str, round_name: str, words: str, seen: int | None) -> None:
    """Say in the open why the test of NUMBER is taken on the round after this one."""
    from duecare.steps.pass_over_round import pass_over_round

    pass_over_round(here.asking, number, round_name, words, seen)
    here.answer({"number": number, "recorded": "passed_over"}, lambda: iter(["Recorded."]))


@recommend.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@command
def import_(here: Here, file: Path) -> None:
    """Take in FILE, a register of recommendations kept elsewhere (CSV)."""
    from duecare.steps.import_recommendations import import_recommendations

    read = import_recommendations(here.asking, file)
    here.answer(read.as_json(), lambda: _imported(read))


def _answer(here: Here, number: str, state: str) -> None:
    here.answer({"number": number, "state": state}, lambda: iter([f"{number} is {state.replace('_', ' ')}."]))


def _again(found: Again) -> Iterator[str]:
    lines = [f"{one.number}: {one.state.value}, {_by(one)}" for one in found.verified]
    lines += [f"{number}: {clear} of {claimed} still clear: opened again" for number, claimed, clear in found.reopened]
    yield from lines or ["Nothing has changed."]


def _by(one: Verified) -> str:
    how_much = "" if one.value is None else f"{one.value:.3f} "
    return f"{how_much}by {one.evidence}"


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
    yield from (f"  {iso(each.when.earliest)}  {each.what}" for each in shown.history)
    yield from (
        f"  told {each.role} {each.person or '(vacant)'} {iso(each.at)}: {each.because}" for each in shown.how.told
    )


def _due(each: Deadline) -> str:
    return f"{each.due_on.isoformat() if each.due_on else 'no number of days'}: {each.kept.value}"


def _imported(read: ReadRegister) -> Iterator[str]:
    yield f"{len(read.accepted)} accepted, {read.unchanged} unchanged, {len(read.set_aside)} set aside"
    yield from (f"  row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in read.set_aside)
