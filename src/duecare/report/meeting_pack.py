"""The pack for a meeting of those who oversee: an agenda made from what is held, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duecare.recommendation.oversight import Action, Meeting, Question, Register
from duecare.report.report_paper import Paper, Section, Table
from duecare.vocabulary.moments import in_london, london_day

NOTICE = "For those who oversee the force. Figures only: no person stands in it. Small counts of children are hidden."
NONE_KEPT = "No figures have been kept yet, so none can be shown: duecare figure snapshot keeps those of a quarter."


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation as it stands now, and as it stood at the last meeting.

    Shape:   `before` is empty where there was no meeting before, or it had not been made then.
    """

    number: str
    title: str
    owner: str
    state: str
    before: str
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the latest quarter kept, and of the one before, in words fit for this reader."""

    title: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Which borough lies outside the limits of chance, in which figure, and how?"""

    figure: str
    area: str
    words: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Everything a pack is made from.

    Shape:   `vacant` are (what nobody answers for, why); `period` is the quarter of the figures, empty where none is kept.
    """

    meeting: Meeting
    before: Meeting | None
    register: Register
    on: date
    vacant: tuple[tuple[str, str], ...]
    recommendations: tuple[RecommendationLine, ...]
    figures: tuple[FigureLine, ...] = ()
    outside: tuple[Outside, ...] = ()
    period: str = ""


def meeting_pack(facts: PackFacts) -> Paper:
    """The pack for this meeting.

    Shape:   the agenda first, with how much there is under each head; a head with nothing under it says so.
    """
    heads = tuple(_heads(facts))
    agenda = Table(
        "Agenda", ("Item", "What", "How many"), tuple((n, one.heading, how) for n, (one, how) in enumerate(heads, 1))
    )
    first = Section("Agenda", tuple(_opening(facts)), (agenda,))
    title = f"{facts.meeting.called.words}, {_day(facts.meeting.held_on)}"
    return Paper(title, NOTICE, (first, *(one for one, _ in heads)))


def _opening(facts: PackFacts) -> Iterator[str]:
    yield f"For the meeting of {_day(facts.meeting.held_on)}, as things stand on {_day(facts.on)}."
    if facts.before is None:
        yield "No meeting of this body was held before it."
    else:
        yield f"The last meeting was on {_day(facts.before.held_on)}; what changed is counted from then."


def _heads(facts: PackFacts) -> Iterator[tuple[Section, int]]:
    yield _actions(facts)
    yield _vacant(facts)
    yield _recommendations(facts)
    yield _outside(facts)
    yield _figures(facts)
    yield _questions(facts)


def _actions(facts: PackFacts) -> tuple[Section, int]:
    this = (facts.meeting.held_on, facts.meeting.number)
    earlier = {one.number for one in facts.register.meetings if (one.held_on, one.number) < this}
    agreed = [one for one in facts.register.actions if one.agreed.meeting in earlier]
    shown = [one for one in agreed if one.done is None or _is_since(facts, one.done.at)]
    rows = tuple(_action_row(one, facts.on) for one in shown)
    late = sum(one.is_overdue(facts.on) for one in shown)
    said = f"Open, or done since the last meeting: {len(shown):,}. Overdue: {late:,}."
    table = Table("Actions", ("Action", "Who acts", "By", "Stands"), rows)
    return Section("Actions of earlier meetings", (said,), (table,) if rows else ()), len(rows)


def _is_since(facts: PackFacts, at: datetime) -> bool:
    return facts.before is None or london_day(at) >= facts.before.held_on


def _action_row(one: Action, on: date) -> tuple[str, ...]:
    stands = "done" if one.done else "overdue" if one.is_overdue(on) else "open"
    if one.done:
        stands += f" {_day(london_day(one.done.at))}: {one.done.words}"
    return one.agreed.words, one.agreed.owner.replace("_", " "), _day(one.agreed.due_on), stands


def _vacant(facts: PackFacts) -> tuple[Section, int]:
    said = (
        "Every duty and borough has somebody who answers for it."
        if not facts.vacant
        else f"For which nobody answers today: {len(facts.vacant):,}."
    )
    table = Table("Vacant", ("What", "Why"), facts.vacant)
    return Section("What nobody is accountable for", (said,), (table,) if facts.vacant else ()), len(facts.vacant)


def _recommendations(facts: PackFacts) -> tuple[Section, int]:
    held = facts.recommendations
    moved = sum(bool(one.before) and one.before != one.state for one in held)
    late = sum(one.is_overdue for one in held)
    said = f"In the register: {len(held):,}. Overdue: {late:,}. Changed since the last meeting: {moved:,}."
    rows = tuple(
        (
            one.number,
            one.title,
            one.owner,
            one.state,
            one.before or "–",
            _day(one.due_on),
            "yes" if one.is_overdue else "no",
        )
        for one in sorted(held, key=lambda one: (not one.is_overdue, one.number))
    )
    columns = ("Number", "What", "Owner", "Stands", "At the last meeting", "Due", "Overdue")
    return Section("Recommendations", (said,), (Table("Recommendations", columns, rows),) if rows else ()), len(rows)


def _outside(facts: PackFacts) -> tuple[Section, int]:
    if not facts.period:
        return Section("Boroughs outside the limits of chance", (NONE_KEPT,)), 0
    rows = tuple((one.figure, one.area, one.words) for one in facts.outside)
    said = (
        "Every borough lies where chance alone could place it: differences between them are no reason to praise or blame."
        if not rows
        else "What lies outside is a question to ask, and not yet an answer. All others lie where chance could place them."
    )
    table = Table("Outside the limits", ("Figure", "Borough", "How"), rows)
    return Section("Boroughs outside the limits of chance", (said,), (table,) if rows else ()), len(rows)


def _figures(facts: PackFacts) -> tuple[Section, int]:
    if not facts.period:
        return Section("Figures", (NONE_KEPT,)), 0
    rows = tuple((one.title, one.now, one.before or "not kept") for one in facts.figures)
    table = Table(f"Figures of {facts.period}", ("Figure", facts.period, "Quarter before"), rows)
    return Section("Figures", (f"The figures of {facts.period}, beside those of the quarter before.",), (table,)), len(
        rows
    )


def _questions(facts: PackFacts) -> tuple[Section, int]:
    shown = [one for one in facts.register.questions if one.is_open or _is_since(facts, one.answers[-1].at)]
    rows = tuple(_question_row(one) for one in shown)
    said = f"Waiting for an answer: {sum(one.is_open for one in shown):,}."
    table = Table("Questions", ("Number", "Asked", "Question", "Answer"), rows)
    return Section("Questions put, and answers", (said,), (table,) if rows else ()), len(rows)


def _question_row(one: Question) -> tuple[str | int, ...]:
    answer = " ".join(said.words for said in one.answers) or "waits"
    return one.asked.number, _moment(one.asked.at), one.asked.words, answer


def _moment(at: datetime) -> str:
    return _day(in_london(at).date())


def _day(day: date | None) -> str:
    return "no day set" if day is None else f"{day.day} {day:%B %Y}"
