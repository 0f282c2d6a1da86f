"""Recommendations in the words of a page: progress, deadlines and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from duecare.recommendation.deadline import Deadline, DeadlineState
from duecare.recommendation.late_recommendation import Rag
from duecare.recommendation.recommendation_at_moment import NotTaken, Recommendation, Result
from duecare.recommendation.recommendation_fact import Fact, Kind, Origin, Party, Urgency
from duecare.recommendation.recommendation_state import State
from duecare.use_cases.recommendations.figure_evidence import title_of
from duecare.web.site.formatting.labels import post_words
from duecare.web.site.formatting.numbers import share_words
from duecare.web.site.formatting.report_words import page_words
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import day_words

_STATES: Final = {
    State.MADE: ("Made", ""),
    State.ACCEPTED: ("Accepted", ""),
    State.IN_HAND: ("In progress", ""),
    State.DONE: ("Claimed as done, not verified", "yellow"),
    State.VERIFIED: ("Verified", "green"),
    State.REOPENED: ("Reopened", "red"),
    State.SUPERSEDED: ("Replaced", "grey"),
}
_RAGS: Final = {Rag.RED: ("Red: late or failed", "red"), Rag.AMBER: ("Amber: due soon or not proved", "orange"),
                Rag.GREEN: ("Green: nothing late now", "green")}  # fmt: skip
_ORIGINS: Final = {
    Origin.INSPECTION: "an inspection",
    Origin.ROUND: "an audit of files",
    Origin.EXPERT_GROUP: "the expert group",
    Origin.MAYORS_OFFICE: "the mayor’s office",
}
_PARTIES: Final = {
    Party.INSPECTORATE: "the inspectorate",
    Party.FORCE: "the force",
    Party.MAYORS_OFFICE: "the mayor’s office",
    Party.EXPERT_GROUP: "the expert group",
}
_CLASSES: Final = {
    Urgency.IMMEDIATE: "Immediate",
    Urgency.THREE_MONTHS: "Within 3 months",
    Urgency.SIX_MONTHS: "Within 6 months",
    Urgency.DATED: "By a set date",
}
_KEPT: Final = {
    DeadlineState.MET: ("Done on time", "green"),
    DeadlineState.MET_LATE: ("Done late", "orange"),
    DeadlineState.OPEN: ("Not yet due", ""),
    DeadlineState.OVERDUE: ("Overdue", "red"),
    DeadlineState.UNPROVEN: ("Claimed on time, not proved", "yellow"),
    DeadlineState.NO_LIMIT: ("Required, but no deadline given", "grey"),
    DeadlineState.ENDED: ("No longer required", "grey"),
}
_KINDS: Final = {Kind.RECOMMENDATION: "Recommendation", Kind.ACTION: "Action", Kind.ADVICE: "Advice"}
_ANSWERS: Final = {"will_act": "Will act", "will_not_act": "Will not act", "has_acted": "Has acted"}


def state_tag(recommendation: Recommendation) -> Tag:
    """The tag of its progress; what only another register reports says so."""
    words, colour = _STATES[recommendation.state]
    if recommendation.is_reported_only and recommendation.state in {State.IN_HAND, State.DONE}:
        words = f"Reported as {'in progress' if recommendation.state is State.IN_HAND else 'complete'}, no evidence"
    return Tag(words, colour)


def rag_tag(rag: Rag | None) -> Tag:
    """The tag that says whether it is on time."""
    return Tag(*_RAGS[rag]) if rag else Tag("No longer tracked", "grey")


def kept_tag(deadline: Deadline) -> Tag:
    """The tag that says whether what is due was done on time."""
    return Tag(*_KEPT[deadline.kept])


def by_when(deadline: Deadline) -> str:
    """The day on which it is due."""
    return day_words(deadline.due_on) if deadline.due_on else "No deadline given"


def result_words(result: Result, tells_by_how_much: bool) -> str:
    """The result of the test, with shares as percentages and their interval where there is one."""
    evidence = _evidence_words(result.evidence)
    if not tells_by_how_much:
        return f"{'Passed' if result.passed else 'Failed'} by {evidence}. Its numbers count children, so they are not shown"
    is_share = 0 <= result.value <= 1
    write = share_words if is_share else (lambda value: f"{value:g}")
    sure = f" (95% interval {write(result.low)} to {write(result.high)})" if result.low is not None else ""
    return f"{'Passed' if result.passed else 'Failed'}: {write(result.value)}{sure}, by {evidence}"


def not_taken_words(not_taken: NotTaken) -> str:
    """The evidence on which its test could not be carried out, and why."""
    return f"{_evidence_words(not_taken.evidence)}: {not_taken.why}"


def _evidence_words(evidence: str) -> str:
    """The name of the evidence; a figure by its title."""
    kind, _, name = evidence.partition(" ")
    figure, _, period = name.partition(", ")
    title = title_of(figure) if kind == "figure" else ""
    return f"the figure “{title}”, {period}" if title else evidence


def answer_words(fact: Fact) -> str:
    """The answer of a reply."""
    return _ANSWERS.get(fact.text("answer"), "")


def origin_words(origin: Origin) -> str:
    """Who or what it comes from, to follow “from”."""
    return _ORIGINS[origin]


def party_words(party: Party) -> str:
    """The name of this party, in a sentence."""
    return _PARTIES[party]


def class_words(urgency: Urgency) -> str:
    """The timescale, as published."""
    return _CLASSES[urgency]


def kind_words(kind: Kind) -> str:
    """Recommendation, action or advice."""
    return _KINDS[kind]


def public_words(row: Mapping[str, Any]) -> dict[str, object]:
    """A row of the public register in words. How far a test was passed or failed is in the reports only."""
    state, result, not_taken = State(row["state"]), row["result"], row["not_taken"]
    how_far = _STATES[state][0]
    if row["is_reported_only"] and state in {State.IN_HAND, State.DONE}:
        how_far = f"{how_far}, according to another register. No evidence"
    return {
        **{name: row[name] for name in ("number", "title", "words", "age_days", "source_urls")},
        "test": page_words(row["test"]) if row["test"] else row["test"],
        "how_far": f"{how_far} by {row['superseded_by']}" if row["superseded_by"] else how_far,
        "origin": _ORIGINS[Origin(row["from"])],
        "to": _PARTIES[Party(row["addressed_to"])],
        "published": _iso_day_words(row["published_on"]),
        "class_": _CLASSES[Urgency(row["class"])],
        "owner": post_words(row["owner_post"]) if row["owner_post"] else "",
        "result": f"{'passed' if result['passed'] else 'failed'} on {_iso_day_words(result['on'])}" if result else "",
        "not_taken": f"{_evidence_words(not_taken['evidence'])}: {not_taken['why']}" if not_taken else "",
        "passed_over": [
            (_iso_day_words(skipped["on"]), _PARTIES[Party(skipped["by"])], skipped["round"], skipped["words"])
            for skipped in row["passed_over"]
        ],
        "owed": [
            (
                page_words(entry["says"]),
                _KEPT[DeadlineState(entry["kept"])][0]
                + (f", due {_iso_day_words(entry['due_on'])}" if entry["due_on"] else ""),
            )
            for entry in row["deadlines"]
        ],
        "replies": [
            (_PARTIES[Party(entry["by"])], _ANSWERS.get(entry["answer"], "Comment"), entry["words"], entry["url"])
            for entry in row["replies"]
        ],
        "history": [(_iso_day_words(entry["on"]), page_words(entry["what"])) for entry in row["history"]],
    }


def _iso_day_words(text: str | None) -> str:
    return day_words(date.fromisoformat(text)) if text else ""


FILTERS: Final = {
    "rcm_state": state_tag,
    "rcm_rag": rag_tag,
    "rcm_kept": kept_tag,
    "rcm_by": by_when,
    "rcm_result": result_words,
    "rcm_not_taken": not_taken_words,
    "rcm_answer": answer_words,
    "rcm_origin": origin_words,
    "rcm_party": party_words,
    "rcm_class": class_words,
    "rcm_kind": kind_words,
}
